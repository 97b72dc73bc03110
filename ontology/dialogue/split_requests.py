"""Cutting an utterance into what it asks for: "remind me to call mum at 5 and to row at 6".

A cut is made only where both sides stand by themselves: what follows either asks anew in so
many words, or, after a reminder with its time, is another task with its own or the same time.
"bread and butter" and "monday and friday" are never cut.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from ontology.dialogue.concepts import Context, Intent, Interpretation
from ontology.dialogue.read_creation import read_unasked, request_in
from ontology.dialogue.said import Said, blanked

Read = Callable[[Said], Interpretation | None]

_CUT: Final = re.compile(
    r"\s*(?:[,;]|[.!](?=\s)|\n)\s*(?:(?:and|then|also|plus)\b[\s,]*)*"
    r"|\s+(?:and|then|also|plus)\b[\s,]*(?:(?:then|also|please)\b[\s,]*)*"
)
_MOST_CUTS: Final = 12
_LONGEST: Final = 600
_ASKS_FOR_A_REMINDER: Final = re.compile(
    r"(?:remind me|wake me|set (?:me )?(?:a|an|another) (?:reminder|alarm)"
    r"|(?:do not|don't|dont) let me forget|another (?:one|reminder))\b"
)
_OF_REMINDERS: Final = re.compile(
    r"(?:(?:cancel|delete|remove|snooze|done|done with|move|change)\b.*"
    r"(?:\breminders?\b|#?\b[0-9]+\b)|(?:list|show|undo)\b|what(?:'s| did)\b)"
)
_SEVERAL_NUMBERS: Final = re.compile(
    r"(?P<verb>[a-z ]*?(?:cancel|delete|remove|done(?: with)?|snooze|complete)"
    r"(?: (?:reminders?|numbers?|nos?\.?))*)\s+"
    r"(?P<numbers>#?[0-9]{1,9}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*)#?[0-9]{1,9})+)[\s.!]*"
)
_TO: Final = re.compile(r"(?:to|that|about)\s+", re.I)
_NO_VERB: Final = re.compile(
    r"(?:the|a|an|my|our|his|her|their|some|any|at|on|in|every|next|tomorrow|tonight"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|[0-9]+)\b"
)
_MANNERS: Final = frozenset({Intent.GREETING, Intent.THANKS, Intent.SMALL_TALK})
_SURE: Final = 0.9


def split_requests(text: str, context: Context, read: Read) -> tuple[str, ...]:
    """Return the requests of an utterance in order, each so that it stands by itself.

    ``read`` is what a part means by sure rules. An utterance that asks for one thing is
    returned as it is.
    """
    if len(text) > _LONGEST:
        return (text,)
    several = _SEVERAL_NUMBERS.fullmatch(Said.of(text, context).folded)
    if several is not None:
        numbers = re.findall(r"[0-9]+", several["numbers"])
        return tuple(f"{several['verb']} {number}" for number in numbers)
    parts: list[str] = []
    rest: str | None = text
    while rest is not None and len(parts) < _MOST_CUTS:
        part, rest = _Cutter(rest, context, read).cut()
        parts.append(part)
    wishes = [part for part in parts if not _is_manners(part, context, read)]
    return tuple(wishes) if wishes else (text,)


class _Cutter:
    """A text whose first request is looked for."""

    def __init__(self, text: str, context: Context, read: Read) -> None:
        self._text = text
        self._context = context
        self._read = read

    def cut(self) -> tuple[str, str | None]:
        """Return the first request, and what follows it so that it stands by itself."""
        for count, cut in enumerate(_CUT.finditer(self._text)):
            left, right = self._text[: cut.start()].strip(), self._text[cut.end() :].strip()
            if count == _MOST_CUTS:
                break
            if not left or not right:
                continue
            for follow in self._followed_by(left, right):
                return follow
        return self._text, None

    def _followed_by(self, left: str, right: str) -> Iterator[tuple[str, str]]:
        """Yield how this cut can be made, at best first."""
        first, said = self._meant(left)
        if first is None or first.problem is not None and not first.text:
            return
        if first.intent is not Intent.CREATE_REMINDER:
            if self._asks_anew(right):
                yield left, right
            return
        if _ASKS_FOR_A_REMINDER.match(Said.of(right, self._context).folded):
            if first.problem is None:
                yield left, right
            return
        if first.problem is None and self._asks_anew(right, _OF_REMINDERS):
            yield left, right
            return
        request = request_in(said)
        if request is not None:
            yield from self._another_task(left, said, request, right)

    def _another_task(
        self, left: str, said: Said, request: re.Match[str], right: str
    ) -> Iterator[tuple[str, str]]:
        """Yield the cut between two tasks of one request."""
        asks = said.text[request.start() : request.end()]
        begins_with_to = _TO.match(right) is not None
        task = right[match.end() :] if (match := _TO.match(right)) is not None else right
        masked = blanked(said.text, request.start(), request.end())
        mine, own = said.time_in(masked), Said.of(task, self._context)
        theirs = own.time_in(own.text)
        if mine is None or mine.schedule is None:
            return
        if theirs is not None:
            unasked = read_unasked(own)
            if (
                unasked is None
                or unasked.problem is not None
                or not _sits_alike(own, theirs.spans, masked, mine.spans)
            ):
                return
            day = "" if {"date", "rule"} & theirs.given else _day_words(said, mine.spans)
            yield (
                left,
                f"{asks} {day} {'to ' if _is_a_deed(own) else ''}{task}".replace("  ", " "),
            )
        elif begins_with_to and _is_a_deed(own) and not _has_to(masked, request):
            when = " ".join(said.text[start:end] for start, end in mine.spans)
            yield left, f"{asks} {when} to {task}"

    def _asks_anew(self, right: str, opening: re.Pattern[str] | None = None) -> bool:
        meant, said = self._meant(right)
        if meant is None or meant.intent in (Intent.UNKNOWN, Intent.CHOOSE):
            return False
        return opening is None or opening.match(said.folded) is not None

    def _meant(self, text: str) -> tuple[Interpretation | None, Said]:
        said = Said.of(text, self._context)
        meant = self._read(said)
        sure = meant is not None and meant.confidence >= _SURE
        return (meant if sure else None), said


def _sits_alike(
    own: Said,
    theirs: tuple[tuple[int, int], ...],
    masked: str,
    mine: tuple[tuple[int, int], ...],
) -> bool:
    """Tell whether both tasks have their time before them, or both behind them."""
    behind = not masked[mine[-1][1] :].strip(" .,!")
    their_behind = not own.text[theirs[-1][1] :].strip(" .,!?")
    before = not behind and not own.text[: theirs[0][0]].strip()
    return (behind and their_behind) or before


def _day_words(said: Said, spans: tuple[tuple[int, int], ...]) -> str:
    """Return the words of a time that say its day or repetition, without its hour."""
    for start, end in spans:
        words = said.text[start:end].split()
        for length in range(len(words), 0, -1):
            for piece in (" ".join(words[:length]), " ".join(words[-length:])):
                reading = said.time_in(piece)
                if reading is None or reading.schedule is None or "time" in reading.given:
                    continue
                if reading.given and reading.spans == ((0, len(piece)),):
                    return piece
    return ""


def _is_a_deed(own: Said) -> bool:
    """Tell whether it begins like a verb, as far as that can be told without a dictionary."""
    return own.text[:1].islower() and _NO_VERB.match(own.folded) is None


def _has_to(masked: str, request: re.Match[str]) -> bool:
    """Tell whether a "to" stands inside the first task, which the second may repeat."""
    return len(re.findall(r"\bto\b", masked[request.end() :])) > 1


def _is_manners(part: str, context: Context, read: Read) -> bool:
    meant = read(Said.of(part, context))
    return meant is not None and meant.intent in _MANNERS
