from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from ontology.notifications.concepts import Notification
from ontology.notifications.wording import say_notification

DUE = datetime(2026, 3, 2, 9, tzinfo=UTC)


def said(late=timedelta(0), skipped=0, zone="UTC", text="call the bank", held_by=None):
    notification = Notification(
        id=UUID(int=1),
        reminder_id=UUID(int=2),
        person_id=UUID(int=3),
        text=text,
        zone="UTC",
        due_at=DUE,
        claimed_at=DUE + late,
        skipped=skipped,
        held_by=held_by,
    )
    return say_notification(notification, zone)


@pytest.mark.parametrize("late", [timedelta(seconds=s) for s in (-1, 0, 1, 60)])
def test_a_notification_in_time_is_its_text_alone(late):
    assert said(late) == "⏰ call the bank"


def test_a_late_one_says_when_it_was_due():
    assert said(timedelta(seconds=61)) == (
        "⏰ call the bank\n(late: this was due today, Monday 2 March, 09:00)"
    )
    assert said(timedelta(days=1)).endswith(
        "(late: this was due yesterday, Monday 2 March, 09:00)"
    )


def test_what_a_rule_of_theirs_held_is_not_late_but_says_which_rule():
    assert said(timedelta(hours=9), held_by="your quiet hours 22:00–07:00") == (
        "⏰ call the bank\n(due today, Monday 2 March, 09:00; held by your quiet hours "
        "22:00–07:00)"
    )


def test_when_it_was_due_is_said_on_the_clock_of_the_persons_own_zone():
    assert said(timedelta(hours=1), zone="Asia/Tokyo").endswith("today, Monday 2 March, 18:00)")


@pytest.mark.parametrize(("skipped", "times"), [(1, "once"), (2, "2 times"), (40, "40 times")])
def test_what_fell_due_again_meanwhile_is_counted(skipped, times):
    assert said(skipped=skipped) == f"⏰ call the bank\n(it fell due {times} more since then)"


def test_late_and_skipped_are_said_one_below_the_other():
    assert said(timedelta(days=1), skipped=2).count("\n") == 2


def test_the_text_is_said_as_it_was_kept():
    assert said(text="{x} %s <b>ü</b>") == "⏰ {x} %s <b>ü</b>"
