"""The pieces of times in a text, in order: moments, spans, bounds, lengths, repetitions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ontology.time.read_bounds import read_bound, read_lasting
from ontology.time.read_later import read_later
from ontology.time.read_moments import read_moment
from ontology.time.read_repetitions import read_repetition
from ontology.time.read_spans import read_span
from ontology.time.said import Piece
from ontology.time.tokens import Line
from ontology.time.values import Bound, Impossible, Moment, Relation


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece of a time with the tokens that said it, from and up to."""

    piece: Piece
    begin: int
    end: int


def read_pieces(line: Line) -> list[Placed]:
    """Return all pieces of times that a text says, in order."""
    return list(_placed(line))


def _placed(line: Line) -> Iterator[Placed]:
    at = 0
    while at < len(line):
        found = read_piece(line, at)
        if found is None:
            at += 1
            continue
        yield Placed(found[0], at, found[1])
        at = max(found[1], at + 1)


def read_piece(line: Line, at: int) -> tuple[Piece, int] | None:
    """Read the piece that stands here, the fullest kind first."""
    found: tuple[Piece, int] | None = (
        read_repetition(line, at)
        or read_span(line, at)
        or read_bound(line, at)
        or read_lasting(line, at)
    )
    if found is not None:
        return found
    moment = read_moment(line, at)
    return _onwards(line, *moment) if moment is not None else _relation(line, at)


def _onwards(line: Line, moment: Moment | Impossible, at: int) -> tuple[Piece, int]:
    """Read what leaves the end of a moment open: "or later", "onwards"."""
    if isinstance(moment, Impossible):
        return moment, at
    if line.word(at) in ("or", "and") and line.word(at + 1) in ("later", "after", "onwards"):
        return Bound("from", moment), at + 2
    if line.word(at) in ("onwards", "onward"):
        return Bound("from", moment), at + 1
    return moment, at


def _relation(line: Line, at: int) -> tuple[Piece, int] | None:
    """Read "15 min before my meeting"."""
    if line.kind(at) not in ("number", "word"):
        return None
    found = read_later(line, at, read_moment)
    if found is None or not isinstance(found[0], Relation):
        return None
    return found[0], found[1]
