"""Keeping, changing and finding reminders, asked for as the planner asks."""

from __future__ import annotations

import pytest

from behaviours.reminders.keep_reminder import (
    UndoLastOnRequest,
)
from behaviours.reminders.tell_reminders import (
    ListRemindersOnQuery,
)
from ontology.reminders import acts
from ontology.reminders.concepts import Target
from tests.behaviours.reminders.keeper import ADA, BOB, HOUR, MINUTE, words

pytestmark = pytest.mark.usefixtures("virtual_time")


async def test_a_reminder_is_kept_and_told_with_its_number_and_next_time(keeper):
    first, second = await keeper.made("  call   the bank "), await keeper.made("stretch")

    assert (first.text, first.number, second.number) == ("call the bank", 1, 2)
    assert first.next_due == keeper.now + HOUR


async def test_asked_for_twice_in_one_conversation_it_is_kept_once(keeper):
    first = await keeper.create(conversation="u1:1")

    assert await keeper.create(conversation="u1:1") == first
    assert await keeper.texts() == ["stretch"]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"text": " \n"}, acts.EmptyText),
        ({"text": "x" * 1_001}, acts.TextTooLong),
        ({"within": -HOUR}, acts.InThePast),
        ({"rule": "FREQ=SECONDLY"}, acts.NeverFires),
        ({"rule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}, acts.NeverFires),
        ({"rule": "FREQ=DAILY;COUNT=1000000000;BYSETPOS=366"}, acts.NeverFires),
    ],
)
async def test_what_cannot_be_a_reminder_is_refused_and_nothing_is_kept(keeper, wrong, reason):
    performative, content = await keeper.create(**wrong)

    assert performative == "refuse"
    assert isinstance(content, reason)
    assert await keeper.texts() == []
    assert await keeper.undo() == ("failure", acts.NothingToUndo())


async def test_everybody_has_numbers_and_reminders_of_their_own(keeper):
    await keeper.made("of Ada", person=ADA)
    of_bob = await keeper.made("of Bob", person=BOB)

    assert of_bob.number == 1
    assert await keeper.texts(ADA) == ["of Ada"]
    assert await keeper.texts(BOB) == ["of Bob"]


@pytest.mark.parametrize("by", ["number", "words", "id"])
async def test_what_is_anothers_cannot_be_cancelled_changed_or_closed(keeper, by):
    of_bob = await keeper.made("secret plan", person=BOB)
    rang = await keeper.told("secret alarm", person=BOB)
    targets = {
        "number": (words("1"), words("2")),
        "words": (words("secret plan"), words("secret alarm")),
        "id": (Target(id=of_bob.id), Target(id=rang.id)),
    }[by]

    for target in targets:
        for said in (
            await keeper.cancel(target),
            await keeper.change(target, text="mine"),
            await keeper.complete(target),
            await keeper.snooze(target=target),
        ):
            assert said == ("failure", acts.NothingFound(target=target.words))
    assert await keeper.texts(BOB) == ["secret plan"]


async def test_it_is_the_reminder_made_last(keeper):
    await keeper.made("first")
    await keeper.made("second")

    performative, content = await keeper.cancel()

    assert (performative, content.reminder.text) == ("inform", "second")
    assert await keeper.texts() == ["first"]


@pytest.mark.parametrize("said", ["1", "bank", "BANK call", "ban"])
async def test_a_number_or_words_name_a_reminder(keeper, said):
    await keeper.made("call the bank")
    await keeper.made("stretch")

    _, content = await keeper.cancel(words(said))

    assert content.reminder.text == "call the bank"


async def test_words_that_fit_several_are_asked_about(keeper):
    milks = [await keeper.made(f"buy milk {n}") for n in range(3)]

    performative, content = await keeper.cancel(words("milk"))

    assert performative == "failure"
    assert isinstance(content, acts.SeveralFound)
    assert [each.id for each in content.candidates] == [each.id for each in milks]
    assert not content.more
    assert len(await keeper.texts()) == 3


async def test_of_very_many_only_so_many_choices_are_offered(keeper):
    for n in range(30):
        await keeper.made(f"buy milk {n}")

    _, content = await keeper.cancel(words("milk"))

    assert len(content.candidates) == 9
    assert content.more


