"""From a reading of what was said, over what is asked of whom, to the words of the reply."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from ontology.acl import Declined, Unexpected
from ontology.dialogue.concepts import Intent, Problem
from ontology.dialogue.examples import help_text
from ontology.dialogue.wording import (
    NEVER_MIND,
    NOT_UNDERSTOOD,
    PROBLEMS,
)
from ontology.people.acts import NoSuchZone, SetZone, ZoneSet
from ontology.reminders import acts
from ontology.reminders.concepts import Target
from tests.behaviours.dialogue.planning import (
    AT_NINE,
    ME,
    NINE,
    NOW,
    RANG,
    STRETCH,
    UTTERANCE,
    Planner,
    failed,
    informed,
)

pytestmark = pytest.mark.usefixtures("virtual_time")

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
            acts.Complete(**ME, said_at=NOW, target=MILK),
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
            {"intent": Intent.UNDO},
            acts.UndoLast(**ME),
            acts.Undone(what="moved", zone="Asia/Tokyo"),
            "Undone, your time zone is Asia/Tokyo again; "
            "here it is today, Monday 2 March, 17:00.",
        ),
        (
            {"intent": Intent.UNDO},
            acts.UndoLast(**ME),
            acts.Undone(what="preferred"),
            "Undone, I tell you of things as I did before.",
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
        (Intent.NEVER_MIND, NEVER_MIND),
        (Intent.UNKNOWN, NOT_UNDERSTOOD),
    ],
)
async def test_some_things_can_be_said_without_asking_anybody(intent, says):
    planner = Planner(intent)

    assert await planner.says() == says
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
        (
            acts.NothingAhead(reminder=STRETCH),
            "“stretch” has been told or cancelled already, and will not come again: "
            "there is nothing left to change.",
        ),
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


async def test_when_an_agent_broke_the_planner_has_no_answer_and_may_be_asked_again():
    planner = Planner(
        Intent.CREATE_REMINDER,
        failed("create-reminder", Unexpected()),
        text="stretch",
        schedule=AT_NINE,
    )

    with pytest.raises(Declined):
        await planner.says()


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
