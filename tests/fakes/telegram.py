"""A bot without Telegram, which takes messages or does what it is told instead."""

from __future__ import annotations

import asyncio
import itertools
from datetime import UTC, datetime

from ontology.errors import ServiceAway
from ontology.notifications.posted import Posted
from ontology.telegram.concepts import Place, Pressed, Said, Update

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


class FakeBot:
    """``fates`` are what becomes of the next messages; without one they are sent."""

    id = 99

    def __init__(self):
        self.waiting = []
        self.fates = []
        self.troubles = []
        self.edit_troubles = []
        self.offsets = []
        self.screens = {}
        self.shown = {}
        self.typing = []
        self._numbers = itertools.count(1)
        self._ids = itertools.count(100)
        self._something = asyncio.Event()

    def hears(self, heard, id_=None):
        """Let something happen; return its update."""
        update = Update(next(self._ids) if id_ is None else id_, heard)
        self.waiting.append(update)
        self._something.set()
        return update

    def writes(self, user, text, **more):
        said = {"bot": self.id, "chat": user, "user": user, "is_private": True, "at": AT}
        said |= {"message": next(self._numbers), "text": text, **more}
        self.hears(Said(**said))
        return Said(**said)

    def presses(self, user, place, data, text="⏰ stretch"):
        self.hears(
            Pressed(
                chat=user,
                user=user,
                is_private=True,
                callback=f"callback {next(self._ids)}",
                message=place.message,
                data=data,
                at=AT,
                text=text,
            )
        )

    def sees(self, user):
        return [text for text, _ in self.screens.get(user, {}).values()]

    async def updates(self, offset, within):
        self.offsets.append(offset)
        if self.troubles:
            raise self.troubles.pop(0)
        self.waiting = [each for each in self.waiting if each.id >= (offset or 0)]
        if not self.waiting:
            self._something.clear()
            try:
                await asyncio.wait_for(self._something.wait(), within)
            except TimeoutError:
                return []
        return list(self.waiting)

    async def say(self, chat, text, buttons=()):
        posted = self.fates.pop(0) if self.fates else None
        if posted is not None:
            return posted
        number = next(self._numbers)
        self.screens.setdefault(chat, {})[number] = (text, tuple(buttons))
        return Posted.sent(str(Place(chat, number)))

    async def edit(self, place, text):
        if self.edit_troubles:
            raise self.edit_troubles.pop(0)
        before, _ = self.screens[place.chat].get(place.message, ("", ()))
        self.screens[place.chat][place.message] = (before if text is None else text, ())

    async def confirm(self, callback, text):
        self.shown[callback] = text

    async def show_typing(self, chat):
        self.typing.append(chat)

    async def close(self):
        pass


def away(after=None):
    return ServiceAway("Telegram is away", again_after=after)
