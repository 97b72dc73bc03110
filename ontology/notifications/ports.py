"""What the notifier needs kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from ontology.notifications.concepts import (
    Attempted,
    ChainState,
    Channel,
    Notification,
    Outcome,
)
from ontology.policy.concepts import Notice
from ontology.reminders.concepts import OccurrenceState


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to deliver: by which channel, as which step of its plan, and what came of it."""

    id: UUID
    channel: Channel
    step: int
    outcome: Outcome
    reference: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where notifications stand: those still to be sent, in order, and why others are not.

    ``sent`` are known to have arrived; the occurrences of ``withdrawn`` were cancelled, done or
    snoozed meanwhile. ``chained`` are carried on by their chains, or were to their end, and
    did not arrive. ``tried`` is the last attempt of each pending one that was tried. Of those
    ``reopened`` the chain was ended by what the person has taken back since.
    """

    pending: Sequence[Notification]
    sent: frozenset[UUID] = frozenset()
    withdrawn: frozenset[UUID] = frozenset()
    chained: frozenset[UUID] = frozenset()
    tried: Mapping[UUID, Attempt] = field(default_factory=dict)
    reopened: frozenset[UUID] = frozenset()


class Deliveries(Protocol):
    """The attempts to deliver notifications, each written before it is made and after it."""

    async def standing(self, notifications: Sequence[Notification]) -> Standing:
        """Tell which notifications are still to be sent."""
        ...

    async def attempt(
        self, notifications: Sequence[Notification], channel: Channel, step: int = 0
    ) -> None:
        """Commit that this channel is being tried; a try still open is not written twice."""
        ...

    async def settle(
        self, attempted: Sequence[Attempted], channel: Channel, step: int = 0
    ) -> None:
        """Commit what became of the open try of each notification."""
        ...

    async def made(self, person_id: UUID, ids: Collection[UUID]) -> Sequence[Attempt]:
        """Return every attempt to deliver these to the person, the oldest first."""
        ...

    async def learnt(
        self,
        id_: UUID,
        person_id: UUID,
        channel: Channel,
        outcome: Outcome,
        *,
        step: int | None = None,
        why: str = "",
    ) -> bool:
        """Commit news of what was sent to this person; False if nothing was sent.

        News never go backwards: what was acknowledged stays so, what was delivered is not sent
        again, and only what was not yet acknowledged can have failed. Without ``step`` it is
        said of every attempt on this channel. What came back from any channel but chat and
        arrived nowhere else falls due again, unless a chain carries it on.
        """
        ...


@dataclass(frozen=True, slots=True)
class Chain:
    """A plan being carried out: the step under way, and the try that stands open for it.

    ``step`` is the first that is not over: where it was tried and that try is still open,
    nobody knows what became of it. Behind the last step the plan is over.
    """

    notification: Notification
    notice: Notice
    step: int
    open: Attempt | None = None

    @property
    def wait(self) -> timedelta:
        """How long an answer to the step under way is waited for."""
        return self.notice.steps[self.step].wait if not self.is_over else timedelta(0)

    @property
    def is_over(self) -> bool:
        """Whether every step of the plan was taken."""
        return self.step >= len(self.notice.steps)


@dataclass(frozen=True, slots=True)
class ChainClaim:
    """Chains to be carried on, held by one notifier until the lease runs out."""

    token: UUID
    chains: tuple[Chain, ...] = ()


@dataclass(frozen=True, slots=True)
class ClosedChain:
    """A running chain that nobody wants to hear of any more, and how its occurrence closed."""

    notification: Notification
    how: OccurrenceState

    @property
    def end(self) -> ChainState:
        """The end that is due to it."""
        cancelled = self.how is OccurrenceState.CANCELLED
        return ChainState.CANCELLED if cancelled else ChainState.ACKNOWLEDGED


class Chains(Protocol):
    """Plans of more than one step, carried out until answered, cancelled or exhausted.

    The database's clock decides when a step is due. A chain has one holder at a time, known by
    the token of its claim; one whose lease ran out is claimed again. An ended chain stays so.
    """

    async def begin(
        self,
        notifications: Sequence[Notification],
        notice: Notice,
        channel: Channel | None,
        lease: timedelta,
    ) -> ChainClaim:
        """Commit chains and the attempts of their first step together; return those begun.

        Without a channel nobody was there to try the first step: it is over, the next is due
        at once, and nothing is held. A chain that was begun before stays as it is.
        """
        ...

    async def claim(self, limit: int, lease: timedelta) -> ChainClaim:
        """Claim what is to go on, the longest due first; maybe nothing.

        Where a step was tried and that try has ended, the one after it is the step under way.
        """
        ...

    async def attempt(
        self, token: UUID, chains: Sequence[Chain], channel: Channel, lease: timedelta
    ) -> frozenset[UUID]:
        """Commit that the step under way is tried by this channel; renew the lease.

        Returns the ids of those still held whose occurrence is not closed: only they may be
        tried.
        """
        ...

    async def settle(
        self,
        token: UUID,
        attempted: Sequence[Attempted],
        channel: Channel,
        step: int,
        wait: timedelta | None,
    ) -> frozenset[UUID]:
        """Commit what became of a step's open tries, and let go of the chains.

        What arrived, and what the next step repeats by the same channel, goes on after
        ``wait``, all else at once; with None it was the last of all, and the chains are
        exhausted. Returns those whose chain had ended meanwhile.
        """
        ...

    async def pass_by(self, token: UUID, chains: Sequence[Chain]) -> None:
        """Commit that nobody could try the step under way; the next is due at once."""
        ...

    async def put_off(self, token: UUID, chains: Sequence[Chain], until: datetime) -> None:
        """Commit that the step under way is not to be tried before ``until``."""
        ...

    async def hurry(self, person_id: UUID, id_: UUID) -> None:
        """Commit that the next step is due, if the try under way is known to have failed.

        One that repeats it by the same channel keeps its time: phones are left alone meanwhile.
        """
        ...

    async def end(self, person_id: UUID, ids: Collection[UUID], state: ChainState) -> None:
        """Commit the end of those that still run."""
        ...

    async def closed(self, limit: int) -> Sequence[ClosedChain]:
        """Return running chains whose occurrence was acknowledged, snoozed or cancelled."""
        ...

    async def release(self) -> None:
        """End all claims: whoever held them is gone, and what they held is due again."""
        ...

    async def due_in(self) -> timedelta | None:
        """Return how long until the next is due (zero or less: now), None if none runs."""
        ...

    async def now(self) -> datetime:
        """Return the database's time, in UTC."""
        ...


@dataclass(frozen=True, slots=True)
class Dispatch:
    """What is known of something sent outside: how it stands, and what they call it there."""

    outcome: Outcome
    reference: str | None = None
    why: str | None = None


class Dispatches(Protocol):
    """What leaves this house by a channel that cannot deduplicate, written before and after.

    A key is sent once by a channel, whoever asks for it and however often: who finds it begun
    by an earlier life and never ended must not send it again, for nobody knows what became of
    it (:attr:`Outcome.UNKNOWN`).
    """

    async def begin(self, key: UUID, channel: Channel, person_id: UUID) -> Dispatch | None:
        """Commit that it is about to be sent, and return None; or return how it stands."""
        ...

    async def end(self, key: UUID, channel: Channel, dispatch: Dispatch) -> None:
        """Commit what became of it."""
        ...

    async def forget(self, key: UUID, channel: Channel) -> None:
        """Commit that it surely never left, so that it may be begun again."""
        ...

    async def referred(self, reference: str, channel: Channel) -> tuple[UUID, UUID] | None:
        """Return the key and the person of what they call so outside."""
        ...
