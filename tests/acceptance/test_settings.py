"""How one is reached, said in chat alone: quiet hours, channels, addresses that are proved."""

from __future__ import annotations

import re

import pytest

from tests.acceptance.channels import Channels
from tests.acceptance.somebody import SOON
from tests.clients.waiting import eventually

pytestmark = [pytest.mark.acceptance, pytest.mark.asyncio(loop_scope="session")]


async def test_quiet_hours_said_in_chat_hold_a_reminder_and_are_undone(channels: Channels):
    async with channels.somebody(reached_by=()) as ada:
        await channels.database.go_to("Monday", 20)
        said = await ada.chat.ask("quiet hours 10pm to 7am on weekdays")
        assert said == "Your quiet hours are now: 22:00–07:00 on weekdays."
        said = await ada.chat.ask("always ring for hospital")
        assert "“hospital”" in said

        kept = await ada.chat.ask("remind me at 23:00 to check the oven")
        assert "OK, I will remind you" in kept
        assert "your quiet hours 22:00–07:00 on weekdays" in kept and "07:00" in kept
        assert "always ring for check the oven" in kept
        rings = await ada.chat.ask("remind me at 23:05 to call the hospital")
        assert "quiet hours" not in rings
        moved = await ada.chat.ask("move the oven to 21:00")
        assert "quiet hours" not in moved
        assert "quiet hours 22:00–07:00" in await ada.chat.ask("move the oven to 22:30")

        await channels.database.go_to("Monday", 23, 6)
        await ada.chat.hears("⏰", "call the hospital")
        await ada.stands("bool_or(held_by IS NOT NULL) FROM occurrences")
        assert ada.chat.count("⏰", "check the oven") == 0
        await channels.database.go_to("Tuesday", 7)
        told = await ada.chat.hears("⏰", "check the oven")
        assert "held by your quiet hours 22:00–07:00 on weekdays" in told.body
        assert "quiet hours" in await ada.chat.ask("why did you remind me of the oven?")


async def test_what_was_changed_of_settings_is_taken_back_in_order_with_all_else(
    channels: Channels,
):
    async with channels.somebody(reached_by=()) as ada:
        before = await ada.chat.ask("what are my quiet hours?")
        await ada.chat.ask("quiet hours 10pm to 7am")
        await ada.chat.ask("remind me on friday at 9 to water the fern")
        await ada.chat.ask("silent on weekends")
        during = await ada.chat.ask("what are my quiet hours?")
        assert "22:00–07:00 daily" in during and "silent until Monday" in during

        as_before = "Undone, I tell you of things as I did before."
        assert await ada.chat.ask("undo") == as_before
        assert "silent" not in (await ada.chat.ask("what are my quiet hours?")).split("Say")[0]
        assert "water the fern" in await ada.chat.ask("undo")
        assert await ada.chat.ask("undo") == as_before
        assert await ada.chat.ask("what are my quiet hours?") == before


async def test_do_not_disturb_asks_until_when_and_somebody_comes_back(channels: Channels):
    async with channels.somebody(reached_by=()) as ada:
        await channels.database.go_to("Monday", 12)
        assert "Until when?" in await ada.chat.ask("do not disturb")
        assert "I hold everything back until" in await ada.chat.ask("until tomorrow at 9")
        assert "your being away" in await ada.chat.ask("remind me at 13:00 to eat an apple")
        assert "Away: until" in await ada.chat.ask("show my settings")
        assert "Welcome back" in await ada.chat.ask("I'm back")
        assert "being away" not in await ada.chat.ask("remind me at 14:00 to eat a pear")


async def test_channels_are_ordered_in_chat_and_what_cannot_be_is_said(channels: Channels):
    async with channels.somebody(reached_by=("telegram",)) as ada:
        assert await ada.chat.ask("telegram first, then chat") == (
            "I reach you by telegram, then chat."
        )
        assert "after 5 minutes" in await ada.chat.ask("try the next channel after 5 minutes")
        await ada.is_reminded("drink some water")
        await ada.sees_on_telegram("⏰ drink some water")
        assert ada.chat.count("⏰") == 0
        await ada.does_not_answer(minutes=5)
        await ada.told_in_chat("drink some water")
        assert "drink some water" in await ada.chat.ask("what did I miss?")
        why = await ada.chat.ask("why did you remind me of the water?")
        assert "telegram" in why.lower() and "chat" in why
        await ada.chat.ask("done")
        assert "missed nothing" in await ada.chat.ask("what did I miss?")

        assert await ada.chat.ask("never call me") == "I never call you."
        await ada.chat.ask("only chat")
        assert "One channel has to stay" in await ada.chat.ask("don't use chat")
        told = await ada.chat.ask("how do you reach me?")
        assert "Channels: chat\n" in told and "Calls: never" in told
        assert "I can reach you by chat and telegram." in told
        assert "Not linked: e-mail; say “my e-mail is" in told
        assert "whatsapp is not set up here: set STEWARD_TWILIO" in told


async def test_an_address_is_linked_by_the_code_that_comes_and_let_go(channels: Channels):
    async with channels.somebody(reached_by=()) as ada:
        assert "I sent a code to" in await ada.chat.ask(f"my e-mail is {ada.mail}")
        mail = await eventually(
            lambda: next((m for m in channels.mail.mails if m["To"] == ada.mail), None),
            "the code comes by mail",
            SOON,
        )
        plain = mail.get_body(("plain",))
        assert plain is not None
        code = re.search(r"\b([0-9]{6})\b", plain.get_content())
        assert code is not None
        wrong = "000000" if code[1] != "000000" else "000001"
        assert "not good" in await ada.chat.ask(wrong)
        assert f"{ada.mail} is linked" in await ada.chat.ask(code[1])
        assert "e-mail" in await ada.chat.ask("remind me by e-mail")
        await ada.is_reminded("post the letter")
        await eventually(
            lambda: [m for m in channels.mail.mails if "post the letter" in str(m["Subject"])],
            "the reminder comes by mail",
            SOON,
        )
        assert f"{ada.mail} is unlinked" in await ada.chat.ask("unlink my e-mail")
        assert "I did not do that" in await ada.chat.ask("unlink my e-mail")


async def test_a_telegram_account_is_linked_by_the_code_said_to_the_bot(channels: Channels):
    async with channels.somebody(reached_by=()) as ada:
        said = await ada.chat.ask("link telegram")
        code = re.search(r"\b[0-9]{6}\b", said)
        assert code is not None and "bot" in said
        ada.writes(code[0])
        await ada.chat.hears("Telegram account is linked")
        ada.writes("show my settings")
        await ada.sees_on_telegram("I can reach you by chat and telegram.")
        assert "is unlinked" in await ada.chat.ask("unlink telegram")


async def test_a_number_is_linked_by_text_and_a_bad_one_is_declined(channels: Channels):
    async with channels.somebody(reached_by=()) as ada:
        assert "no number with its country code" in await ada.chat.ask("my number is 555 0134")
        assert "I sent a code to" in await ada.chat.ask(f"my number is {ada.number}")
        code = re.search(r"\b[0-9]{6}\b", await ada.gets_text("code for Steward"))
        assert code is not None
        assert f"{ada.number} is linked" in await ada.chat.ask(f"the code is {code[0]}")
        assert f"{ada.number} is unlinked" in await ada.chat.ask("remove my phone number")
