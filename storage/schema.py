"""The tables, as queries see them. The migrations create them; a test compares the two."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    ScalarSelect,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    false,
    func,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY

INSTANT: Final = DateTime(timezone=True)
WALL: Final = DateTime(timezone=False)

metadata: Final = MetaData()


def now() -> ScalarSelect[datetime]:
    """Return the database's time as a sub-query, which is read once and can use an index."""
    return select(func.steward_now(type_=INSTANT)).scalar_subquery()


def _person() -> Column[object]:
    return Column(
        "person_id", Uuid, ForeignKey("people.id", ondelete="CASCADE"), nullable=False
    )


people: Final = Table(
    "people",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("locale", Text, nullable=False),
    Column("reminders_numbered", Integer, nullable=False, server_default="0"),
)

addresses: Final = Table(
    "addresses",
    metadata,
    Column("address", Text, primary_key=True),
    _person(),
    Column("seq", BigInteger, Identity(always=True), nullable=False),
    Column("scheme", Text, nullable=False, server_default="xmpp"),
    Column("bad_since", INSTANT),
    Column("bad_why", Text),
    Index("addresses_of_person", "person_id", "seq"),
)

codes: Final = Table(
    "codes",
    metadata,
    Column("id", Uuid, primary_key=True),
    _person(),
    Column("scheme", Text, nullable=False),
    Column("address", Text),
    Column("digest", LargeBinary, nullable=False),
    Column("issued_at", INSTANT, nullable=False, server_default=func.steward_now()),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("redeemed_by", Text),
    Index("codes_of_person", "person_id", "issued_at"),
    Index("codes_issued", "issued_at"),
)

