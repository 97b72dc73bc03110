"""Stanzas that somebody with ill intent, or a broken client, might send."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID, uuid4
from xml.sax.saxutils import escape, quoteattr

from ontology.acl import Content, Performative
from ontology.dialogue.acts import DIALOGUE, AnswerUtterance
from ontology.people.concepts import Person
from ontology.reminders.acts import REMINDERS, CreateReminder, WhichReminders
from ontology.time.concepts import Schedule

SPADE_FORM = "spade:x:metadata"


def agent_message(to: str, body: str, **metadata: str) -> str:
    """What SPADE would send: content in the body, the envelope in a form (XEP-0004)."""
    fields = "".join(
        f"<field var={quoteattr(name.replace('_', '-'))} type='text-single'>"
        f"<value>{escape(value)}</value></field>"
        for name, value in metadata.items()
    )
    return (
        f"<message to={quoteattr(to)} type='chat' id='{uuid4().hex}'>"
        f"<body>{escape(body)}</body>"
        f"<x xmlns='jabber:x:data' type='form'><title>{SPADE_FORM}</title>{fields}</x>"
        f"<thread>{uuid4()}</thread></message>"
    )


def create_reminder(to: str, person_id: str, text: str) -> str:
    """A request to the reminder agent that is good in every respect but its sender."""
    act = CreateReminder(
        person_id=UUID(person_id),
        text=text,
        schedule=Schedule(zone="Europe/Berlin", start=datetime(2099, 1, 1, 9)),  # noqa: DTZ001
        said_at=datetime.now(UTC),
        utterance_id=uuid4(),
    )
    return _asking(to, REMINDERS.name, act)


def answer_utterance(to: str, person_id: str, text: str) -> str:
    """A request to the planner to believe that a person said something."""
    person = Person(id=UUID(person_id), name="Somebody", zone="Europe/Berlin")
    act = AnswerUtterance(
        utterance_id=uuid4(), person=person, text=text, said_at=datetime.now(UTC)
    )
    return _asking(to, DIALOGUE.name, act)


def list_reminders(to: str, person_id: str) -> str:
    """A question whose answer is nobody else's business."""
    question = WhichReminders(person_id=UUID(person_id))
    return _asking(to, REMINDERS.name, question, Performative.QUERY_REF, "fipa-query")


def _asking(
    to: str,
    ontology: str,
    content: Content,
    performative: Performative = Performative.REQUEST,
    protocol: str = "fipa-request",
) -> str:
    return agent_message(
        to,
        content.model_dump_json(exclude_none=True),
        performative=performative.value,
        protocol=protocol,
        ontology=ontology,
        act=content.act,
        language="json",
        conversation_id=uuid4().hex,
        reply_with=uuid4().hex,
        reply_by="2099-01-01T00:00:00+00:00",
    )


def carbon(to: str, claimed_sender: str, text: str) -> str:
    """A "received" carbon that only the account's own server may send (XEP-0280)."""
    return (
        f"<message to={quoteattr(to)} type='chat' id='{uuid4().hex}'>"
        "<received xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'>"
        f"<message xmlns='jabber:client' from={quoteattr(claimed_sender + '/x')}"
        f" to={quoteattr(to)} type='chat' id='{uuid4().hex}'>"
        f"<body>{escape(text)}</body></message></forwarded></received></message>"
    )


def archive_result(to: str, claimed_sender: str, text: str) -> str:
    """A result of an archive query that nobody made (XEP-0313)."""
    return (
        f"<message to={quoteattr(to)} id='{uuid4().hex}'>"
        f"<result xmlns='urn:xmpp:mam:2' queryid='1' id='{uuid4().hex}'>"
        "<forwarded xmlns='urn:xmpp:forward:0'>"
        "<delay xmlns='urn:xmpp:delay' stamp='2026-01-01T00:00:00Z'/>"
        f"<message xmlns='jabber:client' from={quoteattr(claimed_sender + '/x')}"
        f" to={quoteattr(to)} type='chat'><body>{escape(text)}</body></message>"
        "</forwarded></result></message>"
    )


def nested(to: str, depth: int) -> str:
    """An element within an element, and so on."""
    return (
        f"<message to={quoteattr(to)} type='chat' id='{uuid4().hex}'><body>deep</body>"
        + "<a xmlns='urn:example:deep'>"
        + "<a>" * (depth - 1)
        + "</a>" * depth
        + "</message>"
    )
