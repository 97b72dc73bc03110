"""The plain reading of utterances: sure patterns in a fixed order, the first that fits.

It needs no model and no network, answers in well under a millisecond, and understands less
than it could rather than guess: what fits no pattern is ``unknown``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ontology.dialogue.concepts import UNKNOWN, Context, Interpretation, Segment
from ontology.dialogue.phrases import read_choice, read_phrase
from ontology.dialogue.read_changes import read_changing, read_renaming
from ontology.dialogue.read_closing import read_cancelling, read_completing, read_why
from ontology.dialogue.read_creation import read_creation, read_unasked
from ontology.dialogue.read_frames import perhaps_a_reminder, read_framed
from ontology.dialogue.read_snoozing import read_bare_snooze, read_snoozing
from ontology.dialogue.read_zone import read_zone
from ontology.dialogue.said import Said
from ontology.dialogue.split_requests import split_requests
from ontology.errors import UnknownZone
from ontology.time.concepts import zone_named

_READERS: Final[tuple[Callable[[Said], Interpretation | None], ...]] = (
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
    read_unasked,
)


class PlainInterpreter:
    """Implements :class:`ontology.dialogue.ports.Interpreter` with rules alone."""

    def interpret(self, text: str, context: Context) -> tuple[Segment, ...]:
        """Return the requests of ``text``; ``unknown`` where no rule fits."""
        context = _in_a_known_zone(context)
        return tuple(
            Segment(text=part, readings=_readings(part, context))
            for part in split_requests(text, context, _surely)
        )


def _readings(text: str, context: Context) -> tuple[Interpretation, ...]:
    reading = _surely(Said.of(text, context))
    if reading is None:
        return (UNKNOWN,)
    perhaps = perhaps_a_reminder(reading)
    return (reading,) if perhaps is None else (reading, perhaps)


def _surely(said: Said) -> Interpretation | None:
    """Return what the first rule that fits makes of it."""
    return next((meant for read in _READERS if (meant := read(said)) is not None), None)


def _in_a_known_zone(context: Context) -> Context:
    try:
        zone_named(context.zone)
    except UnknownZone:
        return context.model_copy(update={"zone": "UTC"})
    return context
