"""Processes killed in the midst of telling: every vendor sees every attempt once."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from contextlib import AsyncExitStack

import pytest
from aiohttp import web

from ontology.notifications.concepts import Channel
from ontology.policy.changes import OrderChannels, SetCalls
from tests.acceptance.channels import Channels
from tests.acceptance.gates import gates_of
from tests.acceptance.somebody import SOON, Somebody
from tests.clients.waiting import eventually

pytestmark = [pytest.mark.acceptance, pytest.mark.asyncio(loop_scope="session")]

CHAT, TELEGRAM, CALL = Channel.CHAT, Channel.TELEGRAM, Channel.CALL

WRITTEN_BY = {CHAT: "chat_messages", TELEGRAM: "dispatches", CALL: "dispatches"}
"""Where the agent of a channel writes down that it is about to deliver."""


async def is_told_of(somebody: Somebody, channel: Channel, text: str) -> None:
    if channel is CHAT:
        await somebody.told_in_chat(text)
    elif channel is TELEGRAM:
        await somebody.sees_on_telegram("⏰", text)
    else:
        await somebody.is_called()


def seen_by_vendors(*people: Somebody) -> Counter[str]:
    """Return how often each attempt was seen: what a button, or a call, is about."""
    seen: Counter[str] = Counter()
    for somebody in people:
        for form in somebody.channels.telegram.called("sendMessage"):
            keyboard = json.loads(form.get("reply_markup", "{}")).get("inline_keyboard")
            if keyboard and form["chat_id"] == str(somebody.telegram):
                seen[keyboard[0][0]["callback_data"]] += 1
        seen.update(call.url for call in somebody.calls)
    return seen


async def test_a_notifier_killed_at_every_step_loses_nothing_and_tells_nothing_twice(
    channels: Channels,
):
    order = OrderChannels(channels=(CHAT, TELEGRAM, CALL))
    points = ("writing", "asking", "noting")
    async with AsyncExitStack() as stack:
        people = {
            point: await stack.enter_async_context(channels.somebody(order)) for point in points
        }
        gates = await stack.enter_async_context(gates_of(channels))
        for somebody in people.values():
            await somebody.chat.ask("remind me in 1 minute to take the pills")
        for step, channel in enumerate((CHAT, TELEGRAM, CALL)):
            mine = f"NEW.step = {step}"
            await gates.shut("INSERT", "attempts", people["writing"].id, mine)
            await gates.shut("INSERT", WRITTEN_BY[channel], people["asking"].id)
            await gates.shut("UPDATE", "attempts", people["noting"].id, mine)
            await channels.advance(minutes=10 if step else 1)
            await gates.are_reached()
            channels.process("notifier").kill()
            await gates.open()
            await channels.start("notifier")
            for somebody in people.values():
                await is_told_of(somebody, channel, "take the pills")
                await somebody.awaits_answer(step)

        for somebody in people.values():
            assert [(step, by) for step, by, _ in await somebody.attempts()] == [
                (0, "chat"),
                (1, "telegram"),
                (2, "call"),
            ]
            (call,) = somebody.calls
            await call.pressed("1")
            await somebody.chat.hears("✓ done by phone")
            await somebody.sees_on_telegram("done by phone")
            await somebody.chain_is("acknowledged")
            assert somebody.chat.count("⏰") == 1
            assert somebody.reads_on_telegram("take the pills") == 1
        assert set(seen_by_vendors(*people.values()).values()) == {1}


async def test_a_notifier_killed_when_it_was_answered_still_stops_every_channel(
    channels: Channels,
):
    order = OrderChannels(channels=(TELEGRAM, CALL, CHAT))
    async with channels.somebody(order) as ada, gates_of(channels) as gates:
        await ada.is_reminded("take the pills")
        await ada.sees_on_telegram("⏰ take the pills")
        await ada.does_not_answer()
        call = await ada.is_called()
        await ada.awaits_answer(1)
        await gates.shut("UPDATE", "chains", ada.id, "NEW.state = 'acknowledged'")
        channels.telegram.presses(ada.telegram, "Done")
        await gates.are_reached()
        channels.process("notifier").kill()
        await gates.open()
        await channels.start("notifier")

        await ada.chain_is("acknowledged")
        await eventually(lambda: call.is_ended or None, "the call is ended", SOON)
        await ada.sees_on_telegram("take the pills", "Done")
        assert len(ada.calls) == 1
        assert ada.chat.count("⏰") == 0


def fall_silent(channels: Channels, over: asyncio.Event) -> asyncio.Barrier:
    """Let Telegram and Twilio hear one request, and say nothing until it is over."""
    heard = asyncio.Barrier(3)

    async def silent(*_: object) -> web.Response:
        await heard.wait()
        await over.wait()
        return web.Response(status=502)

    channels.telegram.trouble["sendMessage"] = [silent]
    channels.twilio.trouble.append(silent)
    return heard


async def test_channels_killed_around_the_answer_of_their_vendors_ask_them_nothing_twice(
    channels: Channels,
):
    by_telegram = OrderChannels(channels=(TELEGRAM, CHAT))
    by_phone = OrderChannels(channels=(CALL, CHAT))
    once = SetCalls(most=1)
    async with AsyncExitStack() as stack:
        orders = (by_telegram, by_phone) * 2
        everybody = [
            await stack.enter_async_context(channels.somebody(each, once)) for each in orders
        ]
        unanswered, unnoted = everybody[:2], everybody[2:]
        gates = await stack.enter_async_context(gates_of(channels))
        for somebody in everybody:
            minutes = 1 if somebody in unanswered else 2
            await somebody.chat.ask(f"remind me in {minutes} minutes to take the pills")
        heard = fall_silent(channels, over := asyncio.Event())
        await channels.advance(minutes=1)
        await asyncio.wait_for(heard.wait(), SOON)
        for somebody in unnoted:
            await gates.shut("UPDATE", "dispatches", somebody.id)
        await channels.advance(minutes=1)
        await gates.are_reached()
        for agent in ("phone", "telegram"):
            channels.process(agent).kill()
        over.set()
        await gates.open()
        await channels.start("phone", "telegram")

        # Nobody knows whether it was heard: it is not said again, and the next goes ahead.
        for somebody in everybody:
            await somebody.told_in_chat("take the pills")
            await somebody.awaits_answer(1)
            assert [outcome for _, _, outcome in await somebody.attempts()] == [
                "unknown",
                "sent",
            ]
        seen = seen_by_vendors(*everybody)
        assert (len(seen), set(seen.values())) == (len(everybody), {1})
