"""What belongs to some intents only: the particulars of a meeting, a channel, a relation."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Channel(StrEnum):
    """A way to reach a person."""

    CHAT = "chat"
    EMAIL = "e-mail"
    SMS = "SMS"
    PHONE = "phone"
    TELEGRAM = "Telegram"


class Meeting(BaseModel):
    """What is said of an event beside its name and time.

    ``people`` take part, ``place`` is where, ``lasting`` how long.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    people: tuple[str, ...] = ()
    place: str | None = None
    lasting: timedelta | None = None


class Relation(BaseModel):
    """A time that hangs on an event: "15 min before my 3pm".

    So many calendar months and days and elapsed seconds before or after it; ``event`` is what
    the person calls it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    before: bool
    months: int = 0
    days: int = 0
    seconds: float = 0
    event: str
