"""What the notifier needs kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from ontology.notifications.concepts import Channel, Notification, Outcome


@dataclass(frozen=True, slots=True)
class Standing:
    """Where notifications stand: those still to be sent, in order, and why others are not.

    ``sent`` are known to have arrived; the occurrences of ``withdrawn`` were cancelled, done or
    snoozed meanwhile.
    """

    pending: Sequence[Notification]
    sent: frozenset[UUID] = frozenset()
    withdrawn: frozenset[UUID] = frozenset()


class Deliveries(Protocol):
    """The attempts to deliver notifications, each written before it is made and after it."""

    async def standing(self, notifications: Sequence[Notification]) -> Standing:
        """Tell which notifications are still to be sent."""
        ...

    async def attempt(self, notifications: Sequence[Notification], channel: Channel) -> None:
        """Commit that this channel is being tried; a try still open is not written twice."""
        ...

    async def settle(self, ids: Sequence[UUID], channel: Channel, outcome: Outcome) -> None:
        """Commit what became of the open try of each notification."""
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
        said of every attempt on this channel.
        """
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
