"""Reads what is said on Friday 20 November 2026 at noon, in Madrid."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from ontology.dialogue.concepts import (
    Context,
    Intent,
    Interpretation,
    OpenQuestion,
    Option,
    Segment,
)
from ontology.dialogue.interpreter import PlainInterpreter

MADRID = "Europe/Madrid"
NOW = datetime(2026, 11, 20, 12, 0, 30, tzinfo=ZoneInfo(MADRID))
INTERPRETER = PlainInterpreter()


def segments(said: str, question: OpenQuestion | None = None) -> tuple[Segment, ...]:
    """Return what was asked for."""
    return INTERPRETER.interpret(said, Context(now=NOW, zone=MADRID, question=question))


def read(said: str, question: OpenQuestion | None = None) -> Interpretation:
    """Return the likeliest reading of something that asks for one thing."""
    (segment,) = segments(said, question)
    return segment.likeliest


def when(reading: Interpretation) -> str | None:
    """Return the local start to the minute, with the rule."""
    if reading.schedule is None:
        return None
    rule = f" {reading.schedule.rule}" if reading.schedule.rule else ""
    return f"{reading.schedule.start:%m-%d %H:%M}{rule}"


def asked(options: int) -> OpenQuestion | None:
    """Return an open question with so many numbered choices, None if there are none."""
    nothing = Option(label="", then=Interpretation(intent=Intent.NEVER_MIND))
    return OpenQuestion(options=(nothing,) * options) if options else None
