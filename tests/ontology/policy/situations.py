"""Matters and situations, on Friday 20 November 2026 in Madrid unless said otherwise."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ontology.notifications.concepts import Channel
from ontology.policy.concepts import EVERY_DAY, Matter, MatterKind, Preferences, QuietRange
from ontology.policy.judging import Judgement
from ontology.policy.situation import Situation

MADRID = ZoneInfo("Europe/Madrid")
EVERYWHERE = frozenset(Channel)
CHAT, TELEGRAM, EMAIL, SMS, WHATSAPP, CALL = Channel
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
PLAIN = Judgement(vip=None, urgent=None, internal=None, ring_anyway=None)


def at(wall: str, zone: ZoneInfo = MADRID) -> datetime:
    """The instant of a wall time such as "2026-11-20 12:00"."""
    return datetime.fromisoformat(wall).replace(tzinfo=zone).astimezone(UTC)


NOON = at("2026-11-20 12:00")


def quiet(start: str, end: str, days: Any = EVERY_DAY) -> QuietRange:
    hours = (time.fromisoformat(wall) for wall in (start, end))
    return QuietRange(start=next(hours), end=next(hours), days=days)


NIGHT = quiet("22:00", "07:00")


def situation(
    now: datetime = NOON,
    *,
    reachable_by: frozenset[Channel] = EVERYWHERE,
    zone: ZoneInfo = MADRID,
    locale: str = "es_ES",
    **preferences: Any,
) -> Situation:
    return Situation(Preferences(**preferences), zone, locale, now, reachable_by)


def reminder(text: str = "pills", starts_at: datetime = NOON, **rest: Any) -> Matter:
    return Matter(text=text, starts_at=starts_at, **rest)


def event(starts_at: datetime, text: str = "lunch", **rest: Any) -> Matter:
    return Matter(kind=MatterKind.EVENT, text=text, starts_at=starts_at, **rest)
