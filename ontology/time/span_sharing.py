"""What the beginning and the end of a span take from each other."""

from __future__ import annotations

from dataclasses import replace

from ontology.time.values import (
    CalendarDate,
    Day,
    EdgeOf,
    Moment,
    NamedPeriod,
    NthDay,
    Period,
    Span,
)


def completed_span(begin: Moment, end: Moment, *, inclusive: bool) -> Span:
    """Let the beginning and the end complete each other."""
    end = Moment(
        _through(end.day) if inclusive else end.day,
        end.clock,
        end.part,
        end.zone,
        end.year,
        end.about,
    )
    if (
        isinstance(begin.day, NthDay)
        and begin.day.of is None
        and isinstance(end.day, Period | NamedPeriod)
    ):
        day = replace(begin.day, of=end.day)
        begin, end = replace(begin, day=day), replace(end, day=day)
    if begin.day is None and end.day is not None:
        begin = replace(begin, day=end.day)
    if end.year is not None and isinstance(begin.day, CalendarDate) and begin.day.year is None:
        begin = replace(begin, day=replace(begin.day, year=end.year))
    begin = replace(begin, day=_in_the_year_of(begin.day, end.day))
    begin = replace(begin, zone=begin.zone or end.zone)
    if begin.clock is not None and begin.part is None and not begin.clock.sure:
        begin = replace(begin, part=end.part)
    if (
        end.clock is not None
        and begin.clock is None
        and begin.part is None
        and _same(begin, end)
    ):
        begin = replace(begin, clock=end.clock)
    end = replace(end, zone=end.zone or begin.zone)
    return Span(begin, end)


def _in_the_year_of(begin: Day | None, end: Day | None) -> Day | None:
    """Give "29 december to 3 january 2027" the years that it spans."""
    if not isinstance(begin, CalendarDate) or not isinstance(end, CalendarDate):
        return begin
    if begin.year is not None or end.year is None or begin.month is None:
        return begin
    wraps = (begin.month, begin.day) >= (end.month or 12, end.day)
    dated = replace(begin, year=end.year - wraps)
    return begin if begin.weekday is not None else dated


def _same(begin: Moment, end: Moment) -> bool:
    """Tell that one wall time is meant for both days: "22-23 feb at 7pm"."""
    return isinstance(begin.day, CalendarDate) and isinstance(end.day, CalendarDate)


def _through(day: Day | None) -> Day | None:
    """Return the end of a period that something goes on through."""
    return EdgeOf("end", day) if isinstance(day, Period | NamedPeriod) else day
