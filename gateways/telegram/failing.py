"""What a failed call means: whether it was done, and when to try again.

Of errors only their kind and Telegram's own words are passed on: the address of a call holds
the token.
"""

from __future__ import annotations

from ontology.errors import ServiceAway
from ontology.notifications.posted import Posted

LONGEST_WORDS = 100


def as_posted(error: Exception) -> Posted:
    """Tell what became of a message over which this was raised."""
    from aiogram.exceptions import (
        TelegramAPIError,
        TelegramForbiddenError,
        TelegramNetworkError,
        TelegramRetryAfter,
        TelegramServerError,
    )

    if isinstance(error, TelegramRetryAfter):
        return Posted.put_off(described(error), again_after=float(error.retry_after))
    if isinstance(error, TelegramForbiddenError) or _is_nobody(error):
        return Posted.refused(described(error), is_bad_address=True)
    if isinstance(error, TelegramNetworkError):
        if _never_left(error):
            return Posted.put_off("Telegram cannot be reached")
        return Posted.unknown("no answer of Telegram's")
    if isinstance(error, TelegramServerError) or not isinstance(error, TelegramAPIError):
        return Posted.unknown("no answer that could be read")
    return Posted.refused(described(error))


def raised_away(error: Exception) -> ServiceAway:
    """Return as what a failed call is raised that may be made again."""
    from aiogram.exceptions import TelegramRetryAfter

    after = float(error.retry_after) if isinstance(error, TelegramRetryAfter) else None
    return ServiceAway(f"Telegram does not answer: {described(error)}", again_after=after)


def is_too_late(error: Exception) -> bool:
    """Whether making the call again is of no use."""
    from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError

    return isinstance(error, TelegramBadRequest | TelegramForbiddenError)


def described(error: Exception) -> str:
    """Return what Telegram said, or else what kind of error it is."""
    from aiogram.exceptions import (
        TelegramAPIError,
        TelegramConflictError,
        TelegramNetworkError,
        TelegramRetryAfter,
        TelegramUnauthorizedError,
    )

    if isinstance(error, TelegramRetryAfter):
        return "too many requests"
    if isinstance(error, TelegramUnauthorizedError):
        return "Unauthorized; see STEWARD_TELEGRAM_TOKEN"
    if isinstance(error, TelegramConflictError):
        return "Conflict: another program asks for the updates of this bot"
    if isinstance(error, TelegramAPIError) and not isinstance(error, TelegramNetworkError):
        return " ".join(error.message.split())[:LONGEST_WORDS]
    return type(error).__name__


def _is_nobody(error: Exception) -> bool:
    from aiogram.exceptions import TelegramBadRequest

    return isinstance(error, TelegramBadRequest) and "chat not found" in error.message.lower()


def _never_left(error: Exception) -> bool:
    from aiohttp import ClientConnectorError

    return isinstance(error.__cause__, ClientConnectorError)
