"""Vendors that are away, all at once: chat has it, and they are left alone as they ask."""

from __future__ import annotations

import time

import pytest
from aiohttp import web

from ontology.notifications.concepts import Channel
from ontology.policy.changes import OrderChannels, SetCalls
from tests.acceptance.channels import Channels
from tests.acceptance.somebody import SOON
from tests.clients.waiting import eventually
from tests.vendors.telegram import Telegram, too_many
from tests.vendors.twilio import refusal

pytestmark = [pytest.mark.acceptance, pytest.mark.asyncio(loop_scope="session")]

PATIENCE_ASKED = 5
"""Seconds for which Telegram and Twilio want to be left alone."""


async def test_while_every_vendor_is_away_chat_says_so_and_they_are_left_alone(
    channels: Channels,
):
    order = OrderChannels(channels=(Channel.TELEGRAM, Channel.EMAIL, Channel.CALL))
    asked_at: list[float] = []

    async def stamp(server: Telegram, form: dict[str, str]) -> web.Response | None:
        asked_at.append(time.monotonic())
        refuse = too_many(PATIENCE_ASKED)
        return await refuse(server, form) if len(asked_at) == 1 else None

    once = SetCalls(most=1)
    async with channels.somebody(order, once, reached_by=("telegram", "mailto", "tel")) as ada:
        channels.telegram.trouble["sendMessage"] = [stamp, stamp]
        channels.mail.says["CONNECT"] = "421 4.3.2 not now"
        channels.twilio.trouble.append(refusal(429, 20429, Retry_After=str(PATIENCE_ASKED)))
        await ada.is_reminded("pay the rent")
        told = await ada.chat.hears("⏰ pay the rent")
        assert "Telegram, e-mail and phone did not work" in told.body
        await ada.chain_is("exhausted")
        assert [(by, outcome) for _, by, outcome in await ada.attempts()] == [
            ("telegram", "failed"),
            ("e-mail", "failed"),
            ("call", "failed"),
            ("chat", "sent"),
        ]
        assert "pay the rent" in await ada.chat.ask("what did I miss?")
        assert len(asked_at) == 1
        assert ada.calls == []

        await eventually(
            lambda: time.monotonic() > asked_at[0] + PATIENCE_ASKED or None, "peace", SOON
        )
        del channels.mail.says["CONNECT"]
        await ada.is_reminded("call the bank")
        await ada.sees_on_telegram("⏰ call the bank")
        assert len(asked_at) == 2
        assert asked_at[1] - asked_at[0] >= PATIENCE_ASKED
        channels.telegram.presses(ada.telegram, "Done")
        await ada.sees_on_telegram("call the bank", "Done")
        assert ada.chat.count("⏰ pay the rent") == 1
        assert ada.reads_on_telegram("pay the rent") == 0
