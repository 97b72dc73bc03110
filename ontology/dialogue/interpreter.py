"""The reading of utterances: sure patterns in a fixed order, then a classifier.

The patterns need no model and no network, and understand less than they could rather than
guess. Where none fits, or one that only looked at a verb, a classifier is asked, if there is
one; the slots are found by the same rules either way. Without it, what fits no pattern is
``unknown``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
from ontology.dialogue.naming import weighed_by_name
from ontology.dialogue.open_readings import is_open
from ontology.dialogue.phrases import read_choice, read_phrase
from ontology.dialogue.ports import IntentClassifier
from ontology.dialogue.read_changes import read_changing, read_moved, read_renaming
from ontology.dialogue.read_closing import read_cancelling, read_completing, read_why
from ontology.dialogue.read_creation import read_creation, read_unasked
from ontology.dialogue.read_frames import PERHAPS, perhaps_a_reminder, read_framed
from ontology.dialogue.read_reasons import read_behind_reason
from ontology.dialogue.read_snoozing import read_bare_snooze, read_snoozing
from ontology.dialogue.read_zone import read_zone
from ontology.dialogue.said import Said
from ontology.dialogue.settings.read_settings import read_settings
from ontology.dialogue.shared_requests import Read
from ontology.dialogue.split_requests import split_requests
from ontology.errors import UnknownZone
from ontology.time.concepts import zone_named

_READERS: Final[tuple[Read, ...]] = (
    read_choice,
    read_phrase,
    read_zone,
    read_settings,
    read_framed,
    read_bare_snooze,
    read_snoozing,
    read_cancelling,
    read_renaming,
    read_creation,
    read_behind_reason,
    read_changing,
    read_why,
    read_completing,
    read_moved,
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

OF_WHAT_IS_KEPT: Final = frozenset({*OF_REMINDERS, Intent.SNOOZE}) - {Intent.CREATE_REMINDER}
"""Intents that mean a reminder which is there."""

MOST_RANKED: Final = 4
"""Intents of the classifier that are worth having their slots filled."""

_Ranked = Sequence[RankedIntent]


class PlainInterpreter:
    """Implements :class:`ontology.dialogue.ports.BatchInterpreter` with rules.

    What no rule reads is asked of a classifier, where there is one.
    """

    def __init__(self, classifier: IntentClassifier | None = None) -> None:
        self._classifier = classifier

    def interpret(self, text: str, context: Context) -> tuple[Segment, ...]:
        """Return the requests of ``text``; ``unknown`` where nothing fits."""
        return self.interpret_all([(text, context)])[0]

    def interpret_all(
        self, requests: Sequence[tuple[str, Context]]
    ) -> list[tuple[Segment, ...]]:
        """Return the requests of each text; the classifier is asked once for all of them."""
        texts = [_parts(text, in_a_known_zone(context)) for text, context in requests]
        unsure = [part for parts in texts for part in parts if part.is_unsure]
        ranked = dict(zip(unsure, self._ranked([part.text for part in unsure]), strict=True))
        return [
            tuple(part.as_segment(ranked.get(part, ())) for part in parts) for parts in texts
        ]

    def prepare(self) -> None:
        """Have the classifier ready."""
        if self._classifier is not None:
            self._classifier.prepare()

    def _ranked(self, texts: Sequence[str]) -> Sequence[_Ranked]:
        if self._classifier is None or not texts:
            return [()] * len(texts)
        return [ranked[:MOST_RANKED] for ranked in self._classifier.classify(texts)]


@dataclass(frozen=True, eq=False)
class _Part:
    """One of the requests of a text, as far as rules read it.

    ``surely`` is what the first rule that fits makes of it; where none fits, ``unasked`` is the
    reminder that it would be although nothing asks for one.
    """

    text: str
    said: Said
    surely: Interpretation | None
    unasked: Interpretation | None

    @classmethod
    def of(cls, text: str, context: Context) -> _Part:
        """Read by rules alone."""
        said = Said.of(text, context)
        surely = _surely(said)
        return cls(text, said, surely, read_unasked(said) if surely is None else None)

    @property
    def is_unsure(self) -> bool:
        """Whether the opinion of a classifier matters."""
        if self.surely is not None:
            return is_open(self.surely, self.said)
        return bool(self.said.text) and not self._is_but_a_time

    def as_segment(self, ranked: _Ranked) -> Segment:
        """Return it with its readings, after a classifier that was asked."""
        readings = weighed_by_name(self._readings(ranked), self.said)
        return Segment(text=self.text, readings=readings)

    def _readings(self, ranked: _Ranked) -> tuple[Interpretation, ...]:
        """Return the readings, likeliest first."""
        if self.surely is not None:
            overruled = self._overruled(self.surely, ranked)
            return overruled or (self.surely, *_rivals(self.surely, self.said))
        if self.unasked is None:
            return self._sensed(ranked) or (UNKNOWN,)
        if self._is_but_a_time:
            return (self.unasked,)
        return self._reminding(self.unasked, ranked)

    @property
    def _is_but_a_time(self) -> bool:
        return self.unasked is not None and not self.unasked.text

    def _overruled(
        self, reading: Interpretation, ranked: _Ranked
    ) -> tuple[Interpretation, ...] | None:
        """Return what the classifier is surer of than a rule that only looked at a verb."""
        top = next(iter(ranked), None)
        if top is None or top.intent in (reading.intent, Intent.UNKNOWN):
            return None
        if top.intent is Intent.OUT_OF_SCOPE and reading.intent in OF_REMINDERS:
            return None
        if top.probability < OVERRULES:
            return None
        sensed = filled_in(self.said, *top)
        if sensed.intent in OF_WHAT_IS_KEPT and reading.target and sensed.target is None:
            # What was named is not forgotten: "push the gym back by 15 min" is no snooze of it.
            return None
        if reading.intent is Intent.UNKNOWN and sensed.intent is Intent.CREATE_REMINDER:
            return (doubted(sensed, self.said),)
        perhaps = reading.model_copy(update={"confidence": PERHAPS})
        return doubted(sensed, self.said), perhaps

    def _sensed(self, ranked: _Ranked) -> tuple[Interpretation, ...]:
        return tuple(doubted(filled_in(self.said, *each), self.said) for each in ranked)

    def _reminding(
        self, unasked: Interpretation, ranked: _Ranked
    ) -> tuple[Interpretation, ...]:
        """Return the readings of a task with its time that nothing asked to be reminded of."""
        if _leaves_a_reminder(unasked, ranked):
            sensed = _as_sensed(unasked, ranked, self.said)
            return (sensed, *_otherwise(sensed, self.said, read_unasked))
        readings = self._sensed(ranked)
        if _may_be_a_reminder(unasked, readings[0]):
            perhaps = {"confidence": min(PERHAPS, readings[0].confidence)}
            return readings[0].model_copy(update=perhaps), unasked
        return readings


def _parts(text: str, context: Context) -> list[_Part]:
    return [_Part.of(part, context) for part in split_requests(text, context, _surely)]


def _leaves_a_reminder(unasked: Interpretation, ranked: _Ranked) -> bool:
    """Tell whether nothing better is known than a task with its time."""
    if not ranked or ranked[0].intent in _LEAVES_A_REMINDER:
        return True
    return ranked[0].probability < ACT and not is_of_what_is_there(unasked.text)


def _may_be_a_reminder(unasked: Interpretation, best: Interpretation) -> bool:
    """Tell whether a task of its own speaks against changing what is there."""
    changes = best.intent in (Intent.SNOOZE, Intent.DONE, Intent.CHANGE_REMINDER)
    return changes and best.target is None and not is_of_what_is_there(unasked.text)


def _as_sensed(unasked: Interpretation, ranked: _Ranked, said: Said) -> Interpretation:
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
