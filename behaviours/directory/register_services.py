"""Telling the directory what one offers: at the start, and whenever it has come back."""

from __future__ import annotations

import asyncio
from uuid import uuid4

from behaviours.directory.names import directory_of
from behaviours.duty import Duty
from behaviours.fipa.exchange import Voice
from behaviours.fipa.request import request
from ontology.directory.acts import DIRECTORY, Register


class RegisterServices(Duty):
    """Registers when :meth:`wanted` is said."""

    def __init__(self, voice: Voice, services: tuple[str, ...]) -> None:
        self._voice = voice
        self._services = services
        self._wanted = asyncio.Event()
        self.known = asyncio.Event()

    def wanted(self) -> None:
        """Ask for registration: we are new, or the directory is."""
        self._wanted.set()

    async def once(self) -> None:
        """Wait until it is wanted and register."""
        await self._wanted.wait()
        # Cleared first: a directory that comes back while it is asked is asked once more.
        self._wanted.clear()
        try:
            await request(
                self._voice,
                DIRECTORY,
                Register(services=self._services),
                to=directory_of(self._voice.name),
                conversation=uuid4().hex,
                within=5.0,
            )
        except BaseException:
            self._wanted.set()
            raise
        self.known.set()
