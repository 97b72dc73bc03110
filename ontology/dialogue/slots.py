"""What belongs to some intents only: the particulars of a meeting, an address, a relation."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict


class Linking(BaseModel):
    """A wish about an address of the person's own.

    To ``link`` or ``unlink`` one of a ``scheme``, or to ``prove`` one by its ``code``. An
    ``address`` begins with its scheme, and is as it was typed; None where it was not said.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    wish: Literal["link", "unlink", "prove"]
    scheme: str | None = None
    address: str | None = None
    code: str | None = None


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
