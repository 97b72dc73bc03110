"""A recurrence rule said in English: "every 2 weeks on Monday and Thursday at 09:00"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import time, timedelta
from typing import Final

from ontology.time.concepts import Schedule, zone_named
from ontology.time.names import DAY_NAMES, MONTH_NAMES, say_date, say_ordinal
from ontology.time.rule import Frequency, Rule, parse_rule

_UNITS: Final[dict[Frequency, str]] = {
    "YEARLY": "year",
    "MONTHLY": "month",
    "WEEKLY": "week",
    "DAILY": "day",
    "HOURLY": "hour",
    "MINUTELY": "minute",
}
_NTH: Final = ("", "first", "second", "third", "fourth", "fifth")
_WEEKDAYS: Final = (0, 1, 2, 3, 4)
_WEEKEND: Final = (5, 6)
_MOST_TIMES_LISTED: Final = 12


def say_rule(schedule: Schedule) -> str:
    """Return the repetition in words, with its wall times and its end; "once" without a rule.

    Raises :class:`ontology.errors.HostileRule` for a rule that would not be kept.
    """
    if schedule.rule is None:
        return "once"
    rule = parse_rule(schedule.rule)
    times = _times(rule, schedule)
    words = [_elapsing(rule) if rule.sub_daily else f"{_days(rule, schedule)} {_at(times)}"]
    if rule.by_set_pos and rule.freq != "DAILY" and not _picks_a_kind_of_day(rule):
        words.append(f", only the {_and(map(_place, rule.by_set_pos))} of the {_unit(rule)}")
    if rule.until is not None:
        words.append(f" until {_end(rule, schedule, times)}")
    if rule.count is not None:
        words.append(f", {rule.count} times" if rule.count > 1 else ", once")
    return "".join(words)


def _days(rule: Rule, schedule: Schedule) -> str:
    if rule.freq == "YEARLY":
        return _yearly(rule, schedule)
    if rule.freq == "MONTHLY":
        return _monthly(rule, schedule) + _in_months(rule)
    weekdays = [day for _, day in rule.by_day]
    if rule.freq == "WEEKLY" and not weekdays:
        weekdays = [schedule.start.weekday()]
    if rule.interval == 1:
        head = _every_such_day(weekdays)
    elif rule.freq == "WEEKLY":
        head = f"{_every(rule)} on {_and(DAY_NAMES[day] for day in weekdays)}"
    else:
        head = _every(rule) + _if_weekday(weekdays)
    dates = f", if it is {_month_days(rule.by_month_day)}," if rule.by_month_day else ""
    return head + dates + _in_months(rule)


def _monthly(rule: Rule, schedule: Schedule) -> str:
    weekdays = [day for _, day in rule.by_day]
    if _picks_a_kind_of_day(rule):
        places = _and(map(_place, rule.by_set_pos))
        return f"{_every(rule)} on the {places} {_kind(weekdays)}"
    dates = rule.by_month_day or (() if rule.by_day else (schedule.start.day,))
    if not dates:
        return f"{_every(rule)} on {_numbered(rule.by_day)}"
    return f"{_every(rule)} on {_month_days(dates)}{_if_there_is(dates)}{_if_named(rule)}"


def _yearly(rule: Rule, schedule: Schedule) -> str:
    if _picks_a_kind_of_day(rule):
        places = _and(map(_place, rule.by_set_pos))
        kind = _kind([day for _, day in rule.by_day])
        return f"{_every(rule)} on the {places} {kind} of {_months_or(rule, 'the year')}"
    if rule.by_day and not rule.by_month_day:
        return f"{_every(rule)} on {_numbered(rule.by_day)} of {_months_or(rule, 'the year')}"
    if rule.by_month_day and not rule.by_month:
        of_month = _month_days(rule.by_month_day)
        return f"{_every(rule)} on {of_month} of every month{_if_named(rule)}"
    dates = rule.by_month_day or (schedule.start.day,)
    months = rule.by_month or (schedule.start.month,)
    if len(dates) == len(months) == 1 and dates[0] > 0:
        day = f"{dates[0]} {MONTH_NAMES[months[0]]}"
        leap = " (in leap years)" if (months[0], dates[0]) == (2, 29) else ""
        return f"{_every(rule)} on {day}{leap}{_if_named(rule)}"
    named = _and(MONTH_NAMES[month] for month in months)
    return f"{_every(rule)} on {_month_days(dates)} of {named}{_if_named(rule)}"


def _elapsing(rule: Rule) -> str:
    weekdays = [day for _, day in rule.by_day]
    words = [_every(rule)]
    if rule.by_minute:
        minutes = _and(f"{minute:02}" for minute in rule.by_minute)
        words = ["every hour at " + ("minutes " if len(rule.by_minute) > 1 else "minute ")]
        words.append(minutes)
    if rule.by_hour:
        words.append(_in_hours(rule.by_hour))
    if weekdays:
        words.append(f" on {_kind(weekdays, 'weekdays', 'weekends', 'all days')}")
    if rule.by_month_day:
        words.append(f"{',' if weekdays else ''} on {_month_days(rule.by_month_day)}")
    return "".join(words) + _in_months(rule)


def _in_hours(hours: Sequence[int]) -> str:
    if list(hours) == list(range(hours[0], hours[-1] + 1)):
        return f" from {hours[0]:02}:00 to {hours[-1]:02}:59"
    return f" in the hours of {_and(f'{hour:02}:00' for hour in hours)}"


def _every(rule: Rule) -> str:
    unit = _unit(rule)
    return f"every {unit}" if rule.interval == 1 else f"every {rule.interval} {unit}s"


def _unit(rule: Rule) -> str:
    return _UNITS[rule.freq]


def _every_such_day(weekdays: Sequence[int]) -> str:
    if len(weekdays) in (0, 7):
        return "every day"
    if len(weekdays) == 6:
        (left_out,) = set(range(7)) - set(weekdays)
        return f"every day except {DAY_NAMES[left_out]}"
    return f"every {_kind(weekdays)}"


def _if_weekday(weekdays: Sequence[int]) -> str:
    if not weekdays:
        return ""
    kind = _kind(weekdays, joint="or")
    return f", if it is a {kind},"


def _if_named(rule: Rule) -> str:
    if not rule.by_day:
        return ""
    if any(nth for nth, _ in rule.by_day):
        return f", if it is {_numbered(rule.by_day)},"
    return _if_weekday([day for _, day in rule.by_day])


def _kind(
    weekdays: Sequence[int],
    working: str = "weekday",
    free: str = "weekend day",
    everyday: str = "day",
    *,
    joint: str = "and",
) -> str:
    days = tuple(sorted(weekdays))
    if days == _WEEKDAYS:
        return working
    if days == _WEEKEND and joint == "or":
        return free
    if len(days) == 7:
        return everyday
    return _and((DAY_NAMES[day] for day in days), joint)


def _picks_a_kind_of_day(rule: Rule) -> bool:
    """Tell whether BYSETPOS means "the last weekday": kinds of day, one time, nothing else."""
    return (
        bool(rule.by_set_pos and rule.by_day)
        and rule.freq in ("MONTHLY", "YEARLY")
        and _is_one_kind([day for _, day in rule.by_day])
        and not rule.by_month_day
        and all(not nth for nth, _ in rule.by_day)
        and len(rule.by_hour) <= 1
        and len(rule.by_minute) <= 1
        and not (rule.freq == "YEARLY" and len(rule.by_month) > 1)
    )


def _is_one_kind(weekdays: Sequence[int]) -> bool:
    return len(weekdays) in (1, 7) or tuple(sorted(weekdays)) == _WEEKDAYS


def _numbered(days: Iterable[tuple[int, int]]) -> str:
    return _and(
        f"the {_place(nth)} {DAY_NAMES[day]}" if nth else f"every {DAY_NAMES[day]}"
        for nth, day in days
    )


def _month_days(days: Iterable[int]) -> str:
    return _and(f"the {say_ordinal(day)}" if day > 0 else _from_the_end(day) for day in days)


def _from_the_end(day: int) -> str:
    return "the last day" if day == -1 else f"the {say_ordinal(-day)} last day"


def _if_there_is(days: Sequence[int]) -> str:
    return " (if there is one)" if any(abs(day) > 28 for day in days) else ""


def _place(nth: int) -> str:
    size = abs(nth)
    name = _NTH[size] if size < len(_NTH) else say_ordinal(size)
    if nth > 0:
        return name
    return "last" if nth == -1 else f"{name} last"


def _in_months(rule: Rule) -> str:
    return f" in {_and(MONTH_NAMES[month] for month in rule.by_month)}" if rule.by_month else ""


def _months_or(rule: Rule, otherwise: str) -> str:
    return _and(MONTH_NAMES[month] for month in rule.by_month) if rule.by_month else otherwise


def _times(rule: Rule, schedule: Schedule) -> list[time]:
    hours = rule.by_hour or (schedule.start.hour,)
    minutes = rule.by_minute or (schedule.start.minute,)
    if rule.sub_daily:
        return [time(0), time(23, 59)]
    times = [time(hour, minute) for hour in hours for minute in minutes]
    if rule.freq != "DAILY" or not rule.by_set_pos:
        return times
    # What BYSETPOS picks from a day is some of its times.
    places = {at - 1 if at > 0 else len(times) + at for at in rule.by_set_pos}
    return [at for place, at in enumerate(times) if place in places]


def _at(times: Sequence[time]) -> str:
    said = [f"{at:%H:%M}" for at in times]
    if len(said) > _MOST_TIMES_LISTED:
        return f"at {said[0]}, {said[1]}, {said[2]} … {said[-1]} ({len(said)} times a day)"
    return f"at {_and(said)}"


def _end(rule: Rule, schedule: Schedule, times: Sequence[time]) -> str:
    """Return the last day that still fires; with the hour when it cuts that day in two."""
    if rule.until is None:
        return ""
    zone = zone_named(schedule.zone)
    until = rule.until.astimezone(zone) if rule.until.tzinfo is not None else rule.until
    if until.time() < times[0] and not rule.sub_daily:
        return say_date(until.date() - timedelta(days=1), with_year=True)
    day = say_date(until.date(), with_year=True)
    return day if until.time() >= times[-1] else f"{day}, {until:%H:%M}"


def _and(words: Iterable[str], joint: str = "and") -> str:
    listed = list(words)
    if len(listed) < 2:
        return "".join(listed)
    return f"{', '.join(listed[:-1])} {joint} {listed[-1]}"
