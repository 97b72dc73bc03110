"""Quiet hours, absences and weekends, as people say them."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from ontology.dialogue.answers import as_answer
from ontology.dialogue.concepts import Context, Intent, OpenQuestion, Problem
from ontology.dialogue.said import Said
from ontology.policy.changes import AddQuiet, SetQuiet, SetWeekend, StayAway
from ontology.policy.concepts import EVERY_DAY, QuietRange, WeekendRule
from ontology.policy.wording import WEEKEND, WORKDAYS
from tests.ontology.dialogue.reading import INTERPRETER, MADRID, NOW, read, segments

SATURDAY_SUNDAY = WEEKEND
EMAIL_ONLY, SILENT, NORMAL = WeekendRule.EMAIL_ONLY, WeekendRule.SILENT, WeekendRule.NORMAL


def quiet(start, end, days=EVERY_DAY):
    return QuietRange(
        start=time.fromisoformat(start), end=time.fromisoformat(end), days=frozenset(days)
    )


def changed(said):
    (segment,) = segments(said)
    reading = segment.likeliest
    assert reading.problem is None
    assert reading.confidence == 1
    return reading.change


@pytest.mark.parametrize(
    ("said", "start", "end"),
    [
        ("quiet hours 10pm to 7am", "22:00", "07:00"),
        ("Quiet hours: 22:00-07:00", "22:00", "07:00"),
        ("quiet hours 22-7", "22:00", "07:00"),
        ("quiet hours from 10 to 7", "22:00", "07:00"),
        ("set my quiet hours to 9.30pm until 6.30am", "21:30", "06:30"),
        ("please set quiet hours from 11pm to 6", "23:00", "06:00"),
        ("could you change my quiet hours to 23:15 – 05:45, please?", "23:15", "05:45"),
        ("my quiet hours are midnight to 8", "00:00", "08:00"),
        (
            "I'd like quiet hours between ten at night and seven in the morning",
            "22:00",
            "07:00",
        ),
        ("quiet time 1 to 3pm", "13:00", "15:00"),
        ("quiet hours from 9 to 5pm", "09:00", "17:00"),
        ("quiet hours half past ten to half past six", "22:30", "06:30"),
    ],
)
def test_quiet_hours_of_every_day_take_the_place_of_others(said, start, end):
    assert changed(said) == SetQuiet(ranges=(quiet(start, end),))


@pytest.mark.parametrize(
    ("said", "start", "end", "days"),
    [
        ("quiet hours 10pm to 7am on weekdays", "22:00", "07:00", WORKDAYS),
        ("quiet hours on weekends from 11pm to 10am", "23:00", "10:00", SATURDAY_SUNDAY),
        ("quiet hours 23:00-09:00 on fridays and saturdays", "23:00", "09:00", {4, 5}),
        ("quiet hours mon-fri 9pm to 7am", "21:00", "07:00", WORKDAYS),
        ("add quiet hours from 1pm to 2pm on sundays", "13:00", "14:00", {6}),
        ("no noise from 1 to 2", "13:00", "14:00", EVERY_DAY),
        ("nothing after ten in the evening", "22:00", "07:00", EVERY_DAY),
        ("never message me between 1 and 6", "01:00", "06:00", EVERY_DAY),
        ("no reminders after 22:00 before 7", "22:00", "07:00", EVERY_DAY),
        ("no reminders before 7 or after 22:00", "22:00", "07:00", EVERY_DAY),
        ("no notifications between 10pm and 6:30am please", "22:00", "06:30", EVERY_DAY),
        ("don't disturb me from 12 to 1pm on weekdays", "12:00", "13:00", WORKDAYS),
        ("Do not disturb me after 10pm", "22:00", "07:00", EVERY_DAY),
        ("never remind me before 8am", "00:00", "08:00", EVERY_DAY),
        ("don't wake me before 9 on weekends", "00:00", "09:00", SATURDAY_SUNDAY),
        ("mute everything from 10pm to 7am every day", "22:00", "07:00", EVERY_DAY),
        ("be quiet between 8 and 9 in the evening", "20:00", "21:00", EVERY_DAY),
        ("don't call me after 9pm", "21:00", "07:00", EVERY_DAY),
        ("don't call me on sundays", "00:00", "00:00", {6}),
        ("no reminders on sundays", "00:00", "00:00", {6}),
        ("stay silent on saturdays", "00:00", "00:00", {5}),
        ("no reminders at night", "22:00", "07:00", EVERY_DAY),
        ("don't disturb me overnight", "22:00", "07:00", EVERY_DAY),
    ],
)
def test_hours_in_which_nothing_is_to_be_told_are_added(said, start, end, days):
    assert changed(said) == AddQuiet(range=quiet(start, end, days))


@pytest.mark.parametrize(
    "said",
    [
        "end quiet hours",
        "no more quiet hours",
        "turn off my quiet hours please",
        "remove all quiet hours",
        "I don't need quiet hours any more",
        "quiet hours off",
        "delete my quiet hours",
    ],
)
def test_quiet_hours_end(said):
    assert changed(said) == SetQuiet(ranges=())


@pytest.mark.parametrize(
    "said",
    [
        "what are my quiet hours?",
        "quiet hours",
        "show my quiet hours",
        "do I have quiet hours?",
    ],
)
def test_quiet_hours_are_asked_for(said):
    reading = read(said)
    assert reading.intent is Intent.SET_QUIET_HOURS
    assert reading.change is None and reading.problem is None


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ("do not disturb until monday", datetime(2026, 11, 23, 8, tzinfo=UTC)),
        ("dnd till 5pm", datetime(2026, 11, 20, 16, tzinfo=UTC)),
        ("don't disturb me for 2 hours", datetime(2026, 11, 20, 13, 0, 30, tzinfo=UTC)),
        ("mute everything until tomorrow at 8", datetime(2026, 11, 21, 7, tzinfo=UTC)),
        ("I'm on holiday until 3 december", datetime(2026, 12, 3, 8, tzinfo=UTC)),
        ("I'm away till monday at noon", datetime(2026, 11, 23, 11, tzinfo=UTC)),
        ("pause all reminders until monday", datetime(2026, 11, 23, 8, tzinfo=UTC)),
        ("no reminders tonight", datetime(2026, 11, 21, 6, tzinfo=UTC)),
        ("leave me alone for an hour", datetime(2026, 11, 20, 12, 0, 30, tzinfo=UTC)),
        ("no notifications today", datetime(2026, 11, 20, 23, tzinfo=UTC)),
        ("I am out of office until friday", None),
        ("be quiet until noon", None),
    ],
)
def test_everything_is_held_back_for_a_while(said, until):
    change = changed(said)
    assert isinstance(change, StayAway)
    assert until is None or change.until == until


@pytest.mark.parametrize(
    "said",
    ["I'm back", "I am back from holiday", "unmute", "turn off do not disturb", "dnd off",
     "you can disturb me again", "resume reminders", "end do not disturb please"],
)  # fmt: skip
def test_somebody_is_back(said):
    assert changed(said) == StayAway()


@pytest.mark.parametrize(
    "said", ["do not disturb", "mute", "I'm on vacation", "be quiet", "DND!"]
)
def test_how_long_is_asked_for_and_a_time_alone_answers(said):
    reading = read(said)
    assert (reading.intent, reading.problem) == (Intent.SET_QUIET_HOURS, Problem.NO_END)
    question = OpenQuestion(unfinished=reading)
    for answer in ("until monday", "monday", "till monday at 9", "for 3 days"):
        context = Context(now=NOW, zone=MADRID, question=question)
        heard = INTERPRETER.interpret(answer, context)
        (segment,) = as_answer(heard, question, Said.of(answer, context))
        assert segment.likeliest.intent is Intent.SET_QUIET_HOURS
        assert segment.likeliest.schedule is not None


@pytest.mark.parametrize(
    ("said", "rule", "holidays"),
    [
        ("only e-mail on weekends", EMAIL_ONLY, None),
        ("Just mail at the weekend", EMAIL_ONLY, None),
        ("email only at weekends please", EMAIL_ONLY, None),
        ("weekends: by e-mail only", EMAIL_ONLY, None),
        ("silent on weekends", SILENT, None),
        ("no reminders on weekends", SILENT, None),
        ("don't disturb me at weekends", SILENT, None),
        ("silent on weekends and public holidays", SILENT, True),
        ("keep quiet over the weekend", SILENT, None),
        ("normal weekends", NORMAL, None),
        ("treat weekends like every other day", NORMAL, None),
        ("weekends as usual", NORMAL, None),
        ("treat bank holidays like weekends", None, True),
        ("public holidays are like the weekend", None, True),
        ("treat public holidays like any other day", None, False),
        ("don't treat holidays like weekends", None, False),
    ],
)
def test_weekends_and_holidays_have_a_rule(said, rule, holidays):
    assert changed(said) == SetWeekend(rule=rule, holidays=holidays)


@pytest.mark.parametrize(
    "said",
    [
        "quiet the dog at 9pm",
        "remind me to be quiet at 9pm",
        "remind me of the quiet hours tomorrow at 8",
        "buy a do not disturb sign tomorrow at 5",
        "remind me to mute the TV at 10pm",
        "pick up my back brace tomorrow at 9",
        "remind me on weekends at 10 to water the plants",
        "remind me until friday every day at 9 to stretch",
        "write the out of office note tomorrow at 4pm",
        "stop the oven at 6pm",
    ],
)
def test_what_is_to_be_done_stays_a_reminder(said):
    reading = read(said)
    assert reading.intent is Intent.CREATE_REMINDER
    assert reading.change is None


@pytest.mark.parametrize(
    "said",
    [
        "add 5 and 7",
        "do not disturb from 2pm to 4pm today",
        "remind me again",
        "ping me again",
        "call me again",
        "add 13:00 to 14:00",
        "stop the reminder",
        "no messages after 9pm on school days",
        "keep quiet on sunday mornings",
        "mute everything when I am in a meeting",
        "quiet hours whenever I sleep",
    ],
)
def test_what_is_not_clear_changes_nothing(said):
    assert read(said).change is None


@pytest.mark.parametrize(
    ("said", "intents"),
    [
        (
            "telegram first, then call. remind me at 5pm to run",
            [Intent.SET_CHANNEL, Intent.CREATE_REMINDER],
        ),
        (
            "never call me and quiet hours 10pm to 7am",
            [Intent.SET_CHANNEL, Intent.SET_QUIET_HOURS],
        ),
        (
            "quiet hours 10pm to 7am, and remind me tomorrow at 9 to run",
            [Intent.SET_QUIET_HOURS, Intent.CREATE_REMINDER],
        ),
        (
            "remind me at 5pm to run. don't use e-mail",
            [Intent.CREATE_REMINDER, Intent.SET_CHANNEL],
        ),
        ("no e-mails please, just chat", [Intent.SET_CHANNEL, Intent.SET_CHANNEL]),
    ],
)
def test_settings_stand_beside_other_requests(said, intents):
    heard = segments(said)
    assert [each.likeliest.intent for each in heard] == intents
    assert all(
        each.likeliest.change or each.likeliest.intent is Intent.CREATE_REMINDER
        for each in heard
    )
