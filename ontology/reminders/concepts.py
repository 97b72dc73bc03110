"""Reminders and their occurrences."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict

from ontology.time.concepts import Schedule

LONGEST_TEXT: Final = 1_000
"""Characters of a reminder's text; more is a document, not a reminder."""


class Place(BaseModel):
    """Where a list was broken off: by the last that was shown, when it falls due and, among
    those due together, its number or, of an occurrence, its id.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    due: AwareDatetime
    among: int | UUID


class OccurrenceState(StrEnum):
    """Where an occurrence stands; it only ever moves forward (see :data:`STEPS`)."""

    SCHEDULED = "scheduled"
    DUE = "due"
    OFFERED = "offered"
    DELIVERED = "delivered"
    ACKNOWLEDGED = "acknowledged"
    SNOOZED = "snoozed"
    MISSED = "missed"
    CANCELLED = "cancelled"


_S = OccurrenceState
STEPS: Final[dict[OccurrenceState, frozenset[OccurrenceState]]] = {
    _S.SCHEDULED: frozenset({_S.DUE, _S.MISSED, _S.CANCELLED, _S.ACKNOWLEDGED}),
    _S.DUE: frozenset({_S.OFFERED, _S.MISSED, _S.ACKNOWLEDGED, _S.SNOOZED, _S.CANCELLED}),
    _S.OFFERED: frozenset({_S.DELIVERED, _S.MISSED, _S.ACKNOWLEDGED, _S.SNOOZED, _S.CANCELLED}),
    _S.DELIVERED: frozenset({_S.ACKNOWLEDGED, _S.SNOOZED, _S.CANCELLED}),
    _S.MISSED: frozenset({_S.ACKNOWLEDGED, _S.SNOOZED}),
    _S.ACKNOWLEDGED: frozenset(),
    _S.SNOOZED: frozenset(),
    _S.CANCELLED: frozenset(),
}
"""Legal steps of an occurrence; undo alone may go back, and says so in the journal."""

FOR_GOOD: Final = frozenset({_S.ACKNOWLEDGED, _S.CANCELLED})
"""States of an occurrence that is over, and does not come again either."""


Change = Literal[
    "created", "cancelled", "changed", "reworded", "snoozed", "completed", "moved", "preferred"
]
"""What a person did that can be taken back.

"reworded" is a change of the text alone; "moved" is to another time zone; "preferred" is a
change of how the person wants to be told.
"""


class Target(BaseModel):
    """Which one is meant: by id, by the person's words or number, or – neither – "it"."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: UUID | None = None
    words: str | None = None

    @property
    def is_it(self) -> bool:
        """Whether nothing was named."""
        return self.id is None and self.words is None


class Reminder(BaseModel):
    """Something a person wants to be reminded of.

    ``number`` is what the person calls it ("cancel 3"): small, theirs alone, never reused.
    ``next_due`` is the next instant it will fire, None when it will not fire again.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: UUID
    person_id: UUID
    number: int
    text: str
    schedule: Schedule
    next_due: AwareDatetime | None = None

    @property
    def place(self) -> Place | None:
        """Its place in a list of what will fire, None when it will not."""
        return Place(due=self.next_due, among=self.number) if self.next_due else None


class Occurrence(BaseModel):
    """One time that a reminder fires.

    ``told_at`` is when the person's server had it; None while that is not known, which is not
    the same as that it was not told.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: UUID
    reminder_id: UUID
    person_id: UUID
    text: str
    zone: str
    due_at: AwareDatetime
    state: OccurrenceState
    told_at: AwareDatetime | None = None

    @property
    def place(self) -> Place:
        """Its place in a list of what has fallen due."""
        return Place(due=self.due_at, among=self.id)
