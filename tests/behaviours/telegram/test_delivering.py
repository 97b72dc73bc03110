from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from behaviours.telegram.answer_requests import CloseTelegramOnRequest, SayTextByTelegram
from behaviours.telegram.deliver_by_telegram import DeliverByTelegram
from ontology.acl import Failed, Refused
from ontology.errors import NoAnswer, ServiceAway
from ontology.notifications.acts import (
    CallForDelivery,
    CannotReach,
    CloseDelivery,
    DeliverMessages,
    SayText,
    TextSaid,
)
from ontology.notifications.concepts import (
    Acknowledgement,
    Channel,
    Notification,
    Outcome,
    attempt_key,
)
from ontology.notifications.posted import Posted
from ontology.telegram.buttons import buttons_of
from ontology.telegram.concepts import Place
from ontology.telegram.splitting import LONGEST
from ontology.telegram.wording import OVER
from tests.behaviours.telegram.talking import ADA, Desk, desk
from tests.fakes.telegram import AT, away

pytestmark = pytest.mark.usefixtures("virtual_time")

TELEGRAM = (Channel.TELEGRAM,)


def a_notification(person, text="stretch"):
    return Notification(
        id=uuid4(),
        reminder_id=uuid4(),
        person_id=person.id,
        text=text,
        zone="UTC",
        due_at=AT,
        claimed_at=AT,
    )


def awarded(*items, step=0):
    return DeliverMessages(notifications=items, channel=Channel.TELEGRAM, step=step)


def delivering(at):
    return DeliverByTelegram(at.people, at.saying, lambda: AT)


async def test_whoever_has_linked_an_account_is_bid_for():
    at = Desk()
    person = await at.somebody()

    bid = await delivering(at).bid(
        CallForDelivery(person_id=person.id, count=1, channels=(Channel.CHAT, *TELEGRAM))
    )

    assert (bid.channel, bid.reachable_now, bid.cost) == (Channel.TELEGRAM, True, 0.0)


async def test_nobody_else_is_bid_for_nor_are_other_channels():
    at = Desk()
    linked, other, blocking = [await at.somebody(user) for user in (ADA, None, 12)]
    await at.people.mark_bad("telegram:12", "blocked")
    calls = [
        CallForDelivery(person_id=linked.id, count=1, channels=(Channel.CHAT, Channel.EMAIL)),
        CallForDelivery(person_id=other.id, count=1, channels=TELEGRAM),
        CallForDelivery(person_id=blocking.id, count=1, channels=TELEGRAM),
    ]

    for call in calls:
        with pytest.raises(Refused) as refused:
            await delivering(at).bid(call)
        assert refused.value.reason == CannotReach()


async def test_while_telegram_wants_to_be_left_alone_nothing_is_bid():
    at = Desk()
    person = await at.somebody()
    at.bot.fates = [Posted.put_off("too many", again_after=60.0)]
    (attempted,) = (await delivering(at).perform(awarded(a_notification(person)))).outcomes
    assert attempted.outcome is Outcome.FAILED
    assert timedelta(seconds=59) < attempted.until - AT <= timedelta(seconds=60)

    call = CallForDelivery(person_id=person.id, count=1, channels=TELEGRAM)
    with pytest.raises(Refused):
        await delivering(at).bid(call)
    await asyncio.sleep(60)
    assert await delivering(at).bid(call)


async def test_a_notification_is_said_with_buttons_and_known_by_its_step():
    at = Desk()
    person = await at.somebody()
    item = a_notification(person)

    (attempted,) = (await delivering(at).perform(awarded(item, step=2))).outcomes

    ((number, (text, buttons)),) = at.bot.screens[ADA].items()
    assert text == "⏰ stretch"
    assert buttons == buttons_of(item.id, 2)
    assert attempted.outcome is Outcome.SENT
    assert attempted.reference == f"{ADA}/{number}"
    assert (attempt_key(item.id, 2), Channel.TELEGRAM) in at.dispatches.rows


