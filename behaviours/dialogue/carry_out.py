"""Carrying out one reading of an utterance: ask the agent that can, then find the words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

from behaviours.dialogue.ask_agents import AskAgents
from ontology.acl import Declined
from ontology.dialogue.acts import AnswerUtterance, Reply
from ontology.dialogue.concepts import Intent, Interpretation, OpenQuestion, Option, Problem
from ontology.dialogue.manners import mannerly
from ontology.dialogue.wording import NOT_UNDERSTOOD, PROBLEMS, Wording
from ontology.people.acts import PEOPLE, SetZone
from ontology.reminders.acts import (
    REMINDERS,
    CancelReminder,
    ChangeReminder,
    Complete,
    CreateReminder,
    SeveralFound,
    Snooze,
    UndoLast,
    WhichMissed,
    WhichReminders,
    WhyReminded,
)
from ontology.reminders.concepts import Reminder, Target


class CarryOut:
    """Does what the readings of one utterance want."""

    def __init__(self, asked: AnswerUtterance, ask: AskAgents) -> None:
        self._asked = asked
        self._request, self._query = ask.request, ask.query
        self._say = Wording(asked.person, asked.said_at)
        self._ways: dict[Intent, Callable[[Interpretation], Awaitable[str]]] = {
            Intent.CREATE_REMINDER: self._create,
            Intent.LIST_REMINDERS: self._list,
            Intent.SHOW_NEXT: self._next,
            Intent.CANCEL_REMINDER: self._cancel,
            Intent.CHANGE_REMINDER: self._change,
            Intent.SNOOZE: self._snooze,
            Intent.DONE: self._complete,
            Intent.UNDO: self._undo,
            Intent.MISSED: self._missed,
            Intent.SET_ZONE: self._set_zone,
            Intent.WHY: self._why,
        }

    async def out(self, reading: Interpretation) -> Reply:
        """Do what the reading wants and say what came of it. Raises Declined and NoAnswer."""
        if reading.problem is not None:
            return Reply(text=self._problem(reading, reading.problem))
        if said := mannerly(reading.intent, self._asked.person):
            return Reply(text=said)
        way = self._ways.get(reading.intent)
        return Reply(text=NOT_UNDERSTOOD if way is None else await way(reading))

    def declined(self, reading: Interpretation, no: Declined) -> Reply:
        """Say why an agent would not, or ask which one is meant where several are."""
        if isinstance(no.reason, SeveralFound):
            return self._ask_which(reading, no.reason)
        return Reply(text=self._say.reason(no.reason))

    def ask_which(
        self, reading: Interpretation, reminders: Sequence[Reminder], *, more: bool
    ) -> Reply:
        """Ask which of these reminders is meant, of which there are ``more``."""
        several = SeveralFound(candidates=tuple(reminders), more=more)
        return self._ask_which(reading, several)

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

    async def _create(self, reading: Interpretation) -> str:
        assert reading.schedule is not None
        act = CreateReminder(
            person_id=self._asked.person.id,
            text=reading.text,
            schedule=reading.schedule,
            said_at=self._asked.said_at,
            utterance_id=self._asked.utterance_id,
        )
        return self._say.created(await self._request("reminders", REMINDERS, act))

    async def _list(self, reading: Interpretation) -> str:
        question = WhichReminders(person_id=self._asked.person.id)
        return self._say.listed(await self._query("reminders", REMINDERS, question))

    async def _next(self, reading: Interpretation) -> str:
        question = WhichReminders(person_id=self._asked.person.id, limit=1)
        return self._say.next_one(await self._query("reminders", REMINDERS, question))

    async def _cancel(self, reading: Interpretation) -> str:
        act = CancelReminder(person_id=self._asked.person.id, target=self._target(reading))
        return self._say.cancelled(await self._request("reminders", REMINDERS, act))

    async def _change(self, reading: Interpretation) -> str:
        act = ChangeReminder(
            person_id=self._asked.person.id,
            target=self._target(reading),
            said_at=self._asked.said_at,
            text=reading.text or None,
            schedule=reading.schedule,
            given=reading.given,
            bare_hour=reading.bare_hour,
        )
        return self._say.changed(await self._request("reminders", REMINDERS, act))

    async def _snooze(self, reading: Interpretation) -> str:
        assert reading.schedule is not None
        act = Snooze(
            person_id=self._asked.person.id,
            target=self._target(reading),
            said_at=self._asked.said_at,
            until=reading.schedule.first,
        )
        return self._say.snoozed(await self._request("reminders", REMINDERS, act))

    async def _complete(self, reading: Interpretation) -> str:
        act = Complete(person_id=self._asked.person.id, target=self._target(reading))
        return self._say.completed(await self._request("reminders", REMINDERS, act))

    async def _undo(self, reading: Interpretation) -> str:
        act = UndoLast(person_id=self._asked.person.id)
        return self._say.undone(await self._request("reminders", REMINDERS, act))

    async def _missed(self, reading: Interpretation) -> str:
        question = WhichMissed(person_id=self._asked.person.id)
        return self._say.missed(await self._query("reminders", REMINDERS, question))

    async def _why(self, reading: Interpretation) -> str:
        question = WhyReminded(person_id=self._asked.person.id, target=self._target(reading))
        return self._say.explained(await self._query("reminders", REMINDERS, question))

    async def _set_zone(self, reading: Interpretation) -> str:
        if reading.zone is None:
            return self._say.zone_is()
        act = SetZone(person_id=self._asked.person.id, zone=reading.zone)
        done = await self._request("people", PEOPLE, act)
        kept = await self._query(
            "reminders", REMINDERS, WhichReminders(person_id=self._asked.person.id, limit=1)
        )
        return self._say.zone_set(done.zone, self._asked.person.zone, kept.total)

    @staticmethod
    def _problem(reading: Interpretation, problem: Problem) -> str:
        event = reading.relation.event if reading.relation else "…"
        return PROBLEMS[problem].format(text=reading.text or "…", event=event)

    @staticmethod
    def _target(reading: Interpretation) -> Target:
        id_ = UUID(reading.target_id) if reading.target_id else None
        return Target(id=id_, words=reading.target)
