"""Days before the period they repeat in: "4th of every month", "mon to fri each week"."""

from __future__ import annotations

from dataclasses import replace

from ontology.time.read_every import read_every
from ontology.time.read_frequencies import adverb_at
from ontology.time.read_places import behind_the_month, read_edge, read_places, read_year_days
from ontology.time.read_weekdays import read_weekdays
from ontology.time.read_yearly import read_days_of_year, read_months
from ontology.time.repeating import Repetition
from ontology.time.tokens import Line
from ontology.time.values import Impossible

Found = tuple[Repetition | Impossible, int]


def read_days_of_each_period(line: Line, at: int) -> Found | None:
    """Read "4th of every month", "mon to fri each week", "june 3 every year"."""
    begin = line.skip(at, "on", "at", "by", "in")
    numbered = read_year_days(line, begin)
    if numbered is not None:
        found = _in_each(line, Repetition("YEARLY", by_year_day=numbered[0]), numbered[1])
        if found is not None:
            return found
    weekdays = read_weekdays(line, begin)
    if weekdays is not None:
        days = Repetition("WEEKLY", by_day=weekdays[0].by_day, part=weekdays[0].part)
        return _in_each(line, days, weekdays[1])
    places = read_edge(line, begin) or read_places(line, line.skip(begin, "the"))
    if places is not None:
        found = _in_each(line, places[0], places[1])
        if found is not None:
            return found
    dates = read_days_of_year(line, begin)
    return _in_each(line, dates[0], dates[1]) if dates is not None else None


def _in_each(line: Line, days: Repetition | Impossible, at: int) -> Found | None:
    """Read "of every month", "each quarter", "weekly", "of every november"."""
    behind = line.skip(behind_the_month(line, at, each=False), ",")
    behind = line.skip(behind, "of", "in", "for")
    period = read_every(line, behind) or adverb_at(line, behind)
    if period is None:
        return None
    if isinstance(days, Impossible):
        return days, period[1]
    if days.freq == "MONTHLY" and (months := read_months(line, behind + 1)) is not None:
        return replace(days, freq="YEARLY", by_month=months[0]), months[1]
    if line.word(behind + 1).startswith("quarter") and days.by_month_day:
        return _of_quarters(days), period[1]
    each = period[0]
    if isinstance(each, Impossible) or each.freq != days.freq:
        return None
    if each.by_day or each.by_month_day or each.by_month:
        return None
    return replace(days, interval=each.interval), period[1]


def _of_quarters(days: Repetition) -> Repetition:
    """Return days of the first month of each quarter, or those counted from its end."""
    months = (3, 6, 9, 12) if min(days.by_month_day) < 0 else (1, 4, 7, 10)
    return replace(days, freq="YEARLY", by_month=months)
