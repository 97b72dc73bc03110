"""How long before it begins a matter is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from ontology.policy.concepts import Matter
from ontology.policy.situation import Situation
from ontology.time.words import say_span


def moments(matter: Matter, situation: Situation) -> list[tuple[datetime, str]]:
    """Return when a matter is to be told, in UTC, each with its reason, the earliest first.

    What is past is left out; of a matter of which all is past it is told now.
    """
    begins, now = matter.starts_at.astimezone(UTC), situation.now.astimezone(UTC)
    if begins <= now:
        return [(now, "it is due")]
    ahead = [found for found in _wanted(matter, begins, situation) if found[0] > now]
    return sorted(ahead) or [(now, f"it begins in {say_span((begins - now).total_seconds())}")]


def _wanted(
    matter: Matter, begins: datetime, situation: Situation
) -> Iterator[tuple[datetime, str]]:
    """Yield each lead time's instant. The way to a place is no part of what is told at once."""
    preferences = situation.preferences
    for lead in preferences.lead_times.of(matter.kind):
        way = preferences.travel if matter.place and lead else timedelta(0)
        yield begins - lead - way, _say(lead, way)


def _say(lead: timedelta, way: timedelta) -> str:
    if not lead:
        return "at its time"
    said = f"{say_span(lead.total_seconds())} before it begins"
    return f"{said}, and {say_span(way.total_seconds())} for the way" if way else said
