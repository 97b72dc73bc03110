"""A schedule with another wall time."""

from __future__ import annotations

from datetime import datetime, time
from typing import Final

from ontology.time.clock_words import picked_by_place
from ontology.time.concepts import Schedule
from ontology.time.rule import parse_rule

_TIMES: Final = ("BYHOUR=", "BYMINUTE=", "BYSECOND=")


def with_time_of_day(schedule: Schedule, at: time) -> Schedule:
    """Return the schedule on the same days at ``at``, and at no other time of the day.

    Raises :class:`ontology.errors.HostileRule` for a rule that would not be kept.
    """
    start = datetime.combine(schedule.start.date(), at.replace(tzinfo=None))
    rule = schedule.rule
    if rule is not None and not parse_rule(rule).sub_daily:
        rule = ";".join(_with_one_time(rule, schedule.start))
    return schedule.model_copy(update={"start": start, "fold": 0, "rule": rule})


def _with_one_time(rule: str, start: datetime) -> list[str]:
    """Return the pieces of a rule without its times, and BYSETPOS as a choice of days only."""
    pieces = [piece for piece in rule.split(";") if not piece.upper().startswith(_TIMES)]
    picked = picked_by_place(parse_rule(rule), start)
    if picked is None:
        return pieces
    pieces = [piece for piece in pieces if not piece.upper().startswith("BYSETPOS=")]
    places, _ = picked
    return [*pieces, f"BYSETPOS={','.join(map(str, places))}"] if places else pieces
