"""The attempts to deliver notifications, and what is known from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, any_, case, func, literal, select, union_all, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from ontology.notifications.concepts import Channel, Notification, Outcome
from ontology.notifications.ports import Standing
from ontology.reminders.concepts import OccurrenceState
from storage.database import Repository, reads, writes_at_once
from storage.rows import given
from storage.schema import attempts, now, occurrences

WITHDRAWN = (
    OccurrenceState.CANCELLED.value,
    OccurrenceState.ACKNOWLEDGED.value,
    OccurrenceState.SNOOZED.value,
)
"""States of an occurrence that nobody wants to hear of any more."""


class PostgresDeliveries(Repository):
    """Implements :class:`ontology.notifications.ports.Deliveries`.

    A notification has no row of its own: it is known by the id of its occurrence, and was sent
    once an attempt says so. The text stands in the occurrence, and in the message that is sent.
    """

    @reads
    async def standing(
        self, connection: AsyncConnection, offered: Sequence[Notification]
    ) -> Standing:
        people = {item.person_id for item in offered}
        ids = any_(literal([item.id for item in offered], ARRAY(Uuid)))
        withdrawn = select(occurrences.c.id, literal(Outcome.WITHDRAWN.value)).where(
            occurrences.c.id == ids,
            occurrences.c.person_id.in_(people),
            occurrences.c.state.in_(WITHDRAWN),
        )
        sent = select(attempts.c.notification_id, attempts.c.outcome).where(
            attempts.c.notification_id == ids,
            attempts.c.person_id.in_(people),
            attempts.c.outcome == Outcome.SENT.value,
        )
        left_out: dict[str, set[UUID]] = defaultdict(set)
        for id_, why in (await connection.execute(union_all(withdrawn, sent))).all():
            left_out[why].add(id_)
        known = left_out[Outcome.SENT] | left_out[Outcome.WITHDRAWN]
        return Standing(
            pending=[item for item in offered if item.id not in known],
            sent=frozenset(left_out[Outcome.SENT]),
            withdrawn=frozenset(left_out[Outcome.WITHDRAWN]),
        )

    @writes_at_once
    async def attempt(
        self, connection: AsyncConnection, tried: Sequence[Notification], channel: Channel
    ) -> None:
        rows = given(
            (attempts.c.notification_id, attempts.c.person_id),
            [{"notification_id": item.id, "person_id": item.person_id} for item in tried],
        )
        begun = select(
            rows.c.notification_id,
            rows.c.person_id,
            literal(channel),
            literal(Outcome.ATTEMPTING.value),
        )
        await connection.execute(
            insert(attempts)
            .from_select(["notification_id", "person_id", "channel", "outcome"], begun)
            .on_conflict_do_nothing()
        )

    @writes_at_once
    async def settle(
        self,
        connection: AsyncConnection,
        ids: Sequence[UUID],
        channel: Channel,
        outcome: Outcome,
    ) -> None:
        await connection.execute(
            update(attempts)
            .where(attempts.c.notification_id == any_(literal(list(ids), ARRAY(Uuid))))
            .where(attempts.c.channel == channel)
            .where(attempts.c.ended_at.is_(None))
            .values(outcome=outcome.value, ended_at=now())
        )

    @writes_at_once
    async def learnt(
        self,
        connection: AsyncConnection,
        id_: UUID,
        person_id: UUID,
        channel: Channel,
        outcome: Outcome,
        *,
        step: int | None = None,
        why: str = "",
    ) -> bool:
        older = [known.value for known in Outcome if _is_news(outcome, known)]
        is_news = attempts.c.outcome.in_(older)
        news = (
            update(attempts)
            .where(attempts.c.notification_id == id_, attempts.c.person_id == person_id)
            .where(attempts.c.channel == channel)
            .values(
                outcome=case((is_news, outcome.value), else_=attempts.c.outcome),
                why=case((is_news, why or None), else_=attempts.c.why),
                ended_at=func.coalesce(attempts.c.ended_at, now()),
            )
        )
        if step is not None:
            news = news.where(attempts.c.step == step)
        return (await connection.execute(news)).rowcount > 0


_ORDER: Final = (
    Outcome.ATTEMPTING,
    Outcome.UNKNOWN,
    Outcome.SENT,
    Outcome.DELIVERED,
    Outcome.FAILED,
    Outcome.ACKNOWLEDGED,
)


def _is_news(outcome: Outcome, known: Outcome) -> bool:
    return known in _ORDER and _ORDER.index(known) < _ORDER.index(outcome)
