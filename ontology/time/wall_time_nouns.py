"""Wall times that are not those of a deed: "the 8:15 bus", "my 3pm", "the shop closes at 6"."""

from __future__ import annotations

from typing import Final

from ontology.time.read_clocks import read_plain_clock
from ontology.time.tokens import Line
from ontology.time.values import Moment

_DETERMINERS: Final = frozenset(
    {"the", "my", "our", "your", "his", "her", "their", "a", "an", "that"}
)
HAPPENS: Final = frozenset(
    {"closes", "opens", "shuts", "starts", "begins", "ends", "finishes", "leaves", "departs"}
    | {"arrives", "lands", "boards"}
)
"""What a thing does by itself, and nobody has to be reminded to do."""

_NO_CONDITION: Final = frozenset({"possible", "you", "not", "so", "that", "need"})
_NEAR: Final = 6
_WRITTEN: Final = frozenset({"clock", "dotted", "number", "hours", "word"})


def clock_of_a_thing(line: Line, at: int, moment: Moment) -> int | None:
    """Return the place behind the wall time of a moment that names a thing.

    None if none stands here, where the moment was read.
    """
    before = line.word(at - 1)
    if moment.clock is None or (before not in _DETERMINERS and not before.endswith("'s")):
        return None
    found = read_plain_clock(line, at) if line.kind(at) in _WRITTEN else None
    return found[1] if found is not None and found[0] == moment.clock else None


def tells_of_a_thing(line: Line, at: int) -> bool:
    """Tell that a thing does something then: "the shop closes at 6", "if it ends by 6"."""
    before = at - 1 if line.word(at - 1) in ("at", "@") else at
    return line.word(before - 1) in HAPPENS or any(
        _opens_a_condition(line, place) for place in range(before - _NEAR, before)
    )


def _opens_a_condition(line: Line, at: int) -> bool:
    if line.says(at, "in", "case"):
        return True
    return line.word(at) == "if" and line.word(at + 1) not in _NO_CONDITION
