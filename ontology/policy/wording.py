"""Preferences and their changes in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from functools import singledispatch
from typing import Final
from zoneinfo import ZoneInfo

from ontology.notifications.concepts import Channel
from ontology.policy import changes
from ontology.policy.concepts import (
    EVERY_DAY,
    Preferences,
    QuietRange,
    WeekendRule,
)
from ontology.time.names import DAY_NAMES, listed, say_date
from ontology.time.words import say_span

WORKDAYS: Final = frozenset(range(5))
WEEKEND: Final = frozenset({5, 6})
LISTS: Final = {
    "urgent_words": "Urgent words",
    "vip": "VIPs, who are always worth a call",
    "internal": "Internal topics, by e-mail only",
    "ring_anyway": "Words that ring anyway, whatever the hour",
}
"""What the lists of words are called, by the name of the preference."""

_WEEKENDS: Final = {
    WeekendRule.NORMAL: "like every day",
    WeekendRule.EMAIL_ONLY: "by e-mail only",
    WeekendRule.SILENT: "silent until Monday",
}


def describe(preferences: Preferences, zone: ZoneInfo, now: datetime) -> tuple[str, ...]:
    """Return what a person prefers, a line for each rule, on the clock of their zone."""
    return tuple(_lines(preferences, zone, now))


def describe_quiet(preferences: Preferences, zone: ZoneInfo, now: datetime) -> tuple[str, ...]:
    """Return those of the lines that tell when nothing is told."""
    return tuple(_quiet_lines(preferences, zone, now))


def _lines(preferences: Preferences, zone: ZoneInfo, now: datetime) -> Iterator[str]:
    yield f"Channels: {', then '.join(preferences.channels)}"
    yield f"No answer: {_say_escalation(preferences)}"
    yield f"Calls: {_say_calls(preferences)}"
    yield from _quiet_lines(preferences, zone, now)
    for name, title in LISTS.items():
        if words := getattr(preferences, name):
            yield f"{title}: {_quoted(words)}"
    leads = preferences.lead_times
    yield f"Events: {say_leads(leads.event)} before; tasks: {say_leads(leads.task)} before"
    yield f"The way to a place: {say_length(preferences.travel)}"


def _quiet_lines(preferences: Preferences, zone: ZoneInfo, now: datetime) -> Iterator[str]:
    yield f"Quiet hours: {_say_quiet(preferences.quiet)}"
    yield f"Weekends{_and_holidays(preferences)}: {_say_rest(preferences)}"
    away = preferences.away_until
    if away is not None and away > now:
        yield f"Away: until {say_local(away, zone)}"


def say_range(quiet: QuietRange) -> str:
    """Return "22:00–07:00 daily"."""
    hours = "all day" if quiet.start == quiet.end == time() else _say_hours(quiet)
    return f"{hours} {say_days(quiet.days)}"


def say_days(days: frozenset[int]) -> str:
    """Return "daily", "on weekdays", "at weekends" or the days by name."""
    known = {EVERY_DAY: "daily", WORKDAYS: "on weekdays", WEEKEND: "at weekends"}
    return known.get(days) or f"on {listed(f'{DAY_NAMES[day]}s' for day in sorted(days))}"


def say_leads(leads: Iterable[timedelta]) -> str:
    """Return "24 hours and 30 minutes"."""
    return listed(map(say_length, sorted(leads, reverse=True)))


def say_length(length: timedelta) -> str:
    """Return a length of time in words, a day as its hours."""
    hours, rest = divmod(length, timedelta(hours=1))
    return "24 hours" if hours == 24 and not rest else say_span(length.total_seconds())


def say_local(at: datetime, zone: ZoneInfo) -> str:
    """Return "Tuesday 1 December 2026, 00:00"."""
    local = at.astimezone(zone)
    day = say_date(local.date(), with_year=True)
    return f"{DAY_NAMES[local.weekday()]} {day}, {local:%H:%M}"


def _say_hours(quiet: QuietRange) -> str:
    return f"{quiet.start:%H:%M}–{quiet.end:%H:%M}"


def _say_quiet(ranges: Iterable[QuietRange]) -> str:
    return "; ".join(map(say_range, ranges)) or "none"


def _say_escalation(preferences: Preferences) -> str:
    if not preferences.escalates:
        return "nothing more is tried"
    return f"the next channel is tried after {say_length(preferences.escalate_after)}"


def _say_calls(preferences: Preferences) -> str:
    most = preferences.most_calls
    if not most:
        return "never"
    if most == 1:
        return "once"
    return f"{most} times at most, {say_length(preferences.between_calls)} apart"


def _and_holidays(preferences: Preferences) -> str:
    return " and public holidays" if preferences.holidays else ""


def _say_rest(preferences: Preferences) -> str:
    if preferences.weekend is WeekendRule.SILENT and preferences.holidays:
        return "silent until the next working day"
    return _WEEKENDS[preferences.weekend]


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)


@singledispatch
def say_change(change: changes.Change, after: Preferences, zone: ZoneInfo) -> str:
    """Return the sentence that confirms a change; ``after`` is what is preferred now."""
    raise NotImplementedError(type(change))


@say_change.register
def _(change: changes.AddQuiet, after: Preferences, zone: ZoneInfo) -> str:
    return f"Your quiet hours are now: {_say_quiet(after.quiet)}."


@say_change.register
def _(change: changes.SetQuiet, after: Preferences, zone: ZoneInfo) -> str:
    if not after.quiet:
        return "You have no quiet hours any more."
    return f"Your quiet hours are now: {_say_quiet(after.quiet)}."


@say_change.register
def _(change: changes.StayAway, after: Preferences, zone: ZoneInfo) -> str:
    if after.away_until is None:
        return "Welcome back: nothing is held back for your being away."
    return f"I hold everything back until {say_local(after.away_until, zone)}."


@say_change.register
def _(change: changes.SetWeekend, after: Preferences, zone: ZoneInfo) -> str:
    days = f"weekends{_and_holidays(after)}"
    if after.weekend is WeekendRule.NORMAL:
        return f"I treat {days} {_say_rest(after)}."
    return f"Your {days} are {_say_rest(after).replace('by', 'for')}."


@say_change.register
def _(change: changes.OrderChannels, after: Preferences, zone: ZoneInfo) -> str:
    return f"I reach you by {', then '.join(after.channels)}."


@say_change.register
def _(change: changes.PreferChannel, after: Preferences, zone: ZoneInfo) -> str:
    if change.channel is Channel.CALL and not change.use:
        return "I never call you."
    never = "" if change.use else f" and no more by {change.channel}"
    return f"I reach you by {', then '.join(after.channels)}{never}."


@say_change.register
def _(change: changes.SetEscalation, after: Preferences, zone: ZoneInfo) -> str:
    return f"Where you do not answer, {_say_escalation(after)}."


@say_change.register
def _(change: changes.SetCalls, after: Preferences, zone: ZoneInfo) -> str:
    return f"I call you {_say_calls(after)}." if after.most_calls else "I never call you."


@say_change.register
def _(change: changes.ChangeWords, after: Preferences, zone: ZoneInfo) -> str:
    words = getattr(after, change.list)
    return f"{LISTS[change.list]}: {_quoted(words) or 'none'}."


@say_change.register
def _(change: changes.SetLeadTimes, after: Preferences, zone: ZoneInfo) -> str:
    return f"I tell you of {change.kind}s {say_leads(after.lead_times.of(change.kind))} before."


@say_change.register
def _(change: changes.SetTravel, after: Preferences, zone: ZoneInfo) -> str:
    return f"I allow {say_length(after.travel)} for the way to a place."
