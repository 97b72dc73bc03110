"""What may be kept as a reminder, when it first falls due, and how a change is read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Final
from unicodedata import category

from ontology.acl import Refused
from ontology.errors import HostileRule
from ontology.reminders.acts import EmptyText, InThePast, NeverFires, TextTooLong
from ontology.reminders.concepts import LONGEST_TEXT, Occurrence
from ontology.time.changing import with_time_of_day
from ontology.time.concepts import Given, Schedule
from ontology.time.recurrence import check_schedule, next_after
from ontology.time.rule import parse_rule

JUST_NOW = timedelta(seconds=2)
"""How far before the saying a time may lie and still mean now."""

_UNSEEN: Final = "CMZ"
"""Unicode's categories of what shows nothing by itself: controls, formats, marks, spaces."""

SAME_MOMENT = timedelta(seconds=60)
"""Of occurrences due or told this close together, "it" may be either."""


def checked_text(text: str) -> str:
    """Return the text as it is kept. Raises Refused: nothing to be seen, or too long."""
    kept = " ".join(text.split())
    if all(category(character)[0] in _UNSEEN for character in kept):
        raise Refused(EmptyText())
    if len(kept) > LONGEST_TEXT:
        raise Refused(TextTooLong(length=len(kept), limit=LONGEST_TEXT))
    return kept


def first_due(schedule: Schedule, said_at: datetime) -> datetime:
    """Return when a schedule said at ``said_at`` first fires (UTC).

    Raises Refused: in the past, or a rule that never fires or is not one we keep.
    """
    if schedule.rule is None:
        if schedule.first < said_at - JUST_NOW:
            raise Refused(InThePast(at=schedule.first))
        return schedule.first
    try:
        check_schedule(schedule)
    except HostileRule as error:
        raise Refused(NeverFires(complaint=str(error))) from error
    due = next_after(schedule, said_at)
    if due is None:
        raise Refused(NeverFires(complaint="it has no occurrence ahead"))
    return due


def changed_schedule(
    old: Schedule, new: Schedule, given: frozenset[Given], *, bare_hour: bool = False
) -> Schedule:
    """Return what "move it to …" means: what was not said stays as it was.

    A time of day alone keeps the date and the rule, unless that fires many times a day; a rule
    alone keeps the time of day; a date alone keeps the time of day and ends the repetition. A
    ``bare_hour`` is the one nearer to the old.
    """
    if "rule" in given:
        return new if "time" in given else with_time_of_day(new, old.start.time())
    if given == {"time"} and old.rule is not None and parse_rule(old.rule).sub_daily:
        return new
    if given == {"time"}:
        at = _nearer(old.start.time(), new.start.time()) if bare_hour else new.start.time()
        return with_time_of_day(old, at).model_copy(update={"zone": new.zone})
    if given == {"date"}:
        return new.model_copy(
            update={"start": datetime.combine(new.start.date(), old.start.time()), "fold": 0}
        )
    return new


def _nearer(old: time, said: time) -> time:
    """Return ``said`` or the same twelve hours away, whichever is nearer to ``old``."""
    other = said.replace(hour=(said.hour + 12) % 24)

    def distance(at: time) -> int:
        return abs((at.hour * 60 + at.minute) - (old.hour * 60 + old.minute))

    return min(said, other, key=distance)


def which_it_is(fired: Sequence[Occurrence]) -> Sequence[Occurrence]:
    """Return what a bare "done" can mean, of what was told and is open, the latest told first.

    That is the one told last. If another came with it, or it is not sure yet which was told
    last, all of them can be meant: it is better to ask than to close what nobody has read.
    """
    return fired if any(_came_with(fired[0], other) for other in fired[1:]) else fired[:1]


def _came_with(latest: Occurrence, other: Occurrence) -> bool:
    if latest.told_at is None or other.told_at is None:
        return True
    apart = min(abs(latest.due_at - other.due_at), abs(latest.told_at - other.told_at))
    return apart <= SAME_MOMENT
