"""What a call or a text is about, and what the keys of a phone mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from ontology.notifications.concepts import Acknowledgement

MOST_AT_ONCE: Final = 10
"""Notifications that one call tells of; nobody listens to more."""


@dataclass(frozen=True, slots=True)
class About:
    """The notifications, of one person and one step, that a call or a text tells of."""

    person_id: UUID
    step: int
    ids: tuple[UUID, ...]

    def __str__(self) -> str:
        """Write it as a part of a path."""
        return "/".join(
            (self.person_id.hex, str(self.step), "-".join(id_.hex for id_ in self.ids))
        )

    @classmethod
    def read(cls, person: str, step: str, ids: str) -> About:
        """Read what :meth:`__str__` wrote. Raises ValueError where it is none."""
        read = tuple(UUID(hex=id_) for id_ in ids.split("-"))
        if len(read) > MOST_AT_ONCE or not 0 <= int(step) < 1000:
            raise ValueError
        return cls(UUID(hex=person), int(step), read)


@dataclass(frozen=True, slots=True)
class Key:
    """What pressing a key says: an answer, and for how long a snooze is."""

    answer: Acknowledgement
    lasts: timedelta | None = None


KEYS: Final[dict[str, Key]] = {
    "1": Key(Acknowledgement.DONE),
    "2": Key(Acknowledgement.SNOOZE, timedelta(minutes=10)),
    "3": Key(Acknowledgement.SNOOZE, timedelta(hours=1)),
}
REPEAT: Final = "9"

SAID_BY_KEY: Final[dict[str, str]] = {
    "1": "done",
    "2": "snooze 10 minutes",
    "3": "snooze 1 hour",
    REPEAT: "what's next?",
}
"""What a person who calls says by pressing a key, in the words they would have typed."""
