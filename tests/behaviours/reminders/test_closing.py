"""Closing, snoozing and explaining what was told, asked for as the planner asks."""

from __future__ import annotations

import pytest

from behaviours.reminders.tell_reminders import (
    ListMissedOnQuery,
)
from ontology.reminders import acts
from ontology.reminders.concepts import OccurrenceState as S
from ontology.reminders.concepts import Target
from tests.behaviours.reminders.keeper import ADA, HOUR, words
from tests.fakes.notifications import FakeDeliveries

pytestmark = pytest.mark.usefixtures("virtual_time")


async def test_done_closes_what_rang_last(keeper):
    await keeper.told("first")
    await keeper.told("second")

    performative, content = await keeper.complete()

    assert (performative, content.occurrence.text) == ("inform", "second")
    assert content.occurrence.state is S.ACKNOWLEDGED


async def test_what_rang_together_is_asked_about(keeper):
    for text in ("one", "two"):
        await keeper.made(text, within=HOUR)
    await keeper.fire(HOUR)

    performative, content = await keeper.complete()

    assert performative == "failure"
    assert sorted(each.text for each in content.fired) == ["one", "two"]


async def test_done_never_means_what_fell_due_after_it_was_said(keeper):
    first = await keeper.told("first")
    said_at = keeper.now + HOUR
    await keeper.made("second", within=2 * HOUR)
    await keeper.fire(3 * HOUR)

    _, content = await keeper.complete(said_at=said_at)
    assert content.occurrence.id == first.id
    assert await keeper.snooze(5 * HOUR, said_at=said_at) == ("failure", acts.NothingFound())

    _, content = await keeper.complete(words("second"), said_at=said_at)
    assert content.occurrence.text == "second"


async def test_done_never_means_what_nobody_was_told_yet(keeper):
    await keeper.told("told before")
    await keeper.made("on its way", within=HOUR)
    await keeper.book.clock.advance(HOUR)
    await keeper.due.offered(await keeper.due.claim(100, HOUR))

    _, content = await keeper.complete()
    assert content.occurrence.text == "told before"
    assert await keeper.complete() == ("failure", acts.NothingFound())
    assert await keeper.snooze() == ("failure", acts.NothingFound())

    _, content = await keeper.complete(words("on its way"))
    assert content.occurrence.text == "on its way"


async def test_where_it_is_not_sure_what_was_read_last_all_that_is_open_is_asked_about(keeper):
    await keeper.told("told before")
    await keeper.made("being told", within=HOUR)
    await keeper.book.clock.advance(HOUR)
    claim = await keeper.due.claim(100, HOUR)
    await FakeDeliveries(keeper.book).attempt(claim.notifications, "chat")

    performative, content = await keeper.complete()

    assert performative == "failure"
    assert [each.text for each in content.fired] == ["being told", "told before"]


async def test_of_six_told_late_at_once_all_six_are_asked_about(keeper):
    for n in range(6):
        await keeper.made(f"{n}", within=HOUR * (n + 1))
    await keeper.fire(9 * HOUR)

    _, content = await keeper.complete()

    assert [each.text for each in content.fired] == ["5", "4", "3", "2", "1", "0"]
    assert not content.more


async def test_of_very_many_that_rang_only_so_many_are_offered(keeper):
    for n in range(12):
        await keeper.made(f"{n}")
    await keeper.fire(HOUR)

    _, content = await keeper.complete()

    assert len(content.fired) == 9
    assert content.more


@pytest.mark.parametrize("target", [Target(), words("stretch")], ids=["it", "named"])
async def test_what_was_snoozed_or_done_is_explained_all_the_same(keeper, target):
    rang = await keeper.told("stretch")
    await keeper.snooze(HOUR)

    assert (await keeper.why(target)).id == rang.id
    await keeper.fire(HOUR)
    await keeper.complete()
    assert (await keeper.why(target)).id != rang.id


async def test_with_nothing_rung_there_is_nothing_done_or_snoozed(keeper):
    await keeper.made()

    assert await keeper.complete() == ("failure", acts.NothingFound())
    assert await keeper.snooze() == ("failure", acts.NothingFound())


async def test_what_is_named_can_be_done_before_it_rings(keeper):
    await keeper.made("stretch")

    performative, content = await keeper.complete(words("stretch"))

    assert (performative, content.occurrence.text) == ("inform", "stretch")
    assert await keeper.texts() == []


async def test_a_snoozed_reminder_comes_again(keeper):
    await keeper.told("stretch")

    performative, content = await keeper.snooze(HOUR)
    assert performative == "inform"
    assert content.occurrence.due_at == keeper.now + HOUR

    await keeper.fire(HOUR)
    assert (await keeper.book.last_told(ADA)).id == content.occurrence.id


async def test_nothing_is_snoozed_into_the_past(keeper):
    await keeper.told("stretch")

    performative, content = await keeper.snooze(-HOUR)

    assert performative == "refuse"
    assert isinstance(content, acts.InThePast)


async def test_what_was_missed_is_told_until_it_is_done(keeper):
    await keeper.told("stretch")
    missed = acts.WhichMissed(person_id=ADA)

    _, content = await keeper.says(ListMissedOnQuery, missed)
    assert [each.text for each in content.occurrences] == ["stretch"]

    await keeper.complete()
    _, content = await keeper.says(ListMissedOnQuery, missed)
    assert content == acts.OccurrenceList(occurrences=(), total=0)
