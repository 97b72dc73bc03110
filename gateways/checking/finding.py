"""What a check found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, what was found, and how to mend it where it does not work."""

    what: str
    said: str
    mend: str = ""

    @property
    def works(self) -> bool:
        """Whether there is nothing to mend."""
        return not self.mend
