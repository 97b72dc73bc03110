"""Words that say a time and are part of the task, too: "the 8:15 bus", "run for 30 min"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ontology.time.choosing import Cluster
from ontology.time.left_over import Days, is_of_the_task
from ontology.time.read_pieces import Placed
from ontology.time.tokens import Line
from ontology.time.values import Lasting, Moment
from ontology.time.wall_time_nouns import clock_of_a_thing

_ASKING: Final = frozenset({"me", "us"})


def kept_words(line: Line, chosen: Cluster, days: Days) -> tuple[tuple[int, int], ...]:
    """Return the characters, from and up to, that said the time and stay in the task's text."""
    return tuple(
        (line.token(begin).start, line.token(end - 1).end)
        for begin, end in _kept(line, chosen, days)
    )


def _kept(line: Line, chosen: Cluster, days: Days) -> Iterator[tuple[int, int]]:
    for placed in chosen.pieces:
        piece = placed.piece
        if is_of_the_task(line, placed, chosen.said, days):
            yield placed.begin, placed.end
        elif isinstance(piece, Moment):
            behind = clock_of_a_thing(line, placed.begin, piece)
            if behind is not None:
                yield placed.begin, behind
        elif isinstance(piece, Lasting) and _says_how_long(line, placed, chosen):
            yield placed.begin, placed.end


def _says_how_long(line: Line, placed: Placed, chosen: Cluster) -> bool:
    """Tell "bake it for 20 min at 6" and "run for 30 min every day" from "at 6 for 20 min"."""
    if chosen.said.lasting is None:
        return True
    first = placed is chosen.pieces[0] and chosen.said.repetition is None
    before = placed.begin - 1
    return first and line.kind(before) == "word" and line.word(before) not in _ASKING
