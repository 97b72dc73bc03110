"""Channels: chains of attempts, preferences, codes, what was sent outside and what came in."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"

PEOPLE = """
ALTER TABLE addresses ADD COLUMN scheme text NOT NULL DEFAULT 'xmpp';
ALTER TABLE addresses ADD COLUMN bad_since timestamptz;
ALTER TABLE addresses ADD COLUMN bad_why text;
ALTER TABLE strangers ADD COLUMN occasion text;
ALTER TABLE utterances ADD COLUMN answer text;
CREATE TABLE codes (
    id uuid PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES people ON DELETE CASCADE,
    scheme text NOT NULL,
    address text,
    digest bytea NOT NULL,
    issued_at timestamptz NOT NULL DEFAULT steward_now(),
    tries integer NOT NULL DEFAULT 0,
    redeemed_by text
);
CREATE INDEX codes_of_person ON codes (person_id, issued_at);
CREATE INDEX codes_issued ON codes (issued_at);
ALTER TABLE changes DROP CONSTRAINT changes_what_check;
ALTER TABLE changes ADD CONSTRAINT changes_what_check CHECK (what IN
    ('created', 'cancelled', 'changed', 'reworded', 'snoozed', 'completed', 'moved',
     'preferred'));
ALTER TABLE changes DROP CONSTRAINT changes_reminder;
ALTER TABLE changes ADD CONSTRAINT changes_reminder CHECK
    ((reminder_id IS NULL) = (what IN ('moved', 'preferred')));
CREATE TABLE preferences (
    person_id uuid PRIMARY KEY REFERENCES people ON DELETE CASCADE,
    body text NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT steward_now()
);
"""

CHAINS = """
ALTER TABLE attempts ADD COLUMN step smallint NOT NULL DEFAULT 0;
ALTER TABLE attempts ADD COLUMN reference text;
ALTER TABLE attempts ADD COLUMN why text;
ALTER TABLE attempts DROP CONSTRAINT attempts_outcome_check;
ALTER TABLE attempts ADD CONSTRAINT attempts_outcome_check CHECK (outcome IN
    ('attempting', 'sent', 'delivered', 'acknowledged', 'failed', 'unknown'));
DROP INDEX attempts_open;
CREATE UNIQUE INDEX attempts_open ON attempts (notification_id, channel, step)
    WHERE ended_at IS NULL;
ALTER TABLE occurrences ADD COLUMN held_by text;
CREATE TABLE chains (
    notification_id uuid PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES people ON DELETE CASCADE,
    notification text NOT NULL,
    notice text NOT NULL,
    step smallint NOT NULL DEFAULT 0,
    state text NOT NULL DEFAULT 'running'
        CHECK (state IN ('running', 'acknowledged', 'cancelled', 'exhausted')),
    ready_at timestamptz,
    claim uuid,
    began_at timestamptz NOT NULL DEFAULT steward_now(),
    ended_at timestamptz,
    CONSTRAINT chains_running CHECK ((ready_at IS NOT NULL) = (state = 'running')),
    CONSTRAINT chains_ended CHECK ((ended_at IS NULL) = (state = 'running'))
);
CREATE INDEX chains_ready ON chains (ready_at) WHERE ready_at IS NOT NULL;
"""

OUTSIDE = """
CREATE TABLE dispatches (
    key uuid NOT NULL,
    channel text NOT NULL,
    person_id uuid NOT NULL REFERENCES people ON DELETE CASCADE,
    outcome text NOT NULL CHECK (outcome IN ('attempting', 'sent', 'failed', 'unknown')),
    reference text,
    why text,
    began_at timestamptz NOT NULL DEFAULT steward_now(),
    ended_at timestamptz,
    PRIMARY KEY (key, channel),
    CONSTRAINT dispatches_ended CHECK ((ended_at IS NULL) = (outcome = 'attempting'))
);
CREATE INDEX dispatches_age ON dispatches USING brin (began_at);
CREATE INDEX dispatches_reference ON dispatches (reference) WHERE reference IS NOT NULL;
CREATE TABLE arrivals (
    source text NOT NULL,
    id text NOT NULL,
    seq bigint GENERATED ALWAYS AS IDENTITY,
    body text NOT NULL,
    arrived_at timestamptz NOT NULL DEFAULT steward_now(),
    settled_at timestamptz,
    answer text,
    PRIMARY KEY (source, id)
);
CREATE INDEX arrivals_unsettled ON arrivals (source, seq) WHERE settled_at IS NULL;
CREATE INDEX arrivals_age ON arrivals USING brin (arrived_at);
"""


def upgrade() -> None:
    """Create what channels need."""
    for part in (PEOPLE, CHAINS, OUTSIDE):
        for statement in part.split(";\n"):
            if statement.strip():
                op.execute(statement)
