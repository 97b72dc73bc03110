"""One utterance while it is read: as it was typed, folded, and cut into task and time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ontology.dialogue.concepts import Context, Interpretation, Problem
from ontology.time.reading import TimeReading, read_time
from ontology.time.tokens import fold

LONGEST_READ: Final = 4_000
"""Characters in which requests and times are looked for; what is longer only has a text."""

_CONTROL: Final = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(127, 160)], " ")
_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_POLITE: Final = re.compile(
    r"\s*(?:(?:hey|hi|hello|ok|okay|oh|and|so|well|please|pls|steward|assistant|now|also|"
    r"(?:can|could|would|will) you(?: please)?|i(?:'d| would) like you to|"
    r"i (?:want|need) you to|be so kind and)\b[\s,.!:]*)+"
)
_POLITE_END: Final = re.compile(
    r"(?:[\s,](?:please|pls)|[,.!]\s?(?:thanks|thank you|thx))[\s.!]*$"
)
_ASKS_YOU: Final = re.compile(r"\b(?:can|could|would|will) you\b")
_OPENING: Final = re.compile(
    r"(?:to|that|about|of|for|saying|called|named|me to)(?:\s+|$)", re.I
)
_EDGES: Final = " \t\r\n,;:-–—"
_QUOTES: Final = {'"': '"', "“": "”", "«": "»", "'": "'"}


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said.

    ``text`` is in their spelling, without control characters; ``folded`` is the same in lower
    case, character by character; ``whole`` is that with the words of politeness around it;
    ``rest`` is what is too long to be read.
    """

    text: str
    folded: str
    whole: str
    rest: str
    context: Context

    @classmethod
    def of(cls, typed: str, context: Context) -> Said:
        """Return an utterance ready to be read, without the words of politeness around it."""
        head = _SURROGATES.sub("\ufffd", typed[:LONGEST_READ]).translate(_CONTROL)
        rest = typed[LONGEST_READ:]
        whole = fold(head)
        polite = _POLITE.match(whole)
        if polite is not None and whole[polite.end() :].strip():
            head = head[len(head) - len(whole) + polite.end() :]
            if _ASKS_YOU.search(polite[0]):
                head = head.rstrip("? ")
        if not rest and (ending := _POLITE_END.search(fold(head))) is not None:
            head = head[: ending.start()] if head[: ending.start()].strip() else head
        head = head.strip() if not rest else head.lstrip()
        return cls(head, fold(head), whole, rest, context)

    def time_in(
        self, text: str, *, bare_durations: bool = False, waking: bool = False
    ) -> TimeReading | None:
        """Return the time that a text says to this person."""
        return read_time(
            text,
            self.context.now,
            self.context.zone,
            locale=self.context.locale,
            bare_durations=bare_durations,
            waking=waking,
        )


def with_time(meant: Interpretation, reading: TimeReading) -> Interpretation:
    """Return a reading of an utterance with the time, or the problem, that it names."""
    problem = Problem(reading.problem) if reading.problem is not None else None
    return meant.model_copy(
        update={
            "schedule": reading.schedule,
            "given": reading.given,
            "bare_hour": reading.bare_hour,
            "problem": problem,
        }
    )


def without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return a text without these spans, in order, and without the gaps they leave."""
    kept: list[str] = []
    begin = 0
    for start, end in (*spans, (len(text), len(text))):
        kept.append(text[begin:start].strip())
        begin = end
    return " ".join(filter(None, kept))


def blanked(text: str, start: int, end: int) -> str:
    """Return a text with spaces in place of some characters."""
    return f"{text[:start]}{' ' * (end - start)}{text[end:]}"


def task(text: str) -> str:
    """Return what is to be done: the text without joining words and stray marks around it."""
    task = text.strip(_EDGES)
    task = _OPENING.sub("", task, count=1) if _OPENING.match(task) else task
    task = task.strip(_EDGES)
    if task.endswith((" .", " !", " ?")):
        task = task[:-2].rstrip(_EDGES)
    if task.endswith(".") and not task.endswith(".."):
        task = task[:-1]
    if len(task) > 1 and _QUOTES.get(task[0]) == task[-1]:
        task = task[1:-1].strip()
    return task if any(character.isalnum() for character in task) or _is_picture(task) else ""


def _is_picture(text: str) -> bool:
    return any(ord(character) > 0x2000 for character in text)
