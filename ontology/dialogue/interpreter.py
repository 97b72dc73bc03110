"""The reading of utterances: sure patterns in a fixed order, then a classifier.

The patterns need no model and no network, and understand less than they could rather than
guess. Where none fits, or one that only looked at a verb, a classifier is asked, if there is
one; the slots are found by the same rules either way. Without it, what fits no pattern is
``unknown``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ontology.dialogue.ambiguous_times import worth_asking
from ontology.dialogue.concepts import (
    UNKNOWN,
    Context,
    Intent,
    Interpretation,
    RankedIntent,
    Segment,
)
from ontology.dialogue.deciding import ACT
from ontology.dialogue.doubts import doubted, is_of_what_is_there
from ontology.dialogue.fill_slots import filled_in
from ontology.dialogue.open_readings import is_open
from ontology.dialogue.phrases import read_choice, read_phrase
from ontology.dialogue.ports import IntentClassifier
from ontology.dialogue.read_changes import read_changing, read_renaming
from ontology.dialogue.read_closing import read_cancelling, read_completing, read_why
from ontology.dialogue.read_creation import read_creation, read_unasked
from ontology.dialogue.read_frames import PERHAPS, perhaps_a_reminder, read_framed
from ontology.dialogue.read_snoozing import read_bare_snooze, read_snoozing
from ontology.dialogue.read_zone import read_zone
from ontology.dialogue.said import Said
from ontology.dialogue.shared_requests import Read
from ontology.dialogue.split_requests import split_requests
from ontology.errors import UnknownZone
from ontology.time.concepts import zone_named

_READERS: Final[tuple[Read, ...]] = (
    read_choice,
    read_phrase,
    read_zone,
    read_framed,
    read_bare_snooze,
    read_snoozing,
    read_cancelling,
    read_renaming,
    read_creation,
    read_changing,
    read_why,
    read_completing,
)
_LEAVES_A_REMINDER: Final = frozenset(
    {
        Intent.CREATE_REMINDER,
        Intent.ADD_EVENT,
        Intent.ADD_TASK,
        Intent.OUT_OF_SCOPE,
        Intent.UNKNOWN,
    }
)
"""Intents of the classifier beside which a task with a time is still taken for a reminder."""

OVERRULES: Final = 0.65
"""Probability from which the classifier is believed rather than an open rule."""

OF_REMINDERS: Final = frozenset(
    {Intent.CREATE_REMINDER, Intent.CHANGE_REMINDER, Intent.CANCEL_REMINDER, Intent.DONE}
)
"""What a verb in so many words asked for is not out of scope, however odd its object sounds."""

MOST_RANKED: Final = 4
"""Intents of the classifier that are worth having their slots filled."""


class PlainInterpreter:
    """Implements :class:`ontology.dialogue.ports.Interpreter` with rules.

    What no rule reads is asked of a classifier, where there is one.
    """

    def __init__(self, classifier: IntentClassifier | None = None) -> None:
        self._classifier = classifier

    def interpret(self, text: str, context: Context) -> tuple[Segment, ...]:
        """Return the requests of ``text``; ``unknown`` where nothing fits."""
        context = in_a_known_zone(context)
        return tuple(
            Segment(text=part, readings=self._readings(Said.of(part, context), part))
            for part in split_requests(text, context, _surely)
        )

    def prepare(self) -> None:
        """Have the classifier ready."""
        if self._classifier is not None:
            self._classifier.prepare()

    def _readings(self, said: Said, part: str) -> tuple[Interpretation, ...]:
        reading = _surely(said)
        if reading is None:
            return self._sensed(said, part)
        if is_open(reading, said):
            overruled = self._overruled(reading, said, part)
            if overruled is not None:
                return overruled
        return (reading, *_rivals(reading, said))

    def _overruled(
        self, reading: Interpretation, said: Said, part: str
    ) -> tuple[Interpretation, ...] | None:
        """Return what the classifier is surer of than a rule that only looked at a verb."""
        top = next(iter(self._ranked(part)), None)
        if top is None or top.intent in (reading.intent, Intent.UNKNOWN):
            return None
        if top.intent is Intent.OUT_OF_SCOPE and reading.intent in OF_REMINDERS:
            return None
        if top.probability < OVERRULES:
            return None
        perhaps = reading.model_copy(update={"confidence": PERHAPS})
        return doubted(filled_in(said, *top), said), perhaps

    def _sensed(self, said: Said, part: str) -> tuple[Interpretation, ...]:
        unasked = read_unasked(said)
        if unasked is not None and not unasked.text:
            return (unasked,)
        ranked = self._ranked(part) if said.text else ()
        if unasked is not None and _leaves_a_reminder(unasked, ranked):
            sensed = _as_sensed(unasked, ranked, said)
            return (sensed, *_otherwise(sensed, said, read_unasked))
        readings = tuple(doubted(filled_in(said, *each), said) for each in ranked)
        if unasked is not None and _may_be_a_reminder(unasked, readings[0]):
            perhaps = {"confidence": min(PERHAPS, readings[0].confidence)}
            return readings[0].model_copy(update=perhaps), unasked
        return readings or (UNKNOWN,)

    def _ranked(self, part: str) -> tuple[RankedIntent, ...]:
        return () if self._classifier is None else self._classifier.classify(part)[:MOST_RANKED]


def _leaves_a_reminder(unasked: Interpretation, ranked: Sequence[RankedIntent]) -> bool:
    """Tell whether nothing better is known than a task with its time."""
    if not ranked or ranked[0].intent in _LEAVES_A_REMINDER:
        return True
    return ranked[0].probability < ACT and not is_of_what_is_there(unasked.text)


def _may_be_a_reminder(unasked: Interpretation, best: Interpretation) -> bool:
    """Tell whether a task of its own speaks against changing what is there."""
    changes = best.intent in (Intent.SNOOZE, Intent.DONE, Intent.CHANGE_REMINDER)
    return changes and best.target is None and not is_of_what_is_there(unasked.text)


def _as_sensed(
    unasked: Interpretation, ranked: Sequence[RankedIntent], said: Said
) -> Interpretation:
    """Return a reminder that nothing asked for as the classifier has it, if it has it so."""
    if not ranked or ranked[0].intent is not Intent.CREATE_REMINDER:
        return unasked
    sensed = filled_in(said, *ranked[0])
    if sensed.problem is not None:
        return unasked
    surer = max(sensed.confidence, unasked.confidence)
    return sensed.model_copy(update={"confidence": surer})


def _rivals(reading: Interpretation, said: Said) -> Iterator[Interpretation]:
    """Yield what else is meant perhaps, of which a person may have to be asked."""
    perhaps = perhaps_a_reminder(reading, said)
    if perhaps is not None:
        yield perhaps
    if reading.intent is Intent.CANCEL_REMINDER and reading.confidence < 1:
        unasked = read_unasked(said)
        if unasked is not None:
            yield unasked
    yield from _otherwise(reading, said, _surely)


def _otherwise(reading: Interpretation, said: Said, read: Read) -> Iterator[Interpretation]:
    """Yield the same at other times that it may be meant for, where that matters."""
    for otherwise in said.meant_otherwise():
        other = read(otherwise)
        asked = other and worth_asking(reading, other, said.context)
        if asked:
            yield asked.model_copy(update={"text": reading.text})


def _surely(said: Said) -> Interpretation | None:
    """Return what the first rule that fits makes of it."""
    return next((meant for read in _READERS if (meant := read(said)) is not None), None)


def in_a_known_zone(context: Context) -> Context:
    """Return a context in which times can be read: in UTC, if its zone is one no longer."""
    try:
        zone_named(context.zone)
    except UnknownZone:
        return context.model_copy(update={"zone": "UTC"})
    return context
