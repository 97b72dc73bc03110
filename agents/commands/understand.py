"""``steward understand``: how a text is read, without anything being done."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from typing import Any

from config.settings import Settings
from ontology.dialogue.concepts import Context
from ontology.dialogue.ports import Interpreter
from ontology.errors import SettingsError, UnknownZone
from ontology.time.concepts import zone_named


def understand(text: str | None, *, at: str | None, tz: str | None, jsonl: bool) -> int:
    """Print one JSON line for a text, or one for each line of standard input.

    Raises SettingsError for a time or zone that is none. A line that cannot be read is
    answered with ``{"error": …}`` in its place.
    """
    from ontology.dialogue.interpreter import PlainInterpreter

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
    now = datetime.fromisoformat(at) if at else datetime.now(UTC)
    if now.tzinfo is None:
        now = now.replace(tzinfo=zone)
    reading = interpreter.interpret(text, Context(now=now, zone=tz))[0].likeliest
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
        asked = json.loads(line)
        at, tz = asked.get("reference_time"), asked.get("tz") or home_zone
        return read(interpreter, str(asked["text"]), at, tz)
    except KeyError as error:
        return {"error": f"the line has no {error}"}
    except (ValueError, TypeError, AttributeError, RecursionError, UnknownZone) as error:
        return {"error": f"the line cannot be read: {error}"[:200]}


def _print(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    sys.stdout.flush()
