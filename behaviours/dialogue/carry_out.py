"""Carrying out one reading of an utterance: ask the agent that can, then find the words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

from behaviours.dialogue.ask_agents import AskAgents
from behaviours.dialogue.carry_settings import CarrySettings
from behaviours.dialogue.find_named import MOST_CHOICES, find_named
from ontology.acl import Action, Content, Declined, Question
from ontology.dialogue.acts import AnswerUtterance, Reply
from ontology.dialogue.asking_back import ask_for
from ontology.dialogue.concepts import Intent, Interpretation, OpenQuestion, Option
from ontology.dialogue.manners import mannerly
from ontology.dialogue.putting_off import as_put_off
from ontology.dialogue.settings_wording import say_declined
from ontology.dialogue.wording import LACKING, NOT_UNDERSTOOD, Wording
from ontology.people.acts import PEOPLE, SetZone
from ontology.reminders.acts import (
    REMINDERS,
    CancelReminder,
    ChangeReminder,
    Complete,
    CreateReminder,
    NothingFound,
    SeveralFound,
    Snooze,
    UndoLast,
    WhichMissed,
    WhichReminders,
    WhyReminded,
)
from ontology.reminders.concepts import Occurrence, Reminder, Target

R = TypeVar("R", bound=Content)


class CarryOut:
    """Does what the readings of one utterance want."""

    def __init__(self, asked: AnswerUtterance, ask: AskAgents) -> None:
        self._asked = asked
        self._ask = ask
        self._request, self._query = ask.request, ask.query
        self._say = Wording(asked.person, asked.said_at)
        self._settings = CarrySettings(asked, ask)
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
            Intent.SET_QUIET_HOURS: self._settings.out,
            Intent.SET_CHANNEL: self._settings.out,
            Intent.SET_PREFERENCE: self._settings.out,
            Intent.WHY: self._why,
        }

    async def out(self, reading: Interpretation) -> Reply:
        """Do what the reading wants and say what came of it. Raises Declined and NoAnswer."""
        if reading.problem is not None:
            return ask_for(reading, self._say.problem(reading))
        if said := mannerly(reading.intent, self._asked.person):
            return Reply(text=said)
        way = self._ways.get(reading.intent)
        return Reply(text=NOT_UNDERSTOOD) if way is None else await way(reading)

    def declined(self, reading: Interpretation, no: Declined) -> Reply:
        """Say why an agent would not; ask which one is meant, or for what it would do."""
        if isinstance(no.reason, SeveralFound):
            return self._ask_which(reading, no.reason)
        said = say_declined(no.reason) or self._say.reason(no.reason)
        if problem := LACKING.get(type(no.reason)):
            return ask_for(reading.model_copy(update={"problem": problem}), said)
        return Reply(text=said)

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

    async def _create(self, reading: Interpretation) -> Reply:
        assert reading.schedule is not None
        act = CreateReminder(
            person_id=self._asked.person.id,
            text=reading.text,
            schedule=reading.schedule,
            said_at=self._asked.said_at,
            utterance_id=self._asked.utterance_id,
        )
        done = await self._request("reminders", REMINDERS, act)
        return await self._noted(self._say.created(done), done.reminder)

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
        if reading.later is not None:
            return await self._put_off(reading, reading.later)
        act = ChangeReminder(
            person_id=self._asked.person.id,
            target=self._target(reading),
            said_at=self._asked.said_at,
            text=reading.text or None,
            schedule=reading.schedule,
            given=reading.given,
            bare_hour=reading.bare_hour,
        )
        done = await self._request("reminders", REMINDERS, act)
        return await self._noted(self._say.changed(done), done.reminder)

    async def _put_off(self, reading: Interpretation, later: timedelta) -> Reply:
        """Change the time of a reminder by a length, which only its own time can tell."""
        found = await find_named(self._ask, self._asked.person.id, reading)
        if not found:
            return Reply(text=self._say.reason(NothingFound(target=reading.target)))
        if len(found) > 1:
            return self.ask_which(reading, found[:MOST_CHOICES], more=len(found) > MOST_CHOICES)
        put_off = as_put_off(reading, found[0], later)
        return await self.out(put_off)

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
        if reading.zone is None:
            return Reply(text=self._say.zone_is())
        act = SetZone(person_id=self._asked.person.id, zone=reading.zone)
        done = await self._request("people", PEOPLE, act)
        kept = await self._query(
            "reminders", REMINDERS, WhichReminders(person_id=self._asked.person.id, limit=1)
        )
        was = self._asked.person.zone
        return Reply(text=self._say.zone_set(done.zone, was, kept.total))

    async def _noted(self, text: str, reminder: Reminder) -> Reply:
        """Confirm a reminder, and tell it where the person's own rules will hold it back."""
        held = await self._settings.held(reminder, self._say)
        return Reply(text="\n".join(filter(None, (text, held))))

    async def _do(self, act: Action[R], say: Callable[[R], str]) -> Reply:
        return Reply(text=say(await self._request("reminders", REMINDERS, act)))

    async def _tell(self, question: Question[R], say: Callable[[R], str]) -> Reply:
        return Reply(text=say(await self._query("reminders", REMINDERS, question)))

    @staticmethod
    def _target(reading: Interpretation) -> Target:
        id_ = UUID(reading.target_id) if reading.target_id else None
        return Target(id=id_, words=reading.target)
