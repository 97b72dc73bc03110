"""What the planner asks back: what is lacking, which one is meant, whether there is more."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from ontology.dialogue.concepts import Intent, Interpretation, OpenQuestion, Option, Problem
from ontology.dialogue.wording import (
    NO_MORE,
    NOT_UNDERSTOOD,
    PROBLEMS,
)
from ontology.reminders import acts
from tests.behaviours.dialogue.planning import (
    AT_NINE,
    ME,
    NINE,
    NOW,
    RANG,
    STRETCH,
    Planner,
    failed,
    informed,
)

pytestmark = pytest.mark.usefixtures("virtual_time")


@pytest.mark.parametrize("problem", Problem)
async def test_a_reading_with_a_problem_waits_for_what_it_lacks_and_nothing_is_asked(problem):
    planner = Planner(Intent.CREATE_REMINDER, problem=problem, text="stretch")

    reply = await planner.replies()

    assert reply.text == PROBLEMS[problem].format(text="stretch", event="…")
    assert reply.question == OpenQuestion(unfinished=planner.interpreter.reading)
    assert planner.asked == []


async def test_the_answer_to_when_makes_the_reminder():
    planner = Planner(
        answers=informed("create-reminder", acts.ReminderCreated(reminder=STRETCH))
    )
    unfinished = Interpretation(
        intent=Intent.CREATE_REMINDER, text="stretch", problem=Problem.NO_TIME
    )

    said = await planner.says("at 9", OpenQuestion(unfinished=unfinished))

    assert said.startswith("OK, I will remind you: “stretch”")
    (asked,) = planner.asked
    assert (asked.text, asked.schedule) == ("stretch", AT_NINE)


async def test_a_time_that_is_refused_can_be_said_anew():
    refused = failed("create-reminder", acts.InThePast(at=NOW - timedelta(hours=1)))
    planner = Planner(Intent.CREATE_REMINDER, refused, text="stretch", schedule=AT_NINE)
    first = await planner.replies("remind me at 7 to stretch")

    planner.interpreter.reading = Interpretation(intent=Intent.UNKNOWN)
    await planner.replies("at 9", first.question)

    assert [(asked.text, asked.schedule) for asked in planner.asked] == [
        ("stretch", AT_NINE),
        ("stretch", AT_NINE),
    ]


@pytest.mark.parametrize(
    "open_question",
    [
        OpenQuestion(unfinished=Interpretation(intent=Intent.CREATE_REMINDER, text="stretch")),
        OpenQuestion(options=(Option(label="", then=Interpretation(intent=Intent.UNDO)),)),
    ],
)
async def test_a_question_stays_open_while_the_answer_is_not_understood(open_question):
    reply = await Planner().replies("blue", open_question)

    assert (reply.text, reply.question) == (NOT_UNDERSTOOD, open_question)


MILK_1, MILK_2 = (
    STRETCH.model_copy(update={"id": uuid4(), "number": n, "text": f"milk {n}"}) for n in (1, 2)
)


async def test_several_that_fit_become_numbered_choices():
    several = acts.SeveralFound(candidates=(MILK_1, MILK_2))
    planner = Planner(Intent.CANCEL_REMINDER, failed("cancel-reminder", several), target="milk")

    reply = await planner.replies()

    assert reply.text == (
        "Which one? Answer with its number.\n"
        f"1. “milk 1” – {NINE}\n"
        f"2. “milk 2” – {NINE}"
    )  # fmt: skip
    assert reply.question is not None
    assert [option.then.target_id for option in reply.question.options] == [
        str(MILK_1.id),
        str(MILK_2.id),
    ]
    assert {option.then.intent for option in reply.question.options} == {Intent.CANCEL_REMINDER}


async def test_what_has_fired_can_be_chosen_from_too():
    planner = Planner(
        Intent.DONE, failed("complete", acts.SeveralFound(fired=(RANG, RANG), more=True))
    )

    said = await planner.says()

    assert f"2. “stretch” – {NINE}" in said
    assert said.endswith("There are more that fit: say more of its words to see another.")


def question(*reminders):
    return OpenQuestion(
        options=tuple(
            Option(
                label=each.text,
                then=Interpretation(
                    intent=Intent.CANCEL_REMINDER, target="milk", target_id=str(each.id)
                ),
            )
            for each in reminders
        )
    )


@pytest.mark.parametrize(("choice", "chosen"), [(1, MILK_1), (2, MILK_2)])
async def test_a_number_chooses_and_what_was_wanted_is_done_with_it(choice, chosen):
    planner = Planner(
        Intent.CHOOSE,
        informed("cancel-reminder", acts.ReminderCancelled(reminder=chosen)),
        choice=choice,
    )

    assert (await planner.says(question=question(MILK_1, MILK_2))).startswith("Cancelled:")
    (asked,) = planner.asked
    assert asked.target.id == chosen.id
    assert planner.interpreter.contexts[0].question == question(MILK_1, MILK_2)


@pytest.mark.parametrize("choice", [0, 3, 99, -1])
async def test_a_number_that_is_no_choice_chooses_nothing(choice):
    planner = Planner(Intent.CHOOSE, choice=choice)

    assert await planner.says(question=question(MILK_1, MILK_2)) == NOT_UNDERSTOOD
    assert planner.asked == []


async def test_a_choice_without_a_question_chooses_nothing():
    assert await Planner(Intent.CHOOSE, choice=1).says() == NOT_UNDERSTOOD


def places(count):
    """So many reminders, due a minute apart."""
    return tuple(
        STRETCH.model_copy(
            update={"id": uuid4(), "number": n, "next_due": NOW + timedelta(minutes=n)}
        )
        for n in range(1, count + 1)
    )


async def test_a_long_list_is_shown_in_pages_and_more_shows_the_next():
    shown = places(acts.PAGE)
    listed = acts.ReminderList(reminders=shown, total=acts.PAGE + 21)
    planner = Planner(Intent.LIST_REMINDERS, informed("which-reminders", listed))

    first = await planner.replies("list")
    assert first.text.endswith("… and 21 later ones: say “more”.")

    planner.interpreter.reading = Interpretation(intent=Intent.SHOW_MORE)
    planner.answers = informed(
        "which-reminders", acts.ReminderList(reminders=shown, total=acts.PAGE + 1)
    )
    second = await planner.replies("more", first.question)
    assert second.text.startswith("21 more:\n1. “stretch”")
    assert second.text.endswith("… and 1 later one: say “more”.")
    assert planner.asked[1] == acts.WhichReminders(**ME, after=shown[-1].place)

    planner.answers = informed("which-reminders", acts.ReminderList(reminders=(), total=0))
    third = await planner.replies("more", second.question)
    assert (third.text, third.question) == (NO_MORE, None)


async def test_what_was_missed_is_shown_in_pages_too():
    missed = acts.OccurrenceList(occurrences=(RANG,), total=2)
    planner = Planner(Intent.MISSED, informed("which-missed", missed))
    first = await planner.replies("what did I miss?")
    assert first.text.endswith("… and 1 earlier one: say “more”.")

    planner.interpreter.reading = Interpretation(intent=Intent.SHOW_MORE)
    planner.answers = informed(
        "which-missed", acts.OccurrenceList(occurrences=(RANG,), total=1)
    )
    second = await planner.replies("more", first.question)
    assert second.text == f"1 more:\n- “stretch” – {NINE}"
    assert planner.asked[1] == acts.WhichMissed(**ME, after=RANG.place)


@pytest.mark.parametrize("intent", [Intent.OUT_OF_SCOPE, Intent.SMALL_TALK])
async def test_a_question_stays_open_while_something_beside_the_point_is_said(intent):
    open_question = OpenQuestion(unfinished=Interpretation(intent=Intent.CREATE_REMINDER))

    assert (await Planner(intent).replies("…", open_question)).question == open_question


async def test_more_of_nothing_is_told_so():
    assert await Planner(Intent.SHOW_MORE).says("more") == NO_MORE
