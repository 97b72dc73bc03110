"""The first tables: people, dialogue, reminders, attempts, ledger and journal.

``steward_now()`` is the one clock. It is a function of ours so that a test can replace it.
"""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None

CLOCK = """
CREATE FUNCTION steward_now() RETURNS timestamptz
LANGUAGE sql VOLATILE AS 'SELECT clock_timestamp()'
"""

PEOPLE = """
CREATE TABLE people (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    zone text NOT NULL,
    locale text NOT NULL,
    reminders_numbered integer NOT NULL DEFAULT 0
);
CREATE TABLE addresses (
    address text PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES people ON DELETE CASCADE,
    seq bigint GENERATED ALWAYS AS IDENTITY
);
CREATE INDEX addresses_of_person ON addresses (person_id, seq);
CREATE TABLE strangers (
    address text PRIMARY KEY,
    refused_at timestamptz NOT NULL DEFAULT steward_now()
);
"""

DIALOGUE = """
CREATE TABLE utterances (
    id uuid PRIMARY KEY,
    seq bigint GENERATED ALWAYS AS IDENTITY,
    person_id uuid NOT NULL REFERENCES people ON DELETE CASCADE,
    address text NOT NULL,
    text text NOT NULL,
    sent_as text,
    encrypted boolean NOT NULL DEFAULT false,
    replaces text,
    said_at timestamptz NOT NULL,
    archived_as text,
    accepted_by uuid NOT NULL,
    answered_at timestamptz,
    answered_by uuid
);
CREATE INDEX utterances_unanswered ON utterances (seq) WHERE answered_at IS NULL;
CREATE INDEX utterances_sent ON utterances (address, sent_as);
CREATE INDEX utterances_replacing ON utterances (address, replaces) WHERE replaces IS NOT NULL;
CREATE INDEX utterances_archived ON utterances (seq) WHERE archived_as IS NOT NULL;
CREATE TABLE open_questions (
    person_id uuid PRIMARY KEY REFERENCES people ON DELETE CASCADE,
    question text,
    asked_at timestamptz NOT NULL DEFAULT steward_now()
);
CREATE TABLE chat_messages (
    key uuid PRIMARY KEY,
    seq bigint GENERATED ALWAYS AS IDENTITY,
    person_id uuid NOT NULL REFERENCES people ON DELETE CASCADE,
    address text NOT NULL,
    body text NOT NULL,
    put_at timestamptz NOT NULL DEFAULT steward_now(),
    put_by uuid NOT NULL,
    settled_at timestamptz
);
CREATE INDEX chat_messages_unsettled ON chat_messages (seq) WHERE settled_at IS NULL;
"""

REMINDERS = """
CREATE TABLE reminders (
    id uuid PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES people ON DELETE CASCADE,
    number integer NOT NULL,
    text text NOT NULL,
    words text NOT NULL,
    zone text NOT NULL,
    start timestamp NOT NULL,
    fold smallint NOT NULL CHECK (fold IN (0, 1)),
    rule text,
    revision integer NOT NULL DEFAULT 0,
    changed_at timestamptz NOT NULL DEFAULT steward_now(),
    CONSTRAINT reminders_number UNIQUE (person_id, number)
);
CREATE INDEX reminders_changed ON reminders (person_id, changed_at);
CREATE TABLE changes (
    person_id uuid NOT NULL,
    seq bigint GENERATED ALWAYS AS IDENTITY,
    what text NOT NULL CHECK (what IN ('created', 'cancelled', 'changed', 'reworded', 'snoozed',
                                       'completed', 'moved')),
    reminder_id uuid REFERENCES reminders ON DELETE CASCADE,
    before text NOT NULL,
    conversation text,
    PRIMARY KEY (person_id, seq),
    CONSTRAINT changes_reminder CHECK ((reminder_id IS NULL) = (what = 'moved'))
);
"""

OCCURRENCES = """
CREATE TABLE occurrences (
    id uuid PRIMARY KEY,
    reminder_id uuid NOT NULL REFERENCES reminders ON DELETE CASCADE,
    person_id uuid NOT NULL,
    revision integer NOT NULL,
    follows uuid,
    text text NOT NULL,
    zone text NOT NULL,
    due_at timestamptz NOT NULL,
    state text NOT NULL CHECK (state IN ('scheduled', 'due', 'offered', 'delivered',
                                         'acknowledged', 'snoozed', 'missed', 'cancelled')),
    ready_at timestamptz,
    claim uuid,
    told_at timestamptz,
    skipped integer NOT NULL DEFAULT 0,
    CONSTRAINT occurrences_open
        CHECK ((ready_at IS NOT NULL) = (state IN ('scheduled', 'due', 'offered'))),
    CONSTRAINT occurrences_claimed CHECK (claim IS NULL OR state IN ('due', 'offered'))
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02,
        autovacuum_vacuum_threshold = 2000);
CREATE INDEX occurrences_ready ON occurrences ((ready_at AT TIME ZONE 'UTC'))
    WHERE ready_at IS NOT NULL;
CREATE INDEX occurrences_ready_of_person ON occurrences (person_id, ready_at)
    WHERE ready_at IS NOT NULL;
CREATE INDEX occurrences_of_reminder ON occurrences (reminder_id, due_at);
CREATE INDEX occurrences_due ON occurrences USING brin (due_at);
CREATE INDEX occurrences_told ON occurrences (person_id, told_at) WHERE told_at IS NOT NULL;
"""

ATTEMPTS = """
CREATE TABLE attempts (
    notification_id uuid NOT NULL,
    seq bigint GENERATED ALWAYS AS IDENTITY,
    person_id uuid NOT NULL,
    channel text NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('attempting', 'sent', 'failed', 'unknown')),
    began_at timestamptz NOT NULL DEFAULT steward_now(),
    ended_at timestamptz,
    PRIMARY KEY (notification_id, seq),
    CONSTRAINT attempts_ended CHECK ((ended_at IS NULL) = (outcome = 'attempting'))
);
CREATE UNIQUE INDEX attempts_open ON attempts (notification_id, channel)
    WHERE ended_at IS NULL;
"""

RECORDS = """
CREATE TABLE answers (
    responder text NOT NULL,
    initiator text NOT NULL,
    conversation text NOT NULL,
    performative text,
    body text,
    answered_at timestamptz NOT NULL DEFAULT steward_now(),
    PRIMARY KEY (responder, initiator, conversation)
) WITH (fillfactor = 80);
CREATE INDEX answers_age ON answers USING brin (answered_at);
CREATE TABLE journal (
    message_id text PRIMARY KEY,
    said_at timestamptz NOT NULL,
    sender text NOT NULL,
    receiver text NOT NULL,
    performative text NOT NULL,
    protocol text NOT NULL,
    ontology text NOT NULL,
    act text NOT NULL,
    conversation text NOT NULL,
    in_reply_to text,
    about text[] NOT NULL,
    body text NOT NULL
);
CREATE INDEX journal_said ON journal (said_at);
CREATE INDEX journal_about ON journal USING gin (about);
"""


def upgrade() -> None:
    """Create everything."""
    for part in (CLOCK, PEOPLE, DIALOGUE, REMINDERS, OCCURRENCES, ATTEMPTS, RECORDS):
        for statement in part.split(";\n"):
            if statement.strip():
                op.execute(statement)
