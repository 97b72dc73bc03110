"""Hearing a person's answer by a key, a button or a link: the chain ends everywhere."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final, TypeVar
from uuid import UUID, uuid5

from behaviours.directory.find_providers import Acquaintances
from behaviours.fipa.exchange import Voice
from behaviours.fipa.request import RequestResponder, request
from behaviours.notifications.carry_on import CarryOnChains
from behaviours.notifications.take_back import Over
from ontology.acl import Action, Content, Failed
from ontology.notifications.acts import (
    NOTIFICATIONS,
    AcknowledgeNotification,
    NothingSent,
    NotificationAcknowledged,
)
from ontology.notifications.concepts import Acknowledgement, Outcome
from ontology.notifications.ports import Chains, Deliveries
from ontology.notifications.wording import (
    say_answered,
    say_closed,
    say_closed_before,
    say_closed_elsewhere,
)
from ontology.reminders.acts import (
    REMINDERS,
    ClosedAlready,
    Complete,
    Completed,
    Snooze,
    Snoozed,
)
from ontology.reminders.concepts import Occurrence, OccurrenceState, Target

R = TypeVar("R", bound=Content)

SNOOZED_FOR: Final = timedelta(minutes=10)
"""How long it is snoozed where the person said no time."""

CLOSED_WITHIN = 10.0


class AcknowledgeOnRequest(RequestResponder[AcknowledgeNotification, NotificationAcknowledged]):
    """Has the occurrence closed by who keeps it, then stops every other channel.

    No ledger of its own: the conversation with the keeper is named for the answer, so an
    answer heard again is answered from the keeper's ledger.
    """

    vocabulary = NOTIFICATIONS
    action = AcknowledgeNotification

    def __init__(
        self,
        deliveries: Deliveries,
        chains: Chains,
        voice: Voice,
        acquaintances: Acquaintances,
        carry_on: CarryOnChains,
    ) -> None:
        self._deliveries = deliveries
        self._chains = chains
        self._voice = voice
        self._acquaintances = acquaintances
        self._carry_on = carry_on

    async def perform(
        self, action: AcknowledgeNotification, asker: str
    ) -> NotificationAcknowledged:
        """Close it, note by which channel, and return the words that confirm it."""
        now = await self._chains.now()
        with self._carry_on.leaving(action.id):
            try:
                occurrence, until = await self._close(action, now)
            except Failed as no:
                if not isinstance(no.reason, ClosedAlready):
                    raise Failed(NothingSent()) from no
                return NotificationAcknowledged(words=say_closed_before(no.reason.occurrence))
            if until is None and occurrence.state is not OccurrenceState.ACKNOWLEDGED:
                return NotificationAcknowledged(words=say_closed_before(occurrence))
            await self._deliveries.learnt(
                action.id, action.person_id, action.channel, Outcome.ACKNOWLEDGED
            )
            self._carry_on.end(_over(action, occurrence, until))
        return NotificationAcknowledged(words=say_answered(occurrence, until, now), until=until)

    async def _close(
        self, action: AcknowledgeNotification, now: datetime
    ) -> tuple[Occurrence, datetime | None]:
        """Have it done or snoozed. Raises Failed: not theirs, or closed for good already."""
        target = Target(id=action.id)
        if action.answer is Acknowledgement.DONE:
            done: Completed = await self._request(
                Complete(person_id=action.person_id, said_at=action.said_at, target=target),
                action,
            )
            return done.occurrence, None
        again: Snoozed = await self._request(
            Snooze(
                person_id=action.person_id,
                said_at=min(action.said_at, now),
                until=action.until or now + SNOOZED_FOR,
                target=target,
            ),
            action,
        )
        return again.occurrence, again.occurrence.due_at

    async def _request(self, act: Action[Any], action: AcknowledgeNotification) -> Any:
        keeper, *_ = await self._acquaintances.offering(self._voice, "reminders")
        return await request(
            self._voice,
            REMINDERS,
            act,
            to=keeper,
            conversation=f"answer/{_name_of(action)}",
            within=CLOSED_WITHIN,
        )


def _over(
    action: AcknowledgeNotification, occurrence: Occurrence, until: datetime | None
) -> Over:
    how = OccurrenceState.SNOOZED if until else OccurrenceState.ACKNOWLEDGED
    return Over(
        action.id,
        action.person_id,
        say_closed(how, action.channel),
        action.channel,
        say_closed_elsewhere(occurrence.text, how, action.channel),
    )


def _name_of(action: AcknowledgeNotification) -> UUID:
    """Return the same for the same answer, however often it is heard."""
    said = f"{action.channel} {action.answer} {action.said_at.timestamp()} {action.until}"
    return uuid5(action.id, said)