async def test_the_one_that_was_chosen_is_meant_by_its_id(keeper):
    milks = [await keeper.made(f"buy milk {n}") for n in range(3)]

    _, content = await keeper.cancel(Target(id=milks[1].id))

    assert content.reminder.text == "buy milk 1"


async def test_a_change_tells_how_it_stands_and_how_it_stood(keeper):
    await keeper.made("strech")

    _, content = await keeper.change(text="stretch", within=2 * HOUR, given=["date", "time"])

    assert (content.before.text, content.reminder.text) == ("strech", "stretch")
    assert content.reminder.next_due == keeper.now + 2 * HOUR
    assert content.before.next_due == keeper.now + HOUR


async def test_a_change_of_the_text_alone_leaves_the_time(keeper):
    made = await keeper.made("strech", rule="FREQ=DAILY")

    _, content = await keeper.change(text="stretch")

    assert content.reminder.schedule == made.schedule
    assert content.reminder.next_due == made.next_due


async def test_the_text_of_what_was_told_already_cannot_be_changed(keeper):
    made = await keeper.made("old", within=2 * MINUTE)
    await keeper.fire(2 * MINUTE)

    performative, content = await keeper.change(Target(id=made.id), text="new")

    assert performative == "failure"
    assert isinstance(content, acts.NothingAhead)
    await keeper.fire(MINUTE)
    assert (await keeper.book.last_told(ADA)).text == "old"
    assert await keeper.texts() == []


async def test_the_text_of_what_is_being_told_changes_and_it_is_told_once(keeper):
    await keeper.made("old", within=2 * MINUTE)
    await keeper.book.clock.advance(2 * MINUTE)
    claim = await keeper.due.claim(100, HOUR)

    performative, _ = await keeper.change(text="new")

    assert performative == "inform"
    await keeper.due.offered(claim)
    await keeper.due.close(claim, [item.id for item in claim.notifications], HOUR)
    assert (await keeper.due.claim(100, HOUR)).notifications == ()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"text": "  "}, acts.EmptyText),
        ({"text": "x" * 1_001}, acts.TextTooLong),
        ({"within": -HOUR, "given": ["date", "time"]}, acts.InThePast),
        ({"within": HOUR, "rule": "FREQ=SECONDLY", "given": ["rule"]}, acts.NeverFires),
    ],
)
async def test_a_change_that_cannot_be_leaves_everything_as_it_was(keeper, change, reason):
    made = await keeper.made()

    performative, content = await keeper.change(**change)

    assert performative in ("refuse", "failure")
    assert isinstance(content, reason)
    assert await keeper.book.reminder(ADA, made.id) == made


async def test_the_last_change_is_undone_and_then_the_one_before(keeper):
    await keeper.made("first")
    await keeper.made("second")
    await keeper.cancel(words("first"))

    taken_back = [await keeper.undo() for _ in range(4)]

    assert [content.what for _, content in taken_back[:3]] == [
        "cancelled",
        "created",
        "created",
    ]
    assert taken_back[3] == ("failure", acts.NothingToUndo())
    assert await keeper.texts() == []


async def test_what_an_utterance_changed_is_taken_back_as_long_as_it_was_the_last_change(
    keeper,
):
    utterance = keeper.heard()
    await keeper.create("stretch", conversation=f"{utterance}:1")
    take_back = acts.UndoLast(person_id=ADA, by=utterance)
    await keeper.made("call mum")

    assert await keeper.says(UndoLastOnRequest, take_back) == ("failure", acts.ChangedSince())
    assert await keeper.texts() == ["stretch", "call mum"]
    await keeper.undo()
    assert (await keeper.says(UndoLastOnRequest, take_back))[1].what == "created"
    assert await keeper.texts() == []
    assert await keeper.says(UndoLastOnRequest, take_back) == ("failure", acts.NothingToUndo())


async def test_a_list_is_as_long_as_asked_for_and_tells_how_many_there_are(keeper):
    for n in range(30):
        await keeper.made(f"{n}", within=HOUR * (n + 1))

    _, content = await keeper.says(
        ListRemindersOnQuery, acts.WhichReminders(person_id=ADA, limit=5)
    )

    assert [each.text for each in content.reminders] == ["0", "1", "2", "3", "4"]
    assert content.total == 30
