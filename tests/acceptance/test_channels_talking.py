"""Answering where one was told: by SMS, on Telegram, by a link in a mail."""

from __future__ import annotations

import pytest

from gateways.http.action_pages import STANDS
from ontology.notifications.concepts import Channel
from ontology.policy.changes import OrderChannels
from ontology.reminders.concepts import OccurrenceState
from ontology.telegram.wording import LINKED, STRANGER
from tests.acceptance.channels import Channels

pytestmark = [pytest.mark.acceptance, pytest.mark.asyncio(loop_scope="session")]


async def test_an_sms_is_answered_by_an_sms(channels: Channels):
    order = OrderChannels(channels=(Channel.SMS, Channel.CHAT))
    async with channels.somebody(order) as ada:
        # What is said on the phone is said at this machine's time, after what it answers.
        await channels.advance(minutes=-3)
        await ada.is_reminded("move the car")
        await ada.gets_text("⏰ move the car", "done", "snooze")
        await ada.awaits_answer()
        await ada.texts_us("done")
        await ada.gets_text("Done", "move the car")
        await ada.occurrence_is("acknowledged")

        await ada.is_reminded("water the lawn")
        await ada.gets_text("⏰ water the lawn")
        await ada.awaits_answer()
        sid = await ada.texts_us("snooze 20m")
        await ada.gets_text("water the lawn", "comes again")
        for _ in range(4):
            await ada.texts_us("snooze 20m", sid)
        await channels.advance(minutes=22)
        await ada.gets_texts(5)
        assert ada.texts[-1].startswith("⏰ water the lawn")
        assert ada.chat.count("⏰") == 0


async def test_on_telegram_one_is_linked_and_says_what_one_says_in_chat(channels: Channels):
    order = OrderChannels(channels=(Channel.TELEGRAM, Channel.CHAT))
    async with channels.somebody(order, reached_by=()) as ada:
        for greeting in ("hello", "who are you?", "list"):
            ada.writes(greeting)
        await ada.sees_on_telegram(STRANGER)
        ada.writes(await ada.telegram_code())
        await ada.sees_on_telegram(LINKED)
        assert ada.reads_on_telegram("") == 2

        ada.writes("remind me in 1 hour to water the ferns")
        await ada.sees_on_telegram("remind you", "water the ferns")
        ada.writes("undo")
        await ada.sees_on_telegram("ferns", count=2)
        ada.writes("list")
        await ada.sees_on_telegram("no reminders")
        ada.writes("remind me in 1 hour to feed the cat")
        await ada.sees_on_telegram("remind you", "feed the cat")

        await channels.advance(hours=1)
        await ada.sees_on_telegram("⏰ feed the cat")
        ada.writes("snooze 10 min")
        await ada.sees_on_telegram("Snoozed", "feed the cat")
        await channels.advance(minutes=11)
        await ada.sees_on_telegram("⏰ feed the cat", count=2)
        ada.writes("done")
        await ada.sees_on_telegram("Done", "feed the cat")
        await ada.occurrence_is("acknowledged")
        assert "no reminders" in (await ada.chat.ask("list")).lower()


async def test_a_link_in_a_mail_shows_on_a_look_and_acts_once_when_pressed(channels: Channels):
    order = OrderChannels(channels=(Channel.EMAIL, Channel.CHAT))
    async with channels.somebody(order, reached_by=("mailto",)) as ada:
        await ada.is_reminded("renew the passport")
        links = await ada.gets_mail()
        for link in links.values():
            status, page = await channels.opens(link)
            assert (status, "passport" in page or "mail" in page) == (200, True)
        await ada.awaits_answer()

        status, page = await channels.presses(links["Snooze 10 min"])
        assert (status, "comes again" in page) == (200, True)
        assert await channels.presses(links["Snooze 10 min"]) == (200, page)
        _, seen = await channels.opens(links["Done"])
        assert STANDS[OccurrenceState.SNOOZED] in seen
        await ada.chain_is("acknowledged")

        await channels.advance(minutes=12)
        again = await ada.gets_mail(times=2)
        for _ in range(2):
            status, page = await channels.presses(again["Done"])
            assert (status, "Done" in page) == (200, True)
        _, seen = await channels.opens(again["Done"])
        assert STANDS[OccurrenceState.ACKNOWLEDGED] in seen
        assert "no reminders" in (await ada.chat.ask("list")).lower()
        assert ada.chat.count("⏰") == 0
