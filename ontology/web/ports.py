"""What the handlers of webhooks need: the other agents, and a place that keeps what came in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Final, Protocol, TypeAlias
from uuid import UUID

from ontology.arrivals import Arrival
from ontology.dialogue.acts import HearUtterance, UtteranceAnswered
from ontology.notifications.acts import (
    AcknowledgeNotification,
    NoteOutcome,
    NotificationAcknowledged,
    SayText,
)
from ontology.people.acts import AddressLinked, RedeemCode
from ontology.policy.acts import ChangePreferences, PreferencesChanged
from ontology.reminders.concepts import Occurrence

ANSWERED_WITHIN: Final = 8.0
"""Seconds that an answer is awaited while the sender holds the line (Twilio hangs up at 15)."""

Work: TypeAlias = Callable[[Arrival], Awaitable[str | None]]
"""Works on one arrival and returns what to answer; repeated until it returns or declines."""


class Agents(Protocol):
    """The other agents, as a handler asks them. ``key`` names the asking, not what is asked.

    Who asks twice with one key is told twice what became of it, and it is done once. Each may
    raise :class:`ontology.acl.Declined` (asked again, the answer would be the same) or
    :class:`ontology.errors.NoAnswer` (ask again later).
    """

    async def acknowledge(
        self, action: AcknowledgeNotification, key: str
    ) -> NotificationAcknowledged:
        """Have the notifier end what it tells a person of one occurrence."""
        ...

    async def note(self, action: NoteOutcome) -> None:
        """Have the notifier note what became of an attempt."""
        ...

    async def hear(self, action: HearUtterance) -> UtteranceAnswered:
        """Have the assistant answer what a person said; the utterance's id is the key.

        Raises :class:`ontology.acl.Refused` with Stranger where the address is nobody's.
        """
        ...

    async def mark_bad(self, address: str, why: str) -> None:
        """Have the assistant know that what is sent to an address comes back."""
        ...

    async def redeem(self, action: RedeemCode, key: str) -> AddressLinked:
        """Have the assistant link an address that has proved whose it is."""
        ...

    async def say(self, action: SayText, key: str) -> None:
        """Have a channel say a text to a person, or to one address of theirs."""
        ...

    async def change(self, action: ChangePreferences, key: str) -> PreferencesChanged:
        """Have the policy agent change what a person prefers."""
        ...

    async def next_up(self, person_id: UUID) -> str:
        """Return in words what the person is reminded of next, or that there is nothing."""
        ...

    async def occurrence(self, person_id: UUID, id_: UUID) -> Occurrence:
        """Return how an occurrence stands.

        Raises :class:`ontology.acl.Failed` with NothingFound where the person has none such.
        """
        ...


class Source(Protocol):
    """One kind of arrivals: kept before the sender is answered, worked on in order."""

    async def keep(self, arrivals: Sequence[Arrival]) -> None:
        """Commit these; they are worked on soon, those that came before are left as they are.

        Raises :class:`ontology.errors.ServerError` where the database is away.
        """
        ...

    async def answer(self, arrival: Arrival, within: float = ANSWERED_WITHIN) -> str | None:
        """Commit this one, and return the answer that working on it gives.

        One that came before is answered as it was then. None where there is none, or none yet
        after ``within`` seconds; it is worked on all the same.
        """
        ...


class Intake(Protocol):
    """Where the handlers of webhooks name their sources, before the agents start."""

    def source(
        self, name: str, work: Work, *, lane: Callable[[Arrival], str] | None = None
    ) -> Source:
        """Name a source (``Arrival.source``) and how its arrivals are worked on.

        Those of one ``lane``, for example of one sender, are worked on one after another in the
        order in which they came; without it all of the source are.
        """
        ...
