"""Quiet ranges as the minutes of a week: joined where they meet, and whether any is left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import time
from itertools import pairwise
from typing import Final

from ontology.policy.concepts import Preferences, QuietRange, WeekendRule

_DAY: Final = 24 * 60
_WEEK: Final = 7 * _DAY
_WEEKEND: Final = range(5 * _DAY, _WEEK)


def merged(ranges: Iterable[QuietRange]) -> tuple[QuietRange, ...]:
    """Return the same quiet minutes, kept to the minute, in as few ranges as say them, sorted.

    None may be longer than a day: what is longer is cut at every midnight.
    """
    days: dict[tuple[time, time], set[int]] = defaultdict(set)
    for begin, end in _spans(_minutes(ranges)):
        midnights = range((begin // _DAY + 1) * _DAY, end, _DAY) if end - begin > _DAY else ()
        for start, stop in pairwise((begin, *midnights, end)):
            days[_wall(start), _wall(stop)].add(start // _DAY % 7)
    return tuple(
        QuietRange(start=start, end=end, days=frozenset(on))
        for (start, end), on in sorted(days.items())
    )


def ever_speaks(preferences: Preferences) -> bool:
    """Whether a week has a minute in which a person may be told of anything."""
    held = _minutes(preferences.quiet)
    if preferences.weekend is WeekendRule.SILENT:
        held = held.union(_WEEKEND)
    return len(held) < _WEEK


def _minutes(ranges: Iterable[QuietRange]) -> frozenset[int]:
    return frozenset(
        minute % _WEEK
        for each in ranges
        for day in each.days
        for minute in _of_day(each, day * _DAY)
    )


def _of_day(quiet: QuietRange, midnight: int) -> range:
    start, end = (wall.hour * 60 + wall.minute for wall in (quiet.start, quiet.end))
    return range(midnight + start, midnight + end + (_DAY if end <= start else 0))


def _spans(minutes: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Yield the first minute of each unbroken span, and that behind its last."""
    if len(minutes) == _WEEK:
        yield 0, _WEEK
        return
    for begin in sorted(minute for minute in minutes if (minute - 1) % _WEEK not in minutes):
        end = begin + 1
        while end % _WEEK in minutes:
            end += 1
        yield begin, end


def _wall(minute: int) -> time:
    return time(minute % _DAY // 60, minute % 60)
