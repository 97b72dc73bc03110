"""What speaking as a bot needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

from ontology.notifications.posted import Posted
from ontology.telegram.concepts import Button, Place, Update

POSTED_WITHIN: Final = 7.0
"""Seconds for one call, from the first packet to the last answer."""


class Bot(Protocol):
    """One bot of Telegram's. Every call is one try."""

    @property
    def id(self) -> int:
        """The bot's own id, which its token begins with."""
        ...

    async def updates(self, offset: int | None, within: float) -> Sequence[Update]:
        """Return what happened, waiting up to ``within`` seconds for something to happen.

        What is below ``offset`` is confirmed, and never told again; without it everything that
        is not confirmed yet is told. Raises ServiceAway.
        """
        ...

    async def say(self, chat: int, text: str, buttons: Sequence[Button] = ()) -> Posted:
        """Say a text of at most :data:`ontology.telegram.splitting.LONGEST` units.

        Its reference is its :class:`ontology.telegram.concepts.Place`. What goes wrong is in
        what is returned, never raised.
        """
        ...

    async def edit(self, place: Place, text: str | None) -> None:
        """Take the buttons of a message away, and let it read ``text``, if there is one.

        Saying it twice is saying it once, and a message that is gone needs nothing. Raises
        ServiceAway.
        """
        ...

    async def confirm(self, callback: str, text: str) -> None:
        """Show a few words to who pressed a button; too late does no harm.

        Raises ServiceAway.
        """
        ...

    async def show_typing(self, chat: int) -> None:
        """Let a chat see, for five seconds, that an answer is coming. Never raises."""
        ...

    async def close(self) -> None:
        """Close the connection."""
        ...
