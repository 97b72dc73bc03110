"""Times that people are told they can say are read as listed, bare and in a request."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from ontology.dialogue.concepts import Intent
from ontology.time.reading import Setting, read_time
from ontology.time.recurrence import next_after
from tests.ontology.dialogue.reading import MADRID, NOW, read
from tests.ontology.dialogue.said_times import SAID_TIMES

PHRASES = [phrase for phrases in SAID_TIMES.values() for phrase in phrases]


def local(at: datetime | None) -> str | None:
    return None if at is None else f"{at.astimezone(ZoneInfo(MADRID)):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(("said", "start", "end"), PHRASES)
def test_a_time_is_the_one_that_is_listed(said, start, end):
    reading = read_time(said, Setting(NOW, MADRID))
    assert reading is not None and reading.schedule is not None
    assert local(next_after(reading.schedule, NOW) or reading.schedule.first) == start
    assert end is None or local(reading.end) == end


@pytest.mark.parametrize(("said", "start", "end"), PHRASES)
@pytest.mark.parametrize("request_for", ["remind me {} to swim", "remind me to swim {}"])
def test_it_is_the_same_in_a_request(said, start, end, request_for):
    reading = read(request_for.format(said))
    assert (reading.intent, reading.text) == (Intent.CREATE_REMINDER, "swim")
    assert reading.schedule is not None
    assert local(next_after(reading.schedule, NOW) or reading.schedule.first) == start