async def test_an_award_repeated_in_another_life_says_nothing_again():
    first = Desk()
    person = await first.somebody()
    work = awarded(a_notification(person), a_notification(person, "drink"))
    told = await delivering(first).perform(work)

    assert await delivering(Desk(first)).perform(work) == told
    assert first.bot.sees(ADA) == ["⏰ stretch", "⏰ drink"]


async def test_another_step_of_the_same_is_said_again():
    at = Desk()
    item = a_notification(await at.somebody())
    for step in (0, 3):
        await delivering(at).perform(awarded(item, step=step))

    assert at.bot.sees(ADA) == ["⏰ stretch", "⏰ stretch"]


async def test_what_is_known_of_each_is_told():
    at = Desk()
    person = await at.somebody()
    at.bot.fates = [None, Posted.unknown("no answer"), Posted.refused("too long")]
    items = [a_notification(person, text) for text in ("a", "b", "c")]

    told = (await delivering(at).perform(awarded(*items))).outcomes

    assert [each.outcome for each in told] == [Outcome.SENT, Outcome.UNKNOWN, Outcome.FAILED]
    assert [each.until for each in told] == [None, None, None]


async def test_who_has_blocked_the_bot_is_reported():
    at = Desk()
    person = await at.somebody()
    at.bot.fates = [Posted.refused("blocked", is_bad_address=True)]

    (attempted,) = (await delivering(at).perform(awarded(a_notification(person)))).outcomes

    assert (attempted.outcome, attempted.why) == (Outcome.FAILED, "blocked")
    assert at.bad.reported == [("telegram:4711", "blocked")]


async def test_a_long_notification_has_its_buttons_at_the_end():
    at = Desk()
    item = a_notification(await at.somebody(), "word " * 1200)

    (attempted,) = (await delivering(at).perform(awarded(item))).outcomes

    (_, first), (number, (_, last)) = at.bot.screens[ADA].items()
    assert first[1] == ()
    assert last == buttons_of(item.id, 0)
    assert attempted.reference == f"{ADA}/{number}"
    assert all(len(text) <= LONGEST for text in at.bot.sees(ADA))


async def test_who_unlinked_meanwhile_is_not_reached():
    at = Desk()
    person = await at.somebody(None)

    with pytest.raises(Failed) as failed:
        await delivering(at).perform(awarded(a_notification(person)))
    assert failed.value.reason == CannotReach()


def saying(person, **more):
    named = {"key": UUID(int=7), "channel": Channel.TELEGRAM, "text": "a note", **more}
    return SayText(person_id=person.id, **named)


async def test_a_text_is_said_once_however_often_it_is_asked():
    at = Desk()
    person = await at.somebody()
    role = SayTextByTelegram(at.saying)

    for _ in range(2):
        assert await role.perform(saying(person), "assistant@localhost") == TextSaid()
    await role.perform(saying(person, key=UUID(int=8), address="telegram:12"), "a@localhost")

    assert at.bot.sees(ADA) == ["a note"]
    assert at.bot.sees(12) == ["a note"]


async def test_a_text_for_who_cannot_be_reached_is_declined():
    at = Desk()
    person, other = await at.somebody(), await at.somebody(None)
    role = SayTextByTelegram(at.saying)
    for action in (saying(other), saying(person, address="tel:+34600111222")):
        with pytest.raises(Failed):
            await role.perform(action, "assistant@localhost")
    with pytest.raises(Refused):
        await role.consider(saying(person, channel=Channel.SMS))

    at.bot.fates = [Posted.put_off("too many", again_after=60.0)]
    with pytest.raises(NoAnswer):
        await role.perform(saying(person), "assistant@localhost")
    await asyncio.sleep(60)
    await role.perform(saying(person), "assistant@localhost")
    assert at.bot.sees(ADA) == ["a note"]


def closing(item, reference, words="done by phone"):
    return CloseDelivery(
        id=item.id,
        person_id=item.person_id,
        channel=Channel.TELEGRAM,
        step=0,
        words=words,
        reference=reference,
    )


