"""What a person prefers, what is to be told, and the plan that follows from both."""

from __future__ import annotations

from datetime import time, timedelta
from enum import StrEnum
from typing import Annotated, Final

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from ontology.notifications.concepts import Channel

EVERY_DAY: Final = frozenset(range(7))

OUR_URGENT_WORDS: Final = ("urgent", "asap", "emergency")
"""What is urgent before a person says what is."""


def _of_a_clock(wall: time) -> time:
    if wall.tzinfo is not None:
        raise ValueError("a wall time has no zone of its own")
    return wall


WallTime = Annotated[time, AfterValidator(_of_a_clock)]
Weekday = Annotated[int, Field(ge=0, le=6)]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class WeekendRule(StrEnum):
    """How a person wants to be reached on Saturdays and Sundays."""

    NORMAL = "normal"
    EMAIL_ONLY = "e-mail only"
    SILENT = "silent until Monday"


class QuietRange(_Value):
    """Wall times between which nothing is told; past midnight where ``end`` is not later.

    ``days`` are the weekdays (0 = Monday) on which it begins. Equal times mean 24 hours.
    """

    start: WallTime
    end: WallTime
    days: frozenset[Weekday] = Field(default=EVERY_DAY, min_length=1)


class MatterKind(StrEnum):
    """What is to be told of."""

    REMINDER = "reminder"
    EVENT = "event"
    TASK = "task"
    BRIEFING = "briefing"


class LeadTimes(_Value):
    """How long before it begins a matter of each kind is told; the rest has its own time."""

    event: tuple[timedelta, ...] = (timedelta(hours=24), timedelta(minutes=30))
    task: tuple[timedelta, ...] = (timedelta(hours=2),)

    def of(self, kind: MatterKind) -> tuple[timedelta, ...]:
        """Return those of a kind; zero is the time of the matter itself."""
        at_its_time = (timedelta(0),)
        return {MatterKind.EVENT: self.event, MatterKind.TASK: self.task}.get(kind, at_its_time)


class Preferences(_Value):
    """What one person wants. What a person set wins over every rule of ours.

    ``channels`` is the order of preference; those of them without an address are passed over.
    If it ``escalates``, ``escalate_after`` is the time without an answer after which the next
    channel goes ahead. ``urgent_words`` make a matter urgent, ``vip`` (people, organisers)
    make it one to call for, ``internal`` topics are told by e-mail only, and ``ring_anyway``
    words let a matter through whatever holds others back. ``most_calls`` of 0 forbids calls.
    ``away_until`` holds everything else back, ``holidays`` treats the public holidays of the
    locale as weekend. ``travel`` is added to the lead times of what has a place.
    """

    channels: tuple[Channel, ...] = (
        Channel.CHAT,
        Channel.TELEGRAM,
        Channel.EMAIL,
    )
    quiet: tuple[QuietRange, ...] = ()
    weekend: WeekendRule = WeekendRule.NORMAL
    holidays: bool = False
    away_until: AwareDatetime | None = None
    urgent_words: tuple[str, ...] = OUR_URGENT_WORDS
    vip: tuple[str, ...] = ()
    internal: tuple[str, ...] = ()
    ring_anyway: tuple[str, ...] = ()
    escalates: bool = True
    escalate_after: timedelta = timedelta(minutes=10)
    most_calls: int = Field(default=2, ge=0, le=10)
    between_calls: timedelta = timedelta(minutes=5)
    lead_times: LeadTimes = LeadTimes()
    travel: timedelta = timedelta(minutes=30)


class Matter(_Value):
    """Something to be told of, as far as rules look at it. ``starts_at`` is when it is due."""

    kind: MatterKind = MatterKind.REMINDER
    text: str
    starts_at: AwareDatetime
    place: str | None = None
    people: tuple[str, ...] = ()


class Step(_Value):
    """One try: by the first of ``channels`` that can, then ``wait`` for an answer."""

    channels: tuple[Channel, ...] = Field(min_length=1)
    wait: timedelta


class Notice(_Value):
    """That a matter is told at ``at``, by these steps until answered, and in words why so.

    ``at`` is not before the matter's lead time; where rules hold it back it is later, and
    ``held_by`` names them as the person is told: “your quiet hours 22:00–07:00”.
    """

    at: AwareDatetime
    steps: tuple[Step, ...] = Field(min_length=1)
    reasons: tuple[str, ...] = ()
    held_by: str | None = None


class Plan(_Value):
    """Every notice of one matter, the earliest first; those already past are left out."""

    notices: tuple[Notice, ...]
