"""Another text for a reminder, at any moment of its firing."""

import pytest

from ontology.notifications.concepts import Channel
from ontology.reminders.ports import TakenBack
from tests.contracts.reminding import (
    DAY,
    HOUR,
    LEASE,
    MINUTE,
    SECOND,
    remind,
    remind_daily,
    send,
    tell,
    texts,
)

MOMENTS = ("ahead", "due", "claimed", "open", "offered", "trying", "sent", "delivered")


class Firing:
    """What falls due is told step by step; something is done when a moment has come."""

    def __init__(self, kept, moment, do):
        self.kept = kept
        self.moment = moment
        self.do = do
        self.said = []

    async def reach(self, moment):
        if moment == self.moment:
            await self.do()

    async def fire(self):
        await self.reach("ahead")
        await self.kept.advance(HOUR + SECOND)
        await self.reach("due")
        await self.round()
        for _ in range(3):
            await self.kept.advance(MINUTE)
            await self.round()

    async def round(self):
        """Tell what is due, as the agents do."""
        claim = await self.kept.due.claim(10, LEASE)
        await self.reach("claimed")
        unsent = (await self.kept.deliveries.standing(claim.notifications)).pending
        await self.reach("open")
        await self.kept.due.offered(claim)
        await self.reach("offered")
        ids = [item.id for item in unsent]
        await self.kept.deliveries.attempt(unsent, Channel.CHAT)
        await self.reach("trying")
        self.said += [(item.text, item.due_at) for item in unsent]
        await send(self.kept.deliveries, *ids)
        await self.reach("sent")
        await self.kept.due.close(claim, [item.id for item in claim.notifications], SECOND)
        await self.reach("delivered")
        self.moment = None


@pytest.mark.parametrize("moment", MOMENTS)
async def test_a_reminder_whose_text_changes_while_it_fires_is_told_once(kept, moment):
    person = await kept.somebody()
    made = await remind(kept, person, "old")
    changed = []

    async def reword():
        changed.append(await kept.book.reword(made, "new"))

    firing = Firing(kept, moment, reword)
    await firing.fire()

    said = "new" if moment in ("ahead", "due") else "old"
    assert firing.said == [(said, made.next_due)]
    assert changed[0] is None or changed[0].text == "new"


@pytest.mark.parametrize("moment", MOMENTS)
async def test_what_recurs_is_told_once_each_time_and_later_with_its_new_text(kept, moment):
    person = await kept.somebody()
    made = await remind_daily(kept, person, "old")
    firing = Firing(kept, moment, lambda: kept.book.reword(made, "new"))
    await firing.fire()
    await kept.advance(DAY - HOUR)
    await firing.round()
    await firing.fire()

    first, *later = firing.said
    assert first[1] == made.next_due
    assert later == [("new", made.next_due + DAY)]


async def test_a_text_changed_before_a_second_try_is_told_by_that_try(kept):
    person = await kept.somebody()
    made = await remind(kept, person, "old")
    await kept.advance(2 * HOUR)
    claim = await kept.due.claim(10, LEASE)
    await kept.due.close(claim, [], SECOND)
    await kept.book.reword(made, "new")

    assert [item.text for item in await tell(kept, MINUTE)] == ["new"]


async def test_what_was_told_already_has_no_text_to_change(kept):
    person = await kept.somebody()
    made = await remind(kept, person, "old")
    await tell(kept, 2 * HOUR)

    assert await kept.book.reword(made, "new") is None
    assert (await kept.book.reminder(person.id, made.id)).text == "old"
    assert (await kept.book.undo(person.id)).what == "created"


async def test_a_reworded_reminder_is_found_by_its_new_words(kept):
    person = await kept.somebody()
    made = await remind(kept, person, "buy milk")
    reworded = await kept.book.reword(made, "buy bread")

    assert reworded == made.model_copy(update={"text": "buy bread"})
    assert await kept.book.matching(person.id, "bread", 9) == [reworded]
    assert await kept.book.matching(person.id, "milk", 9) == []
    assert await kept.book.latest(person.id) == reworded


async def test_the_old_text_is_put_back_also_when_the_new_one_was_told(kept):
    person = await kept.somebody()
    made = await remind(kept, person, "old")
    await kept.book.reword(made, "new")
    await tell(kept, 2 * HOUR)

    undone = await kept.book.undo(person.id)
    assert undone == TakenBack("reworded", made.model_copy(update={"next_due": None}))
    (told,) = await kept.book.fired(person.id, None, 9)
    assert told.text == "new"
    await kept.book.snooze(told, await kept.book.now() + MINUTE)
    assert [item.text for item in await tell(kept, MINUTE)] == ["old"]


async def test_the_old_text_is_put_back_and_nothing_else(kept):
    person = await kept.somebody()
    made = await remind_daily(kept, person, "old")
    await kept.book.reword(made, "new")
    assert [item.text for item in await tell(kept, HOUR + SECOND)] == ["new"]

    undone = await kept.book.undo(person.id)
    ahead = made.model_copy(update={"next_due": made.next_due + DAY})
    assert undone == TakenBack("reworded", ahead)
    assert await texts(kept, person) == ["old"]
    assert [item.text for item in await tell(kept, DAY)] == ["old"]
    assert (await kept.book.undo(person.id)).what == "created"
