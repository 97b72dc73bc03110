from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from ontology.acl import Refused
from ontology.reminders.acts import EmptyText, InThePast, NeverFires, TextTooLong
from ontology.reminders.concepts import STEPS, Occurrence, OccurrenceState
from ontology.reminders.rules import changed_schedule, checked_text, first_due, which_it_is
from ontology.time.concepts import Schedule

MONDAY_NINE = "2026-03-02 09:00"
SAID_AT = datetime(2026, 3, 2, 8, tzinfo=UTC)


def schedule(start=MONDAY_NINE, zone="UTC", rule=None, fold=0):
    return Schedule(zone=zone, start=datetime.fromisoformat(start), rule=rule, fold=fold)


def reason_of(check, *arguments):
    with pytest.raises(Refused) as no:
        check(*arguments)
    return no.value.reason


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("stretch", "stretch"),
        ("  call \n\t the   bank ", "call the bank"),
        ("x" * 1_000, "x" * 1_000),
        (" " * 5_000 + "short", "short"),
        ("água 💧", "água 💧"),
    ],
)
def test_a_text_is_kept_with_single_spaces(said, kept):
    assert checked_text(said) == kept


@pytest.mark.parametrize(
    "said", ["", " ", "\n\t ", "\u3000\u2003", "\u200b \ufeff", "\u202e\u2066", "\u0301"]
)
def test_a_text_without_a_word_is_refused(said):
    assert reason_of(checked_text, said) == EmptyText()


def test_a_text_longer_than_a_reminder_is_refused_with_the_limit():
    assert reason_of(checked_text, "x" * 1_001) == TextTooLong(length=1_001, limit=1_000)


@pytest.mark.parametrize(
    ("plan", "due"),
    [
        (schedule(), datetime(2026, 3, 2, 9, tzinfo=UTC)),
        (schedule(zone="Asia/Tokyo", start="2026-03-02 18:00"),
         datetime(2026, 3, 2, 9, tzinfo=UTC)),
        (schedule(rule="FREQ=DAILY"), datetime(2026, 3, 2, 9, tzinfo=UTC)),
        (schedule(rule="FREQ=DAILY", start="2026-02-01 07:00"),
         datetime(2026, 3, 3, 7, tzinfo=UTC)),
        (schedule(rule="FREQ=WEEKLY;BYDAY=TU"), datetime(2026, 3, 3, 9, tzinfo=UTC)),
    ],
    ids=["once", "once, in another zone", "daily", "daily, begun before", "weekly"],
)  # fmt: skip
def test_the_first_occurrence_is_the_next_after_it_was_said(plan, due):
    assert first_due(plan, SAID_AT) == due


@pytest.mark.parametrize("late", [timedelta(0), timedelta(seconds=1), timedelta(seconds=2)])
def test_a_time_that_passed_while_it_was_said_still_means_now(late):
    now = schedule("2026-03-02 08:00")

    assert first_due(now, SAID_AT + late) == SAID_AT


@pytest.mark.parametrize("late", [timedelta(seconds=3), timedelta(days=400)])
def test_a_time_that_has_passed_is_refused_with_that_time(late):
    past = schedule("2026-03-02 08:00")

    assert reason_of(first_due, past, SAID_AT + late) == InThePast(at=SAID_AT)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=DAILY;UNTIL=20250101T000000Z",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=NEVER",
        "nonsense",
    ],
)
def test_a_rule_that_never_fires_or_is_hostile_is_refused_with_a_complaint(rule):
    reason = reason_of(first_due, schedule(rule=rule), SAID_AT)

    assert isinstance(reason, NeverFires)
    assert reason.complaint


TOMORROW_FIVE = "2026-03-03 17:00"
DAILY_NINE = schedule(rule="FREQ=DAILY")


