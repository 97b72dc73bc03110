"""Messages that correct earlier ones: taken back and done anew, or left as it was."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from ontology.acl import Performative
from ontology.dialogue.acts import Reply
from ontology.dialogue.concepts import Intent, Interpretation, OpenQuestion, Problem
from ontology.dialogue.wording import (
    CORRECTED_TOO_LATE,
    NOT_CORRECTED,
    NOTHING_CHANGED_YET,
)
from ontology.reminders import acts
from tests.behaviours.dialogue.planning import (
    AT_NINE,
    ME,
    NINE,
    STRETCH,
    UTTERANCE,
    Planner,
    failed,
    informed,
)

pytestmark = pytest.mark.usefixtures("virtual_time")

BEFORE = uuid4()
"""The utterance that is corrected."""

TAKEN_BACK = (Performative.INFORM, acts.Undone(what="created", reminder=STRETCH))
NOTHING_LEFT = (Performative.FAILURE, acts.NothingToUndo())


def undone(times):
    """So many changes can be taken back, and then no more."""
    return {"undo-last": [TAKEN_BACK] * times + [NOTHING_LEFT]}


WAITING = Interpretation(intent=Intent.CREATE_REMINDER, text="stretch", problem=Problem.NO_TIME)
QUESTION = OpenQuestion(unfinished=WAITING)
"""Asked before the correction, and still to be answered when that does nothing."""

MADE = informed("create-reminder", acts.ReminderCreated(reminder=STRETCH))
ASKED: dict[str, Any] = {
    "intent": Intent.CREATE_REMINDER,
    "text": "stretch",
    "schedule": AT_NINE,
}


async def test_what_is_corrected_is_taken_back_and_then_done_as_corrected():
    planner = Planner(**ASKED, answers={**undone(1), **MADE})

    said = (await planner.replies(replaces=BEFORE)).text

    assert said == (
        "Undone, it is gone again: “stretch”.\n"
        f"OK, I will remind you: “stretch” – {NINE} (number 3)."
    )
    assert planner.asked[0] == acts.UndoLast(**ME, by=BEFORE)
    assert [each.conversation for each in planner.voice.asked] == [
        f"{UTTERANCE}:1",
        f"{UTTERANCE}:2",
        f"{UTTERANCE}:3",
    ]


async def test_what_had_changed_nothing_is_simply_read_as_corrected():
    planner = Planner(**ASKED, answers={**failed("undo-last", acts.NothingToUndo()), **MADE})

    assert (await planner.replies(replaces=BEFORE)).text.startswith("OK, I will remind you")


async def test_what_was_changed_since_is_not_corrected_and_nothing_is_made_twice():
    planner = Planner(**ASKED, answers={**failed("undo-last", acts.ChangedSince()), **MADE})

    said = await planner.replies(question=QUESTION, replaces=BEFORE)

    assert said == Reply(text=CORRECTED_TOO_LATE, question=QUESTION)
    assert [each.act for each in planner.asked] == ["undo-last"]


@pytest.mark.parametrize("intent", [Intent.UNKNOWN, Intent.OUT_OF_SCOPE, Intent.SHOW_AGENDA])
async def test_a_correction_that_cannot_be_acted_on_leaves_everything_as_it_was(intent):
    planner = Planner(intent)

    said = await planner.replies(question=QUESTION, replaces=BEFORE)

    assert said == Reply(text=NOT_CORRECTED, question=QUESTION)
    assert planner.asked == []


async def test_a_correction_that_lacks_its_time_takes_nothing_back_before_it_is_said():
    planner = Planner(Intent.CREATE_REMINDER, text="stretch", problem=Problem.NO_TIME)
    asked = await planner.replies(replaces=BEFORE)
    assert asked.text.startswith(f"{NOTHING_CHANGED_YET} When?")
    assert planner.asked == []

    planner.interpreter.reading = Interpretation(intent=Intent.UNKNOWN)
    planner.answers = {**undone(1), **MADE}
    said = (await planner.replies("at 9", asked.question)).text

    assert said.startswith("Undone, it is gone again: “stretch”.\nOK, I will remind you:")
    assert [each.act for each in planner.asked] == ["undo-last", "undo-last", "create-reminder"]
    assert planner.asked[0].by == BEFORE


async def test_what_is_corrected_to_undo_is_taken_back_and_nothing_else():
    planner = Planner(Intent.UNDO, undone(1))

    assert (await planner.replies(replaces=BEFORE)).text.startswith("Undone, it is gone again")
    assert {asked.by for asked in planner.asked} == {BEFORE}
