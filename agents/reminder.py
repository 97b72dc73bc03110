"""The reminder agent keeps reminders, and sees to it that what falls due is told.

FIPA contract, ontology ``reminders``

=================  ================  ==========================  ======================
protocol           asked for         answers                     declines
=================  ================  ==========================  ======================
fipa-request       CreateReminder    ReminderCreated             refuse EmptyText,
                                                                 TextTooLong, InThePast,
                                                                 NeverFires
fipa-request       ChangeReminder    ReminderChanged             the same; NothingFound,
                                                                 SeveralFound,
                                                                 NothingAhead
fipa-request       CancelReminder    ReminderCancelled           failure NothingFound,
                                                                 SeveralFound
fipa-request       Complete          Completed                   the same
fipa-request       Snooze            Snoozed                     the same; InThePast,
                                                                 ClosedAlready
fipa-request       UndoLast          Undone                      failure NothingToUndo
fipa-query         WhichReminders    ReminderList
fipa-query         WhichMissed       OccurrenceList
fipa-query         WhichOccurrence   OccurrenceFound             failure NothingFound
fipa-query         WhyReminded       Explanation                 failure NothingFound,
                                                                 SeveralFound
=================  ================  ==========================  ======================

Unasked, it requests ``NotifyPeople`` of whoever offers ``notifications``, and once something
is closed ``WithdrawNotifications``, so that nothing rings for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from agents.base import BaseAgent
from behaviours.duty import Duty
from behaviours.fipa.exchange import Role
from behaviours.forget_old import ForgetOld
from behaviours.journal import WriteJournal
from behaviours.reminders.close_occurrence import CompleteOnRequest, SnoozeOnRequest
from behaviours.reminders.fire_due import FireDue
from behaviours.reminders.keep_reminder import (
    CancelReminderOnRequest,
    ChangeReminderOnRequest,
    CreateReminderOnRequest,
    UndoLastOnRequest,
)
from behaviours.reminders.tell_closed import TellNotifier
from behaviours.reminders.tell_reminders import (
    ExplainOnQuery,
    ListMissedOnQuery,
    ListRemindersOnQuery,
    TellOccurrenceOnQuery,
)
from behaviours.xmpp.stream import Account
from ontology.journal import Journal
from ontology.ledger import Ledger
from ontology.permissions import AgentName
from ontology.reminders.ports import Alarm, DueOccurrences, ReminderBook
from ontology.retention import Retention


class ReminderAgent(BaseAgent):
    """Keeps the reminder book and watches the time."""

    name_on_platform = AgentName.REMINDER
    services = ("reminders",)

    def __init__(
        self,
        account: Account,
        *,
        journal: WriteJournal,
        kept_journal: Journal,
        book: ReminderBook,
        ledger: Ledger,
        due: DueOccurrences,
        alarm: Alarm,
        retention: Retention,
    ) -> None:
        super().__init__(account, journal=journal)
        self._book = book
        self._ledger = ledger
        self._kept_journal = kept_journal
        self._forget_old = ForgetOld(retention)
        self._fire_due = FireDue(due, alarm, self.conversations, self.acquaintances)
        self._tell_notifier = TellNotifier(self.conversations, self.acquaintances)

    def roles(self) -> Iterator[Role]:
        """Keep, close, tell."""
        closed = self._tell_notifier.take
        yield CreateReminderOnRequest(self._book, self._ledger)
        yield ChangeReminderOnRequest(self._book, self._ledger, closed)
        yield CancelReminderOnRequest(self._book, self._ledger, closed)
        yield CompleteOnRequest(self._book, self._ledger, closed)
        yield SnoozeOnRequest(self._book, self._ledger, closed)
        yield UndoLastOnRequest(self._book, self._ledger, closed)
        yield ListRemindersOnQuery(self._book)
        yield ListMissedOnQuery(self._book)
        yield TellOccurrenceOnQuery(self._book)
        yield ExplainOnQuery(self._book, self._kept_journal, self.journal)

    def duties(self) -> Iterator[Duty]:
        """Fire what is due; tell what is over; forget what is long over."""
        yield self._fire_due
        yield self._tell_notifier
        yield self._forget_old