preferences: Final = Table(
    "preferences",
    metadata,
    Column("person_id", Uuid, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("body", Text, nullable=False),
    Column("changed_at", INSTANT, nullable=False, server_default=func.steward_now()),
)

strangers: Final = Table(
    "strangers",
    metadata,
    Column("address", Text, primary_key=True),
    Column("refused_at", INSTANT, nullable=False, server_default=func.steward_now()),
    Column("occasion", Text),
)

utterances: Final = Table(
    "utterances",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("seq", BigInteger, Identity(always=True), nullable=False),
    _person(),
    Column("address", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("sent_as", Text),
    Column("encrypted", Boolean, nullable=False, server_default=false()),
    Column("replaces", Text),
    Column("said_at", INSTANT, nullable=False),
    Column("archived_as", Text),
    Column("accepted_by", Uuid, nullable=False),
    Column("answered_at", INSTANT),
    Column("answered_by", Uuid),
    Column("answer", Text),
    Index("utterances_unanswered", "seq", postgresql_where=text("answered_at IS NULL")),
    Index("utterances_sent", "address", "sent_as"),
    Index(
        "utterances_replacing",
        "address",
        "replaces",
        postgresql_where=text("replaces IS NOT NULL"),
    ),
    Index("utterances_archived", "seq", postgresql_where=text("archived_as IS NOT NULL")),
)

open_questions: Final = Table(
    "open_questions",
    metadata,
    Column("person_id", Uuid, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("question", Text),
    Column("asked_at", INSTANT, nullable=False, server_default=func.steward_now()),
)

chat_messages: Final = Table(
    "chat_messages",
    metadata,
    Column("key", Uuid, primary_key=True),
    Column("seq", BigInteger, Identity(always=True), nullable=False),
    _person(),
    Column("address", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("put_at", INSTANT, nullable=False, server_default=func.steward_now()),
    Column("put_by", Uuid, nullable=False),
    Column("settled_at", INSTANT),
    Index("chat_messages_unsettled", "seq", postgresql_where=text("settled_at IS NULL")),
)

reminders: Final = Table(
    "reminders",
    metadata,
    Column("id", Uuid, primary_key=True),
    _person(),
    Column("number", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("start", WALL, nullable=False),
    Column("fold", SmallInteger, nullable=False),
    Column("rule", Text),
    Column("revision", Integer, nullable=False, server_default="0"),
    Column("changed_at", INSTANT, nullable=False, server_default=func.steward_now()),
    UniqueConstraint("person_id", "number", name="reminders_number"),
    Index("reminders_changed", "person_id", "changed_at"),
)

occurrences: Final = Table(
    "occurrences",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("reminder_id", Uuid, ForeignKey("reminders.id", ondelete="CASCADE"), nullable=False),
    Column("person_id", Uuid, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("follows", Uuid),
    Column("text", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("due_at", INSTANT, nullable=False),
    Column("state", Text, nullable=False),
    Column("ready_at", INSTANT),
    Column("claim", Uuid),
    Column("told_at", INSTANT),
    Column("skipped", Integer, nullable=False, server_default="0"),
    Column("held_by", Text),
    Index(
        "occurrences_ready",
        text("(ready_at AT TIME ZONE 'UTC')"),
        postgresql_where=text("ready_at IS NOT NULL"),
    ),
    Index(
        "occurrences_ready_of_person",
        "person_id",
        "ready_at",
        postgresql_where=text("ready_at IS NOT NULL"),
    ),
    Index("occurrences_of_reminder", "reminder_id", "due_at"),
    Index("occurrences_due", "due_at", postgresql_using="brin"),
    Index(
        "occurrences_told",
        "person_id",
        "told_at",
        postgresql_where=text("told_at IS NOT NULL"),
    ),
)

changes: Final = Table(
    "changes",
    metadata,
    Column("person_id", Uuid, primary_key=True),
    Column("seq", BigInteger, Identity(always=True), primary_key=True),
    Column("what", Text, nullable=False),
    Column("reminder_id", Uuid, ForeignKey("reminders.id", ondelete="CASCADE")),
    Column("before", Text, nullable=False),
    Column("conversation", Text),
)

attempts: Final = Table(
    "attempts",
    metadata,
    Column("notification_id", Uuid, primary_key=True),
    Column("seq", BigInteger, Identity(always=True), primary_key=True),
    Column("person_id", Uuid, nullable=False),
    Column("channel", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("began_at", INSTANT, nullable=False, server_default=func.steward_now()),
    Column("ended_at", INSTANT),
    Column("step", SmallInteger, nullable=False, server_default="0"),
    Column("reference", Text),
    Column("why", Text),
    Index(
        "attempts_open",
        "notification_id",
        "channel",
        "step",
        unique=True,
        postgresql_where=text("ended_at IS NULL"),
    ),
)

chains: Final = Table(
    "chains",
    metadata,
    Column("notification_id", Uuid, primary_key=True),
    _person(),
    Column("notification", Text, nullable=False),
    Column("notice", Text, nullable=False),
    Column("step", SmallInteger, nullable=False, server_default="0"),
    Column("state", Text, nullable=False, server_default="running"),
    Column("ready_at", INSTANT),
    Column("claim", Uuid),
    Column("began_at", INSTANT, nullable=False, server_default=func.steward_now()),
    Column("ended_at", INSTANT),
    Index("chains_ready", "ready_at", postgresql_where=text("ready_at IS NOT NULL")),
)

dispatches: Final = Table(
    "dispatches",
    metadata,
    Column("key", Uuid, primary_key=True),
    Column("channel", Text, primary_key=True),
    _person(),
    Column("outcome", Text, nullable=False),
    Column("reference", Text),
    Column("why", Text),
    Column("began_at", INSTANT, nullable=False, server_default=func.steward_now()),
    Column("ended_at", INSTANT),
    Index("dispatches_age", "began_at", postgresql_using="brin"),
    Index("dispatches_reference", "reference", postgresql_where=text("reference IS NOT NULL")),
)

arrivals: Final = Table(
    "arrivals",
    metadata,
    Column("source", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("seq", BigInteger, Identity(always=True), nullable=False),
    Column("body", Text, nullable=False),
    Column("arrived_at", INSTANT, nullable=False, server_default=func.steward_now()),
    Column("settled_at", INSTANT),
    Column("answer", Text),
    Index("arrivals_unsettled", "source", "seq", postgresql_where=text("settled_at IS NULL")),
    Index("arrivals_age", "arrived_at", postgresql_using="brin"),
)

answers: Final = Table(
    "answers",
    metadata,
    Column("responder", Text, primary_key=True),
    Column("initiator", Text, primary_key=True),
    Column("conversation", Text, primary_key=True),
    Column("performative", Text),
    Column("body", Text),
    Column("answered_at", INSTANT, nullable=False, server_default=func.steward_now()),
    Index("answers_age", "answered_at", postgresql_using="brin"),
)

journal: Final = Table(
    "journal",
    metadata,
    Column("message_id", Text, primary_key=True),
    Column("said_at", INSTANT, nullable=False),
    Column("sender", Text, nullable=False),
    Column("receiver", Text, nullable=False),
    Column("performative", Text, nullable=False),
    Column("protocol", Text, nullable=False),
    Column("ontology", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("in_reply_to", Text),
    Column("about", ARRAY(Text), nullable=False),
    Column("body", Text, nullable=False),
    Index("journal_said", "said_at"),
    Index("journal_about", "about", postgresql_using="gin"),
)
