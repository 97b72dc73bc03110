"""When a reminder comes that was put off by a length of time: "push the gym back by 15 min"."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import Final

from ontology.dialogue.concepts import Interpretation, Problem
from ontology.reminders.concepts import Reminder
from ontology.time.concepts import Schedule, zone_named
from ontology.time.rule import parse_rule

_DAY: Final = timedelta(days=1)


def as_put_off(reading: Interpretation, kept: Reminder, later: timedelta) -> Interpretation:
    """Return the change to the time that is so much later, or earlier, than that of ``kept``.

    Whole days are counted by the clock on the wall. What repeats keeps its days: only its hour
    is put off, and where that leads to another day, a time is lacking.
    """
    schedule = kept.schedule
    meant = reading.model_copy(update={"later": None, "target_id": str(kept.id)})
    lacking = meant.model_copy(update={"problem": Problem.NO_TIME})
    if kept.next_due is None:
        return lacking
    due = kept.next_due.astimezone(zone_named(schedule.zone))
    # Added to a local time, days are those of the calendar; what is shorter is elapsed.
    at = due + later if later % _DAY == timedelta(0) else due.astimezone(UTC) + later
    new = Schedule.once(at, schedule.zone)
    if schedule.rule is None:
        return meant.model_copy(update={"schedule": new, "given": frozenset({"date", "time"})})
    if new.start.date() != due.date() or _is_several_times_a_day(schedule.rule):
        return lacking
    return meant.model_copy(update={"schedule": new, "given": frozenset({"time"})})


def _is_several_times_a_day(rule: str) -> bool:
    return parse_rule(rule).sub_daily or "BYHOUR" in rule or "BYMINUTE" in rule
