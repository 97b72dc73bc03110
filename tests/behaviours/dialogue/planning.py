"""A planner to talk to: it reads what it is told to, and other agents answer as told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from behaviours.dialogue.answer_utterance import AnswerUtteranceOnRequest
from ontology.acl import Performative
from ontology.dialogue.acts import AnswerUtterance
from ontology.dialogue.concepts import Intent, Interpretation, Segment
from ontology.people.concepts import Person
from ontology.reminders.concepts import Occurrence, OccurrenceState, Reminder
from ontology.time.concepts import Schedule
from tests.conversing import Oracle, Providers

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
AT_NINE = Schedule.once(NOW + timedelta(hours=1), "UTC")
PERSON = Person(id=uuid4(), name="Ada", zone="UTC")
UTTERANCE = uuid4()
STRETCH = Reminder(
    id=uuid4(),
    person_id=PERSON.id,
    number=3,
    text="stretch",
    schedule=AT_NINE,
    next_due=AT_NINE.first,
)
RANG = Occurrence(
    id=uuid4(),
    reminder_id=STRETCH.id,
    person_id=PERSON.id,
    text="stretch",
    zone="UTC",
    due_at=AT_NINE.first,
    state=OccurrenceState.DELIVERED,
)
NINE = "today, Monday 2 March, 09:00"


class Reading:
    """An interpreter that reads whatever it is told to, and notes the context."""

    def __init__(self, reading):
        self.reading = reading
        self.contexts = []

    def interpret(self, text, context):
        self.contexts.append(context)
        return (Segment(text=text, readings=(self.reading,)),)

    def prepare(self):
        """Be ready already."""


class Planner:
    """The role under test; ``answers`` are what the other agents answer, by act.

    A list is what they answer one after another.
    """

    def __init__(self, intent=Intent.UNKNOWN, answers=None, **read):
        self.interpreter = Reading(Interpretation(intent=intent, **read))
        self.voice = Oracle(self._answer, "planner@localhost")
        self.answers = answers or {}
        self.known = Providers(reminders="reminder@localhost", people="assistant@localhost")
        self.role = AnswerUtteranceOnRequest(self.interpreter, self.voice, self.known)

    def _answer(self, said):
        answer = self.answers.get(said.content.act)
        return answer.pop(0) if isinstance(answer, list) else answer

    async def replies(self, text="…", question=None, replaces=None):
        action = AnswerUtterance(
            utterance_id=UTTERANCE,
            person=PERSON,
            text=text,
            said_at=NOW,
            question=question,
            replaces=replaces,
        )
        return await self.role.perform(action, "assistant@localhost")

    async def says(self, text="…", question=None):
        return (await self.replies(text, question)).text

    @property
    def asked(self):
        return [envelope.content for envelope in self.voice.asked]


def informed(act, content):
    return {act: (Performative.INFORM, content)}


def failed(act, reason):
    return {act: (Performative.FAILURE, reason)}


ME: dict[str, Any] = {"person_id": PERSON.id}
