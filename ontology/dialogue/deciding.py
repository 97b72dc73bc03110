"""What to make of the readings of a segment: act, ask back, or admit that nothing was read.

Nothing is done below the line, and nothing is deleted on less than certainty. Two readings of
nearly the same weight are not weighed: the person is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from ontology.dialogue.concepts import UNKNOWN, Intent, Interpretation
from ontology.dialogue.not_yet import NOT_YET

ACT: Final = 0.5
"""Confidence from which a reading is carried out."""

CERTAIN: Final = 0.9
"""Confidence from which a reading is carried out that deletes."""

CLOSE: Final = 0.75
"""Share of the first reading's confidence from which another one is its rival."""

NAMED: Final = 0.15
"""Confidence from which a reading is worth being named in a question."""

MOST_NAMED: Final = 3

DELETING: Final = frozenset({Intent.CANCEL_REMINDER, Intent.CANCEL_EVENT, Intent.FORGET})

NEVER_NAMED: Final = frozenset(
    {
        *(Intent.UNKNOWN, Intent.OUT_OF_SCOPE, Intent.CHOOSE),
        *(Intent.SMALL_TALK, Intent.GREETING, Intent.THANKS),
    }
)
"""What a person who is asked what they meant says by "none of these"."""


class Verdict(Enum):
    """What is to be done with readings."""

    ACT = auto()
    """Carry out the first."""
    CONFIRM = auto()
    """Ask whether the first, which deletes, is meant."""
    WHICH_TIME = auto()
    """Ask which one is meant: they differ in their time."""
    IS_THAT_ALL = auto()
    """Ask whether the first is all that is meant: it leaves out a time that was said."""
    WHICH_INTENT = auto()
    """Ask which one is meant: they differ in what is wanted."""
    NOT_UNDERSTOOD = auto()
    """Say so."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict, and the readings it speaks of, likeliest first."""

    verdict: Verdict
    readings: tuple[Interpretation, ...]


def decide(readings: Sequence[Interpretation]) -> Decision:
    """Return what to make of readings, likeliest first.

    What no agent can do yet steps back behind what one can, above the line.
    """
    best, *others = sorted(readings, key=_steps_back)
    if best.intent is Intent.UNKNOWN:
        return Decision(Verdict.NOT_UNDERSTOOD, (UNKNOWN,))
    if best.confidence < ACT:
        return _unsure((best, *others))
    if best.left_over and best.problem is None:
        return Decision(Verdict.IS_THAT_ALL, (best,))
    rivals = [each for each in others if _is_rival(each, best)]
    named = tuple(each for each in (best, *rivals) if each.intent not in NEVER_NAMED)
    if rivals and named:
        same = all(each.intent is best.intent for each in rivals)
        verdict = Verdict.WHICH_TIME if same else Verdict.WHICH_INTENT
        return Decision(verdict, named[:MOST_NAMED])
    sure = best.confidence >= CERTAIN or best.intent not in DELETING
    return Decision(Verdict.ACT if sure else Verdict.CONFIRM, (best, *others))


def _unsure(readings: Sequence[Interpretation]) -> Decision:
    named = tuple(each for each in readings if _is_worth_naming(each))[:MOST_NAMED]
    if not named:
        return Decision(Verdict.NOT_UNDERSTOOD, (UNKNOWN,))
    return Decision(Verdict.WHICH_INTENT, named)


def _is_worth_naming(reading: Interpretation) -> bool:
    return reading.confidence >= NAMED and reading.intent not in NEVER_NAMED


def _is_rival(reading: Interpretation, best: Interpretation) -> bool:
    near = reading.confidence >= CLOSE * best.confidence
    return near and (reading.intent in NOT_YET) == (best.intent in NOT_YET)


def _steps_back(reading: Interpretation) -> tuple[bool, float]:
    can_be_done = reading.intent not in NOT_YET and reading.confidence >= ACT
    return not can_be_done, -reading.confidence
