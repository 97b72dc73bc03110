"""Wall times that name a thing: "the 8:15 bus", "my 3pm", "dad's 6:50 flight"."""

from __future__ import annotations

from typing import Final

from ontology.time.read_clocks import read_plain_clock
from ontology.time.tokens import Line
from ontology.time.values import Moment

_DETERMINERS: Final = frozenset(
    {"the", "my", "our", "your", "his", "her", "their", "a", "an", "that"}
)
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
