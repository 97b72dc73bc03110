"""The attempts to deliver notifications, and what is known from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import (
    Update,
    case,
    cast,
    exists,
    func,
    literal,
    null,
    select,
    union_all,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from ontology.notifications.concepts import (
    Attempted,
    ChainState,
    Channel,
    Notification,
    Outcome,
)
from ontology.notifications.ports import Attempt, Standing
from ontology.reminders.concepts import OccurrenceState
from storage.attempts import ATTEMPT, CLOSED, among, attempt_of, beginning, settle
from storage.database import Repository, reads, writes, writes_at_once
from storage.occurrences import ringing
from storage.reminder_rows import came_back
from storage.schema import attempts, chains, now, occurrences

_NO_ATTEMPT: Final = [cast(null(), column.type).label(column.name) for column in ATTEMPT[1:]]


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
        ids = among(item.id for item in offered)
        withdrawn = select(
            literal("withdrawn").label("what"),
            literal(0).label("seq"),
            occurrences.c.id.label("notification_id"),
            *_NO_ATTEMPT,
        ).where(
            occurrences.c.id == ids,
            occurrences.c.person_id.in_(people),
            occurrences.c.state.in_(CLOSED),
        )
        answered = chains.c.state.in_((ChainState.ACKNOWLEDGED, ChainState.CANCELLED))
        chained = select(
            case((answered, "reopened"), else_="chained"),
            literal(0),
            chains.c.notification_id,
            *_NO_ATTEMPT,
        ).where(chains.c.notification_id == ids, chains.c.person_id.in_(people))
        tried = select(literal("tried"), attempts.c.seq, *ATTEMPT).where(
            attempts.c.notification_id == ids, attempts.c.person_id.in_(people)
        )
        known: dict[str, set[UUID]] = defaultdict(set)
        last: dict[UUID, Attempt] = {}
        rows = await connection.execute(union_all(withdrawn, chained, tried).order_by("seq"))
        for row in rows:
            known[row.what].add(row.notification_id)
            if row.what == "tried":
                last[row.notification_id] = attempt_of(row)
                if last[row.notification_id].outcome.arrived:
                    known["sent"].add(row.notification_id)
        return _standing(offered, known, last)

    @writes_at_once
    async def attempt(
        self,
        connection: AsyncConnection,
        tried: Sequence[Notification],
        channel: Channel,
        step: int = 0,
    ) -> None:
        whose = [(item.id, item.person_id) for item in tried]
        await connection.execute(beginning(whose, channel, step))

    @writes
    async def settle(
        self,
        connection: AsyncConnection,
        attempted: Sequence[Attempted],
        channel: Channel,
        step: int = 0,
    ) -> None:
        await settle(connection, attempted, channel, step)

    @reads
    async def made(
        self, connection: AsyncConnection, person_id: UUID, ids: Collection[UUID]
    ) -> Sequence[Attempt]:
        query = (
            select(*ATTEMPT)
            .where(attempts.c.notification_id == among(ids))
            .where(attempts.c.person_id == person_id)
            .order_by(attempts.c.seq)
        )
        return [attempt_of(row) for row in await connection.execute(query)]

    @writes
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
        is_known = (await connection.execute(news)).rowcount > 0
        if is_known and outcome is Outcome.FAILED:
            again = _offering_again(id_, person_id).returning(occurrences.c.id)
            if (await connection.execute(again)).first() is not None:
                await connection.execute(ringing())
        return is_known


def _offering_again(id_: UUID, person_id: UUID) -> Update:
    """Return the statement that lets what came back fall due again, unless a chain has it."""
    has_chain = exists().where(chains.c.notification_id == id_, chains.c.person_id == person_id)
    return (
        update(occurrences)
        .where(occurrences.c.id == id_, occurrences.c.person_id == person_id)
        .where(occurrences.c.state == OccurrenceState.DELIVERED.value)
        .where(came_back(), ~has_chain)
        .values(state=OccurrenceState.OFFERED.value, ready_at=now(), told_at=null())
    )


def _standing(
    offered: Sequence[Notification], known: dict[str, set[UUID]], last: dict[UUID, Attempt]
) -> Standing:
    sent, withdrawn = known["sent"] - known["withdrawn"], known["withdrawn"]
    chained = known["chained"] - sent - withdrawn
    pending = [item for item in offered if item.id not in sent | withdrawn | chained]
    return Standing(
        pending=pending,
        sent=frozenset(sent),
        withdrawn=frozenset(withdrawn),
        chained=frozenset(chained),
        tried={item.id: last[item.id] for item in pending if item.id in last},
        reopened=frozenset(item.id for item in pending if item.id in known["reopened"]),
    )


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
