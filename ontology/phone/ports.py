"""What reaching people by their number needs."""

from __future__ import annotations

from typing import Final, Protocol

from ontology.notifications.concepts import Channel
from ontology.notifications.posted import Posted
from ontology.phone.concepts import About

PLACED_WITHIN: Final = 7.0
"""Seconds for one request, from the first packet to the last answer."""


class Telephone(Protocol):
    """Places calls and sends texts. Every call is one try, and nothing is raised.

    Numbers are written as in E.164. A request of which it is not known whether it was heard is
    unknown, and never made again here: a phone would ring twice.
    """

    async def call(self, to: str, language: str, about: About) -> Posted:
        """Have a number called; what is spoken is asked for when somebody answers."""
        ...

    async def text(
        self, channel: Channel, to: str, text: str, about: About | None = None
    ) -> Posted:
        """Send a text by SMS or WhatsApp; with ``about``, what becomes of it is reported."""
        ...

    async def hang_up(self, reference: str) -> None:
        """End a call, whether it rings or is spoken; one that is over stays so."""
        ...
