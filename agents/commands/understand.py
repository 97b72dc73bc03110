"""``steward understand``: how a text is read, without anything being done."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from agents.second_process import SecondProcess
from agents.streams import lines_ready, speak_utf8
from config.logging import configure
from config.settings import Settings
from ontology.dialogue.concepts import Context, Interpretation, Segment
from ontology.dialogue.ports import BatchInterpreter
from ontology.errors import SettingsError, UnknownZone
from ontology.time.concepts import zone_named

FIRST_YEAR, LAST_YEAR = 1900, 2999
"""Between them every calendar that is reckoned with ends and begins far away."""

TOGETHER: Final = 128
"""Lines that are read together at most: more are hardly quicker, and the first one waits."""

_SHOWN = 200
_UNREADABLE = (ValueError, OverflowError, UnknownZone)

Line = tuple[int, str]
"""A line and its number, from 1."""
Answer = dict[str, Any]


def understand(text: str | None, *, at: str | None, tz: str | None, jsonl: bool) -> int:
    """Print one JSON line for a text, or one for each line of standard input.

    Raises SettingsError for a time or zone that is none. A line that cannot be read is
    answered with ``{"error": …, "line": …}`` in its place. Lines that are there are read
    together, and none of them waits for those that are still to come.
    """
    from agents.platform import interpreter

    speak_utf8()
    settings = Settings.read()
    configure(settings.log_level)
    reader = _Reader(interpreter(), tz or settings.timezone)
    if jsonl:
        _answer_lines(reader)
        return 0
    if text is None:
        raise SettingsError("understand needs a text, or --jsonl and lines on standard input")
    try:
        _print(reader.read([Asked(text, at, tz)]))
    except _UNREADABLE as error:
        raise SettingsError(f"understand: {error}") from error
    return 0


def _answer_lines(reader: _Reader) -> None:
    """Print an answer to each line of standard input, on two cores if there are many."""
    second = SecondProcess(reader.answers)
    numbers = count(1)
    for lines in lines_ready():
        numbered = [(next(numbers), line.decode("utf-8", "replace")) for line in lines]
        batches = _batches([each for each in numbered if each[1].strip()])
        if len(batches) > 1:
            # Learnt before it is copied, or both would learn.
            reader.interpreter.prepare()
        for answers in second.share(batches):
            _print(answers)


def _batches(lines: list[Line]) -> list[list[Line]]:
    """Cut many lines into batches of one size, as many for each of two processes."""
    count = 2 * math.ceil(len(lines) / TOGETHER / 2) if len(lines) > TOGETHER else 1
    size = math.ceil(len(lines) / count) or 1
    return [lines[at : at + size] for at in range(0, len(lines), size)]


class Asked(NamedTuple):
    """A text, and when and where it is said."""

    text: str
    at: str | None
    tz: str | None


@dataclass(frozen=True)
class _Reader:
    """Reads texts, said in the home's zone where no other one is given."""

    interpreter: BatchInterpreter
    home_zone: str

    def answers(self, lines: Sequence[Line]) -> list[Answer]:
        """Return the answers to numbered lines, in their order."""
        try:
            return self.read([_asked(line) for _, line in lines])
        except _UNREADABLE as error:
            if len(lines) == 1:
                complaint = f"the line cannot be read: {error}"[:_SHOWN]
                return [{"error": complaint, "line": lines[0][0]}]
        half = len(lines) // 2
        return self.answers(lines[:half]) + self.answers(lines[half:])

    def read(self, asked: Sequence[Asked]) -> list[Answer]:
        """Return the likeliest reading of each text, ready for JSON.

        ``alternatives`` are the others of it, ``also`` what else was asked for.
        Raises ValueError for a time that is not ISO 8601, OverflowError and UnknownZone.
        """
        requests = [(each.text, self._context(each)) for each in asked]
        heard = self.interpreter.interpret_all(requests)
        return [
            _answer(segments, context)
            for segments, (_, context) in zip(heard, requests, strict=True)
        ]

    def _context(self, asked: Asked) -> Context:
        zone = zone_named(asked.tz or self.home_zone)
        now = _instant(asked.at, zone) if asked.at else datetime.now(UTC)
        return Context(now=now, zone=zone.key)


def _answer(segments: tuple[Segment, ...], context: Context) -> Answer:
    zone = zone_named(context.zone)
    first, *others = segments
    answer = _segment(first, context, zone)
    if others:
        answer["also"] = [
            {"said": each.text, **_segment(each, context, zone)} for each in others
        ]
    return answer


def _segment(segment: Segment, context: Context, zone: ZoneInfo) -> Answer:
    best, *rest = segment.readings
    answer = _reading(best, zone)
    if answer["start"] is None and best.problem is None:
        answer |= _any_time(segment.text, context, zone)
    if rest:
        answer["alternatives"] = [_reading(each, zone) for each in rest]
    return answer


def _reading(reading: Interpretation, zone: ZoneInfo) -> Answer:
    schedule = reading.schedule
    return {
        "intent": reading.intent.value,
        "confidence": round(reading.confidence, 3),
        "start": schedule.first.astimezone(zone).isoformat() if schedule else None,
        "rrule": schedule.rule if schedule else None,
        "end": reading.end.astimezone(zone).isoformat() if reading.end else None,
        "text": reading.text,
        "target": reading.target,
        "problem": reading.problem.value if reading.problem else None,
    }


def _any_time(text: str, context: Context, zone: ZoneInfo) -> Answer:
    """Return the time that a text says although its intent does not need it."""
    from ontology.dialogue.said import Said

    said = Said.of(text, context)
    time = said.time_in(said.text)
    if time is None or time.schedule is None:
        return {}
    return {
        "start": time.schedule.first.astimezone(zone).isoformat(),
        "rrule": time.schedule.rule,
        "end": time.end.astimezone(zone).isoformat() if time.end else None,
    }


def _asked(line: str) -> Asked:
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
    return Asked(asked["text"], at, tz)


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


def _print(answers: Iterable[Answer]) -> None:
    for answer in answers:
        # Half a surrogate pair, which JSON may carry, is no character that could be written.
        said = json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace")
        sys.stdout.write(said.decode() + "\n")
    sys.stdout.flush()
