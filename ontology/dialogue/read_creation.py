"""Reading a request for a reminder: "remind me tomorrow at 9 to call the bank"."""

from __future__ import annotations

import re
from typing import Final

from ontology.dialogue.anaphora import with_what_is_meant
from ontology.dialogue.concepts import Intent, Interpretation, Problem
from ontology.dialogue.said import Said, beside, blanked, task, with_time
from ontology.time.reading import TimeReading

_REQUEST: Final = re.compile(
    r"\b(?:reminders\s*:|(?:remind ?me|remind us"
    r"|(?:set|start|put)(?: me)?(?: on)? an? (?=[0-9]+[ -]?(?:s|m|h)[a-z]* timer\b)"
    r"|(?:(?:set|make|create|add|schedule|give|new|put)(?: me)?(?: up)? ){0,2}"
    r"(?:(?:a|an|another|new|the|my) ){0,2}(?:reminder|alarm|timer)\b(?: me)?"
    r"|(?:set|make|create|add|schedule|give)(?: me)? (?:(?:two|three|four|[0-9]|some) )?"
    r"(?:reminders|alarms|timers)"
    r"|(?:do not|don't|dont|never) let me forget"
    r"|(?:do not|don't|dont) forget"
    r"|wake me(?: up)?"
    r"|(?:alert|notify|ping|nudge) me"
    r"|(?:i'd like|i (?:need|want|would like)) (?:to be reminded|a reminder)"
    r"|make sure i(?: remember)?"
    r"|remember)\b)"
)
_OPENING_ONLY: Final = ("remember", "make sure", "ping", "alert", "notify", "nudge")
_WAKING: Final = re.compile(r"wake me|.*\balarm\b")
ALONE: Final = {
    "wake me": "wake up",
    "wake me up": "wake up",
    "alarm": "alarm",
    "timer": "timer",
}
_AGAIN: Final = frozenset({"again", "later", "instead"})
_DANGLING: Final = re.compile(r"(?:and|or)\s.*|.*\s(?:and|or)", re.DOTALL | re.I)
NO_REQUEST: Final = (
    r"[,–—-]\s*(?:no|sorry|i mean|actually|rather)\b"
    r"|\b(?:no,? wait|wait,? no|scratch that|make that|or rather|no,? make (?:it|that))\b"
    r"|\b(?:i mean|sorry|actually) (?=[0-9])|\bneither\b.*\bnor\b"
    r"|(?:\binstead of|\(not) (?:[0-9]|to(?:day|morrow)\b"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
    r"|^(?:the|my|your|that|this) (?:reminder|alarm|timer)\b(?: \w+){0,4}? (?:was|were"
    r"|rang|went|did|didn['’]?t|has|had|hasn['’]?t|never|woke|came|failed|keeps?|kept|goes)\b"
)
"""Pattern of what turns a time into another one, "at 5, no wait, at 6", or only tells of a
reminder, "the reminder at 5 was useless"."""

_NOT_READ: Final = re.compile(
    r"\b(?:do not|don't|dont|never|stop|no longer) (?:remind|wake|alert|notify|ping|nudge)"
    rf"|{NO_REQUEST}"
)
"""What turns a time or a request into another that is not read yet: no guess is made of it."""

