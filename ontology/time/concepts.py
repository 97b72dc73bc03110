"""A schedule: once, or again and again by a rule, on the wall clock of a zone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, NaiveDatetime, field_validator

from ontology.errors import UnknownZone

Given = Literal["date", "time", "rule"]
"""A part of a schedule that was said in so many words; the other parts were filled in."""


def zone_named(name: str) -> ZoneInfo:
    """Return the zone of this IANA name, or raise :class:`UnknownZone`."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise UnknownZone(f"{name!r} is not a time zone I know; try 'Europe/Madrid'") from error


class Schedule(BaseModel):
    """When something happens.

    ``start`` is the first occurrence on the wall clock of ``zone``; ``fold`` tells the two
    passes of an ambiguous hour apart (PEP 495). ``rule`` is the value of an RFC 5545 RRULE,
    without the name, or None for something that happens once. A wall time inside a DST gap
    moves forward by the gap; an ambiguous one is the first unless ``fold`` says otherwise.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    zone: str
    start: NaiveDatetime
    fold: int = Field(default=0, ge=0, le=1)
    rule: str | None = None

    @field_validator("zone")
    @classmethod
    def _zone_exists(cls, name: str) -> str:
        try:
            zone_named(name)
        except UnknownZone as error:
            raise ValueError(str(error)) from error
        return name

    @classmethod
    def once(cls, at: datetime, zone: str) -> Schedule:
        """Return the schedule of one aware instant, kept to the second, said in ``zone``."""
        local = at.astimezone(zone_named(zone)).replace(microsecond=0)
        return cls(zone=zone, start=local.replace(tzinfo=None, fold=0), fold=local.fold)

    @property
    def first(self) -> AwareDatetime:
        """The instant of ``start``, in UTC."""
        local = self.start.replace(tzinfo=zone_named(self.zone), fold=self.fold)
        return local.astimezone(UTC)
