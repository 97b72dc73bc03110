"""A server that takes chat messages, loses them, or forgets to say that it has them."""

from __future__ import annotations

import asyncio
from collections import Counter

from ontology.errors import ServerError


class FakeChat:
    """``fates`` names what happens to the next messages: taken, lost, unconfirmed or held."""

    def __init__(self, *fates):
        self.fates = list(fates)
        self.taken = []
        self.archive = set()
        self.is_readable = True
        self.released = asyncio.Event()
        self.lookups = []

    @property
    def posts(self):
        return Counter(body for _, body in self.taken)

    async def post_once(self, to, body, key):
        fate = self.fates.pop(0) if self.fates else "taken"
        if fate == "held":
            await self.released.wait()
        if fate == "lost":
            raise ServerError("cut off before it left")
        self.taken.append((to, body))
        self.archive.add(key)
        if fate == "unconfirmed":
            raise ServerError("cut off after it left")

    async def archived(self, since, to):
        self.lookups.append((since, set(to)))
        if not self.is_readable:
            raise ServerError("the archive does not answer")
        return set(self.archive)
