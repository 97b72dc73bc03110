"""Reading what Telegram reports: the few kinds of updates that mean something to us."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pydantic import ValidationError

from ontology.telegram.concepts import Heard, Pressed, Said, Update

if TYPE_CHECKING:
    from aiogram import types


def update_of(update: types.Update, bot: int, now: datetime) -> Update:
    """Return an update; ``now`` is when it was fetched."""
    return Update(update.update_id, _heard(update, bot, now))


def readable_in(answer: object, bot: int, now: datetime) -> list[Update] | None:
    """Return the updates of an answer of which not all could be read; None if it is none.

    One that cannot be read is nothing to us, but for its id.
    """
    updates = answer.get("result") if isinstance(answer, dict) else None
    if not isinstance(updates, list):
        return None
    return [_readable(update, bot, now) for update in updates if _id_of(update) is not None]


def _readable(update: dict[str, object], bot: int, now: datetime) -> Update:
    from aiogram.types import Update as Reported

    try:
        return update_of(Reported.model_validate(update), bot, now)
    except ValidationError:
        return Update(_id_of(update) or 0, None)


def _id_of(update: object) -> int | None:
    number = update.get("update_id") if isinstance(update, dict) else None
    return number if isinstance(number, int) else None


def _heard(update: types.Update, bot: int, now: datetime) -> Heard | None:
    message = update.message or update.edited_message
    if message is not None:
        return _said(message, bot)
    if update.callback_query is not None:
        return _pressed(update.callback_query, now)
    return None


def _said(message: types.Message, bot: int) -> Said | None:
    who = message.from_user
    if who is None or who.is_bot or message.sender_chat is not None:
        return None
    return Said(
        bot=bot,
        chat=message.chat.id,
        user=who.id,
        is_private=message.chat.type == "private",
        message=message.message_id,
        at=message.date,
        text=message.text or message.caption,
        edited_at=_moment(message.edit_date),
    )


def _pressed(query: types.CallbackQuery, now: datetime) -> Pressed | None:
    from aiogram.types import Message

    message = query.message
    if query.data is None or message is None:
        return None
    return Pressed(
        chat=message.chat.id,
        user=query.from_user.id,
        is_private=message.chat.type == "private",
        callback=query.id,
        message=message.message_id,
        data=query.data,
        at=now,
        text=message.text if isinstance(message, Message) else None,
    )


def _moment(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
