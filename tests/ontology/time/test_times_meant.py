"""What may be meant when a time is said: alternatives, ends, relations."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ontology.time.reading import Setting, read_time, read_times
from ontology.time.values import Duration
from tests.ontology.time.wednesday import IN_THE_USA, NOW, read, without_time

NO_ALTERNATIVE: tuple[str, ...] = ()


def starts(text: str, locale: str = "en_US") -> list[str]:
    readings = read_times(text, Setting(NOW, "UTC", locale))
    schedules = [reading.schedule for reading in readings]
    return [f"{schedule.start:%m-%d %H:%M}" for schedule in schedules if schedule is not None]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("at 9", ["03-11 21:00", "03-12 09:00"]),
        ("tomorrow at 8", ["03-12 08:00", "03-12 20:00"]),
        ("tomorrow at 8 in the evening", ["03-12 20:00"]),
        ("tomorrow at 8pm", ["03-12 20:00"]),
        ("tomorrow at 17:00", ["03-12 17:00"]),
        ("on 3/4", ["03-04 09:00", "04-03 09:00"]),
        ("on 3/25", ["03-25 09:00"]),
        ("on 4/4", ["04-04 09:00"]),
        ("next friday", ["03-20 09:00", "03-13 09:00"]),
        ("this friday", ["03-13 09:00"]),
        ("next weekend", ["03-21 09:00", "03-14 09:00"]),
        ("9am EST", ["03-11 14:00", "03-11 13:00"]),  # New York keeps summer time by now
        ("9am UTC", ["03-12 09:00"]),
        ("nothing to do", []),
    ],
)
def test_what_may_be_meant_comes_with_the_likeliest_first(text, meant):
    assert starts(text) == meant


def test_the_likeliest_of_several_readings_is_the_one_that_is_read():
    for text in ("at 9", "on 3/4", "next friday", "9am EST", "every day at 9"):
        first = read_times(text, IN_THE_USA)[0]
        assert first == read_time(text, IN_THE_USA)


def test_the_locale_tells_which_number_is_the_day():
    assert starts("on 3/4", "en_GB") == ["04-03 09:00", "03-04 09:00"]


@pytest.mark.parametrize(
    ("text", "end", "grain"),
    [
        ("from 3 to 5pm", "03-11 17:00", "hour"),
        ("3:30-5pm tomorrow", "03-12 17:00", "minute"),
        ("from 10pm to 2am", "03-12 02:00", "hour"),
        ("11-1pm", "03-11 13:00", "hour"),
        ("between 9:30 and 11 on thursday", "03-12 11:00", "minute"),
        ("2pm for 3 hours", "03-11 17:00", "hour"),
        ("tomorrow at 14:00 for 90 minutes", "03-12 15:30", "minute"),
        ("june 3rd - 7th", "06-08 00:00", "day"),
        ("18th june for 10 days", "06-28 00:00", "day"),
        ("from june to august", "08-01 00:00", "month"),
        ("monday to wednesday", "03-19 00:00", "day"),
        ("this weekend", "03-16 00:00", "weekend"),
        ("next week", "03-23 00:00", "week"),
        ("in april", "05-01 00:00", "month"),
        ("all day friday", "03-14 00:00", "part"),
        ("friday afternoon", "03-13 20:00", "part"),
        ("5 to 7pm on 1 june", "06-01 19:00", "hour"),
    ],
)
def test_a_span_a_period_and_a_part_of_the_day_have_an_end(text, end, grain):
    reading = read(text)
    assert reading is not None and reading.end is not None
    assert reading.end.tzinfo is UTC
    assert f"{reading.end:%m-%d %H:%M}" == end
    assert reading.grain == grain


@pytest.mark.parametrize("text", ["tomorrow", "at 5pm", "friday at noon", "in 2 hours"])
def test_a_day_or_a_wall_time_has_none(text):
    reading = read(text)
    assert reading is not None and reading.end is None


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("until friday", "until"),
        ("till 5pm", "until"),
        ("by friday 5pm", "by"),
        ("no later than friday", "by"),
        ("within 2 hours", "by"),
        ("before noon", "before"),
        ("after 6pm", "after"),
        ("from monday on", "from"),
        ("starting tomorrow", "from"),
        ("at 5pm", None),
    ],
)
def test_a_word_that_leaves_one_side_open_is_kept(text, bound):
    reading = read(text)
    assert reading is not None and reading.open_ended == bound
    assert reading.until == (bound == "until")


@pytest.mark.parametrize("text", ["around 5pm", "about 5", "tomorrow at approximately 9"])
def test_what_was_said_to_be_approximate_is(text):
    reading = read(text)
    assert reading is not None and reading.about


@pytest.mark.parametrize(
    ("text", "duration", "before", "event"),
    [
        ("15 min before my 3pm", Duration(900, unit="minute"), True, "my 3pm"),
        ("an hour before the Party", Duration(3600, unit="hour"), True, "the Party"),
        ("2 days before the wedding", Duration(0, 2, unit="day"), True, "the wedding"),
        ("10 minutes after my meeting", Duration(600, unit="minute"), False, "my meeting"),
    ],
)
def test_a_relation_to_an_event_is_kept_as_such(text, duration, before, event):
    reading = read(text)
    assert reading is not None and reading.relation is not None
    assert (reading.schedule, reading.problem) == (None, None)
    assert (reading.relation.duration, reading.relation.before) == (duration, before)
    assert reading.relation.event == event


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("remind me tomorrow at 9 to call Mum", "remind me to call Mum"),
        ("remind me to call mum early tomorrow morning", "remind me to call mum"),
        ("call mum on the evening of march 20 about tea", "call mum about tea"),
        ("book (friday) table for 2", "book table for 2"),
        ("read chapter 9 tomorrow", "read chapter 9"),
        ("buy 3 eggs at 5", "buy 3 eggs"),
        ("meet Ann from 3 to 5pm in room 12", "meet Ann in room 12"),
    ],
)
def test_only_the_words_of_the_time_are_taken_out(text, left):
    assert without_time(text) == left


def test_a_person_in_the_united_kingdom_keeps_mothering_sunday():
    now = datetime(2026, 1, 1, 12, tzinfo=UTC)
    for locale, day in (("en_GB", "2026-03-15"), ("en_US", "2026-05-10")):
        reading = read_time("on mother's day", Setting(now, "Europe/London", locale))
        assert reading is not None and reading.schedule is not None
        assert f"{reading.schedule.start:%Y-%m-%d}" == day
