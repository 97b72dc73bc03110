"""Finding the reminder or the occurrence that a person means."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from ontology.acl import Failed
from ontology.reminders.acts import NothingFound, SeveralFound
from ontology.reminders.concepts import Occurrence, Reminder, Target
from ontology.reminders.ports import ReminderBook
from ontology.reminders.rules import JUST_NOW, which_it_is

CHOICES = 9
"""The most choices offered where words fit several."""


class Meant(Protocol):
    """An act that names a target."""

    @property
    def person_id(self) -> UUID: ...
    @property
    def target(self) -> Target: ...


class MeantFired(Meant, Protocol):
    """An act upon what had fired when it was said."""

    @property
    def said_at(self) -> datetime: ...


async def find_reminder(book: ReminderBook, meant: Meant) -> Reminder:
    """Return the one reminder that is meant. Raises Failed: NothingFound, SeveralFound."""
    target = meant.target
    if target.id is not None:
        found = await book.reminder(meant.person_id, target.id)
    elif target.words is None:
        found = await book.latest(meant.person_id)
        if found is not None and found.next_due is None:
            # It has fired and is over: what else "it" may be is not ours to guess.
            ahead, total = await book.upcoming(meant.person_id, CHOICES)
            found = _only(ahead, more=total > CHOICES, sure=False)
    else:
        candidates = await book.matching(meant.person_id, target.words, CHOICES + 1)
        found = _only(candidates[:CHOICES], more=len(candidates) > CHOICES, sure=True)
    if found is None:
        raise Failed(NothingFound(target=target.words))
    return found


def _only(candidates: Sequence[Reminder], *, more: bool, sure: bool) -> Reminder | None:
    """Return the only candidate, if one is enough to be sure. Raises Failed: SeveralFound."""
    if len(candidates) > 1 or (candidates and not sure):
        raise Failed(SeveralFound(candidates=tuple(candidates), more=more))
    return candidates[0] if candidates else None


async def find_fired(book: ReminderBook, meant: MeantFired) -> Occurrence | None:
    """Return the one occurrence that had fired and is meant, None if none had.

    "It" cannot be what fell due after this was said, however late it is heard.

    Raises Failed with SeveralFound where several are meant as well as each other.
    """
    if meant.target.id is not None:
        return await book.occurrence(meant.person_id, meant.target.id)
    due_by = meant.said_at + JUST_NOW if meant.target.is_it else None
    fired = await book.fired(meant.person_id, meant.target.words, CHOICES + 1, due_by=due_by)
    if meant.target.is_it:
        fired = which_it_is(fired)
    if len(fired) > 1:
        raise Failed(SeveralFound(fired=tuple(fired[:CHOICES]), more=len(fired) > CHOICES))
    return fired[0] if fired else None


async def find_told(book: ReminderBook, meant: Meant) -> Occurrence | None:
    """Return the occurrence told last that is meant, open or not, None if none was told."""
    if meant.target.id is not None:
        return await book.occurrence(meant.person_id, meant.target.id)
    return await book.last_told(meant.person_id, meant.target.words)
