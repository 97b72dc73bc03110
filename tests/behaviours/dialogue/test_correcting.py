"""Messages that correct earlier ones: taken back and done anew, or left as it was."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from ontology.dialogue.acts import Reply
from ontology.dialogue.concepts import Intent, Interpretation, OpenQuestion, Problem
from ontology.dialogue.wording import (
    CORRECTED_TOO_LATE,
    NOT_CORRECTED,
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

WAITING = Interpretation(intent=Intent.CREATE_REMINDER, text="stretch", problem=Problem.NO_TIME)
QUESTION = OpenQuestion(unfinished=WAITING)
"""Asked before the correction, and still to be answered when that does nothing."""

UNDONE = informed("undo-last", acts.Undone(what="created", reminder=STRETCH))
MADE = informed("create-reminder", acts.ReminderCreated(reminder=STRETCH))
ASKED: dict[str, Any] = {
    "intent": Intent.CREATE_REMINDER,
    "text": "stretch",
    "schedule": AT_NINE,
}


async def test_what_is_corrected_is_taken_back_and_then_done_as_corrected():
    planner = Planner(**ASKED, answers={**UNDONE, **MADE})

    said = (await planner.replies(replaces=BEFORE)).text

    assert said == (
        "Undone, it is gone again: “stretch”.\n"
        f"OK, I will remind you: “stretch” – {NINE} (number 3)."
    )
    assert planner.asked[0] == acts.UndoLast(**ME, by=BEFORE)
    assert [each.conversation for each in planner.voice.asked] == [
        f"{UTTERANCE}:1",
        f"{UTTERANCE}:2",
    ]


async def test_what_had_changed_nothing_is_simply_read_as_corrected():
    planner = Planner(**ASKED, answers={**failed("undo-last", acts.NothingToUndo()), **MADE})

    assert (await planner.replies(replaces=BEFORE)).text.startswith("OK, I will remind you")


async def test_what_was_changed_since_is_not_corrected_and_nothing_is_made_twice():
    planner = Planner(**ASKED, answers={**failed("undo-last", acts.ChangedSince()), **MADE})

    said = await planner.replies(question=QUESTION, replaces=BEFORE)

    assert said == Reply(text=CORRECTED_TOO_LATE, question=QUESTION)
    assert [each.act for each in planner.asked] == ["undo-last"]


@pytest.mark.parametrize(
    "read",
    [{"intent": Intent.UNKNOWN}, {**ASKED, "problem": Problem.NO_TIME}],
    ids=["not-understood", "lacks-something"],
)
async def test_a_correction_that_cannot_be_acted_on_leaves_everything_as_it_was(read):
    planner = Planner(**read)

    said = await planner.replies(question=QUESTION, replaces=BEFORE)

    assert said == Reply(text=NOT_CORRECTED, question=QUESTION)
    assert planner.asked == []


async def test_what_is_corrected_to_undo_is_taken_back_and_nothing_else():
    planner = Planner(Intent.UNDO, UNDONE)

    assert (await planner.replies(replaces=BEFORE)).text.startswith("Undone, it is gone again")
    assert planner.asked == [acts.UndoLast(**ME, by=BEFORE)]
