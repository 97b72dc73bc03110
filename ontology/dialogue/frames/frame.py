"""A frame: a whole utterance with holes, whose names tell what fills them.

``text`` is what is kept or asked for, ``target`` what is meant of what is kept, ``when`` words
that may hold a time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ontology.dialogue.concepts import Intent


@dataclass(frozen=True, slots=True)
class Frame:
    """One way to say an intent. ``confidence`` is how surely it means that."""

    intent: Intent
    pattern: re.Pattern[str]
    confidence: float = 1.0


def frames(intent: Intent, *patterns: str, confidence: float = 1.0) -> tuple[Frame, ...]:
    """Return frames of one intent."""
    return tuple(
        Frame(intent, re.compile(rf"{pattern}[\s.!?]*", re.DOTALL), confidence)
        for pattern in patterns
    )
