"""Times of a day a step apart: "every 2 hours from 8 to 20", with the days around it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ontology.time.read_clocks import read_plain_clock
from ontology.time.read_each_period import read_days_of_each_period
from ontology.time.read_every import read_every
from ontology.time.repeating import Repetition, Window
from ontology.time.rule import Frequency
from ontology.time.tokens import Line
from ontology.time.values import Clock, Impossible

_SUB_DAILY: Final = frozenset({"HOURLY", "MINUTELY"})
_UP_TO: Final = frozenset({"to", "until", "till", "til", "through", "thru", "and", "-"})

Found = tuple[Repetition | Impossible, int]


def in_window(line: Line, repetition: Repetition, at: int) -> Found | None:
    """Read "from 9 to 5" and "between 9am and 5pm" behind hours or minutes."""
    if repetition.freq not in _SUB_DAILY:
        return None
    begin = line.skip(at, ",")
    if line.word(begin) not in ("from", "between"):
        return None
    first = read_plain_clock(line, begin + 1)
    if first is None or isinstance(first[0], Impossible) or line.word(first[1]) not in _UP_TO:
        return None
    last = read_plain_clock(line, first[1] + 1)
    if last is None or isinstance(last[0], Impossible):
        return None
    step = repetition.interval * (60 if repetition.freq == "HOURLY" else 1)
    window = Window(*_working_hours(first[0], last[0]), step)
    freq: Frequency = "WEEKLY" if repetition.by_day else "DAILY"
    return replace(repetition, freq=freq, interval=1, window=window), last[1]


def days_of_window(line: Line, repetition: Repetition, at: int) -> Found | None:
    """Read the days of "every hour from 9 to 5 every second monday"."""
    if repetition.window is None or repetition.freq != "DAILY" or repetition.interval > 1:
        return None
    begin = line.skip(at, ",")
    days = read_every(line, begin) or read_days_of_each_period(line, begin)
    if days is None or isinstance(days[0], Impossible) or days[0].freq in _SUB_DAILY:
        return None
    return replace(days[0], window=repetition.window), days[1]


def window_of_days(line: Line, repetition: Repetition, at: int) -> Found | None:
    """Read the window of "every weekday, every hour from 9 to 5"."""
    if repetition.window is not None or repetition.freq in _SUB_DAILY:
        return None
    step = read_every(line, line.skip(at, ","))
    if step is None or isinstance(step[0], Impossible) or step[0].freq not in _SUB_DAILY:
        return None
    window = in_window(line, step[0], step[1])
    if window is None or isinstance(window[0], Impossible):
        return None
    return replace(repetition, window=window[0].window), window[1]


def _working_hours(first: Clock, last: Clock) -> tuple[Clock, Clock]:
    """Take "9 to 5" as 09:00 to 17:00, and "1 to 5pm" as both after noon."""
    begin, end = first, last
    if not first.sure and last.sure and first.hour + 12 <= last.hour < 24 and last.hour >= 12:
        begin = replace(first, hour=(first.hour % 12) + 12) if first.hour < 7 else first
    if not last.sure and last.hour <= begin.hour % 24 and last.hour < 12:
        end = replace(last, hour=last.hour + 12)
    return begin, end
