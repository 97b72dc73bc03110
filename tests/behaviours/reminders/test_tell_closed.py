"""What is closed is told to the notifier, as a hint: once, soon, and never twice."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from behaviours.reminders.close_occurrence import CompleteOnRequest, SnoozeOnRequest
from behaviours.reminders.keep_reminder import (
    CancelReminderOnRequest,
    ChangeReminderOnRequest,
    UndoLastOnRequest,
)
from behaviours.reminders.tell_closed import MOST_WAITING, Closed, TellNotifier
from ontology.acl import Performative
from ontology.notifications.acts import NotificationsWithdrawn, WithdrawNotifications
from ontology.reminders import acts
from ontology.reminders.concepts import Target
from tests.behaviours.duties import on_duty
from tests.behaviours.reminders.keeper import ADA, HOUR, Keeper
from tests.conversing import ASKER, Oracle, Providers, ask

pytestmark = pytest.mark.usefixtures("virtual_time")

NOTIFIER = "notifier@localhost"


class Desk(Keeper):
    """The keeper, and what it tells."""

    def __init__(self):
        super().__init__()
        self.hints = []

    async def asks(self, role, act):
        made = role(self.book, self.ledger, self.hints.append)
        return (await ask(made, act, conversation=f"{uuid4()}"))[-1]


@pytest.fixture
def desk():
    return Desk()


async def test_who_is_done_snoozed_or_let_go_rings_no_more(desk):
    done, snoozed = await desk.told("done"), await desk.told("snoozed")
    made = await desk.made("let go")
    now, it = desk.now, Target(id=done.id)

    await desk.asks(CompleteOnRequest, acts.Complete(person_id=ADA, said_at=now, target=it))
    snooze = acts.Snooze(
        person_id=ADA, said_at=now, until=now + HOUR, target=Target(id=snoozed.id)
    )
    await desk.asks(SnoozeOnRequest, snooze)
    change = acts.ChangeReminder(person_id=ADA, said_at=now, text="new")
    await desk.asks(ChangeReminderOnRequest, change)
    cancel = acts.CancelReminder(person_id=ADA, target=Target(id=made.id))
    await desk.asks(CancelReminderOnRequest, cancel)
    await desk.asks(UndoLastOnRequest, acts.UndoLast(person_id=ADA))

    assert desk.hints == [
        Closed(ADA, ASKER, "done", (done.id,)),
        Closed(ADA, ASKER, "snoozed", (snoozed.id,)),
        Closed(ADA, ASKER, "changed"),
        Closed(ADA, ASKER, "cancelled"),
        Closed(ADA, ASKER, "undone"),
    ]


async def test_what_was_declined_is_told_to_nobody(desk):
    cancel = acts.CancelReminder(person_id=ADA, target=Target(words="nothing"))

    assert (await desk.asks(CancelReminderOnRequest, cancel))[0] == "failure"
    assert desk.hints == []


async def test_what_is_done_does_not_come_again_by_a_snooze_that_names_it(desk):
    done = await desk.told("done")
    await desk.complete(Target(id=done.id))

    performative, reason = await desk.snooze(target=Target(id=done.id))

    assert performative == "failure"
    assert isinstance(reason, acts.ClosedAlready)
    assert reason.occurrence.id == done.id


class Telling:
    """The duty under test, and a notifier that hears it, or is silent."""

    def __init__(self, *, silent=False):
        answer = None if silent else (Performative.INFORM, NotificationsWithdrawn())
        self.voice = Oracle(lambda _: answer, "reminder@localhost")
        self.duty = TellNotifier(self.voice, Providers(notifications=NOTIFIER))

    @property
    def heard(self):
        return [said.content for said in self.voice.asked]


async def test_the_notifier_hears_what_others_had_closed():
    telling, closed = Telling(), uuid4()
    telling.duty.take(Closed(ADA, "planner@localhost", "done", (closed,)))
    telling.duty.take(Closed(ADA, NOTIFIER, "done", (uuid4(),)))
    async with on_duty(telling.duty):
        await asyncio.sleep(1)

    assert telling.heard == [WithdrawNotifications(person_id=ADA, ids=(closed,), words="done")]


async def test_a_notifier_that_is_silent_is_not_waited_for_long():
    telling = Telling(silent=True)
    for how in ("done", "cancelled"):
        telling.duty.take(Closed(ADA, "planner@localhost", how))
    async with on_duty(telling.duty):
        await asyncio.sleep(timedelta(minutes=1).total_seconds())

    assert {each.words for each in telling.heard} == {"done", "cancelled"}


async def test_hints_beyond_what_is_bearable_are_dropped():
    telling = Telling()
    for _ in range(MOST_WAITING + 10):
        telling.duty.take(Closed(ADA, "planner@localhost", "done"))
    async with on_duty(telling.duty):
        await asyncio.sleep(1)

    assert len(telling.heard) == MOST_WAITING
