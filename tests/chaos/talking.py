"""People who go on talking to the assistant whatever happens to it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from tests.chaos.requests import RING, Request, tally
from tests.clients.hearing import Heard
from tests.clients.slixmpp_client import SlixmppClient

THINKS_FOR = (1.0, 3.0)
"""Seconds a person takes between hearing something and answering it."""


@dataclass(frozen=True)
class Load:
    """How much is asked: so many reminders, spread evenly over the time the faults take.

    ``due_in`` are the seconds from which each draws when it is due. Of those that rang, the
    share ``answered`` is snoozed or done, half each; the share ``cancelled`` of all is made for
    much later and cancelled.
    """

    reminders: int
    over: float
    due_in: tuple[int, int]
    answered: float = 0.3
    cancelled: float = 0.12


class Talking:
    """Keeps all that was asked, and asks on when it hears an answer."""

    def __init__(
        self, clients: Mapping[str, Sequence[SlixmppClient]], load: Load, chance: Random
    ) -> None:
        self.requests: list[Request] = []
        self._clients = clients
        self._load = load
        self._chance = chance
        self._fates: dict[str, str] = {}
        self._followers: set[asyncio.Task[None]] = set()

    async def go_on(self) -> None:
        """Make all the reminders of the load."""
        speakers = [(person, c) for person, cs in self._clients.items() for c in cs]
        pause = self._load.over / self._load.reminders
        for number in range(self._load.reminders):
            person, client = self._chance.choice(speakers)
            self._begin(person, client, number)
            await asyncio.sleep(self._chance.uniform(0, 2 * pause))

    async def follow_up(self) -> None:
        """Return when everybody has answered what they meant to answer."""
        while self._followers:
            await asyncio.wait(self._followers)

    def stop(self) -> None:
        for follower in self._followers:
            follower.cancel()

    def _begin(self, person: str, client: SlixmppClient, number: int) -> None:
        drawn = self._chance.random()
        if drawn < self._load.cancelled:
            key = f"far{number:05}"
            self._ask(person, client, "create", key, f"remind me in 5 hours to do task {key}")
            self._follow(self._cancel_later(person, client, key))
            return
        key = f"near{number:05}"
        seconds = self._chance.randint(*self._load.due_in)
        text = f"remind me in {seconds} seconds to do task {key}"
        self._ask(person, client, "create", key, text, rings=True)
        if drawn > 1 - self._load.answered:
            self._follow(self._answer_ring(person, client, key, snoozes=number % 2 == 0))

    async def _cancel_later(self, person: str, client: SlixmppClient, key: str) -> None:
        await self._heard(client, ("create", key))
        self._ask(person, client, "cancel", key, f"cancel do task {key}")

    async def _answer_ring(
        self, person: str, client: SlixmppClient, key: str, *, snoozes: bool
    ) -> None:
        await self._heard(client, key)
        if snoozes:
            text = f"snooze do task {key} for 1 minute"
            self._ask(person, client, "snooze", key, text, rings=True)
        else:
            self._ask(person, client, "done", key, f"done with do task {key}")

    async def _heard(self, client: SlixmppClient, what: str | tuple[str, str]) -> None:
        """Wait until this client rang with a key, or heard a request confirmed."""
        ears = Attention(client)
        while not ears.noticed(what):
            await ears.more()
        await asyncio.sleep(self._chance.uniform(*THINKS_FOR))

    def _ask(
        self,
        person: str,
        client: SlixmppClient,
        verb: str,
        key: str,
        text: str,
        *,
        rings: bool = False,
    ) -> None:
        client.say(text)
        self.requests.append(Request(verb, key, text, person, rings))

    def _follow(self, follower: object) -> None:
        task = asyncio.ensure_future(follower)  # type: ignore[call-overload]
        self._followers.add(task)
        task.add_done_callback(self._followers.discard)


class Attention:
    """Reads on in what a client hears, each message once."""

    def __init__(self, client: SlixmppClient) -> None:
        self._client = client
        self._read = 0

    def noticed(self, what: str | tuple[str, str]) -> bool:
        news: list[Heard] = self._client.heard[self._read :]
        self._read += len(news)
        if isinstance(what, str):
            return any(m.body.startswith(RING) and what in m.body for m in news)
        return tally(m for m in news if what[1] in m.body).confirmed[what] > 0

    async def more(self) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._client.news(), 1.0)
