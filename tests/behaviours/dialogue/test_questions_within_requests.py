"""Several requests, doubts, questions, corrections and undo, where they meet in one talk."""

from __future__ import annotations

from datetime import timedelta

import pytest

from behaviours.dialogue.answer_segments import ONE_CHANGE_EACH
from ontology.dialogue.concepts import Intent
from ontology.dialogue.wording import (
    CORRECTED_TOO_LATE,
    NEVER_MIND,
    NOT_CORRECTED,
    NOTHING_CHANGED_YET,
)
from tests.behaviours.dialogue.talking import Talk
from tests.fakes.classifying import ToldClassifier

pytestmark = pytest.mark.usefixtures("virtual_time")

BOTH = "remind me to call mum at 5pm and to buy milk at 6pm"
DOUBTFUL = "remind me on 3/4 to pay the rent"


@pytest.fixture
async def talk():
    made = Talk()
    yield made
    await made.platform.close()


def doubting(*ranked):
    """A talk with a planner whose classifier thinks this of what no rule is sure of."""
    return Talk(ToldClassifier(*ranked))


async def test_of_several_requests_the_one_that_lacks_its_time_is_asked_for(talk):
    said = await talk.says("remind me at 5pm to call mum and remind me to buy milk")

    assert said.splitlines()[0].startswith("OK, I will remind you: “call mum”")
    assert said.splitlines()[1].startswith("“remind me to buy milk”: When?")
    assert await talk.kept() == ["call mum"]

    assert "“buy milk” – tomorrow, Tuesday 3 March, 09:00" in await talk.says("tomorrow at 9")
    assert await talk.kept() == ["call mum", "buy milk"]


async def test_a_time_that_answers_in_two_ways_is_asked_back_and_what_waits_is_kept(talk):
    await talk.says("remind me to pay the rent")

    said = await talk.says("3/4")
    assert said.splitlines()[1:] == [
        "1. Friday 3 April, 09:00",
        "2. Wednesday 4 March, 09:00",
    ]
    assert "“pay the rent” – Wednesday 4 March, 09:00" in await talk.says("the second one")


@pytest.mark.parametrize("wish", [DOUBTFUL, "remind me to pay the rent"])
async def test_another_time_answers_which_of_two_is_meant(talk, wish):
    await talk.says(wish)
    await talk.says("3/4")

    assert "“pay the rent” – Tuesday 10 March, 09:00" in await talk.says("no, on 10 march at 9")
    assert await talk.kept() == ["pay the rent"]


async def test_a_time_too_many_in_an_answer_is_asked_about_and_what_waits_is_kept(talk):
    await talk.says("remind me to pay the rent")

    said = await talk.says("tomorrow at 9 and on friday at 10")
    assert "“pay the rent” – tomorrow, Tuesday 3 March, 09:00, which leaves out" in said
    assert await talk.says("yes") == (
        "OK, I will remind you: “pay the rent” – tomorrow, Tuesday 3 March, 09:00 (number 1)."
    )


async def test_a_number_that_is_no_choice_may_be_the_hour(talk):
    await talk.says(DOUBTFUL)

    assert "“pay the rent” – today, Monday 2 March, 17:00" in await talk.says("17")


@pytest.mark.parametrize("said", ["never mind", "cancel", "no", "none of them", "leave it"])
async def test_which_of_two_times_is_meant_can_be_left_open(talk, said):
    await talk.says("remind me at 5pm to call mum")
    await talk.says(DOUBTFUL)

    assert await talk.says(said) == NEVER_MIND
    assert await talk.kept() == ["call mum"]


async def test_a_list_that_goes_on_and_a_question_stand_open_together(talk):
    for number in range(1, 24):
        await talk.says(f"remind me in {number} hours to do task {number}")

    said = await talk.says("list and remind me to stretch")
    assert "… and 3 later ones: say “more”." in said
    assert said.endswith("When? For example “tomorrow at 9” or “in 20 minutes”.")

    assert "“stretch”" in await talk.says("in 5 minutes")
    await talk.says("list and remind me to stretch")
    assert "4 more:" in await talk.says("more")


async def test_each_of_several_requests_is_a_change_that_undo_takes_back_alone(talk):
    assert (await talk.says(BOTH)).endswith(ONE_CHANGE_EACH)

    assert "“buy milk”" in await talk.says("undo")
    assert await talk.kept() == ["call mum"]
    assert "“call mum”" in await talk.says("undo")
    assert await talk.kept() == []


async def test_a_single_request_says_nothing_of_the_last_of_several(talk):
    assert ONE_CHANGE_EACH not in await talk.says("list and remind me at 5pm to call mum")


async def test_correcting_several_requests_takes_all_of_them_back(talk):
    await talk.says("remind me at 3pm to stretch")
    await talk.says(BOTH, sent_as="m1")

    said = await talk.says("remind me at 7pm to call mum", replaces="m1")

    assert said.splitlines()[:2] == [
        "Undone, it is gone again: “buy milk”.",
        "Undone, it is gone again: “call mum”.",
    ]
    assert await talk.kept() == ["stretch", "call mum"]


