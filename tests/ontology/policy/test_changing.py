from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from ontology.errors import ImpossiblePreference
from ontology.notifications.concepts import Channel
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
from ontology.policy.concepts import LeadTimes, MatterKind, Preferences, WeekendRule
from tests.ontology.policy.situations import (
    CALL,
    CHAT,
    EMAIL,
    HOUR,
    MINUTE,
    NIGHT,
    NOON,
    SMS,
    TELEGRAM,
    quiet,
)

DAY = timedelta(days=1)
ALL_DAY = quiet("00:00", "00:00")
WEEKDAYS = quiet("00:00", "00:00", frozenset(range(5)))
LUNCH = quiet("13:00", "14:00")


def vips(*words: str, remove: bool = False) -> ChangeWords:
    return ChangeWords(list="vip", words=words, remove=remove)


@pytest.mark.parametrize(
    ("before", "change", "after"),
    [
        ({}, AddQuiet(range=NIGHT), {"quiet": (NIGHT,)}),
        ({"quiet": (NIGHT,)}, AddQuiet(range=LUNCH), {"quiet": (LUNCH, NIGHT)}),
        (
            {"quiet": (NIGHT,)},
            AddQuiet(range=quiet("21:00", "23:00")),
            {"quiet": (quiet("21:00", "07:00"),)},
        ),
        ({"quiet": (NIGHT,)}, SetQuiet(ranges=(LUNCH,)), {"quiet": (LUNCH,)}),
        ({"quiet": (NIGHT,)}, SetQuiet(ranges=()), {"quiet": ()}),
        ({}, StayAway(until=NOON + DAY), {"away_until": NOON + DAY}),
        ({"away_until": NOON}, StayAway(), {"away_until": None}),
        ({}, SetWeekend(rule=WeekendRule.SILENT), {"weekend": WeekendRule.SILENT}),
        (
            {"holidays": True},
            SetWeekend(rule=WeekendRule.EMAIL_ONLY),
            {"holidays": True, "weekend": WeekendRule.EMAIL_ONLY},
        ),
        ({}, SetWeekend(rule=WeekendRule.NORMAL, holidays=True), {"holidays": True}),
        (
            {},
            OrderChannels(channels=(TELEGRAM, CHAT, TELEGRAM)),
            {"channels": (TELEGRAM, CHAT)},
        ),
        (
            {"most_calls": 0},
            OrderChannels(channels=(CHAT, CALL)),
            {"channels": (CHAT, CALL), "most_calls": 2},
        ),
        ({}, PreferChannel(channel=EMAIL), {"channels": (EMAIL, CHAT, TELEGRAM)}),
        ({}, PreferChannel(channel=SMS), {"channels": (SMS, CHAT, TELEGRAM, EMAIL)}),
        ({}, PreferChannel(channel=EMAIL, use=False), {"channels": (CHAT, TELEGRAM)}),
        (
            {"channels": (CHAT, CALL)},
            PreferChannel(channel=CALL, use=False),
            {"channels": (CHAT,), "most_calls": 0},
        ),
        (
            {"most_calls": 0},
            PreferChannel(channel=CALL),
            {"channels": (CALL, CHAT, TELEGRAM, EMAIL), "most_calls": 2},
        ),
        ({}, SetEscalation(after=5 * MINUTE), {"escalate_after": 5 * MINUTE}),
        ({}, SetEscalation(), {"escalates": False}),
        ({"escalates": False}, SetEscalation(after=HOUR), {"escalate_after": HOUR}),
        ({}, SetCalls(most=3), {"most_calls": 3}),
        ({}, SetCalls(between=2 * MINUTE), {"between_calls": 2 * MINUTE}),
        ({"channels": (CALL, CHAT)}, SetCalls(most=0), {"channels": (CHAT,), "most_calls": 0}),
        ({}, vips(" Ana  Ruiz ", "Bo"), {"vip": ("Ana Ruiz", "Bo")}),
        ({"vip": ("Ana",)}, vips("ANA", "Bo"), {"vip": ("Ana", "Bo")}),
        ({"vip": ("Ana", "Bo")}, vips("ana", remove=True), {"vip": ("Bo",)}),
        (
            {},
            SetLeadTimes(kind=MatterKind.EVENT, before=(5 * MINUTE, HOUR, HOUR)),
            {"lead_times": LeadTimes(event=(HOUR, 5 * MINUTE))},
        ),
        (
            {},
            SetLeadTimes(kind=MatterKind.TASK, before=(timedelta(0),)),
            {"lead_times": LeadTimes(task=(timedelta(0),))},
        ),
        ({}, SetTravel(buffer=timedelta(0)), {"travel": timedelta(0)}),
    ],
)
def test_a_change_changes_one_thing(
    before: dict[str, Any], change: Change, after: dict[str, Any]
):
    assert apply(change, Preferences(**before), NOON, "es_ES") == Preferences(**after)


