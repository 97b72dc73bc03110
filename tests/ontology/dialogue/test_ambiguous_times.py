"""A person is asked where it matters which of two times they mean, and only there."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from ontology.dialogue.concepts import Context
from ontology.dialogue.deciding import Verdict, decide
from ontology.dialogue.interpreter import PlainInterpreter
from tests.ontology.dialogue.reading import MADRID, when


def asked(now: str, said: str) -> list[str | None]:
    """Return the times that a person is asked about; the first is the likeliest."""
    at = datetime.fromisoformat(now).replace(tzinfo=ZoneInfo(MADRID))
    (segment,) = PlainInterpreter().interpret(said, Context(now=at, zone=MADRID))
    decision = decide(segment.readings)
    if decision.verdict is Verdict.ACT:
        return [when(decision.readings[0])]
    assert decision.verdict is Verdict.WHICH_TIME
    return [when(each) for each in decision.readings]


@pytest.mark.parametrize(
    ("now", "said", "times"),
    [
        # 20 November 2026 is a Friday.
        ("2026-11-20 16:57", "remind me at 5 to leave", ["11-20 17:00", "11-21 05:00"]),
        ("2026-11-20 17:02", "remind me at 5 to leave", ["11-21 17:00", "11-21 05:00"]),
        ("2026-11-20 12:00", "remind me on 3/4 to pay", ["04-03 09:00", "03-04 09:00"]),
        ("2026-11-19 12:00", "remind me next friday to pay", ["11-27 09:00", "11-20 09:00"]),
        ("2026-11-19 12:00", "move 2 to next friday", ["11-27 09:00", "11-20 09:00"]),
        ("2026-11-20 04:58", "snooze until 5", ["11-20 17:00", "11-20 05:00"]),
        ("2026-11-20 12:00", "dentist 3/4", ["04-03 09:00", "03-04 09:00"]),
    ],
)
def test_it_is_asked_which_time_is_meant(now, said, times):
    assert asked(now, said) == times


@pytest.mark.parametrize(
    ("now", "said", "time"),
    [
        ("2026-11-20 12:00", "remind me at 5 to leave", "11-20 17:00"),
        ("2026-11-20 16:57", "remind me at 5pm to leave", "11-20 17:00"),
        ("2026-11-20 16:57", "remind me at 17:00 to leave", "11-20 17:00"),
        ("2026-11-20 16:57", "remind me tomorrow at 5 to leave", "11-21 17:00"),
        ("2026-11-20 16:57", "move 2 to 5", "11-20 17:00"),
        ("2026-11-20 12:00", "remind me on 13/4 to pay", "04-13 09:00"),
        ("2026-11-20 12:00", "remind me on 4/4 to pay", "04-04 09:00"),
        ("2026-11-16 12:00", "remind me next friday to pay", "11-27 09:00"),
        ("2026-11-19 12:00", "remind me on friday to pay", "11-20 09:00"),
        ("2026-11-19 12:00", "remind me tomorrow at 7 to run", "11-20 07:00"),
    ],
)
def test_it_is_not_asked_where_sense_decides(now, said, time):
    assert asked(now, said) == [time]
