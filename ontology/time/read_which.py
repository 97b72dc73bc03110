"""The words that pick a day or a period out: "this", "next", "the coming", "last"."""

from __future__ import annotations

from typing import Final

from ontology.time.tokens import Line

_SHIFTS: Final = {
    **dict.fromkeys(("this", "current", "same", "dis"), 0),
    **dict.fromkeys(("next", "following", "nxt", "upcoming", "coming", "subsequent"), 1),
    **dict.fromkeys(("last", "past", "previous", "prior", "preceding", "prev"), -1),
}
PICKING: Final = frozenset(_SHIFTS)
"""All the words that pick something out."""
_COMING: Final = frozenset({"coming", "upcoming", "subsequent"})


def read_shift(line: Line, at: int) -> tuple[int, bool, int] | None:
    """Read "next", "the next next", "this coming": how far, whether strictly coming.

    The coming Friday is the one ahead, the next Friday that of the week after this.
    """
    behind = line.skip(at, "the")
    shift = _SHIFTS.get(line.word(behind))
    if shift is None:
        return None
    coming = line.word(behind) in _COMING
    behind += 1
    while (more := _SHIFTS.get(line.word(behind))) is not None and abs(shift) < 9:
        coming = coming or line.word(behind) in _COMING
        shift, behind = shift + more, behind + 1
    return shift, coming, line.skip(behind, "calendar")