@pytest.mark.parametrize(
    ("before", "change", "why"),
    [
        ({}, AddQuiet(range=ALL_DAY), "no minute of the week"),
        ({"quiet": (NIGHT,)}, AddQuiet(range=quiet("07:00", "22:00")), "no minute of the week"),
        ({"weekend": WeekendRule.SILENT}, AddQuiet(range=WEEKDAYS), "until when you are away"),
        ({"quiet": (WEEKDAYS,)}, SetWeekend(rule=WeekendRule.SILENT), "no minute of the week"),
        ({}, SetQuiet(ranges=(NIGHT,) * 1000), "20 quiet ranges are the most"),
        ({}, StayAway(until=NOON), "has passed"),
        ({}, StayAway(until=NOON + 400 * DAY), "more than a year"),
        ({}, OrderChannels(channels=()), "One channel has to stay"),
        (
            {"channels": (CHAT,)},
            PreferChannel(channel=CHAT, use=False),
            "One channel has to stay",
        ),
        ({"channels": (CALL,)}, SetCalls(most=0), "Calls are your only channel"),
        ({"channels": (CALL,)}, PreferChannel(channel=CALL, use=False), "has to stay"),
        ({}, SetEscalation(after=timedelta(seconds=5)), "I wait 1 minute to 24 hours."),
        ({}, SetEscalation(after=2 * DAY), "I wait 1 minute to 24 hours."),
        ({}, SetCalls(most=11), "10 times at most"),
        ({}, SetCalls(most=-1), "or never"),
        ({}, SetCalls(between=-MINUTE), "Calls are 1 minute to 4 hours apart."),
        ({}, vips(" "), "up to 60 characters"),
        ({}, vips("a" * 61), "up to 60 characters"),
        ({}, vips("a\u202eb"), "can be printed"),
        ({}, vips(*map(str, range(51))), "50 words are the most"),
        ({"vip": ("Ana",)}, vips("Bo", remove=True), "“Bo” is not on that list"),
        ({}, SetLeadTimes(kind=MatterKind.REMINDER, before=(HOUR,)), "A reminder comes at"),
        ({}, SetLeadTimes(kind=MatterKind.EVENT, before=()), "Say one to 6 times"),
        ({}, SetLeadTimes(kind=MatterKind.EVENT, before=(31 * DAY,)), "up to 30 days"),
        ({}, SetLeadTimes(kind=MatterKind.EVENT, before=(-HOUR,)), "before it begins"),
        ({}, SetTravel(buffer=DAY), "The way to a place takes up to 12 hours."),
    ],
)
def test_what_cannot_be_is_refused_in_words(before, change, why):
    with pytest.raises(ImpossiblePreference, match=why):
        apply(change, Preferences(**before), NOON, "es_ES")


def test_every_channel_can_be_preferred_and_let_go():
    for channel in Channel:
        with_it = apply(PreferChannel(channel=channel), Preferences(), NOON, "es_ES")
        assert with_it.channels[0] is channel
        without = apply(PreferChannel(channel=channel, use=False), with_it, NOON, "es_ES")
        assert channel not in without.channels


@pytest.mark.parametrize("locale", ["en_GB", "de_DE.UTF-8"])
def test_public_holidays_are_rest_where_they_are_known(locale):
    change = SetWeekend(rule=WeekendRule.SILENT, holidays=True)

    assert apply(change, Preferences(), NOON, locale).holidays


def test_public_holidays_that_nobody_knows_are_refused():
    change = SetWeekend(rule=WeekendRule.SILENT, holidays=True)

    with pytest.raises(ImpossiblePreference, match="no public holidays of your locale, xx_XX"):
        apply(change, Preferences(), NOON, "xx_XX")