async def test_one_request_is_corrected_to_several(talk):
    await talk.says("remind me to call mum at 4pm", sent_as="m1")

    assert (await talk.says(BOTH, replaces="m1")).startswith("Undone")
    assert await talk.kept() == ["call mum", "buy milk"]


async def test_several_requests_are_not_corrected_once_something_else_was_changed(talk):
    await talk.says(BOTH, sent_as="m1")
    await talk.says("remind me at 3pm to stretch")

    assert await talk.says("remind me at 7pm to call mum", replaces="m1") == CORRECTED_TOO_LATE
    assert await talk.kept() == ["stretch", "call mum", "buy milk"]


async def test_several_requests_one_of_which_is_not_sure_correct_nothing(talk):
    await talk.says(BOTH, sent_as="m1")

    said = await talk.says("remind me at 7pm to row and remind me to swim", replaces="m1")

    assert said == NOT_CORRECTED
    assert await talk.kept() == ["call mum", "buy milk"]


async def test_a_correction_that_may_mean_two_times_changes_nothing_before_one_is_chosen(talk):
    await talk.says("remind me tomorrow at 9 to pay the rent", sent_as="m1")

    said = await talk.says(DOUBTFUL, sent_as="m2", replaces="m1")
    assert said.startswith(f"{NOTHING_CHANGED_YET} Which time do you mean for “pay the rent”?")
    assert await talk.kept() == ["pay the rent"]

    undone, made = (await talk.says("2")).splitlines()
    assert undone == "Undone, it is gone again: “pay the rent”."
    assert "“pay the rent” – Wednesday 4 March, 09:00" in made
    assert await talk.kept() == ["pay the rent"]


async def test_a_correction_in_doubt_that_is_left_leaves_what_was_said_before(talk):
    await talk.says("remind me tomorrow at 9 to pay the rent", sent_as="m1")
    await talk.says(DOUBTFUL, replaces="m1")

    assert await talk.says("never mind") == NEVER_MIND
    assert "tomorrow, Tuesday 3 March, 09:00" in await talk.says("list")


async def test_a_correction_in_doubt_that_is_corrected_again_makes_one_reminder(talk):
    await talk.says("remind me tomorrow at 9 to pay the rent", sent_as="m1")
    await talk.says(DOUBTFUL, sent_as="m2", replaces="m1")

    assert (await talk.says("remind me on 10 march to pay", replaces="m2")).startswith("Undone")
    assert await talk.kept() == ["pay"]


async def test_what_else_is_said_meanwhile_is_no_part_of_a_correction_in_doubt(talk):
    await talk.says("remind me tomorrow at 9 to pay the rent", sent_as="m1")
    await talk.says(DOUBTFUL, replaces="m1")

    assert "Undone" not in await talk.says("remind me at 5pm to call mum")
    assert await talk.kept() == ["call mum", "pay the rent"]


async def test_a_planner_that_is_asked_again_repeats_answers_instead_of_effects(talk):
    await talk.says(BOTH, sent_as="m1")
    said = await talk.says("remind me at 7pm to call mum", replaces="m1")
    for _ in range(2):
        assert await talk.repeats() == said
    assert await talk.kept() == ["call mum"]

    said = await talk.says(BOTH)
    assert await talk.repeats() == said
    assert await talk.kept() == ["call mum", "buy milk", "call mum"]


async def test_a_task_that_seems_to_be_done_is_what_a_reminder_lacks():
    talk = doubting((Intent.DONE, 0.94))
    await talk.says("remind me tomorrow at 9")

    assert "“the dentist” – tomorrow" in await talk.says("the dentist")


async def test_a_question_is_not_lost_by_what_is_none_of_our_business():
    talk = doubting((Intent.OUT_OF_SCOPE, 0.93))
    await talk.says("remind me to stretch")
    await talk.says("blue")

    assert "“stretch” – tomorrow" in await talk.says("tomorrow at 9")


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("yes", "Cancelled: “dentist”"),
        ("1", "Cancelled: “dentist”"),
        ("cancel it", "Cancelled: “dentist”"),
        ("cancel the dentist", "Cancelled: “dentist”"),
        ("cancel", NEVER_MIND),
        ("never mind", NEVER_MIND),
        ("no", NEVER_MIND),
    ],
)
async def test_whether_to_cancel_is_answered_and_a_bare_cancel_deletes_nothing(said, answer):
    talk = doubting((Intent.CANCEL_REMINDER, 0.8))
    await talk.says("remind me tomorrow at 9 of the dentist")
    asked = await talk.says("lose the dentist")
    assert asked.startswith("Cancel “the dentist”") or asked.startswith("Cancel “dentist”")

    assert (await talk.says(said)).replace("the dentist", "dentist").startswith(answer)


async def test_ok_is_said_to_the_reminder_that_was_told_since_and_cancels_nothing():
    talk = doubting((Intent.CANCEL_REMINDER, 0.8))
    await talk.says("remind me in 2 minutes to stretch")
    await talk.says("remind me tomorrow at 9 of the dentist")
    assert (await talk.says("lose the dentist")).startswith("Cancel ")
    await talk.keeper.fire(timedelta(minutes=2))

    await talk.says("ok")

    assert len(await talk.kept()) == 1
