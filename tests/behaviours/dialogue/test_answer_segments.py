"""Unsure readings are asked back, several requests are answered one by one in one reply."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from behaviours.dialogue.answer_segments import ONE_CHANGE_EACH, ONE_QUESTION
from behaviours.dialogue.answer_utterance import AnswerUtteranceOnRequest
from ontology.acl import Declined, Performative, Unexpected
from ontology.dialogue.acts import AnswerUtterance
from ontology.dialogue.concepts import Intent, Interpretation, OpenQuestion, Option, Segment
from ontology.dialogue.not_yet import NOT_YET
from ontology.dialogue.wording import NOT_UNDERSTOOD
from ontology.reminders import acts
from ontology.time.concepts import Schedule
from tests.behaviours.dialogue.planning import (
    AT_NINE,
    NINE,
    NOW,
    PERSON,
    RANG,
    STRETCH,
    UTTERANCE,
)
from tests.conversing import Oracle, Providers

pytestmark = pytest.mark.usefixtures("virtual_time")

AT_TEN = Schedule.once(NOW + timedelta(hours=2), "UTC")
MILK = STRETCH.model_copy(update={"id": uuid4(), "number": 4, "text": "buy milk"})


def reading(intent, confidence=1.0, **slots):
    return Interpretation(intent=intent, confidence=confidence, **slots)


def segment(text, *readings):
    return Segment(text=text, readings=readings)


class Planner:
    """The role under test, which hears these segments; ``answers`` are what agents answer."""

    def __init__(self, *segments, answers=()):
        self.segments = segments
        self.contexts = []
        self.left = list(answers)
        self.voice = Oracle(lambda _: self.left.pop(0), "planner@localhost")
        known = Providers(reminders="reminder@localhost", people="assistant@localhost")
        self.role = AnswerUtteranceOnRequest(self, self.voice, known)

    def interpret(self, text, context):
        self.contexts.append(context)
        return self.segments

    def prepare(self):
        """Be ready already."""

    async def replies(self, question=None):
        action = AnswerUtterance(
            utterance_id=UTTERANCE, person=PERSON, text="…", said_at=NOW, question=question
        )
        return await self.role.perform(action, "assistant@localhost")

    @property
    def asked(self):
        return [envelope.content for envelope in self.voice.asked]


NONE_KEPT = acts.ReminderList(reminders=(), total=0)
NONE_FIRED = acts.OccurrenceList(occurrences=(), total=0)


def inform(content):
    return (Performative.INFORM, content)


def fail(reason):
    return (Performative.FAILURE, reason)


CALL = segment(
    "remind me to stretch at 9",
    reading(Intent.CREATE_REMINDER, text="stretch", schedule=AT_NINE),
)
BUY = segment(
    "remind me to buy milk at 9",
    reading(Intent.CREATE_REMINDER, text="buy milk", schedule=AT_NINE),
)
CANCEL = segment("cancel the dentist", reading(Intent.CANCEL_REMINDER, target="dentist"))


async def test_each_request_is_carried_out_in_order_and_confirmed():
    planner = Planner(
        CALL,
        BUY,
        answers=[
            inform(acts.ReminderCreated(reminder=STRETCH)),
            inform(acts.ReminderCreated(reminder=MILK)),
        ],
    )

    reply = await planner.replies()

    assert reply.text == (
        f"OK, I will remind you: “stretch” – {NINE} (number 3).\n"
        f"OK, I will remind you: “buy milk” – {NINE} (number 4).\n"
        f"{ONE_CHANGE_EACH}"
    )
    assert [act.text for act in planner.asked] == ["stretch", "buy milk"]
    conversations = [envelope.conversation for envelope in planner.voice.asked]
    assert conversations == [f"{UTTERANCE}:1", f"{UTTERANCE}:2"]


async def test_one_that_fails_is_named_and_the_others_stand():
    planner = Planner(
        CANCEL,
        BUY,
        answers=[
            fail(acts.NothingFound(target="dentist")),
            inform(acts.ReminderCreated(reminder=MILK)),
        ],
    )

    first, second = (await planner.replies()).text.splitlines()

    assert first.startswith("“cancel the dentist”: I find no reminder for “dentist”.")
    assert second.startswith("OK, I will remind you: “buy milk”")


async def test_when_an_agent_broke_the_others_are_only_repeated_as_all_is_asked_again():
    made = inform(acts.ReminderCreated(reminder=STRETCH))
    planner = Planner(CALL, BUY, answers=[made, fail(Unexpected()), made, made])

    with pytest.raises(Declined):
        await planner.replies()
    await planner.replies()

    conversations = [envelope.conversation for envelope in planner.voice.asked]
    assert conversations == [f"{UTTERANCE}:1", f"{UTTERANCE}:2"] * 2


async def test_what_lacks_a_time_among_several_is_named():
    unclear = segment("to row", reading(Intent.CREATE_REMINDER, text="row", problem="no-time"))
    planner = Planner(BUY, unclear, answers=[inform(acts.ReminderCreated(reminder=MILK))])

    assert "“to row”: When?" in (await planner.replies()).text


async def test_only_one_question_stands_open():
    several = acts.SeveralFound(candidates=(STRETCH, MILK))
    planner = Planner(CANCEL, CANCEL, answers=[fail(several), fail(several)])

    reply = await planner.replies()

    assert reply.text.count("Which one?") == 1
    assert reply.text.endswith(ONE_QUESTION)
    assert reply.question is not None


async def test_two_times_that_can_be_meant_are_asked_with_their_full_dates():
    planner = Planner(
        segment(
            "remind me at 9 to stretch",
            reading(Intent.CREATE_REMINDER, 0.6, text="stretch", schedule=AT_NINE),
            reading(Intent.CREATE_REMINDER, 0.55, text="stretch", schedule=AT_TEN),
        )
    )

    reply = await planner.replies()

    assert reply.text == (
        "Which time do you mean for “stretch”? Answer with its number.\n"
        f"1. {NINE}\n"
        "2. today, Monday 2 March, 10:00"
    )
    assert planner.asked == []
    assert reply.question is not None
    assert [each.then.schedule for each in reply.question.options] == [AT_NINE, AT_TEN]


async def test_below_the_line_the_likeliest_wishes_are_named_in_plain_words():
    planner = Planner(
        segment(
            "hm",
            reading(Intent.LIST_REMINDERS, 0.4),
            reading(Intent.CANCEL_EVENT, 0.3, target="milk"),
            reading(Intent.UNDO, 0.01),
        ),
        answers=[inform(NONE_KEPT), inform(NONE_FIRED)],
    )

    reply = await planner.replies()

    assert reply.text == (
        "I am not sure. Did you mean me to:\n"
        "1. list your reminders\n"
        "2. cancel “milk” in your calendar\n"
        "3. none of these"
    )
    assert {each.act for each in planner.asked} == {"which-reminders", "which-missed"}


async def test_a_deletion_that_is_not_certain_is_asked_back():
    unsure = segment("axe milk", reading(Intent.CANCEL_REMINDER, 0.7, target="milk"))
    found = acts.ReminderList(reminders=(STRETCH, MILK), total=2)
    planner = Planner(unsure, answers=[inform(found)])

    reply = await planner.replies()

    assert reply.text == f"Cancel “buy milk” – {NINE}?\n1. yes\n2. no"
    assert reply.question is not None and reply.question.confirms
    yes, no = (option.then for option in reply.question.options)
    assert (yes.intent, yes.target_id) == (Intent.CANCEL_REMINDER, str(MILK.id))
    assert no.intent is Intent.NEVER_MIND


async def test_a_deletion_that_names_nothing_asks_which():
    unsure = segment("axe it", reading(Intent.CANCEL_REMINDER, 0.7))
    found = acts.ReminderList(reminders=(STRETCH, MILK), total=2)
    planner = Planner(unsure, answers=[inform(found), inform(NONE_FIRED), inform(found)])

    assert (await planner.replies()).text.startswith("Which one? Answer with its number.")


async def test_a_deletion_of_nothing_is_said_to_be_so():
    unsure = segment("axe tea", reading(Intent.CANCEL_REMINDER, 0.7, target="tea"))
    planner = Planner(unsure, answers=[inform(acts.ReminderList(reminders=(), total=0))])

    assert "I find no reminder for “tea”" in (await planner.replies()).text


async def test_a_meeting_that_no_reminder_holds_is_the_calendars():
    unsure = segment(
        "cancel my meeting",
        reading(Intent.CANCEL_EVENT, target="meeting"),
        reading(Intent.CANCEL_REMINDER, 0.6, target="meeting"),
    )
    planner = Planner(unsure, answers=[inform(acts.ReminderList(reminders=(), total=0))])

    assert (await planner.replies()).text == str(NOT_YET[Intent.CANCEL_EVENT])


@pytest.mark.parametrize("intent", NOT_YET)
async def test_what_no_agent_does_yet_is_said_honestly(intent):
    planner = Planner(segment("…", reading(intent)))

    reply = await planner.replies()

    assert reply.text == str(NOT_YET[intent])
    assert " yet." in reply.text
    assert reply.question is None
    assert planner.asked == []


async def test_an_event_with_a_time_can_be_kept_as_a_reminder():
    planner = Planner(
        segment("…", reading(Intent.ADD_EVENT, text="lunch with Eve", schedule=AT_NINE))
    )

    reply = await planner.replies()

    assert reply.text == (
        "I cannot keep a calendar yet. "
        f"Shall I remind you of “lunch with Eve” – {NINE} instead?\n1. yes\n2. no"
    )
    assert reply.question is not None
    assert reply.question.options[0].then == Interpretation(
        intent=Intent.CREATE_REMINDER, text="lunch with Eve", schedule=AT_NINE
    )


async def test_what_was_chosen_is_certain():
    sure = Interpretation(intent=Intent.CANCEL_REMINDER, confidence=0.2, target_id=str(MILK.id))
    question = OpenQuestion(options=(Option(label="yes", then=sure),))
    planner = Planner(
        segment("1", reading(Intent.CHOOSE, choice=1)),
        answers=[inform(acts.ReminderCancelled(reminder=MILK))],
    )

    assert (await planner.replies(question)).text.startswith("Cancelled: “buy milk”")


async def test_what_is_not_understood_gets_an_example():
    planner = Planner(segment("…", reading(Intent.UNKNOWN, 0.9), reading(Intent.UNDO, 0.1)))

    assert (await planner.replies()).text == NOT_UNDERSTOOD


async def test_a_person_who_asks_for_their_zone_is_told():
    planner = Planner(segment("…", reading(Intent.SET_ZONE)))

    assert (await planner.replies()).text.startswith("Your time zone is UTC; here it is today,")
    assert planner.asked == []


async def test_what_was_told_last_is_looked_up_where_a_task_is_only_pointed_at():
    pointed = reading(Intent.CREATE_REMINDER, text="this", problem="no-text")
    planner = Planner(
        segment("remind me of this at 9", pointed),
        answers=[inform(acts.OccurrenceList(occurrences=(RANG,), total=1))],
    )

    await planner.replies()

    assert planner.asked == [acts.WhichMissed(person_id=PERSON.id, limit=1)]
    before, after = planner.contexts
    assert before.last_told is None
    assert after.last_told == "stretch"
