"""The adapter over the wire, against a server that knows Telegram's own description."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
from aiohttp import ClientSession, FormData, web

from config.ports import free_port
from gateways.telegram import TelegramBot
from ontology.errors import ServiceAway, SettingsError
from ontology.notifications.concepts import Outcome
from ontology.telegram.concepts import Button, Place, Pressed, Said
from ontology.telegram.splitting import LONGEST, split
from tests.vendors.telegram import (
    BOT,
    TOKEN,
    Described,
    done_but,
    fails,
    garbage,
    huge,
    silence,
    too_many,
)

ADA = 4711


async def test_a_text_is_said_with_its_buttons(server, bot):
    posted = await bot.say(ADA, "⏰ stretch", (Button("✓ Done", "d"), Button("10 min", "10")))

    assert posted.outcome is Outcome.SENT
    assert server.sees(ADA) == ["⏰ stretch"]
    assert server.buttons(ADA) == ["✓ Done", "10 min"]
    ((message, _),) = server.screens[ADA].items()
    assert Place.of(posted.reference) == Place(ADA, message)


async def test_a_message_is_edited_and_its_buttons_go(server, bot):
    posted = await bot.say(ADA, "⏰ stretch", (Button("✓ Done", "d"),))
    place = Place.of(posted.reference)

    await bot.edit(place, "✓ done: stretch")
    assert server.sees(ADA) == ["✓ done: stretch"]
    assert server.buttons(ADA) == []
    await bot.edit(place, "✓ done: stretch")  # it reads so already
    await bot.edit(Place(ADA, 999), "gone")


async def test_buttons_alone_are_taken_away(server, bot):
    posted = await bot.say(ADA, "⏰ stretch", (Button("✓ Done", "d"),))

    await bot.edit(Place.of(posted.reference), None)

    assert (server.sees(ADA), server.buttons(ADA)) == (["⏰ stretch"], [])


async def test_a_press_is_confirmed_and_typing_is_shown(server, bot):
    await bot.confirm("callback 1", "✓ done" * 100)
    await bot.show_typing(ADA)

    assert len(server.shown["callback 1"]) == 200
    assert server.called("sendChatAction") == [{"chat_id": str(ADA), "action": "typing"}]


async def test_updates_are_read_and_those_below_the_offset_confirmed(server, bot):
    message = server.writes(ADA, "hello")
    server.edits(message, "hello!")
    server.writes_in_group(ADA, "hello all")

    said, edited, in_group = await bot.updates(None, 0)

    at = datetime.fromtimestamp(message["date"], UTC)
    assert said.heard == Said(
        bot=BOT,
        chat=ADA,
        user=ADA,
        is_private=True,
        message=message["message_id"],
        at=at,
        text="hello",
    )
    assert (edited.heard.text, edited.heard.name) == ("hello!", said.heard.name)
    assert edited.heard.edited_at is not None
    assert edited.heard.utterance_id != said.heard.utterance_id
    assert not in_group.heard.is_private
    assert [said.id, edited.id] == [500, 501]
    assert await bot.updates(in_group.id + 1, 0) == []
    assert server.updates == []


async def test_a_button_that_is_pressed_is_read(server, bot):
    await bot.say(ADA, "⏰ stretch", (Button("✓ Done", "d"),))
    server.presses(ADA, "Done")

    (update,) = await bot.updates(None, 0)

    pressed = update.heard
    assert isinstance(pressed, Pressed)
    assert (pressed.data, pressed.user, pressed.text) == ("d", ADA, "⏰ stretch")
    assert (pressed.chat, pressed.message) == (ADA, next(iter(server.screens[ADA])))


async def test_what_is_nothing_to_us_is_told_with_its_id_only(server, bot):
    channel = {"id": -1, "type": "channel", "title": "News"}
    server.reports({"message": {"message_id": 1, "date": 1, "chat": channel, "text": "x"}})
    bots = {"id": 5, "is_bot": True, "first_name": "B"}
    server.writes(ADA, "beep", **{"from": bots})

    assert [update.heard for update in await bot.updates(None, 0)] == [None, None]


async def test_an_update_that_cannot_be_read_hides_no_other(server, bot):
    server.writes(ADA, "before")
    server.writes(ADA, "after")

    async def riddles(server, form):
        before, after = server.updates
        riddle = {"update_id": 777, "message": {"message_id": "one"}}
        return web.json_response({"ok": True, "result": [before, riddle, {"no": "id"}, after]})

    server.trouble = {"getUpdates": [riddles]}
    found = await bot.updates(None, 0)

    assert [update.heard and update.heard.text for update in found] == ["before", None, "after"]
    assert found[1].id == 777


async def test_a_long_poll_returns_as_soon_as_something_happens(server, bot):
    waiting = asyncio.create_task(bot.updates(None, 20))
    await server.until(lambda: server.webhook is None and bot._loaded is not None)
    server.writes(ADA, "hello")

    assert len(await asyncio.wait_for(waiting, 5)) == 1


async def test_a_webhook_of_an_earlier_use_is_taken_away(server, bot):
    server.webhook = "https://example.org"
    assert await bot.updates(None, 0) == []
    server.webhook = "https://example.org"

    with pytest.raises(ServiceAway, match="Conflict"):
        await bot.updates(None, 0)
    assert await bot.updates(None, 0) == []
    assert server.called("deleteWebhook") == [{"drop_pending_updates": "false"}] * 2


async def test_how_long_telegram_wants_to_be_left_alone_is_told(server, bot):
    server.trouble = {"sendMessage": [too_many(7)], "getUpdates": [too_many(3)]}

    posted = await bot.say(ADA, "hello")
    assert (posted.is_put_off, posted.again_after) == (True, 7.0)
    with pytest.raises(ServiceAway) as away:
        await bot.updates(None, 0)
    assert away.value.again_after == 3.0
    assert server.sees(ADA) == []


async def test_until_then_nothing_else_is_asked_of_it(server, bot):
    server.trouble = {"sendMessage": [too_many(1)]}
    await bot.say(ADA, "hello")

    posted = await bot.say(ADA, "hello")
    assert posted.again_after
    assert posted.again_after <= 1
    with pytest.raises(ServiceAway) as away:
        await bot.edit(Place(ADA, 1), "over")
    assert away.value.again_after
    assert away.value.again_after <= 1
    await bot.show_typing(ADA)
    assert [method for method, _ in server.calls] == ["sendMessage"]

    await asyncio.sleep(1)
    assert (await bot.say(ADA, "hello")).outcome is Outcome.SENT


async def test_pieces_of_a_text_are_as_long_as_telegram_takes(server, bot):
    for text in ("x" * 9000, "😀" * 5000, "words and words\n" * 1000):
        for piece in split(text):
            assert (await bot.say(ADA, piece)).outcome is Outcome.SENT
    assert max(len(text.encode("utf-16-le")) // 2 for text in server.sees(ADA)) == LONGEST


async def test_who_blocks_the_bot_or_is_nobody_is_a_bad_address(server, bot):
    server.blocked.add(ADA)
    posted = await bot.say(ADA, "hello")
    assert (posted.outcome, posted.is_bad_address) == (Outcome.FAILED, True)
    assert posted.why == "Forbidden: bot was blocked by the user"

    server.trouble = {"sendMessage": [fails(400, "Bad Request: chat not found")]}
    assert (await bot.say(5, "hello")).is_bad_address


async def test_what_telegram_will_never_take_is_refused(server, bot):
    server.trouble = {"sendMessage": [fails(400, "Bad Request: message is too long")]}

    posted = await bot.say(ADA, "hello")

    assert (posted.outcome, posted.is_put_off) == (Outcome.FAILED, False)
    assert not posted.is_bad_address


@pytest.mark.parametrize("answer", [fails(500), fails(502, "Bad Gateway"), garbage, silence])
async def test_of_what_may_have_left_nobody_knows_what_became(server, bot, answer):
    server.trouble = {"sendMessage": [done_but(answer)("sendMessage")]}

    posted = await bot.say(ADA, "hello")

    assert (posted.outcome, posted.is_put_off) == (Outcome.UNKNOWN, False)
    assert server.sees(ADA) == ["hello"]


async def test_what_never_left_is_put_off():
    bot = TelegramBot(TOKEN, f"http://127.0.0.1:{free_port('127.0.0.1')}", within=2.0)
    posted = await bot.say(ADA, "hello")
    await bot.close()

    assert (posted.is_put_off, posted.again_after) == (True, None)


@pytest.mark.parametrize("answer", [fails(500), garbage, huge, fails(401, "Unauthorized")])
async def test_trouble_with_updates_is_told_as_being_away(server, bot, answer):
    server.trouble = {"getUpdates": [answer]}

    with pytest.raises(ServiceAway) as away:
        await bot.updates(None, 0)
    assert away.value.again_after is None
    assert TOKEN not in str(away.value)


async def test_a_token_that_is_none_is_told_without_repeating_it():
    with pytest.raises(SettingsError, match="STEWARD_TELEGRAM_TOKEN") as wrong:
        TelegramBot("sesame", "https://api.telegram.org")
    assert "sesame" not in str(wrong.value)


async def test_a_wrong_token_is_told_by_the_setting(server):
    bot = TelegramBot(f"{BOT}:{'x' * 35}", server.url, within=2.0)
    with pytest.raises(ServiceAway, match="STEWARD_TELEGRAM_TOKEN"):
        await bot.updates(None, 0)
    await bot.close()


BROKEN = {
    "getUpdates": {"offset": "soon"},
    "sendMessage": {"chat_id": "1", "text": "x" * 4097},
    "editMessageText": {"chat_id": "1", "message_id": "one", "text": "x"},
    "editMessageReplyMarkup": {"chat_id": "1", "message_id": "1", "reply_markup": "buttons"},
    "answerCallbackQuery": {"text": "done"},
    "sendChatAction": {"chat_id": "1"},
    "deleteWebhook": {"drop_pending_updates": "perhaps"},
}


@pytest.mark.parametrize("method", BROKEN)
async def test_the_description_rejects_a_broken_request(server, method):
    form = FormData()
    for name, value in BROKEN[method].items():
        form.add_field(name, value)
    async with (
        ClientSession() as session,
        session.post(f"{server.url}/bot{TOKEN}/{method}", data=form) as answer,
    ):
        assert answer.status == 400
    (complaint,) = server.complaints
    assert complaint[0] == method
    server.complaints.clear()


def test_the_description_knows_every_method_that_is_used():
    assert BROKEN.keys() <= Described().methods.keys()