@pytest.mark.parametrize(
    ("old", "new", "given", "meant"),
    [
        (schedule(), schedule(TOMORROW_FIVE), {"date", "time"}, schedule(TOMORROW_FIVE)),
        (schedule(), schedule(TOMORROW_FIVE), {"time"}, schedule("2026-03-02 17:00")),
        (schedule(), schedule(TOMORROW_FIVE), {"date"}, schedule("2026-03-03 09:00")),
        (DAILY_NINE, schedule(TOMORROW_FIVE), {"time"},
         schedule("2026-03-02 17:00", rule="FREQ=DAILY")),
        (DAILY_NINE, schedule(TOMORROW_FIVE), {"date"}, schedule("2026-03-03 09:00")),
        (schedule(), schedule(TOMORROW_FIVE, rule="FREQ=WEEKLY"), {"rule"},
         schedule("2026-03-03 09:00", rule="FREQ=WEEKLY")),
        (DAILY_NINE, schedule(TOMORROW_FIVE, rule="FREQ=WEEKLY"), {"rule", "time"},
         schedule(TOMORROW_FIVE, rule="FREQ=WEEKLY")),
        (DAILY_NINE, schedule(TOMORROW_FIVE), {"date", "time"}, schedule(TOMORROW_FIVE)),
        (schedule(fold=1), schedule(TOMORROW_FIVE), {"time"},
         schedule("2026-03-02 17:00")),
        (schedule(), schedule(TOMORROW_FIVE), set(), schedule(TOMORROW_FIVE)),
    ],
    ids=[
        "date and time: both anew",
        "time: the day stays",
        "date: the time of day stays",
        "time of a recurring one: the rule stays",
        "date of a recurring one: it ends repeating",
        "a rule for one without",
        "a rule for another",
        "date and time of a recurring one",
        "the second pass of an hour is not carried over",
        "nothing in so many words: all anew",
    ],
)  # fmt: skip
def test_what_was_not_said_of_a_change_stays_as_it_was(old, new, given, meant):
    assert changed_schedule(old, new, frozenset(given)) == meant


@pytest.mark.parametrize("rule", ["FREQ=MINUTELY", "FREQ=HOURLY;INTERVAL=2"])
def test_what_rings_many_times_a_day_rings_once_at_the_hour_it_is_moved_to(rule):
    at_nine_pm = schedule("2026-03-02 21:00")
    assert changed_schedule(schedule(rule=rule), at_nine_pm, frozenset({"time"})) == at_nine_pm


@pytest.mark.parametrize(
    ("old", "said", "meant"),
    [
        ("2026-03-02 08:30", "2026-03-01 21:00", "2026-03-02 09:00"),
        ("2026-03-02 20:00", "2026-03-01 21:00", "2026-03-02 21:00"),
        ("2026-03-02 07:00", "2026-03-01 20:45", "2026-03-02 08:45"),
    ],
)
def test_an_hour_without_am_or_pm_is_the_one_nearer_to_the_old(old, said, meant):
    changed = changed_schedule(
        schedule(old), schedule(said), frozenset({"time"}), bare_hour=True
    )
    assert changed == schedule(meant)


def fired(due: float, told: float | None) -> Occurrence:
    """An occurrence due and told so many minutes after the others were said."""
    return Occurrence(
        id=uuid4(),
        reminder_id=uuid4(),
        person_id=uuid4(),
        text="stretch",
        zone="UTC",
        due_at=SAID_AT + timedelta(minutes=due),
        state=OccurrenceState.DELIVERED,
        told_at=None if told is None else SAID_AT + timedelta(minutes=told),
    )


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        pytest.param([], 0, id="nothing"),
        pytest.param([(0, 0)], 1, id="the only one"),
        pytest.param([(0, None)], 1, id="the only one, being told"),
        pytest.param([(0, 0), (-1.1, -1.1), (-9, -9)], 1, id="the latest"),
        pytest.param([(0, 0), (-1, -1), (-9, -9)], 3, id="all, where two fell due together"),
        pytest.param([(0, 5), (0, 1)], 2, id="all, where two fell due together and were late"),
        pytest.param([(0, 9), (-60, 9), (-90, 9)], 3, id="all that were told at once, late"),
        pytest.param([(0, None), (-30, -30)], 2, id="all, where the latest may be unread"),
    ],
)
def test_it_is_the_latest_told_or_any_that_is_open_where_that_is_not_clear(told, meant):
    occurrences = [fired(*minutes) for minutes in told]

    assert which_it_is(occurrences) == occurrences[:meant]


def test_an_occurrence_only_moves_forward_and_ends_somewhere():
    ended = {state for state, steps in STEPS.items() if not steps}

    def ends(state: OccurrenceState, passed: frozenset[OccurrenceState]) -> bool:
        assert state not in passed
        return state in ended or all(ends(step, passed | {state}) for step in STEPS[state])

    assert STEPS.keys() == set(OccurrenceState)
    assert ended == {
        OccurrenceState.ACKNOWLEDGED,
        OccurrenceState.SNOOZED,
        OccurrenceState.CANCELLED,
    }
    assert ends(OccurrenceState.SCHEDULED, frozenset())
