"""Notifications, and the attempts to deliver them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, any_, exists, literal, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from ontology.notifications.concepts import Notification, Outcome
from ontology.reminders.concepts import OccurrenceState
from storage.database import Repository, writes, writes_at_once
from storage.rows import given
from storage.schema import attempts, notifications, now, occurrences

WITHDRAWN = (
    OccurrenceState.CANCELLED.value,
    OccurrenceState.ACKNOWLEDGED.value,
    OccurrenceState.SNOOZED.value,
)
"""States of an occurrence that nobody wants to hear of any more."""

_NOTIFICATION = (
    notifications.c.id,
    notifications.c.person_id,
    notifications.c.reminder_id,
    notifications.c.due_at,
)


class PostgresDeliveries(Repository):
    """Implements :class:`ontology.notifications.ports.Deliveries`.

    The texts are not kept here: they stand in the reminder, and in the message that is sent.
    """

    @writes_at_once
    async def open(
        self, connection: AsyncConnection, offered: Sequence[Notification]
    ) -> Sequence[Notification]:
        rows = given(_NOTIFICATION, [item.model_dump() for item in offered])
        names = [column.name for column in _NOTIFICATION]
        # What the person has cancelled or done meanwhile is not told any more.
        withdrawn = (
            exists()
            .where(occurrences.c.id == rows.c.id)
            .where(occurrences.c.person_id == rows.c.person_id)
            .where(occurrences.c.state.in_(WITHDRAWN))
            .correlate(rows)
        )
        new = insert(notifications).from_select(
            names, select(*(rows.c[name] for name in names)).where(~withdrawn)
        )
        # The update changes nothing; it makes RETURNING name those still to be sent.
        unsent = new.on_conflict_do_update(
            index_elements=[notifications.c.id],
            set_={"due_at": new.excluded.due_at},
            where=(notifications.c.sent_at.is_(None))
            & (notifications.c.person_id == new.excluded.person_id),
        )
        ids = set((await connection.scalars(unsent.returning(notifications.c.id))).all())
        return [item for item in offered if item.id in ids]

    @writes_at_once
    async def attempt(
        self, connection: AsyncConnection, tried: Sequence[Notification], channel: str
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

    @writes
    async def settle(
        self, connection: AsyncConnection, ids: Sequence[UUID], channel: str, outcome: Outcome
    ) -> None:
        settled = any_(literal(list(ids), ARRAY(Uuid)))
        await connection.execute(
            update(attempts)
            .where(attempts.c.notification_id == settled)
            .where(attempts.c.channel == channel)
            .where(attempts.c.ended_at.is_(None))
            .values(outcome=outcome.value, ended_at=now())
        )
        if outcome is Outcome.SENT:
            await connection.execute(
                update(notifications)
                .where(notifications.c.id == settled)
                .where(notifications.c.sent_at.is_(None))
                .values(sent_at=now())
            )
