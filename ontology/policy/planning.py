"""The plan of a matter: when it is told, by which steps, and why so.

Rules are asked in this order: what the matter is to the person (:mod:`.judging`), when it is to
be told (:mod:`.lead_times`), until when that is held back (:mod:`.holding`), by which channels
then (:mod:`.channel_order`), and what follows where nobody answers (:mod:`.escalation`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from ontology.policy.channel_order import ways
from ontology.policy.concepts import Matter, Notice, Plan
from ontology.policy.escalation import steps_by
from ontology.policy.holding import release
from ontology.policy.judging import Judgement, judge
from ontology.policy.lead_times import moments
from ontology.policy.situation import Situation


def plan(matter: Matter, situation: Situation) -> Plan:
    """Return the plan of one matter. It has at least one notice."""
    return _planned(matter, judge(matter, situation.preferences), situation)


def plan_all(
    matters: Iterable[Matter], situation: Situation
) -> tuple[tuple[Plan, ...], tuple[int, ...]]:
    """Return the plans of many matters, those that are alike once, and which is whose.

    Of a matter's words nothing counts but how they are judged, so that thousands of reminders
    due at one instant are planned once.
    """
    numbers: dict[object, int] = {}
    places: dict[Plan, int] = {}
    of: list[int] = []
    for matter in matters:
        judgement = judge(matter, situation.preferences)
        alike = (matter.kind, matter.starts_at, matter.place, judgement)
        if (number := numbers.get(alike)) is None:
            planned = _planned(matter, judgement, situation)
            number = numbers[alike] = places.setdefault(planned, len(places))
        of.append(number)
    return tuple(places), tuple(of)


def _planned(matter: Matter, judgement: Judgement, situation: Situation) -> Plan:
    notices: dict[datetime, Notice] = {}
    for wanted, why in moments(matter, situation):
        notice = _notice(wanted, why, judgement, situation)
        # Where two are held back until the same instant, one is told: the later is nearer.
        notices[notice.at] = notice
    begins = matter.starts_at.astimezone(UTC)
    in_time = [at for at in notices if at <= begins] or [min(notices)]
    return Plan(notices=tuple(notices[at] for at in sorted(in_time)))


def _notice(wanted: datetime, why: str, judgement: Judgement, situation: Situation) -> Notice:
    released = release(wanted, judgement, situation)
    channels, chosen = ways(released.at, judgement, situation)
    steps = steps_by(channels, situation.preferences, calls=judgement.vip is not None)
    reasons = tuple(filter(None, (why, released.why, chosen)))
    return Notice(at=released.at, steps=steps, reasons=reasons, held_by=released.held_by)