_QUESTION: Final = re.compile(
    r"(?:who|what|when|where|why|how|which|whose|is|are|am|was|were|do|does|did|can|could"
    r"|will|would|should|may|might|shall|has|have)\b|.*\?\s*$",
    re.DOTALL,
)
_STATEMENT: Final = re.compile(
    r"(?:thanks|thank you|thx|cheers|sorry) for\b|.*\bnot reminding\b|"
    r"(?:i|i'm|i've|i'll|im|we|we're|you|he|she|it|it's|they|there|that|this)\b"
    r"|.* (?:is|are|was|were|will|has|have|had)\b"
)
_NO_TASK: Final = re.compile(r"(?:no|not)\b|.*\bnot$|see (?:you|ya|u)\b", re.I | re.DOTALL)
_CONDITION: Final = re.compile(r"(?:if|unless|in case)\b", re.I)
_ANOTHER: Final = re.compile(
    r",? and (?!(?:the|a|an|my|our|his|her|their|some|any|be)\b)(?=[a-z])"
)
_UNREAD_DAY: Final = re.compile(
    r"\b(?:on|before|after) (?:my|our|his|her|their|the|\w+['’]s) (?:\w+ )?"
    r"(?:birthday|anniversary|wedding(?: day)?|graduation|payday)\b",
    re.I,
)
_UNREAD_TIME: Final = re.compile(
    r"^[A-Z][A-Za-z]{1,12} time\b|\b(?:and|then) in [0-9]{1,3}(?= (?:to|for|the)\b|$)"
    r"|^[Aa] (?:few|couple of|bit|little|while)(?: minutes| hours| days)?(?= to\b)"
)
_TO_A_TIME: Final = re.compile(r"\s(?:to|until|till)$", re.I)
_A_DEED: Final = re.compile(r"(?:to|about|me to|me about)\b")
_ASKED: Final = re.compile(r"(?:where|who|which|what|how)\b(?! to\b)")
_OPEN: Final = 0.9
_UNASKED: Final = 0.6
_PERHAPS: Final = 0.45
_FEW_WORDS: Final = 2
_FARTHEST: Final = 300


def request_in(said: Said) -> re.Match[str] | None:
    """Return the words that ask for a reminder."""
    return _REQUEST.search(said.folded, 0, _FARTHEST)


def read_creation(said: Said) -> Interpretation | None:
    """Return the reminder that was asked for in so many words."""
    request = request_in(said)
    if request is None:
        return None
    if _NOT_READ.search(said.folded, 0, _FARTHEST):
        return Interpretation(intent=Intent.UNKNOWN, confidence=0)
    if said.goes_back:
        return Interpretation(intent=Intent.CREATE_REMINDER, problem=Problem.NOT_AHEAD)
    opening_only = request[0].startswith(_OPENING_ONLY)
    before = said.text[: request.start()]
    if opening_only and before.strip():
        return None
    waking = _WAKING.match(request[0]) is not None
    masked = blanked(said.text, request.start(), request.end())
    reading = said.time_in(masked, waking=waking) or _duration_first(said, masked)
    if before.strip() and not _is_all_time(before, reading):
        return None
    fact = _fact(said, request)
    # "remind me what I said on monday": the time is part of what is asked.
    if fact is not None and (reading is None or fact.intent is Intent.RECALL):
        return fact
    return _reminder(said, request, reading, masked)


def read_unasked(said: Said) -> Interpretation | None:
    """Return a reminder where a time and something to do were said, but nothing was asked."""
    if _QUESTION.match(said.folded) or _STATEMENT.match(said.folded):
        return None
    reading = said.time_in(said.text)
    if reading is None:
        return _after_a_length(said)
    if reading.schedule is None or reading.until:
        return None
    # Of what has been, "last friday we went out", nobody is reminded.
    if reading.schedule.rule is None and reading.schedule.first < said.context.now:
        return None
    text = task(beside(said.text, reading)) + said.rest
    # "gym to 7pm" moves the gym, if there is one.
    if _TO_A_TIME.search(text) or _NO_TASK.match(text):
        return None
    meant = Interpretation(intent=Intent.CREATE_REMINDER, confidence=_UNASKED, text=text)
    timed = with_time(meant, reading, said)
    return timed if text else timed.model_copy(update={"problem": Problem.NO_TEXT})


