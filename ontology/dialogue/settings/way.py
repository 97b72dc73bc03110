"""One way to say a change: a whole utterance with holes, and what fills them put to use."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ontology.dialogue.concepts import Interpretation
from ontology.dialogue.said import Said


@dataclass(frozen=True, slots=True)
class Heard:
    """What was said, with what is in the holes."""

    match: re.Match[str]
    said: Said

    def __getitem__(self, hole: str) -> str | None:
        """Return what fills a hole, in the person's spelling; None where there is nothing."""
        if hole not in self.match.re.groupindex or self.match[hole] is None:
            return None
        return self.said.text[slice(*self.match.span(hole))].strip()


@dataclass(frozen=True, slots=True)
class Way:
    """A form, and what it means with its holes filled: None where they hold nothing useful."""

    pattern: re.Pattern[str]
    make: Callable[[Heard], Interpretation | None]


def ways(make: Callable[[Heard], Interpretation | None], *patterns: str) -> tuple[Way, ...]:
    """Return ways that mean the same."""
    return tuple(
        Way(re.compile(rf"(?:{pattern})[\s.,!?]*", re.DOTALL), make) for pattern in patterns
    )


def first_meant(known: Sequence[Way], said: Said) -> Interpretation | None:
    """Return what the first way that fits makes of what was said."""
    for way in known:
        match = way.pattern.fullmatch(said.folded)
        if match is not None and (meant := way.make(Heard(match, said))) is not None:
            return meant
    return None
