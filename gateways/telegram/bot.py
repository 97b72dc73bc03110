"""One bot, spoken for by aiogram: its client and its types, none of its dispatching.

aiogram takes seconds to import, so it is loaded when it is needed, beside the loop.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, TypeVar

from gateways.telegram.failing import as_posted, described, is_too_late, raised_away
from gateways.telegram.reading import readable_in, update_of
from ontology.errors import ServiceAway, SettingsError
from ontology.notifications.posted import Posted
from ontology.telegram.concepts import Button, Place, Update
from ontology.telegram.ports import POSTED_WITHIN

if TYPE_CHECKING:
    import aiogram

HEARD: Final = ["message", "edited_message", "callback_query"]
"""Kinds of updates that we ask for."""

MOST_AT_ONCE: Final = 100
GRACE: Final = 10.0
"""Seconds beyond a long poll in which its answer has to be there."""

_TOKEN: Final = re.compile(r"([0-9]{1,20}):[A-Za-z0-9_-]{20,}", re.ASCII)

R = TypeVar("R")


class TelegramBot:
    """Implements :class:`ontology.telegram.ports.Bot`."""

    def __init__(
        self,
        token: str,
        url: str,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        within: float = POSTED_WITHIN,
    ) -> None:
        """Raises SettingsError for a token that is none, without repeating it."""
        match = _TOKEN.fullmatch(token.strip())
        if match is None:
            raise SettingsError(
                "STEWARD_TELEGRAM_TOKEN is wrong: it has to be the token that @BotFather gave "
                "to your bot, such as 123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11."
            )
        self.id = int(match[1])
        self._token = token.strip()
        self._url = url
        self._clock = clock
        self._within = within
        self._loading = asyncio.Lock()
        self._loaded: aiogram.Bot | None = None
        self._has_webhook = True
        self._open_at = float("-inf")

    async def updates(self, offset: int | None, within: float) -> Sequence[Update]:
        client = await self._client()
        if self._has_webhook:
            # One that an earlier use of the bot has set would get what we ask for.
            await self._call(client.delete_webhook(drop_pending_updates=False))
            self._has_webhook = False
        try:
            return await self._call(self._fetched(client, offset, within))
        except ServiceAway as error:
            self._has_webhook = "Conflict" in str(error)
            raise

    async def _fetched(
        self, client: aiogram.Bot, offset: int | None, within: float
    ) -> Sequence[Update]:
        from aiogram.exceptions import ClientDecodeError

        try:
            found = await client.get_updates(
                offset=offset,
                limit=MOST_AT_ONCE,
                timeout=int(within),
                allowed_updates=HEARD,
                request_timeout=int(within + GRACE),
            )
        except ClientDecodeError as error:
            # One that aiogram cannot read must not keep all others from being heard.
            readable = readable_in(error.data, self.id, self._clock())
            if readable is None:
                raise
            return readable
        now = self._clock()
        return [update_of(update, self.id, now) for update in found]

    async def say(self, chat: int, text: str, buttons: Sequence[Button] = ()) -> Posted:
        client = await self._client()
        if (wait := self._shut_for) > 0:
            return Posted.put_off("too many requests", again_after=wait)
        try:
            async with asyncio.timeout(self._within):
                message = await client.send_message(
                    chat, text, reply_markup=_keyboard(buttons) if buttons else None
                )
        except Exception as error:
            posted = as_posted(error)
            self._leave_alone(posted.again_after)
            return posted
        return Posted.sent(str(Place(message.chat.id, message.message_id)))

    @property
    def _shut_for(self) -> float:
        """Seconds for which Telegram still wants to be left alone."""
        return max(0.0, self._open_at - time.monotonic())

    def _leave_alone(self, seconds: float | None) -> None:
        if seconds is not None:
            self._open_at = max(self._open_at, time.monotonic() + seconds)

    async def edit(self, place: Place, text: str | None) -> None:
        client = await self._client()
        try:
            if text is None:
                await self._patiently(
                    client.edit_message_reply_markup(
                        chat_id=place.chat, message_id=place.message
                    )
                )
            else:
                await self._patiently(
                    client.edit_message_text(text, chat_id=place.chat, message_id=place.message)
                )
        except _Declined:
            return  # it reads so already, or is gone

    async def confirm(self, callback: str, text: str) -> None:
        client = await self._client()
        try:
            await self._patiently(client.answer_callback_query(callback, text=text[:200]))
        except _Declined:
            return  # it was asked too long ago

    async def show_typing(self, chat: int) -> None:
        try:
            client = await self._client()
            await self._patiently(client.send_chat_action(chat, "typing"))
        except (_Declined, ServiceAway):
            return

    async def close(self) -> None:
        if self._loaded is not None:
            await self._loaded.session.close()

    async def _patiently(self, call: Coroutine[Any, Any, object]) -> None:
        """Make a call, unless Telegram wants to be left alone: then only raise ServiceAway."""
        if (wait := self._shut_for) > 0:
            call.close()
            raise ServiceAway("Telegram wants to be left alone", again_after=wait)
        try:
            await self._call(call)
        except ServiceAway as error:
            self._leave_alone(error.again_after)
            raise

    async def _call(self, call: Awaitable[R]) -> R:
        """Await an answer. Raises ServiceAway, and _Declined where asking again is no use."""
        try:
            return await call
        except Exception as error:
            if is_too_late(error):
                raise _Declined(described(error)) from None
            raise raised_away(error) from None

    async def _client(self) -> aiogram.Bot:
        async with self._loading:
            if self._loaded is None:
                await asyncio.to_thread(_load)
                self._loaded = _client_of(self._token, self._url, self._within)
            return self._loaded


class _Declined(Exception):
    """Telegram says no, and will say so again."""


def _load() -> None:
    import aiogram  # noqa: F401


def _client_of(token: str, url: str, within: float) -> aiogram.Bot:
    from aiogram import Bot
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer

    session = AiohttpSession(api=TelegramAPIServer.from_base(url), timeout=within)
    return Bot(token, session=session)


def _keyboard(buttons: Sequence[Button]) -> aiogram.types.InlineKeyboardMarkup:
    from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

    row = [
        InlineKeyboardButton(text=button.label, callback_data=button.data) for button in buttons
    ]
    return InlineKeyboardMarkup(inline_keyboard=[row])