async def test_what_is_closed_says_why_and_has_no_buttons_any_more():
    at = Desk()
    item = a_notification(await at.somebody())
    (attempted,) = (await delivering(at).perform(awarded(item))).outcomes
    role = CloseTelegramOnRequest(at.bot, at.agents)
    at.agents.occurrences[item.id] = item

    for _ in range(2):
        await role.perform(closing(item, attempted.reference), "notifier@localhost")
    await role.perform(closing(item, None), "notifier@localhost")

    assert list(at.bot.screens[ADA].values()) == [("⏰ stretch\n✓ done by phone", ())]


async def test_what_is_closed_while_nobody_knows_what_it_was_loses_its_buttons():
    at = Desk()
    item = a_notification(await at.somebody())
    (attempted,) = (await delivering(at).perform(awarded(item))).outcomes

    role = CloseTelegramOnRequest(at.bot, at.agents)
    await role.perform(closing(item, attempted.reference), "notifier@localhost")

    assert list(at.bot.screens[ADA].values()) == [("⏰ stretch", ())]


async def test_what_cannot_be_closed_now_is_asked_for_again():
    at = Desk()
    item = a_notification(await at.somebody())
    at.bot.edit_troubles = [away()]

    with pytest.raises(ServiceAway):
        role = CloseTelegramOnRequest(at.bot, at.agents)
        await role.perform(closing(item, "4711/1"), "n@localhost")


async def told(at):
    """Have somebody told; return who, of what, and where."""
    person = await at.somebody()
    item = a_notification(person)
    (attempted,) = (await delivering(at).perform(awarded(item, step=1))).outcomes
    return person, item, Place.of(attempted.reference)


@pytest.mark.parametrize(
    ("button", "answer", "minutes"),
    [
        (0, Acknowledgement.DONE, None),
        (1, Acknowledgement.SNOOZE, 10),
        (2, Acknowledgement.SNOOZE, 60),
    ],
)
async def test_a_button_is_an_answer_and_edits_its_message(button, answer, minutes):
    async with desk() as at:
        person, item, place = await told(at)
        at.bot.presses(ADA, place, buttons_of(item.id, 1)[button].data)
        await asyncio.sleep(1)

        ((acknowledged, _),) = at.agents.acknowledged
        assert (acknowledged.id, acknowledged.person_id) == (item.id, person.id)
        assert (acknowledged.channel, acknowledged.answer) == (Channel.TELEGRAM, answer)
        until = None if minutes is None else AT + timedelta(minutes=minutes)
        assert (acknowledged.said_at, acknowledged.until) == (AT, until)
        assert list(at.bot.shown.values()) == ["✓ done: stretch"]
        assert list(at.bot.screens[ADA].values()) == [("⏰ stretch\n✓ done: stretch", ())]


async def test_a_press_that_comes_again_is_asked_of_the_notifier_under_one_name():
    async with desk() as first:
        _, item, place = await told(first)
        first.bot.edit_troubles = [away()]
        first.bot.presses(ADA, place, buttons_of(item.id, 1)[0].data)
        await asyncio.sleep(5)

        names = [name for _, name in first.agents.acknowledged]
        assert len(names) > 1
        assert len(set(names)) == 1
        assert first.bot.sees(ADA) == ["⏰ stretch\n✓ done: stretch"]


async def test_a_press_on_what_is_over_says_so():
    async with desk() as at:
        _, item, place = await told(at)
        at.agents.is_over = True
        at.bot.presses(ADA, place, buttons_of(item.id, 1)[0].data, text=None)
        await asyncio.sleep(1)

        assert list(at.bot.shown.values()) == [OVER]
        assert list(at.bot.screens[ADA].values()) == [("⏰ stretch", ())]


async def test_nobody_answers_by_a_button_who_is_not_known_or_made_it_up():
    async with desk() as at:
        _, item, place = await told(at)
        at.bot.presses(666, place, buttons_of(item.id, 1)[0].data)
        at.bot.presses(ADA, place, "n.forged.0.d")
        await asyncio.sleep(1)

        assert at.agents.acknowledged == []
        assert set(at.bot.shown.values()) == {OVER}
