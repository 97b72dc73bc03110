"""One utterance while it is read: as it was typed, folded, and cut into task and time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final
from unicodedata import category

from ontology.dialogue.concepts import Context, Interpretation, Problem
from ontology.dialogue.openings import without_marks, without_slips
from ontology.dialogue.slots import Relation
from ontology.time.reading import Setting, TimeReading, read_times
from ontology.time.tokens import fold

LONGEST_READ: Final = 4_000
"""Characters in which requests and times are looked for; what is longer only has a text."""

_CONTROL: Final = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(127, 160)], " ")
# Invisible, but for the joiners of emoji and of some scripts; overrides of writing direction
# would turn a reply round them.
_INVISIBLE: Final = dict.fromkeys(
    map(ord, "\u200b\u2060\ufeff\u00ad\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"),
    "",
)
_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_POLITE: Final = re.compile(
    r"\s*(?:(?:hey|hi|hello|ok|okay|oh|and|so|well|please|pls|steward|assistant|now|also|actually|"
    r"wait(?=\s*[,.!])|note to self|new one(?=\s*:)|"
    r"(?:can|could|would|will) you(?: please)?|i(?:'d| would) like you to|"
    r"i (?:want|need) you to|be so kind and)\b[\s,.!:]*)+"
)
_POLITE_END: Final = re.compile(
    r"(?:[\s,](?:please|pls)|[,.!?]\s?(?:many )?(?:thanks|thank you|thx|cheers|ta)"
    r"(?: (?:so|very) much| a lot| in advance)?"
    r"|[.!\n]\s*(?:(?:kind|best|warm) )?(?:regards|wishes)\b[^.!?]{0,40})[\s.!]*$"
)
_ASKS_YOU: Final = re.compile(r"\b(?:can|could|would|will) you\b")
_OPENING: Final = re.compile(
    r"(?:to|that|about|of|for|saying|called|named|me to)(?:\s+|$)", re.I
)
_NEGATIVE: Final = re.compile(
    r"\b(?:in|for|by|snooze|minus)\s*[-−–]\s*[0-9]+(?:\.[0-9]+)?\s*"
    r"(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|days?|weeks?|months?|years?)\b"
)
_FARTHEST: Final = 300
_LOOSE_END: Final = re.compile(r"\s+[,;:–—-]*[.!?]{1,9}$")
_EDGES: Final = " \t\r\n,;:-–—•·‣◦"
_QUOTES: Final = {'"': '"', "“": "”", "«": "»", "'": "'"}


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said.

    ``text`` is in their spelling, without control characters; ``folded`` is the same in lower
    case, character by character; ``whole`` is that with the words of politeness around it;
    ``rest`` is what is too long to be read. ``way`` picks one of the ways in which each time in
    it can be meant, the likeliest being 0, and ``ways`` notes how many there were.
    """

    text: str
    folded: str
    whole: str
    rest: str
    context: Context
    way: int = 0
    ways: list[int] = field(default_factory=list, compare=False)

    @classmethod
    def of(cls, typed: str, context: Context) -> Said:
        """Return an utterance ready to be read, without the words of politeness around it."""
        head = _SURROGATES.sub("\ufffd", typed[:LONGEST_READ]).translate(_CONTROL)
        head = without_marks(head.translate(_INVISIBLE))
        rest = typed[LONGEST_READ:]
        whole = fold(head)
        polite = _POLITE.match(whole)
        if polite is not None and whole[polite.end() :].strip():
            head = head[len(head) - len(whole) + polite.end() :]
            if _ASKS_YOU.search(polite[0]):
                head = head.rstrip("? ")
        if not rest and (ending := _POLITE_END.search(fold(head))) is not None:
            head = head[: ending.start()] if head[: ending.start()].strip() else head
        head = without_slips(head.strip() if not rest else head.lstrip())
        return cls(head, fold(head), whole, rest, context)

    def time_in(
        self, text: str, *, bare_durations: bool = False, waking: bool = False
    ) -> TimeReading | None:
        """Return the time that a text says to this person."""
        context = self.context
        readings = _read_times(
            text, Setting(context.now, context.zone, context.locale, bare_durations, waking)
        )
        self.ways.append(len(readings))
        return readings[min(self.way, len(readings) - 1)] if readings else None

    @property
    def goes_back(self) -> bool:
        """Whether a length of time less than nothing was said: "in -5 minutes"."""
        return _NEGATIVE.search(self.folded, 0, _FARTHEST) is not None

    def meant_otherwise(self) -> tuple[Said, ...]:
        """Return the same, each time in it being meant in another way than the likeliest."""
        return tuple(replace(self, way=way) for way in range(1, max(self.ways, default=0)))


