"""Which of the pieces found in a text belong to one time.

Pieces that stand side by side make a cluster: "tomorrow", "at 9". A text may hold several
("every weekday … at 8:30", "at 5 … the meeting at 6"). The weightiest leads, and takes from the
others what it lacks; what repeats a kind of piece already there belongs to the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ontology.time.read_pieces import Placed
from ontology.time.said import Said
from ontology.time.tokens import Line
from ontology.time.values import Later, Moment
from ontology.time.wall_time_nouns import clock_of_a_thing, tells_of_a_thing

_ONLY_WITH_A_REPETITION: Final = frozenset({"times", "except", "lasting"})
_MARKS: Final = frozenset({",", "(", ")", "-", ".", ";", "/"})
_JOINTS: Final = frozenset({"and", "at", "on", "of", "then", "but", "&"})
_WIDEST_GAP: Final = 2


@dataclass(frozen=True, slots=True)
class Cluster:
    """Pieces that stand side by side and say one time."""

    said: Said
    pieces: tuple[Placed, ...]

    @property
    def begin(self) -> int:
        return self.pieces[0].begin

    @property
    def end(self) -> int:
        return self.pieces[-1].end


def clusters_of(line: Line, pieces: Sequence[Placed]) -> list[Cluster]:
    """Return the times that a text says, each with the pieces that stand together."""
    clusters: list[Cluster] = []
    for placed in pieces:
        if clusters and _joins(line, clusters[-1], placed):
            said = clusters[-1].said.with_(placed.piece)
            if said is not None:
                clusters[-1] = Cluster(said, (*clusters[-1].pieces, placed))
                continue
        alone = Said().with_(placed.piece)
        if alone is not None:
            clusters.append(Cluster(alone, (placed,)))
    return clusters


def _joins(line: Line, cluster: Cluster, placed: Placed) -> bool:
    """Tell whether a piece belongs to what stands before it; "my 3pm at 2:30" are two times."""
    another = isinstance(placed.piece, Moment) and placed.piece.clock is not None
    if another and _names_a_thing(line, cluster):
        return False
    return _adjoin(line, cluster.end, placed)


def chosen_of(line: Line, clusters: Sequence[Cluster]) -> Cluster | None:
    """Return the one time that a text says, with all that the text says of it elsewhere."""
    able = [
        cluster for cluster in clusters if not cluster.said.kinds <= _ONLY_WITH_A_REPETITION
    ]
    if not able:
        return None
    chosen = max(able, key=lambda cluster: _weight(line, cluster))
    for cluster in sorted(clusters, key=lambda cluster: _names_a_thing(line, cluster)):
        if cluster.begin == chosen.begin or not _completes(cluster.said, chosen.said):
            continue
        if chosen.said.kinds & {"clock", "part"} and tells_of_a_thing(line, cluster.begin):
            continue
        said: Said | None = chosen.said
        for placed in cluster.pieces:
            said = said.with_(placed.piece) if said is not None else None
        if said is not None:
            pieces = sorted((*chosen.pieces, *cluster.pieces), key=lambda placed: placed.begin)
            chosen = Cluster(said, tuple(pieces))
    return chosen


def spans_of(line: Line, pieces: Sequence[Placed]) -> tuple[tuple[int, int], ...]:
    """Return the characters of pieces; what only a mark separates is one span."""
    spans: list[tuple[int, int]] = []
    behind = -1
    for placed in pieces:
        start, end = line.token(placed.begin).start, line.token(placed.end - 1).end
        if spans and _adjoin(line, behind, placed):
            start = spans.pop()[0]
        spans.append((start, end))
        behind = placed.end
    return tuple(spans)


def _adjoin(line: Line, behind: int, placed: Placed) -> bool:
    if not 0 <= placed.begin - behind <= _WIDEST_GAP:
        return False
    gap = [line.word(at) for at in range(behind, placed.begin)]
    if not all(word in _MARKS or word in _JOINTS for word in gap):
        return False
    return all(word in _MARKS for word in gap) or _continues(line, placed)


def _continues(line: Line, placed: Placed) -> bool:
    """Tell "at 8am and 8pm" from "at 5 and tomorrow …"."""
    piece = placed.piece
    if not isinstance(piece, Moment):
        return True
    return piece.day is None or line.word(placed.begin - 1) in ("of", "on", "at")


def _completes(other: Said, chosen: Said) -> bool:
    """Tell whether a time brings only what the chosen one lacks."""
    kinds, brought = chosen.kinds, other.kinds
    if "impossible" in brought or "impossible" in kinds or "relation" in kinds | brought:
        return False
    if chosen.repetition is not None:
        return not (kinds - {"zone"}) & brought and not _counts_seconds(other)
    if brought <= _ONLY_WITH_A_REPETITION:
        return False
    if _counts_seconds(chosen) or _counts_seconds(other):
        return False
    if brought <= {"clock", "part", "zone", "span"}:
        return kinds == {"day"}
    return brought == {"day"} and kinds <= {"clock", "part", "zone", "span"}


def _counts_seconds(said: Said) -> bool:
    return isinstance(said.day, Later) and bool(said.day.duration.seconds)


def _names_a_thing(line: Line, cluster: Cluster) -> bool:
    """Tell that a time is said beside "the 8:15 bus", which is only part of the task then."""
    moment = cluster.said.moment
    alone = cluster.said.kinds == {"clock"}
    return alone and clock_of_a_thing(line, cluster.begin, moment) is not None


def _weight(line: Line, cluster: Cluster) -> tuple[bool, bool, bool, bool, int, bool, int]:
    """Rank times: repetitions, what is of no thing, opens the text, is fuller, or later."""
    begin, end = cluster.begin, cluster.end
    closes = line.kind(end) in ("", "mark") and end >= len(line) - 1
    opens = begin == 0
    kinds = cluster.said.kinds
    named = not _names_a_thing(line, cluster)
    done = not tells_of_a_thing(line, begin)
    return (cluster.said.repetition is not None, named, done, opens, len(kinds), closes, begin)
