from __future__ import annotations

from typing import Any, get_args

import pytest

from ontology.policy.changes import (
    AddQuiet,
    Change,
    ChangeWords,
    OrderChannels,
    PreferChannel,
    SetCalls,
    SetEscalation,
    SetLeadTimes,
    SetQuiet,
    SetTravel,
    SetWeekend,
    StayAway,
)
from ontology.policy.changing import apply
from ontology.policy.concepts import MatterKind, Preferences, WeekendRule
from ontology.policy.wording import describe, say_change, say_days
from tests.ontology.policy.situations import (
    CALL,
    CHAT,
    HOUR,
    MADRID,
    MINUTE,
    NIGHT,
    NOON,
    SMS,
    TELEGRAM,
    at,
    quiet,
)

SILENT, MAIL = WeekendRule.SILENT, WeekendRule.EMAIL_ONLY
SAID: list[tuple[dict[str, Any], Change, str]] = [
    ({}, AddQuiet(range=NIGHT), "Your quiet hours are now: 22:00–07:00 daily."),
    ({"quiet": (NIGHT,)}, SetQuiet(ranges=()), "You have no quiet hours any more."),
    ({}, SetQuiet(ranges=(NIGHT,)), "Your quiet hours are now: 22:00–07:00 daily."),
    (
        {},
        StayAway(until=at("2026-12-01 00:00")),
        "I hold everything back until Tuesday 1 December 2026, 00:00.",
    ),
    ({}, StayAway(), "Welcome back: nothing is held back for your being away."),
    ({}, SetWeekend(rule=SILENT), "Your weekends are silent until Monday."),
    (
        {},
        SetWeekend(rule=MAIL, holidays=True),
        "Your weekends and public holidays are for e-mail only.",
    ),
    ({}, SetWeekend(rule=WeekendRule.NORMAL), "I treat weekends like every day."),
    ({}, OrderChannels(channels=(CHAT, CALL)), "I reach you by chat, then call."),
    (
        {},
        PreferChannel(channel=SMS),
        "I reach you by sms, then chat, then telegram, then e-mail.",
    ),
    (
        {"channels": (CHAT, TELEGRAM)},
        PreferChannel(channel=TELEGRAM, use=False),
        "I reach you by chat and no more by telegram.",
    ),
    ({}, PreferChannel(channel=CALL, use=False), "I never call you."),
    (
        {},
        SetEscalation(after=5 * MINUTE),
        "Where you do not answer, the next channel is tried after 5 minutes.",
    ),
    ({}, SetEscalation(), "Where you do not answer, nothing more is tried."),
    ({}, SetCalls(most=3), "I call you 3 times at most, 5 minutes apart."),
    ({}, SetCalls(most=1), "I call you once."),
    ({}, SetCalls(most=0), "I never call you."),
    ({}, ChangeWords(list="vip", words=("Ana",)), "VIPs, who are always worth a call: “Ana”."),
    (
        {"internal": ("standup",)},
        ChangeWords(list="internal", words=("standup",), remove=True),
        "Internal topics, by e-mail only: none.",
    ),
    (
        {},
        SetLeadTimes(kind=MatterKind.EVENT, before=(24 * HOUR, 30 * MINUTE)),
        "I tell you of events 24 hours and 30 minutes before.",
    ),
    ({}, SetTravel(buffer=20 * MINUTE), "I allow 20 minutes for the way to a place."),
]


@pytest.mark.parametrize(("before", "change", "said"), SAID, ids=[said for *_, said in SAID])
def test_a_change_is_confirmed_in_a_sentence(before, change, said):
    after = apply(change, Preferences(**before), NOON, "es_ES")

    assert say_change(change, after, MADRID) == said


def test_every_change_has_a_sentence():
    kinds = get_args(get_args(Change)[0])

    assert {type(change) for _, change, _ in SAID} == set(kinds)


def test_what_is_preferred_before_anything_was_said():
    assert describe(Preferences(), MADRID, NOON) == (
        "Channels: chat, then telegram, then e-mail",
        "No answer: the next channel is tried after 10 minutes",
        "Calls: 2 times at most, 5 minutes apart",
        "Quiet hours: none",
        "Weekends: like every day",
        "Urgent words: “urgent”, “asap”, “emergency”",
        "Events: 24 hours and 30 minutes before; tasks: 2 hours before",
        "The way to a place: 30 minutes",
    )


def test_what_was_set_is_said_on_the_persons_own_clock():
    set_ = Preferences(
        quiet=(NIGHT, quiet("13:00", "14:00", frozenset(range(5)))),
        weekend=SILENT,
        holidays=True,
        away_until=at("2026-12-01 09:00"),
        ring_anyway=("hospital",),
        escalates=False,
        most_calls=0,
    )

    said = describe(set_, MADRID, NOON)

    assert "Quiet hours: 22:00–07:00 daily; 13:00–14:00 on weekdays" in said
    assert "Weekends and public holidays: silent until the next working day" in said
    assert "Away: until Tuesday 1 December 2026, 09:00" in said
    assert "Words that ring anyway, whatever the hour: “hospital”" in said
    assert "No answer: nothing more is tried" in said
    assert "Calls: never" in said


def test_an_absence_that_is_over_is_not_said():
    said = describe(Preferences(away_until=NOON), MADRID, NOON)

    assert not [line for line in said if line.startswith("Away")]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (range(7), "daily"),
        (range(5), "on weekdays"),
        ((5, 6), "at weekends"),
        ((4,), "on Fridays"),
        ((0, 2, 4), "on Mondays, Wednesdays and Fridays"),
    ],
)
def test_days_are_said_by_what_they_are_together(days, said):
    assert say_days(frozenset(days)) == said
