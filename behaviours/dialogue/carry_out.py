"""Carrying out one reading of an utterance: ask the agent that can, then find the words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar
from uuid import UUID

from behaviours.directory.find_providers import Acquaintances
from behaviours.fipa.exchange import Voice
from behaviours.fipa.query import query
from behaviours.fipa.request import request
from ontology.acl import Action, Content, Declined, Question, Unexpected
from ontology.dialogue.acts import AnswerUtterance, Reply
from ontology.dialogue.concepts import Intent, Interpretation, OpenQuestion, Option
from ontology.dialogue.examples import help_text
from ontology.dialogue.wording import (
    LACKING,
    NEVER_MIND,
    NO_MORE,
    NOT_CORRECTED,
    NOT_UNDERSTOOD,
    PROBLEMS,
    Wording,
)
from ontology.people.acts import PEOPLE, SetZone
from ontology.reminders.acts import (
    REMINDERS,
    CancelReminder,
    ChangeReminder,
    Complete,
    CreateReminder,
    NothingToUndo,
    SeveralFound,
    Snooze,
    UndoLast,
    WhichMissed,
    WhichReminders,
    WhyReminded,
)
from ontology.reminders.concepts import Occurrence, Reminder, Target
from ontology.vocabulary import Vocabulary

R = TypeVar("R", bound=Content)

WITHIN = 15.0
"""Seconds an agent has to act; said again meanwhile while it is silent."""


class CarryOut:
    """One utterance being carried out.

    Conversation ids follow from the utterance's id, so that carrying it out again after a crash
    repeats answers instead of effects.
    """

    def __init__(self, asked: AnswerUtterance, voice: Voice, known: Acquaintances) -> None:
        self._asked = asked
        self._voice = voice
        self._known = known
        self._acts = 0
        self._say = Wording(asked.person, asked.said_at)
        self._ways: dict[Intent, Callable[[Interpretation], Awaitable[Reply]]] = {
            Intent.LIST_REMINDERS: self._list,
            Intent.MISSED: self._missed,
            Intent.CREATE_REMINDER: self._create,
            Intent.SHOW_NEXT: self._next,
            Intent.CANCEL_REMINDER: self._cancel,
            Intent.CHANGE_REMINDER: self._change,
            Intent.SNOOZE: self._snooze,
            Intent.DONE: self._complete,
            Intent.UNDO: self._undo,
            Intent.SET_ZONE: self._set_zone,
            Intent.WHY: self._why,
        }
        self._phrases: dict[Intent, Callable[[], str]] = {
            Intent.HELP: help_text,
            Intent.GREETING: lambda: f"Hello {asked.person.name}. What shall I remind you of?",
            Intent.THANKS: lambda: "You are welcome.",
            Intent.SHOW_MORE: lambda: NO_MORE,
            Intent.NEVER_MIND: lambda: NEVER_MIND,
        }

    async def correct(self, replaced: UUID, reading: Interpretation) -> Reply:
        """Take back what an earlier utterance changed, then do what the reading wants."""
        if reading.problem is not None or reading.intent is Intent.UNKNOWN:
            return self._nothing_done(NOT_CORRECTED)
        act = UndoLast(person_id=self._asked.person.id, by=replaced)
        try:
            undone = await self._do(act, self._say.undone)
        except Declined as no:
            if isinstance(no.reason, NothingToUndo):
                return await self.reply(reading)
            if isinstance(no.reason, Unexpected):
                raise
            return self._nothing_done(self._say.reason(no.reason))
        if reading.intent is Intent.UNDO:
            return undone
        done = await self.reply(reading)
        return done.model_copy(update={"text": f"{undone.text}\n{done.text}"})

    async def reply(self, reading: Interpretation) -> Reply:
        """Do what the reading wants and say what came of it.

        Raises Declined when the agent that was asked broke: asked again it may go well.
        """
        if reading.problem is not None:
            return self._ask(reading, PROBLEMS[reading.problem])
        if phrase := self._phrases.get(reading.intent):
            return Reply(text=phrase())
        way = self._ways.get(reading.intent)
        if way is None:
            return self._nothing_done(NOT_UNDERSTOOD)
        try:
            return await way(reading)
        except Declined as no:
            if isinstance(no.reason, Unexpected):
                raise
            if isinstance(no.reason, SeveralFound):
                return self._ask_which(reading, no.reason)
            said = self._say.reason(no.reason)
            if problem := LACKING.get(type(no.reason)):
                return self._ask(reading.model_copy(update={"problem": problem}), said)
            return Reply(text=said)

    def _nothing_done(self, text: str) -> Reply:
        """Say why; what was asked before can still be answered."""
        return Reply(text=text, question=self._asked.question)

    @staticmethod
    def _ask(reading: Interpretation, text: str) -> Reply:
        """Say what a reading lacks, and let it wait for that."""
        return Reply(text=text, question=OpenQuestion(unfinished=reading))

    def _ask_which(self, reading: Interpretation, several: SeveralFound) -> Reply:
        found: list[tuple[UUID, str]] = [
            *((each.id, self._say.in_list(each)) for each in several.candidates),
            *((each.id, self._say.occurrence(each)) for each in several.fired),
        ]
        options = tuple(
            Option(label=label, then=reading.model_copy(update={"target_id": str(id_)}))
            for id_, label in found
        )
        labels = [option.label for option in options]
        text = self._say.choices(labels, more=several.more)
        return Reply(text=text, question=OpenQuestion(options=options))

    async def _create(self, reading: Interpretation) -> Reply:
        assert reading.schedule is not None
        act = CreateReminder(
            person_id=self._asked.person.id,
            text=reading.text,
            schedule=reading.schedule,
            said_at=self._asked.said_at,
            utterance_id=self._asked.utterance_id,
        )
        return await self._do(act, self._say.created)

    async def _list(self, reading: Interpretation) -> Reply:
        question = WhichReminders(person_id=self._asked.person.id, after=reading.after)
        found = await self._query("reminders", REMINDERS, question)
        text = self._say.listed_more(found) if reading.after else self._say.listed(found)
        return self._page(text, reading, found.reminders, found.total)

    async def _missed(self, reading: Interpretation) -> Reply:
        question = WhichMissed(person_id=self._asked.person.id, after=reading.after)
        found = await self._query("reminders", REMINDERS, question)
        text = self._say.missed_more(found) if reading.after else self._say.missed(found)
        return self._page(text, reading, found.occurrences, found.total)

    @staticmethod
    def _page(
        text: str, reading: Interpretation, shown: Sequence[Reminder | Occurrence], total: int
    ) -> Reply:
        """Say one page of a list; more than that is shown when it is asked for."""
        if total <= len(shown):
            return Reply(text=text)
        rest = reading.model_copy(update={"after": shown[-1].place})
        return Reply(text=text, question=OpenQuestion(more=rest))

    async def _next(self, reading: Interpretation) -> Reply:
        question = WhichReminders(person_id=self._asked.person.id, limit=1)
        return await self._tell(question, self._say.next_one)

    async def _cancel(self, reading: Interpretation) -> Reply:
        act = CancelReminder(person_id=self._asked.person.id, target=self._target(reading))
        return await self._do(act, self._say.cancelled)

    async def _change(self, reading: Interpretation) -> Reply:
        act = ChangeReminder(
            person_id=self._asked.person.id,
            target=self._target(reading),
            said_at=self._asked.said_at,
            text=reading.text or None,
            schedule=reading.schedule,
            given=reading.given,
            bare_hour=reading.bare_hour,
        )
        return await self._do(act, self._say.changed)

    async def _snooze(self, reading: Interpretation) -> Reply:
        assert reading.schedule is not None
        act = Snooze(
            person_id=self._asked.person.id,
            target=self._target(reading),
            said_at=self._asked.said_at,
            until=reading.schedule.first,
        )
        return await self._do(act, self._say.snoozed)

    async def _complete(self, reading: Interpretation) -> Reply:
        act = Complete(
            person_id=self._asked.person.id,
            target=self._target(reading),
            said_at=self._asked.said_at,
        )
        return await self._do(act, self._say.completed)

    async def _undo(self, reading: Interpretation) -> Reply:
        act = UndoLast(person_id=self._asked.person.id)
        return await self._do(act, self._say.undone)

    async def _why(self, reading: Interpretation) -> Reply:
        question = WhyReminded(person_id=self._asked.person.id, target=self._target(reading))
        return await self._tell(question, self._say.explained)

    async def _set_zone(self, reading: Interpretation) -> Reply:
        zone = reading.zone or ""
        act = SetZone(person_id=self._asked.person.id, zone=zone)
        done = await self._request("people", PEOPLE, act)
        kept = await self._query(
            "reminders", REMINDERS, WhichReminders(person_id=self._asked.person.id, limit=1)
        )
        was = self._asked.person.zone
        return Reply(text=self._say.zone_set(done.zone, was, kept.total))

    async def _do(self, act: Action[R], say: Callable[[R], str]) -> Reply:
        return Reply(text=say(await self._request("reminders", REMINDERS, act)))

    async def _tell(self, question: Question[R], say: Callable[[R], str]) -> Reply:
        return Reply(text=say(await self._query("reminders", REMINDERS, question)))

    @staticmethod
    def _target(reading: Interpretation) -> Target:
        id_ = UUID(reading.target_id) if reading.target_id else None
        return Target(id=id_, words=reading.target)

    async def _request(self, service: str, vocabulary: Vocabulary, act: Action[R]) -> R:
        provider, *_ = await self._known.offering(self._voice, service)
        return await request(
            self._voice,
            vocabulary,
            act,
            to=provider,
            conversation=self._next_conversation(),
            within=WITHIN,
        )

    async def _query(self, service: str, vocabulary: Vocabulary, question: Question[R]) -> R:
        provider, *_ = await self._known.offering(self._voice, service)
        return await query(
            self._voice,
            vocabulary,
            question,
            to=provider,
            conversation=self._next_conversation(),
            within=WITHIN,
        )

    def _next_conversation(self) -> str:
        self._acts += 1
        return f"{self._asked.utterance_id}:{self._acts}"
