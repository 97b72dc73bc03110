"""What ``steward person prefer`` makes of its arguments."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from agents.cli import _parser
from agents.commands.prefer import read_change
from ontology.errors import SettingsError
from ontology.policy.changes import (
    AddQuiet,
    ChangeWords,
    OrderChannels,
    SetCalls,
    SetEscalation,
    SetLeadTimes,
    SetQuiet,
    SetTravel,
    SetWeekend,
    StayAway,
)
from ontology.policy.concepts import MatterKind, WeekendRule
from tests.ontology.policy.situations import (
    CALL,
    CHAT,
    HOUR,
    MADRID,
    MINUTE,
    NIGHT,
    TELEGRAM,
    at,
    quiet,
)


def change_of(*arguments):
    parsed = _parser().parse_args(["person", "prefer", "owner", *arguments])
    return read_change(parsed, MADRID)


@pytest.mark.parametrize(
    ("arguments", "change"),
    [
        ("channels chat,telegram,call", OrderChannels(channels=(CHAT, TELEGRAM, CALL))),
        ("quiet 22:00-07:00", AddQuiet(range=NIGHT)),
        ("quiet 22:00-7:00 weekdays", AddQuiet(range=quiet("22:00", "07:00", range(5)))),
        ("quiet 13:00-14:00 weekends", AddQuiet(range=quiet("13:00", "14:00", {5, 6}))),
        ("quiet 13:00-24:00 mon,Fri", AddQuiet(range=quiet("13:00", "00:00", {0, 4}))),
        ("quiet off", SetQuiet(ranges=())),
        ("weekend silent", SetWeekend(rule=WeekendRule.SILENT)),
        (
            "weekend e-mail --holidays yes",
            SetWeekend(rule=WeekendRule.EMAIL_ONLY, holidays=True),
        ),
        ("weekend normal --holidays no", SetWeekend(rule=WeekendRule.NORMAL, holidays=False)),
        ("away until 2026-12-01", StayAway(until=at("2026-12-01 00:00"))),
        ("away until 2026-12-01 18:30", StayAway(until=at("2026-12-01 18:30"))),
        ("away 2026-12-01T18:30Z", StayAway(until=datetime(2026, 12, 1, 18, 30, tzinfo=UTC))),
        ("away off", StayAway()),
        ("escalate 10m", SetEscalation(after=10 * MINUTE)),
        ("escalate 1h30m", SetEscalation(after=90 * MINUTE)),
        ("escalate never", SetEscalation()),
        ("calls 3", SetCalls(most=3)),
        ("calls 3 --between 2m", SetCalls(most=3, between=2 * MINUTE)),
        ("vip add Ana Bo", ChangeWords(list="vip", words=("Ana", "Bo"))),
        ("urgent remove asap", ChangeWords(list="urgent_words", words=("asap",), remove=True)),
        ("internal add standup", ChangeWords(list="internal", words=("standup",))),
        ("ring-anyway add hospital", ChangeWords(list="ring_anyway", words=("hospital",))),
        (
            "lead event 24h,30m",
            SetLeadTimes(kind=MatterKind.EVENT, before=(24 * HOUR, 30 * MINUTE)),
        ),
        ("lead task 0m", SetLeadTimes(kind=MatterKind.TASK, before=(0 * HOUR,))),
        ("travel 45m", SetTravel(buffer=45 * MINUTE)),
    ],
)
def test_a_line_is_a_change(arguments, change):
    assert change_of(*arguments.split()) == change


def test_a_phrase_is_one_word_of_a_list():
    assert change_of("vip", "add", "Ana Ruiz").words == ("Ana Ruiz",)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ("channels chat,pigeon", "'pigeon' is no channel; there are chat, telegram, e-mail"),
        ("channels chat,", "'' is no channel"),
        ("quiet 22-7", "'22-7' is no range of hours like 22:00-07:00, nor “off”"),
        ("quiet 22:00-25:00", "'25:00' is no time of day"),
        ("quiet 22:00-07:60", "'07:60' is no time of day"),
        ("quiet 22:00-07:00 someday", "'someday' is no day: take weekdays"),
        ("away until tomorrow", "'until tomorrow' is neither a date"),
        ("escalate 10", "'10' is no length of time like 10m"),
        ("escalate -5m", "is no length of time"),
        ("calls 3 --between x", "'x' is no length of time"),
        ("lead event 24h;30m", "'24h;30m' is no length of time"),
    ],
)
def test_what_is_no_change_is_told_in_one_line(arguments, why):
    with pytest.raises(SettingsError, match=why) as told:
        change_of(*arguments.replace("-5m", "−5m").split())

    assert "\n" not in str(told.value)
