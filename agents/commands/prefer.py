"""``steward person prefer``: the changes that people make in chat, from the command line."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from agents.commands.household import Household, home_of_people, in_household
from agents.prefer_arguments import WORD_LISTS
from config.settings import Settings
from ontology.errors import ImpossiblePreference, SettingsError
from ontology.notifications.concepts import Channel
from ontology.policy import changes
from ontology.policy.concepts import EVERY_DAY, MatterKind, QuietRange, WeekendRule
from ontology.policy.wording import WEEKEND, WORKDAYS, describe, say_change
from ontology.time.concepts import zone_named
from ontology.time.recurrence import to_instant

_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY_GROUPS: Final = {"daily": EVERY_DAY, "weekdays": WORKDAYS, "weekends": WEEKEND}
_WEEKENDS: Final = {
    "normal": WeekendRule.NORMAL,
    "e-mail": WeekendRule.EMAIL_ONLY,
    "silent": WeekendRule.SILENT,
}
_UNITS: Final = {"d": timedelta(days=1), "h": timedelta(hours=1), "m": timedelta(minutes=1)}
_LENGTH: Final = re.compile(r"(?:\d{1,4}[dhm])+")
_RANGE: Final = re.compile(r"(\d{1,2}:\d\d)-(\d{1,2}:\d\d)")


def prefer(parsed: argparse.Namespace) -> int:
    """Change one preference of a person and say so, or show them all."""
    settings = Settings.read()

    async def work(household: Household) -> str:
        person = await household.named(parsed.name)
        zone = zone_named(person.zone)
        if parsed.wish == "show":
            known = await household.preferences.known(person.id)
            assert known is not None
            return "\n".join(describe(known.preferences, zone, datetime.now(UTC)))
        change = read_change(parsed, zone)
        try:
            altered = await household.preferences.change(person.id, change)
        except ImpossiblePreference as error:
            raise SettingsError(str(error)) from error
        assert altered is not None
        return say_change(change, altered.after, zone)

    return in_household(settings, home_of_people(settings), work)


def read_change(parsed: argparse.Namespace, zone: ZoneInfo) -> changes.Change:
    """Return the change that the arguments ask for. Raises SettingsError."""
    return _READERS[parsed.wish](parsed, zone)


def _channels(parsed: argparse.Namespace, zone: ZoneInfo) -> changes.Change:
    known = {channel.value: channel for channel in Channel}
    names = parsed.order.split(",")
    if unknown := [name for name in names if name not in known]:
        raise SettingsError(f"{unknown[0]!r} is no channel; there are {', '.join(known)}")
    return changes.OrderChannels(channels=tuple(known[name] for name in names))


def _quiet(parsed: argparse.Namespace, zone: ZoneInfo) -> changes.Change:
    if parsed.range == "off":
        return changes.SetQuiet(ranges=())
    walls = _RANGE.fullmatch(parsed.range)
    if walls is None:
        raise SettingsError(
            f"{parsed.range!r} is no range of hours like 22:00-07:00, nor “off”"
        )
    start, end = map(_wall, walls.groups())
    return changes.AddQuiet(range=QuietRange(start=start, end=end, days=_days(parsed.days)))


def _weekend(parsed: argparse.Namespace, zone: ZoneInfo) -> changes.Change:
    holidays = None if parsed.holidays is None else parsed.holidays == "yes"
    return changes.SetWeekend(rule=_WEEKENDS[parsed.rule], holidays=holidays)


def _away(parsed: argparse.Namespace, zone: ZoneInfo) -> changes.Change:
    said = " ".join(parsed.until)
    if said == "off":
        return changes.StayAway()
    try:
        local = datetime.fromisoformat(said.removeprefix("until "))
    except ValueError as error:
        raise SettingsError(
            f"{said!r} is neither a date like “until 2026-12-01” or "
            "“until 2026-12-01 18:00”, nor “off”"
        ) from error
    return changes.StayAway(until=local if local.tzinfo else to_instant(local, zone))


def _escalate(parsed: argparse.Namespace, zone: ZoneInfo) -> changes.Change:
    return changes.SetEscalation(
        after=None if parsed.after == "never" else _length(parsed.after)
    )


def _calls(parsed: argparse.Namespace, zone: ZoneInfo) -> changes.Change:
    between = None if parsed.between is None else _length(parsed.between)
    return changes.SetCalls(most=parsed.most, between=between)


def _words(parsed: argparse.Namespace, zone: ZoneInfo) -> changes.Change:
    return changes.ChangeWords.model_validate(
        {
            "list": WORD_LISTS[parsed.wish],
            "words": tuple(parsed.words),
            "remove": parsed.do == "remove",
        }
    )


def _lead(parsed: argparse.Namespace, zone: ZoneInfo) -> changes.Change:
    before = tuple(map(_length, parsed.before.split(",")))
    return changes.SetLeadTimes(kind=MatterKind(parsed.kind), before=before)


def _travel(parsed: argparse.Namespace, zone: ZoneInfo) -> changes.Change:
    return changes.SetTravel(buffer=_length(parsed.buffer))


_READERS: Final[dict[str, Callable[[argparse.Namespace, ZoneInfo], changes.Change]]] = {
    "channels": _channels,
    "quiet": _quiet,
    "weekend": _weekend,
    "away": _away,
    "escalate": _escalate,
    "calls": _calls,
    **dict.fromkeys(WORD_LISTS, _words),
    "lead": _lead,
    "travel": _travel,
}


def _length(said: str) -> timedelta:
    if not _LENGTH.fullmatch(said):
        raise SettingsError(f"{said!r} is no length of time like 10m, 1h30m or 2d")
    return sum(_parts(said), timedelta(0))


def _parts(said: str) -> Iterator[timedelta]:
    for amount, unit in re.findall(r"(\d+)([dhm])", said):
        yield int(amount) * _UNITS[unit]


def _wall(said: str) -> time:
    hour, _, minute = said.partition(":")
    try:
        return time(0 if said == "24:00" else int(hour), int(minute))
    except ValueError as error:
        raise SettingsError(f"{said!r} is no time of day") from error


def _days(said: str) -> frozenset[int]:
    if said in _DAY_GROUPS:
        return _DAY_GROUPS[said]
    names = said.lower().split(",")
    if unknown := [name for name in names if name not in _DAYS]:
        raise SettingsError(
            f"{unknown[0]!r} is no day: take weekdays, weekends, daily, or some of "
            f"{','.join(_DAYS)}"
        )
    return frozenset(map(_DAYS.index, names))