def _after_a_length(said: Said) -> Interpretation | None:
    """Read "tea 5 min" and "5 min tea", which may be the length of a task as well."""
    reading = said.time_in(said.text, bare_durations=True)
    if reading is None or not reading.duration or said.rest:
        return None
    text = task(beside(said.text, reading))
    if not text or len(text.split()) > _FEW_WORDS or not text.replace(" ", "").isalpha():
        return None
    meant = Interpretation(intent=Intent.CREATE_REMINDER, confidence=_PERHAPS, text=text)
    return with_time(meant, reading, said)


def _fact(said: Said, request: re.Match[str]) -> Interpretation | None:
    """Read "remember I parked on level 3" and "remind me where I parked": no deed."""
    words = said.text[request.end() :].strip(" ,:")
    folded = said.folded[request.end() :].strip(" ,:")
    when = request[0] == "remember" and re.match(r"when (?:i|we|you|he|she|they)\b", folded)
    if when or (request[0].startswith("remind") and _ASKED.match(folded)):
        return Interpretation(intent=Intent.RECALL, confidence=_OPEN, text=task(words))
    if request[0] == "remember" and words and not _A_DEED.match(folded):
        return Interpretation(intent=Intent.REMEMBER, confidence=_OPEN, text=task(words))
    return None


def _duration_first(said: Said, masked: str) -> TimeReading | None:
    """Read "remind me | 10 min to stretch", but not "stretch for 10 min"."""
    reading = said.time_in(masked, bare_durations=True)
    if reading is None or masked[: reading.spans[0][0]].strip():
        return None
    return reading


def _is_all_time(before: str, reading: TimeReading | None) -> bool:
    """Tell whether nothing but the time stands before the words that asked."""
    if reading is None:
        return False
    end = len(before)
    left = ((each.begin, each.end) for each in reading.left_over)
    kept = list(before)
    for start, stop in (*reading.spans, *left):
        kept[start:stop] = " " * (min(stop, end) - start)
    return not "".join(kept).strip(" ,.:;-")


def _reminder(
    said: Said, request: re.Match[str], reading: TimeReading | None, masked: str
) -> Interpretation:
    text = task(beside(masked, reading)) + said.rest
    if not text or text.casefold() in _AGAIN:
        text = next((alone for word, alone in ALONE.items() if request[0].endswith(word)), "")
    if _DANGLING.fullmatch(text) or _CONDITION.match(text):
        # Half of a time that was read: "at 9 on monday | and thursday to row"; or no task, but
        # what it shall depend on: "remind me at 6 if I am still here".
        return Interpretation(intent=Intent.UNKNOWN, confidence=0)
    meant = Interpretation(intent=Intent.CREATE_REMINDER, text=text)
    if reading is None:
        problem = Problem.NO_TIME if text else Problem.NO_TEXT
        return meant.model_copy(update={"problem": problem})
    timed = with_time(meant, reading, said)
    if not text:
        return timed.model_copy(update={"problem": Problem.NO_TEXT})
    words = _time_of_another(text, said) or _unread(text, timed)
    if words is not None:
        timed = timed.model_copy(update={"left_over": (*timed.left_over, words)})
    return with_what_is_meant(timed, said.context.last_told)


def _unread(text: str, timed: Interpretation) -> str | None:
    """Return words for a time of which nobody knows when it is: "on Ann's birthday"."""
    day = None if "date" in timed.given else _UNREAD_DAY.search(text)
    found = day or _UNREAD_TIME.search(text)
    return found[0] if found is not None else None


def _time_of_another(text: str, said: Said) -> str | None:
    """Return the hour at the end of another deed: "call mum and buy milk at 6".

    Whether that is a task of its own or part of this one, only the person can tell.
    """
    joint = _ANOTHER.search(text)
    if joint is None or said.time_in(text[: joint.start()]) is not None:
        return None
    deed = text[joint.end() :]
    time = said.time_in(deed)
    if time is None or time.given != {"time"} or time.duration or time.relation:
        return None
    (begin, end), *others = time.spans
    return deed[begin:end] if begin and end == len(deed) and not others else None
