"""The buttons under a notification: what they say, and what comes back when one is pressed.

Their data names the notification and the step, in 30 bytes of the 64 that there are.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from ontology.notifications.concepts import Acknowledgement
from ontology.telegram.concepts import Button

_LABELS: Final = {"d": "✓ Done", "10": "10 min", "60": "1 h"}
_DATA: Final = re.compile(r"n\.([A-Za-z0-9_-]{22})\.([0-9]{1,4})\.(d|10|60)")


@dataclass(frozen=True, slots=True)
class Choice:
    """What a button answers to which notification; ``minutes`` is None for done."""

    id: UUID
    step: int
    minutes: int | None

    @property
    def answer(self) -> Acknowledgement:
        """What the person answered."""
        return Acknowledgement.DONE if self.minutes is None else Acknowledgement.SNOOZE

    def until(self, at: datetime) -> datetime | None:
        """Return when it is to be said again, if it is."""
        return None if self.minutes is None else at + timedelta(minutes=self.minutes)


def buttons_of(id_: UUID, step: int) -> tuple[Button, ...]:
    """Return the buttons under a notification."""
    name = base64.urlsafe_b64encode(id_.bytes).decode().rstrip("=")
    return tuple(
        Button(label, f"n.{name}.{step}.{answer}") for answer, label in _LABELS.items()
    )


def read_choice(data: str) -> Choice | None:
    """Return what a button meant; None where it is none of ours."""
    match = _DATA.fullmatch(data)
    if match is None:
        return None
    name, step, answer = match.groups()
    try:
        id_ = UUID(bytes=base64.b64decode(f"{name}==", altchars=b"-_", validate=True))
    except (ValueError, binascii.Error):
        return None
    return Choice(id_, int(step), None if answer == "d" else int(answer))
