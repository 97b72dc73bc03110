"""Talk to roles and initiators without XMPP: what is said and heard stays in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

from behaviours.conversations import Conversations
from behaviours.directory.find_providers import Acquaintances
from behaviours.fipa.exchange import Role, Voice
from ontology.acl import Content, Envelope, Performative
from ontology.errors import NoAnswer
from ontology.protocols import PROTOCOLS

ASKER = "asker@localhost"
LISTENER = "listener@localhost"
Answer = tuple[Performative, Content]


class Line:
    """One side of a conversation, whose far end is the test."""

    def __init__(self) -> None:
        self.said: list[Envelope[Any]] = []
        self.is_forgotten = False
        self.is_open = True
        self.when_said: Callable[[Envelope[Any]], None] = lambda _: None
        self._spoken: asyncio.Queue[Envelope[Any]] = asyncio.Queue()
        self._heard: asyncio.Queue[Envelope[Any] | None] = asyncio.Queue()

    async def say(self, envelope: Envelope[Any]) -> None:
        self.said.append(envelope)
        self._spoken.put_nowait(envelope)
        self.when_said(envelope)

    def unsay(self) -> None:
        self.is_forgotten = True

    async def hear(self, within: float) -> Envelope[Content] | None:
        try:
            return await asyncio.wait_for(self._heard.get(), within)
        except TimeoutError:
            return None

    # What the test does.

    async def listen(self) -> Envelope[Any]:
        """Return what this side says next."""
        return await self._spoken.get()

    def tell(self, performative: Performative, content: Content) -> Envelope[Any]:
        """Answer what this side said last."""
        answer = self.said[-1].answer(performative, content)
        self.hand_over(answer)
        return answer

    def hand_over(self, envelope: Envelope[Any]) -> None:
        """Let this side hear exactly this."""
        self._heard.put_nowait(envelope)

    def cut(self) -> None:
        """Let this side learn that what it said may be lost."""
        self._heard.put_nowait(None)

    @property
    def words(self) -> list[tuple[str, Content]]:
        """All that was said, without its envelopes."""
        return [(envelope.performative.value, envelope.content) for envelope in self.said]


class Lines:
    """A voice whose every conversation ends at the test, one line for each peer."""

    def __init__(self, name: str = ASKER) -> None:
        self.name = name
        self._lines: dict[str, Line] = {}

    def line(self, peer: str = LISTENER) -> Line:
        """The line to this peer, also before it is opened."""
        return self._lines.setdefault(peer, Line())

    @contextmanager
    def open(self, peer: str, conversation: str) -> Iterator[Line]:
        line = self.line(peer)
        try:
            yield line
        finally:
            line.is_open = False


class Oracle(Lines):
    """A voice that is answered at once, by whatever ``answer`` makes of what it says.

    That is one answer, several in a list, or None for silence.
    """

    def __init__(
        self,
        answer: Callable[[Envelope[Any]], Answer | list[Answer] | None],
        name: str = ASKER,
    ) -> None:
        super().__init__(name)
        self.answer = answer
        self.asked: list[Envelope[Any]] = []

    @contextmanager
    def open(self, peer: str, conversation: str) -> Iterator[Line]:
        line = Line()
        line.when_said = lambda envelope: self._answer(envelope, line)
        yield line

    def _answer(self, said: Envelope[Any], line: Line) -> None:
        self.asked.append(said)
        answer = self.answer(said) or []
        for each in answer if isinstance(answer, list) else [answer]:
            line.tell(*each)


class Providers(Acquaintances):
    """Knows who offers which service without asking the directory."""

    def __init__(self, **providers: str) -> None:
        super().__init__()
        self.providers = providers

    async def offering(self, voice: Voice, service: str) -> tuple[str, ...]:
        if service not in self.providers:
            raise NoAnswer(f"nobody offers {service!r} at the moment")
        return (self.providers[service],)

    async def known(self, voice: Voice, service: str) -> tuple[str, ...]:
        return (self.providers[service],) if service in self.providers else ()


def opening_of(role: Role, content: Content, conversation: str = "c1") -> Envelope[Any]:
    """How an agent opens a conversation with this role."""
    return Envelope(
        performative=role.protocol.opening,
        protocol=role.protocol.name,
        ontology=role.vocabulary.name,
        conversation=conversation,
        sender=ASKER,
        receiver=LISTENER,
        content=content,
    )


async def ask(
    role: Role, content: Content, *, conversation: str = "c1", by: str = ASKER
) -> list[tuple[str, Content]]:
    """Open a conversation, say nothing more, and return everything the role says."""
    line = Line()
    opening = opening_of(role, content, conversation)
    line.said.append(opening)
    await role.converse(Envelope(**{**_fields(opening), "sender": by}), line)
    return line.words[1:]


def _fields(envelope: Envelope[Any]) -> dict[str, Any]:
    return {name: getattr(envelope, name) for name in Envelope.__slots__}


class Platform:
    """Agents with real conversations and roles, between which messages pass in memory.

    ``loses`` is asked of every message whether it gets lost.
    """

    def __init__(self) -> None:
        self.carried: list[Envelope[Any]] = []
        self.loses: Callable[[Envelope[Any]], bool] = lambda _: False
        self._agents: dict[str, tuple[Conversations, tuple[Role, ...]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def agent(self, name: str, *roles: Role) -> Conversations:
        """Add an agent and return its voice."""
        conversations = Conversations(name, self._carry)
        self._agents[name] = (conversations, roles)
        return conversations

    async def close(self) -> None:
        """End every conversation that is still open."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _carry(self, envelope: Envelope[Any]) -> None:
        self.carried.append(envelope)
        if self.loses(envelope) or envelope.receiver not in self._agents:
            return
        conversations, roles = self._agents[envelope.receiver]
        if envelope.performative is not PROTOCOLS[envelope.protocol].opening:
            conversations.deliver(envelope)
            return
        for role in roles:
            if role.protocol.name == envelope.protocol and role.opens is type(envelope.content):
                self._run(_play(role, envelope, conversations))

    def _run(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _play(role: Role, opening: Envelope[Any], conversations: Conversations) -> None:
    key = (opening.sender, opening.conversation)
    if known := conversations.joined(*key):
        await known.say_again()
        return
    with conversations.respond(*key) as exchange:
        await role.converse(opening, exchange)


async def gone(work: Awaitable[Any]) -> None:
    """Cancel a task and wait until it is gone."""
    task = asyncio.ensure_future(work)
    task.cancel()
    await asyncio.wait({task})
