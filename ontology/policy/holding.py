"""Holding back: being away, quiet hours, and silent days of rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from ontology.policy.concepts import WeekendRule
from ontology.policy.judging import Judgement
from ontology.policy.quiet_hours import quiet_until
from ontology.policy.rest_days import rest_day, work_begins
from ontology.policy.situation import Situation
from ontology.policy.wording import say_range
from ontology.time.names import listed

LONGEST: Final = timedelta(days=35)
"""Beyond this and the time away nothing is held: rules that never end would lose it."""

_Hold = tuple[datetime, str]


@dataclass(frozen=True, slots=True)
class Release:
    """When something may be told, in UTC; why, where rules had a say; what holds it back."""

    at: datetime
    why: str | None = None
    held_by: str | None = None


def release(at: datetime, judgement: Judgement, situation: Situation) -> Release:
    """Return when what is to be told at an instant may be told.

    What one rule lets go another may hold again: they are asked until none does.
    """
    holds = _holds(at, situation)
    rules = [rule for _, rule in holds]
    if not holds:
        return Release(at)
    if (word := judgement.ring_anyway) is not None:
        return Release(at, _in_spite(rules, f"you let “{word}” ring anyway"))
    last = max(at, situation.preferences.away_until or at) + LONGEST
    until = at
    while holds:
        until = max(end for end, _ in holds)
        if until > last:
            return Release(at, _in_spite(rules, "your rules would hold it back for ever"))
        holds = _holds(until, situation)
        rules.extend(rule for _, rule in holds)
    return _held(until, rules, situation)


def _in_spite(rules: Iterable[str], why: str) -> str:
    return f"in spite of {listed(dict.fromkeys(rules))}: {why}"


def _held(until: datetime, rules: Iterable[str], situation: Situation) -> Release:
    local = until.astimezone(situation.zone)
    by = listed(dict.fromkeys(rules))
    when = f"{local:%a} {local.day} {local:%b}, {local:%H:%M}"
    return Release(until, f"held back until {when}: {by}", by)


def _holds(at: datetime, situation: Situation) -> Sequence[_Hold]:
    """Return until when each rule holds back what is to be told now, and which rule that is."""
    asked = (rule(at, situation) for rule in (_while_away, _in_quiet, _in_silence))
    return [hold for hold in asked if hold is not None]


def _while_away(at: datetime, situation: Situation) -> _Hold | None:
    until = situation.preferences.away_until
    if until is None or at >= until:
        return None
    return until.astimezone(UTC), "your being away"


def _in_quiet(at: datetime, situation: Situation) -> _Hold | None:
    found = quiet_until(at, situation.preferences.quiet, situation.zone)
    return None if found is None else (found[0], f"your quiet hours {say_range(found[1])}")


def _in_silence(at: datetime, situation: Situation) -> _Hold | None:
    preferences, zone, locale = situation.preferences, situation.zone, situation.locale
    if preferences.weekend is not WeekendRule.SILENT:
        return None
    day = rest_day(at.astimezone(zone).date(), preferences, locale)
    if day is None:
        return None
    return work_begins(at, preferences, zone, locale), f"your silent {day}"
