"""From a reading of what was said, over what is asked of whom, to the words of the reply."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from behaviours.dialogue.answer_utterance import AnswerUtteranceOnRequest
from ontology.acl import Performative, Unexpected
from ontology.dialogue.acts import AnswerUtterance
from ontology.dialogue.concepts import (
    Intent,
    Interpretation,
    OpenQuestion,
    Option,
    Problem,
    Segment,
)
from ontology.dialogue.examples import help_text
from ontology.dialogue.wording import NOT_UNDERSTOOD, PROBLEMS, SOMETHING_BROKE
from ontology.people.acts import NoSuchZone, SetZone, ZoneSet
from ontology.people.concepts import Person
from ontology.reminders import acts
from ontology.reminders.concepts import Occurrence, OccurrenceState, Reminder, Target
from ontology.time.concepts import Schedule
from tests.conversing import Oracle, Providers

pytestmark = pytest.mark.usefixtures("virtual_time")

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
AT_NINE = Schedule.once(NOW + timedelta(hours=1), "UTC")
PERSON = Person(id=uuid4(), name="Ada", zone="UTC")
UTTERANCE = uuid4()
STRETCH = Reminder(
    id=uuid4(),
    person_id=PERSON.id,
    number=3,
    text="stretch",
    schedule=AT_NINE,
    next_due=AT_NINE.first,
)
RANG = Occurrence(
    id=uuid4(),
    reminder_id=STRETCH.id,
    person_id=PERSON.id,
    text="stretch",
    zone="UTC",
    due_at=AT_NINE.first,
    state=OccurrenceState.DELIVERED,
)
NINE = "today, Monday 2 March, 09:00"


class Reading:
    """An interpreter that reads whatever it is told to, and notes the context."""

    def __init__(self, reading):
        self.reading = reading
        self.contexts = []

    def interpret(self, text, context):
        self.contexts.append(context)
        return (Segment(text=text, readings=(self.reading,)),)

    def prepare(self):
        """Be ready already."""


class Planner:
    """The role under test; ``answers`` are what the other agents answer, by act."""

    def __init__(self, intent=Intent.UNKNOWN, answers=None, **read):
        self.interpreter = Reading(Interpretation(intent=intent, **read))
        self.voice = Oracle(self._answer, "planner@localhost")
        self.answers = answers or {}
        known = Providers(reminders="reminder@localhost", people="assistant@localhost")
        self.role = AnswerUtteranceOnRequest(self.interpreter, self.voice, known)

    def _answer(self, said):
        return self.answers.get(said.content.act)

    async def replies(self, text="…", question=None):
        action = AnswerUtterance(
            utterance_id=UTTERANCE, person=PERSON, text=text, said_at=NOW, question=question
        )
        return await self.role.perform(action, "assistant@localhost")

    async def says(self, text="…", question=None):
        return (await self.replies(text, question)).text

    @property
    def asked(self):
        return [envelope.content for envelope in self.voice.asked]


def informed(act, content):
    return {act: (Performative.INFORM, content)}


def failed(act, reason):
    return {act: (Performative.FAILURE, reason)}


ME: dict[str, Any] = {"person_id": PERSON.id}
IT, MILK = Target(), Target(words="milk")


@pytest.mark.parametrize(
    ("read", "asked", "answer", "says"),
    [
        (
            {"intent": Intent.CREATE_REMINDER, "text": "stretch", "schedule": AT_NINE},
            acts.CreateReminder(
                **ME, text="stretch", schedule=AT_NINE, said_at=NOW, utterance_id=UTTERANCE
            ),
            acts.ReminderCreated(reminder=STRETCH),
            f"OK, I will remind you: “stretch” – {NINE} (number 3).",
        ),
        (
            {"intent": Intent.LIST_REMINDERS},
            acts.WhichReminders(**ME),
            acts.ReminderList(reminders=(STRETCH,), total=1),
            f"You have 1 reminder:\n3. “stretch” – {NINE}",
        ),
        (
            {"intent": Intent.SHOW_NEXT},
            acts.WhichReminders(**ME, limit=1),
            acts.ReminderList(reminders=(STRETCH,), total=5),
            f"Next: “stretch” – {NINE} (number 3).",
        ),
        (
            {"intent": Intent.SHOW_NEXT},
            acts.WhichReminders(**ME, limit=1),
            acts.ReminderList(reminders=(), total=0),
            "Nothing is coming up.",
        ),
        (
            {"intent": Intent.CANCEL_REMINDER, "target": "milk"},
            acts.CancelReminder(**ME, target=MILK),
            acts.ReminderCancelled(reminder=STRETCH),
            f"Cancelled: “stretch” – {NINE} (number 3). Say “undo” to have it back.",
        ),
        (
            {"intent": Intent.CHANGE_REMINDER, "schedule": AT_NINE, "given": {"time"}},
            acts.ChangeReminder(
                **ME, said_at=NOW, target=IT, schedule=AT_NINE, given=frozenset({"time"})
            ),
            acts.ReminderChanged(reminder=STRETCH, before=STRETCH),
            f"Changed: “stretch” – {NINE} (number 3).",
        ),
        (
            {"intent": Intent.CHANGE_REMINDER, "target": "milk", "text": "stretch"},
            acts.ChangeReminder(**ME, said_at=NOW, target=MILK, text="stretch"),
            acts.ReminderChanged(reminder=STRETCH, before=STRETCH),
            f"Changed: “stretch” – {NINE} (number 3).",
        ),
        (
            {"intent": Intent.SNOOZE, "schedule": AT_NINE},
            acts.Snooze(**ME, said_at=NOW, until=AT_NINE.first),
            acts.Snoozed(occurrence=RANG),
            f"Snoozed: “stretch” comes again {NINE}.",
        ),
        (
            {"intent": Intent.DONE, "target": "milk"},
            acts.Complete(**ME, target=MILK),
            acts.Completed(occurrence=RANG),
            "Done: “stretch”.",
        ),
        (
            {"intent": Intent.UNDO},
            acts.UndoLast(**ME),
            acts.Undone(what="cancelled", reminder=STRETCH),
            f"Undone, it is back: “stretch” – {NINE} (number 3).",
        ),
        (
            {"intent": Intent.MISSED},
            acts.WhichMissed(**ME),
            acts.OccurrenceList(occurrences=(RANG,), total=1),
            f"One thing is not done yet:\n- “stretch” – {NINE}",
        ),
        (
            {"intent": Intent.WHY},
            acts.WhyReminded(**ME),
            acts.Explanation(occurrence=RANG, lines=("you said so",)),
            "About “stretch”:\n- you said so",
        ),
    ],
    ids=lambda part: part["intent"].value if isinstance(part, dict) else "",
)
async def test_an_intent_becomes_an_act_and_its_answer_becomes_words(read, asked, answer, says):
    planner = Planner(**read, answers=informed(asked.act, answer))

    assert await planner.says() == says
    assert planner.asked == [asked]
    assert planner.voice.asked[0].receiver == "reminder@localhost"


async def test_a_zone_is_set_and_it_is_said_what_becomes_of_reminders():
    answers = {
        **informed("set-zone", ZoneSet(zone="Asia/Tokyo")),
        **informed("which-reminders", acts.ReminderList(reminders=(STRETCH,), total=1)),
    }
    planner = Planner(Intent.SET_ZONE, answers, zone="Asia/Tokyo")

    said = await planner.says()

    assert said.startswith("Your time zone is Asia/Tokyo now (it was UTC); here it is today,")
    assert "17:00" in said
    assert said.endswith("Your reminders keep the times and zones they were made with.")
    assert planner.asked[0] == SetZone(**ME, zone="Asia/Tokyo")
    assert planner.voice.asked[0].receiver == "assistant@localhost"


async def test_a_zone_that_nobody_knows_is_told_so():
    planner = Planner(
        Intent.SET_ZONE,
        failed("set-zone", NoSuchZone(zone="Mars/Olympus")),
        zone="Mars/Olympus",
    )

    assert await planner.says() == PROBLEMS[Problem.UNKNOWN_ZONE]


@pytest.mark.parametrize(
    ("intent", "says"),
    [
        (Intent.HELP, help_text()),
        (Intent.GREETING, "Hello Ada. What shall I remind you of?"),
        (Intent.THANKS, "You are welcome."),
        (Intent.UNKNOWN, NOT_UNDERSTOOD),
    ],
)
async def test_some_things_can_be_said_without_asking_anybody(intent, says):
    planner = Planner(intent)

    assert await planner.says() == says
    assert planner.asked == []


@pytest.mark.parametrize("problem", Problem)
async def test_a_reading_with_a_problem_is_told_so_and_nothing_is_asked(problem):
    planner = Planner(Intent.CREATE_REMINDER, problem=problem, text="stretch")

    assert await planner.says() == PROBLEMS[problem].format(text="stretch", event="…")
    assert planner.asked == []


@pytest.mark.parametrize(
    ("reason", "says"),
    [
        (acts.EmptyText(), PROBLEMS[Problem.NO_TEXT]),
        (
            acts.TextTooLong(length=2_000, limit=1_000),
            "That is too long for a reminder: 2000 characters, and I keep 1000. "
            "Nothing was kept.",
        ),
        (
            acts.InThePast(at=NOW - timedelta(hours=1)),
            "That time has passed already (today, Monday 2 March, 07:00), "
            "so nothing was changed.",
        ),
        (
            acts.NeverFires(complaint="it has no occurrence ahead"),
            "I did not keep that, because it has no occurrence ahead.",
        ),
        (acts.NothingFound(), "There is nothing that this could mean right now."),
        (
            acts.NothingFound(target="milk"),
            "I find no reminder for “milk”. Say “list” to see what there is.",
        ),
        (acts.NothingToUndo(), "There is nothing left to undo."),
        (Unexpected(), SOMETHING_BROKE),
    ],
    ids=lambda part: part.act if not isinstance(part, str) else "",
)
async def test_a_no_is_worded_with_its_reason(reason, says):
    planner = Planner(
        Intent.CREATE_REMINDER,
        failed("create-reminder", reason),
        text="stretch",
        schedule=AT_NINE,
    )

    assert await planner.says() == says


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


async def test_it_is_read_on_the_clock_and_in_the_zone_of_who_spoke():
    planner = Planner(Intent.HELP)
    await planner.replies()

    (context,) = planner.interpreter.contexts
    assert (context.now, context.zone, context.question) == (NOW, "UTC", None)


async def test_what_is_longer_than_what_is_read_is_not_read():
    planner = Planner(Intent.CREATE_REMINDER)

    assert (await planner.says("x" * 4_001)).startswith("That is too long for me")
    assert planner.interpreter.contexts == []


async def test_carrying_out_again_asks_the_same_in_the_same_conversations():
    answers = {
        **informed("set-zone", ZoneSet(zone="Asia/Tokyo")),
        **informed("which-reminders", acts.ReminderList(reminders=(), total=0)),
    }
    planner = Planner(Intent.SET_ZONE, answers, zone="Asia/Tokyo")
    await planner.replies()
    await planner.replies()

    conversations = [envelope.conversation for envelope in planner.voice.asked]
    assert conversations == [f"{UTTERANCE}:1", f"{UTTERANCE}:2"] * 2
    assert UUID(conversations[0].partition(":")[0]) == UTTERANCE
