"""Telling what will fire, what was missed, and why something fired."""

from __future__ import annotations

from datetime import timedelta

from behaviours.fipa.query import QueryResponder
from behaviours.journal import WriteJournal
from behaviours.reminders.find_target import find_told
from ontology.acl import Failed
from ontology.journal import Journal
from ontology.reminders.acts import (
    REMINDERS,
    Explanation,
    NothingFound,
    OccurrenceFound,
    OccurrenceList,
    ReminderList,
    WhichMissed,
    WhichOccurrence,
    WhichReminders,
    WhyReminded,
)
from ontology.reminders.explaining import explain, utterances_behind
from ontology.reminders.ports import ReminderBook

MISSED_WITHIN = timedelta(days=7)
FIRST_MESSAGES = 50


class ListRemindersOnQuery(QueryResponder[WhichReminders, ReminderList]):
    """Tells what will still fire."""

    vocabulary = REMINDERS
    question = WhichReminders

    def __init__(self, book: ReminderBook) -> None:
        self._book = book

    async def tell(self, question: WhichReminders, asker: str) -> ReminderList:
        """Look it up."""
        reminders, total = await self._book.upcoming(
            question.person_id, question.limit, question.after
        )
        return ReminderList(reminders=tuple(reminders), total=total)


class ListMissedOnQuery(QueryResponder[WhichMissed, OccurrenceList]):
    """Tells what fell due and was not acknowledged."""

    vocabulary = REMINDERS
    question = WhichMissed

    def __init__(self, book: ReminderBook) -> None:
        self._book = book

    async def tell(self, question: WhichMissed, asker: str) -> OccurrenceList:
        """Look it up."""
        occurrences, total = await self._book.unacknowledged(
            question.person_id, MISSED_WITHIN, question.limit, question.after
        )
        return OccurrenceList(occurrences=tuple(occurrences), total=total)


class TellOccurrenceOnQuery(QueryResponder[WhichOccurrence, OccurrenceFound]):
    """Tells how one occurrence stands."""

    vocabulary = REMINDERS
    question = WhichOccurrence

    def __init__(self, book: ReminderBook) -> None:
        self._book = book

    async def tell(self, question: WhichOccurrence, asker: str) -> OccurrenceFound:
        """Look it up."""
        occurrence = await self._book.occurrence(question.person_id, question.id)
        if occurrence is None:
            raise Failed(NothingFound())
        return OccurrenceFound(occurrence=occurrence)


class ExplainOnQuery(QueryResponder[WhyReminded, Explanation]):
    """Tells from the journal how a reminder came to be said."""

    vocabulary = REMINDERS
    question = WhyReminded

    def __init__(self, book: ReminderBook, journal: Journal, minutes: WriteJournal) -> None:
        self._book = book
        self._journal = journal
        self._minutes = minutes

    async def tell(self, question: WhyReminded, asker: str) -> Explanation:
        """Gather every message that speaks of it, and word them."""
        occurrence = await find_told(self._book, question)
        if occurrence is None:
            raise Failed(NothingFound(target=question.target.words))
        await self._minutes.flush()
        entries = list(await self._journal.about(str(occurrence.id)))
        # Of a reminder that has fired for years, how it was made is told by its first messages.
        entries += await self._journal.about(str(occurrence.reminder_id), limit=FIRST_MESSAGES)
        if behind := utterances_behind(entries):
            entries += await self._journal.about(*behind)
        return Explanation(occurrence=occurrence, lines=explain(entries, occurrence))
