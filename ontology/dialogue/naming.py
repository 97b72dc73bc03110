"""What the names of a person's reminders tell of a reading that is in doubt.

"Called mum" closes a reminder where one of these words is kept, and is talk where none is. The
names are looked up only where that matters, and never against what was denied or asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ontology.dialogue.concepts import Intent, Interpretation
from ontology.dialogue.deciding import (
    ACT,
    CERTAIN,
    DELETING,
    NAMED,
    NEVER_NAMED,
    Verdict,
    decide,
)
from ontology.dialogue.doubts import ALL, DOUBTED, LEAST, speaks_against
from ontology.dialogue.said import Said
from ontology.reminders.matching import holds, words_of

LIKELY: Final = 0.3
"""Confidence from which a name makes a reading certain; below, it is named in a question."""

CONFIRMED: Final = 0.85
"""Confidence that a name gives to what deletes: its reminder is shown and asked about."""

_BY_NAME: Final = frozenset({Intent.DONE, Intent.CANCEL_REMINDER, Intent.CHANGE_REMINDER})
_TWINS: Final = {
    Intent.CANCEL_EVENT: Intent.CANCEL_REMINDER,
    Intent.MOVE_EVENT: Intent.CHANGE_REMINDER,
    Intent.COMPLETE_TASK: Intent.DONE,
    Intent.FORGET: Intent.CANCEL_REMINDER,
}
"""What is wanted of a reminder by those who want this of a calendar, a list or a fact."""

_POINTS: Final = re.compile(r"\b(?:it|that|this|them|those|these|one|ones|all)\b")
_PAST: Final = re.compile(
    r"\b(?:\w+ed|already|just|did|done|took|taken|made|bought|paid|sent|had|got|went|been|gave"
    r"|wrote|written|ran|swam|fed|ate|drank|put|came|brought|rang|spoke|met|left|saw"
    r"|told|found|kept|built|cut|hung|swept|shut|locked|drove|rode|flew|threw|thrown)\b"
)
"""What has been, in the words that English has for it; irregular verbs of the household."""

_IS_OVER: Final = re.compile(
    r"\b(?:done|finished|taken|paid|bought|sent|sorted|completed|made|handled|over)\b"
    r"|\b(?:is|are|was|were|been|got) (?:\w+ )?\w+ed\b"
)
"""What has been done to what is named first; who is named first may have done it."""

_ARTICLE: Final = re.compile(r"^(?:the|my|our) ")

_CLOSES: Final = frozenset(
    {
        *("done", "did", "finished", "sorted", "taken", "took", "handled", "completed", "over"),
        *("complete", "ready", "dealt", "with", "out", "all", "now", "already", "just", "i"),
        *("yes", "yep", "yeah", "ok", "okay", "ve", "have", "been", "finally", "well", "care"),
    }
)
"""Words that close what was told last, without pointing at it, if there are no others."""

_LIGHT: Final = frozenset(
    {
        *("a", "an", "the", "my", "your", "our", "his", "her", "to", "of", "for", "at", "on"),
        *("in", "with", "and", "up", "do", "go", "get", "take", "make", "have", "be", "is"),
    }
)
"""Words of a reminder that need not be said to name it: "the dishes" are "do the dishes"."""

_SHORTEST: Final = 3


def turns_on_names(readings: Sequence[Interpretation]) -> bool:
    """Tell whether what is to be made of readings may hang on what reminders there are.

    What would be cancelled is asked about in any case, with its name if it has one.
    """
    decision = decide(readings)
    best = decision.readings[0]
    named = best.target is not None and best.intent not in _TWINS
    if decision.verdict is Verdict.CONFIRM and named:
        return False
    weighed = decision.readings
    if best.intent in NEVER_NAMED:
        weighed = tuple(readings)
    elif decision.verdict in (Verdict.ACT, Verdict.CONFIRM):
        weighed = (best,)
    return any(_hangs_on_a_name(each) and each.confidence >= NAMED for each in weighed)


def weighed_by_name(
    readings: tuple[Interpretation, ...], said: Said
) -> tuple[Interpretation, ...]:
    """Return readings, likeliest first, after what the kept names speak for and against."""
    kept = said.context.kept
    if kept is None or ALL.search(said.folded):
        return readings
    readings = tuple(_of_a_reminder(each, kept) for each in readings)
    otherwise = any(
        each.confidence >= ACT and each.intent not in NEVER_NAMED
        for each in readings
        if not _hangs_on_a_name(each)
    )
    weighed = [
        _weighed(each, said, kept, otherwise=otherwise) if _hangs_on_a_name(each) else each
        for each in readings
    ]
    ranked = sorted(weighed, key=lambda each: -each.confidence)
    first: dict[Intent | Interpretation, Interpretation] = {}
    for each in ranked:
        first.setdefault(each.intent if _hangs_on_a_name(each) else each, each)
    return tuple(first.values())


def _of_a_reminder(reading: Interpretation, kept: Sequence[str]) -> Interpretation:
    """Return what was felt to be of a calendar or list as of the reminder that is named."""
    twin = _TWINS.get(reading.intent)
    named = reading.target is not None and any(holds(text, reading.target) for text in kept)
    if twin is None or not named:
        return reading
    likely = min(reading.confidence, CONFIRMED)
    return reading.model_copy(update={"intent": twin, "confidence": likely})


def _hangs_on_a_name(reading: Interpretation) -> bool:
    """Tell a guess from what was said for sure, or of a number."""
    guessed = reading.intent in _BY_NAME and reading.confidence < 1
    unsure = guessed or (reading.intent in _TWINS and reading.target is not None)
    return unsure and not (reading.target or "").isdigit()


def _weighed(
    reading: Interpretation, said: Said, kept: Sequence[str], *, otherwise: bool
) -> Interpretation:
    name = _name_in(reading, said, kept)
    if name is not None and reading.intent is Intent.DONE and not _is_news(name, said):
        doubted = min(reading.confidence, DOUBTED)
        return reading.model_copy(update={"target": name, "confidence": doubted})
    if name is not None and not otherwise and not speaks_against(reading, said):
        enough = CONFIRMED if reading.intent in DELETING else CERTAIN
        likely = reading.confidence >= LIKELY
        confidence = max(reading.confidence, enough) if likely else reading.confidence
        return reading.model_copy(update={"target": name, "confidence": confidence})
    is_done = reading.intent is Intent.DONE
    told = is_done and reading.target is None and not _is_of_the_last(said)
    missing = reading.target is not None and (otherwise or is_done)
    if name is None and (told or missing):
        return reading.model_copy(update={"confidence": min(reading.confidence, LEAST)})
    return reading


def _name_in(reading: Interpretation, said: Said, kept: Sequence[str]) -> str | None:
    """Return the words that name a reminder which is kept, None if none does.

    They are those of the target, or else all words of weight of one reminder in its order:
    "mum called" does not call mum.
    """
    if reading.target is not None and any(holds(text, reading.target) for text in kept):
        return reading.target
    spoken = words_of(said.text)
    named = {text for text in kept if _is_named(text, spoken)}
    return named.pop() if len(named) == 1 else None


def _is_news(name: str, said: Said) -> bool:
    """Tell "the pills are taken" and "took the pills" from "the dentist called"."""
    spoken = _ARTICLE.sub("", said.folded)
    first = next((word for word in words_of(name) if word not in _LIGHT), None)
    if first is not None and spoken.startswith(first):
        return _IS_OVER.search(spoken) is not None
    return _PAST.search(spoken) is not None


def _is_named(text: str, spoken: Sequence[str]) -> bool:
    weighty = [word for word in words_of(text) if word not in _LIGHT]
    following = iter(spoken)
    return bool(weighty) and all(
        any(_alike(word, each) for each in following) for word in weighty
    )


def _alike(one: str, two: str) -> bool:
    """Tell "call" and "called", "dish" and "dishes" from other words."""
    short, long = sorted((one, two), key=len)
    return short == long or (len(short) >= _SHORTEST and long.startswith(short))


def _is_of_the_last(said: Said) -> bool:
    """Tell whether what was told last may be meant without a name: "took care of it"."""
    return _POINTS.search(said.folded) is not None or _CLOSES.issuperset(words_of(said.text))
