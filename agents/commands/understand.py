"""``steward understand``: how a text is read, without anything being done."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from agents.streams import speak_utf8
from config.settings import Settings
from ontology.dialogue.concepts import Context
from ontology.dialogue.ports import Interpreter
from ontology.errors import SettingsError, UnknownZone
from ontology.time.concepts import zone_named

FIRST_YEAR, LAST_YEAR = 1900, 2999
"""Between them every calendar that is reckoned with ends and begins far away."""


def understand(text: str | None, *, at: str | None, tz: str | None, jsonl: bool) -> int:
    """Print one JSON line for a text, or one for each line of standard input.

    Raises SettingsError for a time or zone that is none. A line that cannot be read is
    answered with ``{"error": …}`` in its place.
    """
    from ontology.dialogue.interpreter import PlainInterpreter

    speak_utf8()
    interpreter = PlainInterpreter()
    home_zone = tz or Settings.read().timezone
    if jsonl:
        for line in sys.stdin:
            if line.strip():
                _print(_answer_line(interpreter, line, home_zone))
        return 0
    if text is None:
        raise SettingsError("understand needs a text, or --jsonl and lines on standard input")
    try:
        _print(read(interpreter, text, at, home_zone))
    except (ValueError, UnknownZone) as error:
        raise SettingsError(f"understand: {error}") from error
    return 0


def read(interpreter: Interpreter, text: str, at: str | None, tz: str) -> dict[str, Any]:
    """Return intent, start, rule, end and text of the likeliest reading, ready for JSON.

    Raises ValueError for a time that is not ISO 8601 and UnknownZone.
    """
    zone = zone_named(tz)
    now = _instant(at, zone) if at else datetime.now(UTC)
    reading = interpreter.interpret(text, Context(now=now, zone=tz))[0]
    schedule = reading.schedule
    return {
        "intent": reading.intent.value,
        "confidence": reading.confidence,
        "start": schedule.first.astimezone(zone).isoformat() if schedule else None,
        "rrule": schedule.rule if schedule else None,
        "end": reading.end.astimezone(zone).isoformat() if reading.end else None,
        "text": reading.text,
        "target": reading.target,
        "problem": reading.problem.value if reading.problem else None,
    }


def _answer_line(interpreter: Interpreter, line: str, home_zone: str) -> dict[str, Any]:
    try:
        text, at, tz = _asked(line)
        return read(interpreter, text, at, tz or home_zone)
    except (ValueError, UnknownZone) as error:
        return {"error": f"the line cannot be read: {error}"[:200]}


def _asked(line: str) -> tuple[str, str | None, str | None]:
    """Return the text, time and zone of a line; ValueError tells what is wrong with it."""
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError):
        raise ValueError("it is not JSON") from None
    if not isinstance(asked, dict) or not isinstance(asked.get("text"), str):
        raise ValueError('it has to be an object with a text, like {"text": "in 5 minutes"}')
    at, tz = asked.get("reference_time"), asked.get("tz")
    for name, value in (("reference_time", at), ("tz", tz)):
        if not isinstance(value, str | None):
            raise ValueError(f'"{name}" has to be a text')
    return asked["text"], at, tz


def _instant(at: str, zone: ZoneInfo) -> datetime:
    try:
        instant = datetime.fromisoformat(at)
    except ValueError:
        raise ValueError(
            f"{at[:80]!r} is no time by ISO 8601, such as 2026-11-20T12:00:00+01:00"
        ) from None
    if not FIRST_YEAR <= instant.year <= LAST_YEAR:
        raise ValueError(f"{at[:80]!r} is not in the years {FIRST_YEAR} to {LAST_YEAR}")
    return instant if instant.tzinfo else instant.replace(tzinfo=zone)


def _print(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    sys.stdout.flush()
