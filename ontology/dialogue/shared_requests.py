"""Requests that share their words: one "remind me" for two tasks, or for two times.

The second is said again with what it shares with the first, so that it stands by itself:
"remind me tomorrow at 9 to call mum and at 10 to pay rent" becomes, behind the cut, "remind me
tomorrow at 10 to pay rent".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from ontology.dialogue.concepts import Context, Interpretation
from ontology.dialogue.read_creation import ALONE, read_unasked, request_in
from ontology.dialogue.said import Said, blanked, task, without
from ontology.time.concepts import Given
from ontology.time.reading import TimeReading

Read = Callable[[Said], Interpretation | None]

_TO: Final = re.compile(r"(?:to|that|about)\s+", re.I)
_NO_VERB: Final = re.compile(
    r"(?:the|a|an|my|our|his|her|their|some|any|at|on|in|every|next|tomorrow|tonight"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|[0-9]+)\b"
)


def shared_request(
    text: str, left: str, first: Interpretation, right: str, context: Context, read: Read
) -> tuple[str, str] | None:
    """Return a reminder and what shares its request, each for itself; None if nothing does.

    ``text`` is both with what joins them, ``first`` what ``left`` means.
    """
    said = Said.of(left, context)
    request = request_in(said)
    if request is None:
        return None
    shared = _Shared(said, request)
    if shared.time is None or shared.time.schedule is None:
        return None
    same_task = shared.at_another_time(first, Said.of(right, context))
    if same_task is not None and not _says_one_time(text, context, read):
        return same_task[0] or left, same_task[1]
    other_task = shared.for_another_task(right, context) if first.text else None
    return (left, other_task) if other_task is not None else None


class _Shared:
    """The request before a cut: who is asked, and for when."""

    def __init__(self, said: Said, request: re.Match[str]) -> None:
        self._said = said
        self._asks = said.text[request.start() : request.end()]
        self._behind = said.folded[request.end() :]
        self._masked = blanked(said.text, request.start(), request.end())
        self.time = said.time_in(self._masked)

    def at_another_time(self, first: Interpretation, own: Said) -> tuple[str, str] | None:
        """Return both requests of one task at two times: "on monday and friday to row".

        The first is empty where it is whole already.
        """
        theirs = own.time_in(own.text)
        if self.time is None or theirs is None or theirs.schedule is None:
            return None
        if self._masked[self.time.spans[-1][1] :].strip():
            return None
        named = task(without(own.text, theirs.spans))
        alone = first.text in ALONE.values()
        if bool(named) == bool(first.text) and not (alone and not named):
            return None
        what = "" if alone else f"to {named or first.text}"
        when = own.text[theirs.spans[0][0] : theirs.spans[-1][1]]
        whole = f"{self._said.text} {what}" if named else ""
        return whole, self._asked(self._day(theirs), when, self._hour(theirs), what)

    def for_another_task(self, right: str, context: Context) -> str | None:
        """Return the request for another task, at its own time or at the same one."""
        to = _TO.match(right)
        own = Said.of(right[to.end() :] if to is not None else right, context)
        theirs = own.time_in(own.text)
        assert self.time is not None
        deed = f"to {own.text}" if _is_a_deed(own) else own.text
        if theirs is None:
            if (
                to is None
                or not _is_a_deed(own)
                or len(re.findall(r"\bto\b", self._behind)) > 1
            ):
                return None
            when = " ".join(self._said.text[start:end] for start, end in self.time.spans)
            return self._asked(when, deed)
        unasked = read_unasked(own)
        if unasked is None or unasked.problem is not None or not self._sits_alike(own, theirs):
            return None
        return self._asked(self._day(theirs), deed)

    def _asked(self, *words: str) -> str:
        return " ".join(" ".join((self._asks, *words)).split())

    def _day(self, theirs: TimeReading) -> str:
        """Return the words that say the day or repetition, where the other time has none."""
        if {"date", "rule"} & theirs.given:
            return ""
        return self._words(lambda given: bool(given) and "time" not in given)

    def _hour(self, theirs: TimeReading) -> str:
        """Return the words that say the hour, where the other time has none."""
        return "" if "time" in theirs.given else self._words(lambda given: given == {"time"})

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

    def _sits_alike(self, own: Said, theirs: TimeReading) -> bool:
        """Tell whether both tasks have their time before them, or both behind them."""
        assert self.time is not None
        behind = not self._masked[self.time.spans[-1][1] :].strip(" .,!")
        if behind:
            return not own.text[theirs.spans[-1][1] :].strip(" .,!?")
        return not own.text[: theirs.spans[0][0]].strip()


def _is_a_deed(own: Said) -> bool:
    """Tell whether it begins like a verb, as far as that can be told without a dictionary."""
    return own.text[:1].islower() and _NO_VERB.match(own.folded) is None


def _says_one_time(text: str, context: Context, read: Read) -> bool:
    """Tell whether the whole says one time, such as a repetition or a span."""
    meant = read(Said.of(text, context))
    if meant is None or meant.schedule is None:
        return False
    return meant.schedule.rule is not None or meant.end is not None
