"""Reminders that go from channel to channel until somebody answers, on any of them."""

from __future__ import annotations

import pytest

from ontology.notifications.concepts import Channel
from ontology.policy.changes import ChangeWords, OrderChannels
from tests.acceptance.channels import Channels
from tests.acceptance.somebody import SOON
from tests.clients.waiting import eventually

pytestmark = [pytest.mark.acceptance, pytest.mark.asyncio(loop_scope="session")]

VIP = ChangeWords(list="vip", words=("Ann",))


def in_order(*channels: Channel) -> OrderChannels:
    return OrderChannels(channels=channels)


async def test_in_quiet_hours_nothing_is_told_until_they_end_then_once_and_why(
    channels: Channels,
):
    async with channels.somebody() as ada:
        quiet = ("person", "prefer", ada.person.name, "quiet", "22:00-07:00")
        assert "22:00" in await channels.call(*quiet)
        await channels.database.go_to("Monday", 23)
        await ada.is_reminded("fold the laundry")
        await ada.stands("ready_at > steward_now() + interval '1 hour' FROM occurrences")
        await channels.database.go_to("Tuesday", 6, 59)
        await ada.chat.nothing_under_way()
        assert ada.chat.count("⏰") == 0

        await channels.database.go_to("Tuesday", 7, 0)
        told = await ada.chat.hears("⏰", "fold the laundry")
        assert "held by your quiet hours 22:00–07:00" in told.body
        why = await ada.chat.ask("why did you remind me of the laundry?")
        assert "quiet hours" in why
        await ada.chat.nothing_under_way()
        assert ada.chat.count("⏰", "fold the laundry") == 1


async def test_a_vip_is_told_by_chat_then_telegram_then_phone_where_key_1_ends_it_all(
    channels: Channels,
):
    async with channels.somebody(VIP) as ada:
        await ada.is_reminded("ring Ann back")
        await ada.told_in_chat("ring Ann back")
        await ada.does_not_answer()
        await ada.sees_on_telegram("⏰ ring Ann back")
        assert channels.telegram.buttons(ada.telegram) == ["✓ Done", "10 min", "1 h"]
        await ada.does_not_answer(step=1)
        call = await ada.is_called()
        assert "ring Ann back" in await call.answered()
        assert "Done" in await call.pressed("1")

        await ada.chat.hears("✓ done by phone: ring Ann back")
        await ada.sees_on_telegram("ring Ann back", "done by phone")
        assert channels.telegram.buttons(ada.telegram) == []
        await ada.chain_is("acknowledged")
        await call.ends("completed")
        await channels.advance(hours=2)
        assert "no reminders" in (await ada.chat.ask("list")).lower()
        assert "ring Ann" not in await ada.chat.ask("what did I miss?")
        assert len(ada.calls) == 1
        assert ada.chat.count("⏰", "ring Ann back") == 1
        assert ada.reads_on_telegram("ring Ann back") == 1


async def test_what_is_answered_in_chat_stops_the_phone_that_rings(channels: Channels):
    order = in_order(Channel.CHAT, Channel.CALL, Channel.TELEGRAM)
    async with channels.somebody(order) as ada:
        await ada.is_reminded("turn off the oven")
        await ada.told_in_chat("turn off the oven")
        await ada.does_not_answer()
        call = await ada.is_called()
        assert "turn off the oven" in await ada.chat.ask("done")

        await eventually(lambda: call.is_ended or None, "the call is ended", SOON)
        await ada.chain_is("acknowledged")
        await channels.advance(hours=2)
        assert "no reminders" in (await ada.chat.ask("list")).lower()
        assert len(ada.calls) == 1
        assert ada.reads_on_telegram("oven") == 0


async def test_what_is_snoozed_on_telegram_comes_again_and_its_chain_begins_anew(
    channels: Channels,
):
    order = in_order(Channel.TELEGRAM, Channel.CHAT)
    async with channels.somebody(order) as ada:
        await ada.is_reminded("drink some water")
        await ada.sees_on_telegram("⏰ drink some water")
        channels.telegram.presses(ada.telegram, "10 min")
        await ada.sees_on_telegram("drink some water", "Snoozed")
        await ada.occurrence_is("snoozed")

        await channels.advance(minutes=11)
        await ada.sees_on_telegram("⏰ drink some water", count=2)
        assert channels.telegram.buttons(ada.telegram) == ["✓ Done", "10 min", "1 h"]
        assert ada.chat.count("⏰") == 0
        channels.telegram.presses(ada.telegram, "Done")
        await ada.sees_on_telegram("drink some water", "Done")
        assert "no reminders" in (await ada.chat.ask("list")).lower()


async def test_a_phone_nobody_answers_rings_again_after_a_while_and_then_chat_says_so(
    channels: Channels,
):
    async with channels.somebody(in_order(Channel.CALL)) as ada:
        await ada.is_reminded("leave for the train")
        first = await ada.is_called()
        await first.answered(by="machine_start")
        await first.ends("completed")
        await ada.does_not_answer(0, minutes=4)
        assert len(ada.calls) == 1
        await channels.advance(minutes=1)
        second = await ada.is_called(times=2)
        assert second.sid != first.sid
        await second.ends("no-answer")

        await ada.chat.hears("leave for the train")
        await ada.chain_is("exhausted")
        assert len(ada.calls) == 2
        assert "leave for the train" in await ada.chat.ask("what did I miss?")


async def test_what_is_done_in_chat_loses_its_buttons_on_telegram(channels: Channels):
    async with channels.somebody(in_order(Channel.TELEGRAM, Channel.CHAT)) as ada:
        await ada.is_reminded("post the letter")
        await ada.sees_on_telegram("⏰ post the letter")
        await ada.awaits_answer()
        assert "post the letter" in await ada.chat.ask("done")
        await ada.sees_on_telegram("⏰ post the letter", "done")
        assert channels.telegram.buttons(ada.telegram) == []
        await ada.chain_is("acknowledged")


async def test_what_is_answered_everywhere_at_once_is_answered_once(channels: Channels):
    order = in_order(Channel.TELEGRAM, Channel.CALL, Channel.CHAT)
    async with channels.somebody(order) as ada:
        # Keys and buttons are pressed at this machine's time, which it is by then.
        await channels.advance(minutes=-11)
        await ada.is_reminded("shut the window")
        await ada.sees_on_telegram("⏰ shut the window")
        await ada.does_not_answer()
        call = await ada.is_called()
        await ada.awaits_answer(step=1)

        channels.telegram.presses(ada.telegram, "10 min")
        ada.chat.say("done")
        said = await call.pressed("1")
        assert "shut the window" in said
        await ada.chain_is("acknowledged")
        await channels.everything_is_worked_on()
        await eventually(
            lambda: not channels.telegram.buttons(ada.telegram) or None, "no buttons", SOON
        )
        query = """SELECT count(*) FILTER (WHERE state = 'acknowledged'),
            count(*) FILTER (WHERE state IN ('scheduled', 'due', 'offered', 'delivered'))
            FROM occurrences WHERE person_id = $1"""
        ((done, open_still),) = await channels.database.rows(query, ada.id)
        # Either it was done, or it was snoozed before and comes again: never both.
        assert (done, open_still) in ((1, 0), (0, 1))
        assert len(ada.calls) == 1
