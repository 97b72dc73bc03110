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
from ontology.dialogue.doubts import ALL, LEAST, speaks_against
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
}
"""What is wanted of a reminder by those who want this of a calendar or a list."""

_POINTS: Final = re.compile(r"\b(?:it|that|this|them|those|these|one|ones|all)\b")
_PAST: Final = re.compile(
    r"\b(?:\w+ed|already|just|did|done|took|taken|made|bought|paid|sent|had|got|went|been|gave"
    r"|wrote|written|ran|swam|fed|ate|drank|put|was|were|came|brought|rang|spoke|met|left|saw"
    r"|told|found|kept|built|cut|hung|swept|shut|locked|drove|rode|flew|threw|thrown)\b"
)
"""What has been, in the words that English has for it; irregular verbs of the household."""

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

    What would be cancelled is asked about with its name in any case.
    """
    decision = decide(readings)
    best = decision.readings[0]
    if decision.verdict is Verdict.CONFIRM:
        return False
    weighed = decision.readings
    if best.intent in NEVER_NAMED:
        weighed = tuple(readings)
    elif decision.verdict is Verdict.ACT:
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
    return reading.model_copy(update={"intent": twin}) if twin and named else reading


def _hangs_on_a_name(reading: Interpretation) -> bool:
    """Tell a guess from what was said for sure, or of a number."""
    unsure = reading.intent in (_BY_NAME | _TWINS.keys()) and reading.confidence < 1
    return unsure and not (reading.target or "").isdigit()


def _weighed(
    reading: Interpretation, said: Said, kept: Sequence[str], *, otherwise: bool
) -> Interpretation:
    name = _name_in(reading, said, kept)
    news = reading.intent is not Intent.DONE or _PAST.search(said.folded) is not None
    if name is not None and news and not otherwise and not speaks_against(reading, said):
        enough = CONFIRMED if reading.intent in DELETING else CERTAIN
        likely = reading.confidence >= LIKELY
        confidence = max(reading.confidence, enough) if likely else reading.confidence
        return reading.model_copy(update={"target": name, "confidence": confidence})
    told = (
        reading.target is None and reading.intent is Intent.DONE and not _is_of_the_last(said)
    )
    missing = reading.target is not None and (otherwise or reading.intent is Intent.DONE)
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
