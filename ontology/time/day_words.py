"""The days of a recurrence rule in English: "every weekday", "on the 3rd of every month"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from ontology.time.names import (
    DAY_NAMES,
    MONTH_NAMES,
    listed,
    say_month_days,
    say_ordinal,
    say_place,
)
from ontology.time.rule import Frequency, Rule

_UNITS: Final[dict[Frequency, str]] = {
    "YEARLY": "year",
    "MONTHLY": "month",
    "WEEKLY": "week",
    "DAILY": "day",
    "HOURLY": "hour",
    "MINUTELY": "minute",
}
_WEEKDAYS: Final = (0, 1, 2, 3, 4)
_WEEKEND: Final = (5, 6)
_KINDS_OF_DAY: Final[dict[tuple[int, ...], str]] = {
    _WEEKDAYS: "weekday",
    _WEEKEND: "weekend day",
    tuple(range(7)): "day",
}
_FEW: Final = 3
_ALWAYS_DAYS: Final = 28
EVERY_DAY: Final = "every day"
_EXCEPT: Final = " except "


def say_days(rule: Rule, start: date, places: Sequence[int] = ()) -> str:
    """Return the days that a rule of days or longer names.

    ``start`` fills in what the rule leaves open, and ``places`` are the days that BYSETPOS
    picks from each period, 1 for the first and -1 for the last; none for all of them.
    """
    if places and picks_dates(rule):
        return _dates_of_the_year(rule, places)
    if places and not picks_a_kind_of_day(rule):
        places = ()
    if rule.freq == "YEARLY":
        return _yearly(rule, start, places)
    if rule.freq == "MONTHLY":
        return _monthly(rule, start, places)
    return _daily_or_weekly(rule, start)


def say_interval(rule: Rule) -> str:
    """Return "every 2 weeks"."""
    unit = say_unit(rule)
    return f"every {unit}" if rule.interval == 1 else f"every {rule.interval} {unit}s"


def say_unit(rule: Rule) -> str:
    """Return the period of a rule: "week"."""
    return _UNITS[rule.freq]


def say_months(rule: Rule) -> str:
    """Return " in January and July", " except in May", or nothing for all months."""
    left_out = [month for month in range(1, 13) if month not in rule.by_month]
    if not rule.by_month or not left_out:
        return ""
    if len(left_out) <= _FEW:
        return f" except in {listed(MONTH_NAMES[month] for month in left_out)}"
    return f" in {_names_of_months(rule.by_month)}"


def say_weekdays(weekdays: Sequence[int], joint: str = "and") -> str:
    """Return "weekdays", "weekends", or the days by name."""
    days = tuple(sorted(set(weekdays)))
    if days == _WEEKDAYS:
        return "weekdays"
    return "weekends" if days == _WEEKEND else listed((DAY_NAMES[d] for d in days), joint)


def picks_a_kind_of_day(rule: Rule) -> bool:
    """Tell whether a place picks from one kind of day: "the last weekday" of a month."""
    days = [day for _, day in rule.by_day]
    return (
        rule.freq in ("MONTHLY", "YEARLY")
        and (len(days) == 1 or tuple(days) in _KINDS_OF_DAY)
        and not (rule.by_month_day or rule.by_year_day)
        and all(not nth for nth, _ in rule.by_day)
        and not (rule.freq == "YEARLY" and len(rule.by_month) > 1)
    )


def picks_dates(rule: Rule) -> bool:
    """Tell whether a place picks from dates of the year: 1 January and 15 July."""
    days = rule.by_month_day
    return (
        rule.freq == "YEARLY"
        and not (rule.by_day or rule.by_year_day)
        and bool(rule.by_month and days)
        and all(1 <= day <= _ALWAYS_DAYS for day in days)
    )


def _dates_of_the_year(rule: Rule, places: Sequence[int]) -> str:
    dates = [
        f"{day} {MONTH_NAMES[month]}" for month in rule.by_month for day in rule.by_month_day
    ]
    return f"{say_interval(rule)} on {listed(dates[place - 1] for place in sorted(places))}"


def _daily_or_weekly(rule: Rule, start: date) -> str:
    weekdays = [day for _, day in rule.by_day]
    if rule.freq == "WEEKLY" and not weekdays:
        weekdays = [start.weekday()]
    left_out: list[str] = []
    if rule.interval == 1:
        head, left_out = _every_such_day(weekdays)
    elif rule.freq == "DAILY":
        head = say_interval(rule) + _if_weekday(weekdays)
    elif rule.interval == 2 and len(weekdays) == 1 and not rule.by_month:
        head = f"every second {DAY_NAMES[weekdays[0]]}"
    else:
        head = f"{say_interval(rule)} on {say_weekdays(weekdays)}{_week_start(rule)}"
    return head + _if_dated(rule) + _except(rule, left_out)


def _if_dated(rule: Rule) -> str:
    if not rule.by_month_day or _dates_left_out(rule):
        return ""
    return f", if it is {say_month_days(rule.by_month_day)},"


def _dates_left_out(rule: Rule) -> list[int]:
    """Return the days of the month that a rule leaves out, where those are the fewer."""
    if not rule.by_month_day or min(rule.by_month_day) < 0:
        return []
    left_out = [day for day in range(1, 32) if day not in rule.by_month_day]
    return left_out if len(left_out) < len(rule.by_month_day) else []


def _except(rule: Rule, left_out: list[str]) -> str:
    """Say in which months only, and then all that is left out, which may end in months."""
    dates = _dates_left_out(rule)
    if dates:
        left_out = [*left_out, f"on {say_month_days(dates)}"]
    months = say_months(rule)
    if not months.startswith(_EXCEPT):
        return months + (_EXCEPT + " and ".join(left_out) if left_out else "")
    return _EXCEPT + " and ".join([*left_out, months.removeprefix(_EXCEPT)])


def _week_start(rule: Rule) -> str:
    """Say on which day weeks begin, where other days would fall into other weeks."""
    days = {day for _, day in rule.by_day}
    if not rule.week_start or len(days) < 2:
        return ""
    return f" (weeks begin on {DAY_NAMES[rule.week_start]})"


def _monthly(rule: Rule, start: date, places: Sequence[int]) -> str:
    if rule.interval == 1 and rule.by_month and not rule.by_set_pos:
        return _yearly(rule, start, places)
    if rule.interval == 1:
        if _is_a_date_on_a_weekday(rule):
            weekday, date = DAY_NAMES[rule.by_day[0][1]], say_ordinal(rule.by_month_day[0])
            return f"every {weekday} the {date}"
        days = _days_of_month(rule, start, places)
        if days is not None:
            return f"on {days} of every month{_notes(rule, start)}{say_months(rule)}"
        if not rule.by_set_pos and all(not nth for nth, _ in rule.by_day):
            return _such_days(rule)
    days = _days_of_month(rule, start, places) or _numbered(rule.by_day)
    return f"{say_interval(rule)} on {days}{_notes(rule, start)}{say_months(rule)}"


def _yearly(rule: Rule, start: date, places: Sequence[int]) -> str:
    every = "every year" if rule.freq == "MONTHLY" else say_interval(rule)
    months = _names_of_months(rule.by_month)
    if rule.by_year_day:
        numbered = say_month_days(rule.by_year_day).removesuffix(" day")
        dated = f", if it is {say_month_days(rule.by_month_day)}," if rule.by_month_day else ""
        only = f"{say_months(rule)}{dated}{_if_named(rule)}"
        return f"{every} on {numbered} day of the year{only}"
    if places:
        picked = f"the {_places(places)} {_kind(rule)}"
        return f"{every} on {picked} of {months or 'the year'}"
    if rule.by_day and not rule.by_month_day:
        return _weekdays_of_the_year(rule, every, months)
    if rule.by_month_day and not rule.by_month:
        head = "on" if rule.interval == 1 else f"{every} on"
        return f"{head} {say_month_days(rule.by_month_day)} of every month{_if_named(rule)}"
    dates = rule.by_month_day or (start.day,)
    of_months = rule.by_month or (start.month,)
    if len(dates) == len(of_months) == 1 and dates[0] > 0:
        leap = " (in leap years)" if (of_months[0], dates[0]) == (2, 29) else ""
        day = f"{dates[0]} {MONTH_NAMES[of_months[0]]}"
        return f"{every} on {day}{leap}{_if_named(rule)}"
    of = _names_of_months(of_months)
    return f"{every} on {say_month_days(dates)} of {of}{_if_named(rule)}"


def _weekdays_of_the_year(rule: Rule, every: str, months: str) -> str:
    plain = all(not nth for nth, _ in rule.by_day)
    if plain and rule.interval == 1 and not rule.by_set_pos:
        return _such_days(rule)
    return f"{every} on {_numbered(rule.by_day)} of {months or 'the year'}"


def _days_of_month(rule: Rule, start: date, places: Sequence[int]) -> str | None:
    """Return "the 3rd", "the first and third Monday", "the last weekday"."""
    if places:
        return f"the {_places(places)} {_kind(rule)}"
    if rule.by_month_day or not rule.by_day:
        return say_month_days(rule.by_month_day or (start.day,))
    weekdays = {day for _, day in rule.by_day}
    if not all(nth for nth, _ in rule.by_day):
        return None
    if len(weekdays) == 1:
        return f"the {_places([nth for nth, _ in rule.by_day])} {DAY_NAMES[weekdays.pop()]}"
    return _numbered(rule.by_day)


def _is_a_date_on_a_weekday(rule: Rule) -> bool:
    """Tell Friday the 13th."""
    return (
        len(rule.by_day) == len(rule.by_month_day) == 1
        and not rule.by_day[0][0]
        and 0 < rule.by_month_day[0] <= _ALWAYS_DAYS
        and not rule.by_set_pos
    )


def _notes(rule: Rule, start: date) -> str:
    """Say what a person may not think of: months without such a day, a weekday as well."""
    if not rule.by_month_day and rule.by_day:
        return ""
    dates = rule.by_month_day or (start.day,)
    missing = " (if there is one)" if any(abs(day) > 28 for day in dates) else ""
    return missing + _if_named(rule)


def _every_such_day(weekdays: Sequence[int]) -> tuple[str, list[str]]:
    """Return "every day" and the days that it is not, or the days that it is."""
    days = tuple(sorted(set(weekdays)))
    if len(days) in (0, 7):
        return EVERY_DAY, []
    if len(days) == 6:
        (left_out,) = set(range(7)) - set(days)
        return EVERY_DAY, [DAY_NAMES[left_out]]
    if days == _WEEKDAYS:
        return "every weekday", []
    return f"every {listed(DAY_NAMES[day] for day in days)}", []


def _such_days(rule: Rule) -> str:
    head, left_out = _every_such_day([day for _, day in rule.by_day])
    return head + _except(rule, left_out)


def _if_weekday(weekdays: Sequence[int]) -> str:
    if not weekdays:
        return ""
    days = tuple(sorted(set(weekdays)))
    kind = _KINDS_OF_DAY.get(days) or listed((DAY_NAMES[day] for day in days), "or")
    return f", if it is a {kind},"


def _if_named(rule: Rule) -> str:
    if not rule.by_day:
        return ""
    if any(nth for nth, _ in rule.by_day):
        return f", if it is {_numbered(rule.by_day)},"
    return _if_weekday([day for _, day in rule.by_day])


def _kind(rule: Rule) -> str:
    days = tuple(day for _, day in rule.by_day)
    return _KINDS_OF_DAY.get(days) or DAY_NAMES[days[0]]


def _places(places: Sequence[int]) -> str:
    return listed(map(say_place, places))


def _numbered(days: Iterable[tuple[int, int]]) -> str:
    return listed(
        f"the {say_place(nth)} {DAY_NAMES[day]}" if nth else f"every {DAY_NAMES[day]}"
        for nth, day in days
    )


def _names_of_months(months: Iterable[int]) -> str:
    return listed(MONTH_NAMES[month] for month in months)