_read_times: Final = lru_cache(maxsize=512)(read_times)
"""The same stretch is read by several readers, and again when an utterance is cut in two."""


def with_time(meant: Interpretation, reading: TimeReading, said: Said) -> Interpretation:
    """Return a reading of an utterance with the time, or the problem, that it names."""
    problem = problem_of(reading, said)
    return meant.model_copy(
        update={
            "schedule": reading.schedule if problem is None else None,
            "given": reading.given,
            "bare_hour": reading.bare_hour,
            "left_over": tuple(each.words for each in reading.left_over),
            "end": reading.end,
            "relation": _relation(reading),
            "problem": problem,
        }
    )


def problem_of(reading: TimeReading, said: Said) -> Problem | None:
    """Return why a time that was read cannot be acted on."""
    if reading.problem is not None:
        return Problem(reading.problem)
    if reading.schedule is None:
        return Problem.UNKNOWN_EVENT
    waits = reading.schedule.first > said.context.now.replace(microsecond=0)
    return Problem.NOT_AHEAD if reading.duration and not waits else None


def _relation(reading: TimeReading) -> Relation | None:
    if reading.relation is None:
        return None
    length = reading.relation.duration
    return Relation(
        before=reading.relation.before,
        months=length.months,
        days=length.days + length.business,
        seconds=length.seconds,
        event=reading.relation.event,
    )


def without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return a text without these spans, in order, and without the gaps they leave."""
    kept: list[str] = []
    begin = 0
    for start, end in (*spans, (len(text), len(text))):
        kept.append(text[begin:start].strip())
        begin = end
    return " ".join(filter(None, kept))


def beside(text: str, reading: TimeReading | None) -> str:
    """Return a text without the time that was read, nor others that are joined to it."""
    if reading is None:
        return without(text, ())
    left = ((each.begin, each.end) for each in reading.left_over)
    apart: list[tuple[int, int]] = []
    taken = (part for span in reading.spans for part in _outside(span, reading.kept))
    for start, end in sorted((*taken, *left)):
        if apart and start <= apart[-1][1]:
            start, end = apart[-1][0], max(end, apart.pop()[1])
        apart.append((start, end))
    return without(text, apart)


def _outside(
    span: tuple[int, int], kept: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a span that are in none of these, which are in order."""
    begin, end = span
    for start, stop in kept:
        if begin <= start < end:
            if begin < start:
                yield begin, start
            begin = stop
    if begin < end:
        yield begin, end


def blanked(text: str, start: int, end: int) -> str:
    """Return a text with spaces in place of some characters."""
    return f"{text[:start]}{' ' * (end - start)}{text[end:]}"


def task(text: str) -> str:
    """Return what is to be done: the text without joining words and stray marks around it."""
    task = text.strip(_EDGES)
    task = _OPENING.sub("", task, count=1) if _OPENING.match(task) else task
    task = task.strip(_EDGES)
    task = _LOOSE_END.sub("", task)
    if task.endswith(".") and not task.endswith(".."):
        task = task[:-1]
    if len(task) > 1 and _QUOTES.get(task[0]) == task[-1]:
        task = task[1:-1].strip()
    return task if any(character.isalnum() for character in task) or _is_picture(task) else ""


def _is_picture(text: str) -> bool:
    return any(category(character).startswith("S") for character in text)
