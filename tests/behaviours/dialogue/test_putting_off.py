"""A named reminder is put off by a length of time, reckoned from its own time."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from ontology.dialogue.concepts import Intent, Problem
from ontology.dialogue.wording import PROBLEMS
from ontology.reminders import acts
from ontology.time.concepts import Schedule
from tests.behaviours.dialogue.planning import AT_NINE, STRETCH, Planner, informed

pytestmark = pytest.mark.usefixtures("virtual_time")

MINUTES = timedelta(minutes=15)


def planner(*kept, later=MINUTES):
    """A planner that reads "push the stretch back by …" while these are kept."""
    answers = informed("which-reminders", acts.ReminderList(reminders=kept, total=len(kept)))
    answers |= informed(
        "change-reminder", acts.ReminderChanged(reminder=STRETCH, before=STRETCH)
    )
    return Planner(Intent.CHANGE_REMINDER, answers, target="stretch", later=later)


@pytest.mark.parametrize("later", [MINUTES, -MINUTES, timedelta(days=2)])
async def test_it_comes_so_much_later_than_it_would_have(later):
    talk = planner(STRETCH, STRETCH.model_copy(update={"text": "milk"}), later=later)
    assert (await talk.says()).startswith("Changed:")
    change = talk.asked[-1]
    assert change.target.id == STRETCH.id
    assert change.schedule == Schedule.once(AT_NINE.first + later, "UTC")
    assert change.given == {"date", "time"}


async def test_what_repeats_keeps_its_days():
    daily = Schedule(zone="UTC", start=AT_NINE.start, rule="FREQ=DAILY")
    talk = planner(STRETCH.model_copy(update={"schedule": daily}))
    await talk.says()
    assert talk.asked[-1].given == {"time"}
    assert f"{talk.asked[-1].schedule.start:%H:%M}" == "09:15"


@pytest.mark.parametrize(
    ("rule", "later"),
    [
        ("FREQ=DAILY", timedelta(days=1)),
        ("FREQ=DAILY;BYHOUR=9,20;BYMINUTE=0", MINUTES),
        ("FREQ=HOURLY;INTERVAL=2", MINUTES),
    ],
)
async def test_of_what_repeats_otherwise_the_time_is_asked_for(rule, later):
    often = Schedule(zone="UTC", start=AT_NINE.start, rule=rule)
    talk = planner(STRETCH.model_copy(update={"schedule": often}), later=later)
    reply = await talk.replies()
    assert reply.text == PROBLEMS[Problem.NO_TIME]
    assert reply.question.unfinished.target_id == str(STRETCH.id)
    assert len(talk.asked) == 1


async def test_nothing_is_changed_where_none_or_several_bear_the_name():
    none = planner()
    assert "find no reminder for “stretch”" in await none.says()
    other = STRETCH.model_copy(update={"id": uuid4(), "number": 4})
    several = planner(STRETCH, other)
    reply = await several.replies()
    assert reply.text.startswith("Which one?")
    assert [each.act for each in (*none.asked, *several.asked)] == ["which-reminders"] * 2

    chosen = planner(STRETCH, other)
    chosen.interpreter.reading = reply.question.options[1].then
    await chosen.says()
    assert chosen.asked[-1].target.id == other.id
