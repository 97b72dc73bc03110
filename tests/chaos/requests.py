"""What people ask for during the run, what they were told, and what they must therefore hear.

Every request carries a word of its own, so that its confirmation and its reminder can be told
from all others in what a client heard, by the body alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.clients.hearing import Heard

KEY = re.compile(r"\btask ([a-z]+\d+)\b")
OPENINGS = {
    "create": "OK, I will remind you:",
    "cancel": "Cancelled:",
    "snooze": "Snoozed:",
    "done": "Done:",
}
RING = "⏰"


@dataclass(frozen=True, slots=True)
class Request:
    """Something one person asked; ``verb`` and ``key`` name it."""

    verb: str
    key: str
    text: str
    person: str
    rings: bool
    """Whether it leads to one more reminder that rings within the run."""


@dataclass
class Tally:
    """How often a client heard what."""

    confirmed: Counter[tuple[str, str]] = field(default_factory=Counter)
    rung: Counter[str] = field(default_factory=Counter)
    strange: list[str] = field(default_factory=list)


def tally(heard: Iterable[Heard]) -> Tally:
    """Sort what one client heard."""
    sorted_ = Tally()
    for message in heard:
        key = KEY.search(message.body)
        if key and message.body.startswith(RING):
            sorted_.rung[key[1]] += 1
        elif key and (verb := _verb(message.body)):
            sorted_.confirmed[verb, key[1]] += 1
        else:
            sorted_.strange.append(message.body[:160])
    return sorted_


def _verb(body: str) -> str | None:
    return next((verb for verb, words in OPENINGS.items() if body.startswith(words)), None)
