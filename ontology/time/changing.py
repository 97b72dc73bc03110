"""A schedule with another wall time."""

from __future__ import annotations

from datetime import datetime, time
from typing import Final

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
        kept = [piece for piece in rule.split(";") if not piece.upper().startswith(_TIMES)]
        if len(kept) < rule.count(";") + 1 and parse_rule(rule).freq == "DAILY":
            # Of a single time a day there is nothing left to pick.
            kept = [piece for piece in kept if not piece.upper().startswith("BYSETPOS=")]
        rule = ";".join(kept)
    return schedule.model_copy(update={"start": start, "fold": 0, "rule": rule})
