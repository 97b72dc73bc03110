"""Requests that share their words: one "remind me" for two tasks.

The second is said again with what it shares with the first, so that it stands by itself:
"remind me tomorrow at 9 to call mum and at 10 to pay rent" becomes, behind the cut, "remind me
tomorrow at 10 to pay rent".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from ontology.dialogue.concepts import Context, Interpretation
from ontology.dialogue.read_creation import read_unasked, request_in
from ontology.dialogue.said import Said, blanked
from ontology.time.concepts import Given
from ontology.time.reading import TimeReading
from ontology.time.wall_time_nouns import HAPPENS

Read = Callable[[Said], Interpretation | None]

_NO_TASK: Final = re.compile(
    rf"(?:and|or|then|say|[0-9:.,&\s])*|.*\b(?:{'|'.join(sorted(HAPPENS))})", re.I | re.DOTALL
)
"""Text beside a time that is nothing to do: "her train arrives at 5:30"."""

_TO: Final = re.compile(r"(?:to|that|about)\s+", re.I)
_EACH_TO: Final = re.compile(r"\bto\b")
_BETWEEN: Final = re.compile(r"\s*(?:[,;&]|\band\b)\s*(?:and\s+)?", re.I)
_MOST_TASKS: Final = 12
_NO_VERB: Final = re.compile(
    r"(?:the|a|an|my|our|his|her|their|some|any|at|on|in|every|next|tomorrow|tonight"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|[0-9]+)\b"
)


def shared_request(
    left: str, first: Interpretation, right: str, context: Context
) -> tuple[str, str] | None:
    """Return a reminder and another task that shares its request, each for itself.

    ``first`` is what ``left`` means. None if they do not belong to one request.
    """
    said = Said.of(left, context)
    request = request_in(said)
    if request is None:
        return None
    shared = _Shared(said, request)
    if shared.time is None or shared.time.schedule is None:
        return None
    other_task = shared.for_another_task(right, context) if first.text else None
    return (left, other_task) if other_task is not None else None


def day_before_all(text: str, context: Context) -> str:
    """Return tasks at wall times with the day that ends the list before all of them.

    "9am standup, 10am demo, 11:30 lunch tomorrow" are all tomorrow. Of two tasks that is only
    sure where the day stands apart from the hour before it.
    """
    said = Said.of(text, context)
    request = request_in(said)
    tasks = said.text[request.end() :] if request is not None else ""
    items = [item for item in _BETWEEN.split(tasks.strip(" .,!")) if item]
    if request is None or not 2 <= len(items) <= _MOST_TASKS:
        return text
    *hours, last = [said.time_in(item) for item in items]
    if any(time is None or time.given != {"time"} or time.duration for time in hours):
        return text
    if last is None or last.given != {"date", "time"} or last.schedule is None:
        return text
    day = _day_at_the_end(said, items[-1])
    apart = len(last.spans) > 1
    if not day or last.schedule.rule is not None or not (apart or len(items) > 2):
        return text
    before, asks = said.text[: request.start()], said.text[request.start() : request.end()]
    behind = tasks.rstrip(" .,!").removesuffix(day)
    return f"{before}{asks} {day}{behind}".rstrip()


def _day_at_the_end(said: Said, words: str) -> str:
    """Return the words at the end of these that say a day and nothing else."""
    pieces = words.split()
    for begin in range(1, len(pieces)):
        piece = " ".join(pieces[begin:])
        time = said.time_in(piece)
        if time is not None and time.given == {"date"} and time.spans == ((0, len(piece)),):
            return piece
    return ""


class _Shared:
    """The request before a cut: who is asked, and for when."""

    def __init__(self, said: Said, request: re.Match[str]) -> None:
        self._said = said
        self._asks = said.text[request.start() : request.end()]
        self._behind = said.folded[request.end() :]
        self._masked = blanked(said.text, request.start(), request.end())
        self.time = said.time_in(self._masked)

    def for_another_task(self, right: str, context: Context) -> str | None:
        """Return the request for another task, at its own time or at the same one."""
        to = _TO.match(right)
        own = Said.of(right[to.end() :] if to is not None else right, context)
        theirs = own.time_in(own.text)
        assert self.time is not None
        deed = f"to {own.text}" if _is_a_deed(own) else own.text
        if theirs is None:
            if to is None or not _is_a_deed(own) or len(_EACH_TO.findall(self._behind)) > 1:
                return None
            when = " ".join(self._said.text[start:end] for start, end in self.time.spans)
            return self._asked(when, deed)
        unasked = read_unasked(own)
        if unasked is None or unasked.problem is not None:
            return None
        if not (self._is_asked_too(to, own) or self._sits_alike(own, theirs)):
            return None
        if _NO_TASK.fullmatch(unasked.text):
            return None
        return self._asked(self._day(theirs), deed)

    def _asked(self, *words: str) -> str:
        # Lines stay lines: each of them may be a request.
        return re.sub(r"[^\S\n]+", " ", " ".join((self._asks, *words))).strip()

    def _day(self, theirs: TimeReading) -> str:
        """Return the words that say the day or repetition, where the other time has none."""
        if {"date", "rule"} & theirs.given:
            return ""
        return self._words(lambda given: bool(given) and "time" not in given)

    def _words(self, wanted: Callable[[frozenset[Given]], bool]) -> str:
        for start, end in self.time.spans if self.time is not None else ():
            words = self._said.text[start:end].split()
            for length in range(len(words), 0, -1):
                for piece in (" ".join(words[:length]), " ".join(words[-length:])):
                    reading = self._said.time_in(piece)
                    if reading is None or reading.spans != ((0, len(piece)),):
                        continue
                    if reading.schedule is not None and wanted(reading.given):
                        return piece
        return ""

    def _is_asked_too(self, to: re.Match[str] | None, own: Said) -> bool:
        """Tell "to call mum and to row at 6" from "to talk to Ann and to Bob at 6"."""
        return to is not None and _is_a_deed(own) and len(_EACH_TO.findall(self._behind)) < 2

    def _sits_alike(self, own: Said, theirs: TimeReading) -> bool:
        """Tell whether the second time begins or ends what it is said of.

        Where the first time stands before its task, the second has to do so too.
        """
        assert self.time is not None
        before = not own.text[: theirs.spans[0][0]].strip()
        if self._masked[self.time.spans[-1][1] :].strip(" .,!"):
            return before
        return before or not own.text[theirs.spans[-1][1] :].strip(" .,!?")


def _is_a_deed(own: Said) -> bool:
    """Tell whether it begins like a verb, as far as that can be told without a dictionary."""
    return own.text[:1].islower() and _NO_VERB.match(own.folded) is None
