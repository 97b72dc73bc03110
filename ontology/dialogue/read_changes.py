"""Reading that a reminder gets another time or text: "move it to 5pm", "rename 2 to …"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from ontology.dialogue.concepts import Intent, Interpretation, Problem
from ontology.dialogue.read_snoozing import snoozed_until
from ontology.dialogue.said import Said, beside, task, with_time
from ontology.dialogue.targets import means_all, target_of
from ontology.time.reading import TimeReading
from ontology.time.tokens import fold

_RENAME: Final = re.compile(
    r"(?:rename|(?:change|edit|update) the (?:text|wording|name) (?:of|for|in))\b"
    r"(?P<target>.*?)\s(?:to|into|as)\s(?P<text>.+)"
    r"|replace\b(?P<old>.*?)\s(?:with|by)\s(?P<new>.+)",
    re.DOTALL,
)
_CHANGE: Final = re.compile(
    r"(?P<verb>change|move|reschedule|shift|push|postpone|delay|update|edit|make|set"
    r"|bring(?=.*\sforward\b))\b"
    r"(?:\sthe (?:time|date) (?:of|for)\b)?"
)
_MAY_HAVE_TEXT: Final = ("change", "update", "edit")
_PUT_OFF: Final = ("postpone", "delay", "push")
_OF_TIMES: Final = ("reschedule", "postpone", "delay")
_BY: Final = re.compile(r"(?:^|\s)(?:by|back|forward|for)(?:\s+by)?\s*$")
_JOINT: Final = re.compile(r"(?:^|\s)(?:to|for|on|at|into|until|till|be|back|forward)\s*$")
_MOVED: Final = re.compile(r"(?:the |my )?(?P<target>\S+(?: \S+){0,3}) to (?P<when>\S.*)")
_PERHAPS: Final = 0.45
_EITHER_WAY: Final = re.compile(r"\b(?:forwards?|up)\b")
_A_MONTH: Final = timedelta(days=28)
_FROM_NOW: Final = re.compile(r"(?:in|after|within)\b|.*\bfrom now")


@dataclass(frozen=True, slots=True)
class _NewTime:
    """A time to change to, and the words beside it.

    ``joined`` tells that it stood behind "to" or "until". ``by`` tells that it was a length of
    time: so much later than the reminder, whose own time is not known here.
    """

    reading: TimeReading
    left: str
    joined: bool
    by: bool = False


def read_renaming(said: Said) -> Interpretation | None:
    """Read "rename the dentist to orthodontist", "change the text of 2 to buy oat milk"."""
    match = _RENAME.match(said.folded)
    if match is None:
        return None
    target, text = ("target", "text") if match["text"] else ("old", "new")
    text = task(said.text[slice(*match.span(text))]) + said.rest
    return Interpretation(
        intent=Intent.CHANGE_REMINDER,
        target=target_of(said.text[slice(*match.span(target))]),
        text=text,
        problem=None if text else Problem.NO_TEXT,
    )


def read_moved(said: Said) -> Interpretation | None:
    """Read "gym to 7pm", which names no deed: perhaps a reminder is to be moved."""
    moved = _MOVED.fullmatch(said.folded)
    if moved is None:
        return None
    tail = said.text[slice(*moved.span("when"))]
    reading = said.time_in(tail)
    if reading is None or beside(tail, reading).strip(" .,!") or said.time_in(moved["target"]):
        return None
    target = target_of(said.text[slice(*moved.span("target"))])
    meant = Interpretation(intent=Intent.CHANGE_REMINDER, target=target, confidence=_PERHAPS)
    return with_time(meant, reading, said) if target is not None else None


def read_changing(said: Said) -> Interpretation | None:
    """Read "change the dentist to 5pm", "move it to tomorrow at 9", "move 2 to friday"."""
    match = _CHANGE.match(said.folded)
    if match is None:
        return None
    verb, words = match["verb"], said.text[match.end() :]
    if means_all(words):
        return Interpretation(intent=Intent.UNKNOWN, confidence=0)
    new = _new_time(said, words)
    left = words if new is None else new.left
    target, to, text = left.partition(" to ") if verb in _MAY_HAVE_TEXT else (left, "", "")
    named = target_of(_BY.sub("", _JOINT.sub("", target)))
    joined = bool(to) or (new is not None and (new.joined or new.by))
    if not joined and not _is_plainly_a_reminder(verb, named, words):
        return None
    if new is None and not task(text):
        return _without_time(named)
    if new is not None and new.by:
        return _put_off(verb, named, new, said)
    meant = Interpretation(
        intent=Intent.CHANGE_REMINDER, target=named, text=task(text) + said.rest
    )
    return meant if new is None else with_time(meant, new.reading, said)


def _is_plainly_a_reminder(verb: str, named: str | None, words: str) -> bool:
    """Tell "move it" and "postpone the dentist" from "make dinner at 6"."""
    return bool(words.strip()) and (verb in _OF_TIMES or named is None or named.isdigit())


def _new_time(said: Said, words: str) -> _NewTime | None:
    """Return the time behind the last "to", else any time, with the words that are left."""
    head, to, tail = words.rpartition(" to ")
    for spoken in (tail, f"at {tail}") if to else ():
        reading = said.time_in(spoken)
        if reading is not None and not beside(spoken, reading).strip(" .,!"):
            return _NewTime(reading, head, joined=True)
    reading = said.time_in(words, bare_durations=True)
    if reading is None:
        return None
    left = beside(words, reading)
    spoken = fold(words[reading.spans[0][0] : reading.spans[-1][1]])
    by = reading.duration and (_BY.search(left) or not _FROM_NOW.match(spoken))
    return _NewTime(reading, left, joined=reading.until, by=bool(by))


def _put_off(verb: str, named: str | None, new: _NewTime, said: Said) -> Interpretation:
    """Let what has fired come again, or what is named come so much later."""
    if verb in _PUT_OFF and named is None:
        return snoozed_until(new.reading, None, said)
    later = _length(new.reading, said)
    if verb == "bring" and later is not None:
        later = -abs(later)
    # To move something forward is to let it come earlier for some, and later for others.
    if named is None or later is None or said.goes_back or _is_either_way(verb, new):
        return _without_time(named)
    return Interpretation(intent=Intent.CHANGE_REMINDER, target=named, later=later)


def _is_either_way(verb: str, new: _NewTime) -> bool:
    return verb != "bring" and _EITHER_WAY.search(new.left) is not None


def _length(reading: TimeReading, said: Said) -> timedelta | None:
    """Return a length in hours, days and weeks; a month has none that is known here."""
    if reading.schedule is None or reading.schedule.rule is not None:
        return None
    length = reading.schedule.first - said.context.now.replace(microsecond=0)
    return length if abs(length) < _A_MONTH else None


def _without_time(named: str | None) -> Interpretation:
    return Interpretation(intent=Intent.CHANGE_REMINDER, target=named, problem=Problem.NO_TIME)
