"""What each change that a person made replaced, so that the last can be taken back."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import (
    ColumnElement,
    Delete,
    Insert,
    Select,
    Text,
    and_,
    cast,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from ontology.ledger import conversation_now
from ontology.reminders.concepts import Change, OccurrenceState
from ontology.reminders.matching import words_of
from ontology.reminders.ports import TakenBack
from ontology.time.concepts import Schedule
from storage.occurrences import close, hold, looking_again, put_back, ringing
from storage.reminder_queries import find_reminder
from storage.reminder_rows import AnyRow, schedule_of, untold
from storage.schema import (
    changes,
    now,
    occurrences,
    people,
    preferences,
    reminders,
    utterances,
)

KEPT: Final = 50
"""Changes of one person that can be taken back."""

_UTTERANCE: Final = func.split_part(changes.c.conversation, ":", 1)
"""The id of the utterance in whose conversation a change was made."""


class Before(BaseModel):
    """What a change replaced: the reminder, the occurrences it closed, and what it made.

    ``revision`` is the reminder's after the change; what the firing loop goes on to schedule
    bears it, or a later one.
    """

    text: str
    schedule: Schedule
    revision: int
    closed: dict[UUID, OccurrenceState] = {}
    made: tuple[UUID, ...] = ()


def values_of(text: str, schedule: Schedule) -> dict[str, object]:
    """Return the columns of a reminder's text and schedule."""
    return {"text": text, "words": words_in(text), **schedule.model_dump()}


def words_in(text: str) -> str:
    """Return the words of a text, with a space before each, as they are searched."""
    return " ".join(("", *words_of(text)))


async def remember(
    connection: AsyncConnection,
    what: Change,
    reminder: AnyRow,
    *,
    closed: dict[UUID, OccurrenceState] | None = None,
    made: tuple[UUID, ...] = (),
) -> None:
    """Keep what a change replaced; ``reminder`` is the row as it was. Wakes the firing loop."""
    before = Before(
        text=reminder.text,
        schedule=schedule_of(reminder),
        revision=reminder.revision + (what == "changed"),
        closed=closed or {},
        made=made,
    )
    await connection.execute(remembering(what, reminder.person_id, reminder.id, before))


def remembering(
    what: Change, person_id: UUID, reminder_id: UUID, before: Before
) -> Select[str]:
    """Return the one statement that keeps a change of a reminder and wakes the firing loop."""
    kept = keeping(what, person_id, reminder_id, before.model_dump_json())
    return ringing().add_cte(kept.cte("kept"))


def keeping(what: Change, person_id: UUID, reminder_id: UUID | None, before: str) -> Insert:
    """Return the one statement that keeps a change and forgets the oldest.

    ``before`` is a :class:`Before`, or where there is no reminder the zone moved from, or what
    was preferred.
    """
    kept = insert(changes).values(
        person_id=person_id,
        what=what,
        reminder_id=reminder_id,
        before=before,
        conversation=conversation_now(),
    )
    return kept.add_cte(_beyond_those_kept(person_id).cte("forgotten"))


async def take_back(
    connection: AsyncConnection, person_id: UUID, by: UUID | None
) -> TakenBack | None:
    """Put back what the person's last change replaced; return what it was, and of what.

    With ``by``, only a change made by this utterance or by one that corrected it.
    """
    mine = select(people.c.id).where(people.c.id == person_id)
    await connection.execute(mine.with_for_update(key_share=True))
    last = select(func.max(changes.c.seq)).where(changes.c.person_id == person_id)
    taken = await connection.execute(
        delete(changes)
        .where(changes.c.person_id == person_id, changes.c.seq == last.scalar_subquery())
        .where(true() if by is None else _made_by(person_id, by))
        .returning(changes.c.what, changes.c.reminder_id, changes.c.before)
    )
    if (row := taken.one_or_none()) is None:
        return None
    what: Change = row.what
    if what == "moved":
        back = update(people).where(people.c.id == person_id).values(zone=row.before)
        await connection.execute(back)
        return TakenBack(what, zone=row.before)
    if what == "preferred":
        as_before = update(preferences).where(preferences.c.person_id == person_id)
        await connection.execute(as_before.values(body=row.before, changed_at=now()))
        await connection.execute(looking_again(person_id))
        await connection.execute(ringing())
        return TakenBack(what)
    await hold(connection, person_id, row.reminder_id)
    if what == "created":
        of_it = occurrences.c.reminder_id == row.reminder_id
        await close(connection, person_id, of_it, OccurrenceState.CANCELLED)
    else:
        before = Before.model_validate_json(row.before)
        await _restore(connection, person_id, row.reminder_id, what, before)
    await connection.execute(ringing())
    return TakenBack(what, await find_reminder(connection, person_id, row.reminder_id))


async def was_changed_since(
    connection: AsyncConnection, person_id: UUID, utterance: UUID
) -> bool:
    """Tell whether a change stands that was made by this utterance or by a later one."""
    this, later = utterances.alias("this"), utterances.alias("later")
    since = (
        select(cast(later.c.id, Text))
        .join(this, this.c.seq <= later.c.seq)
        .where(this.c.person_id == person_id, this.c.id == utterance)
        .where(later.c.person_id == person_id)
    )
    found = exists().where(changes.c.person_id == person_id, _UTTERANCE.in_(since))
    return await connection.scalar(select(found)) is True


async def reword(
    connection: AsyncConnection, person_id: UUID, reminder_id: UUID, text: str
) -> bool:
    """Change the text of a reminder and of what of it is still to be told, if anything is.

    It writes and closes no occurrence, so nothing can be told once more for it.
    """
    if not await _reword_ahead(connection, person_id, reminder_id, text):
        return False
    await _rename(connection, person_id, reminder_id, text)
    return True


async def _reword_ahead(
    connection: AsyncConnection, person_id: UUID, reminder_id: UUID, text: str
) -> int:
    ahead = (
        update(occurrences)
        .where(occurrences.c.person_id == person_id, occurrences.c.reminder_id == reminder_id)
        .where(untold())
        .values(text=text)
    )
    return (await connection.execute(ahead)).rowcount


async def _rename(
    connection: AsyncConnection, person_id: UUID, reminder_id: UUID, text: str
) -> None:
    await connection.execute(
        update(reminders)
        .where(reminders.c.person_id == person_id, reminders.c.id == reminder_id)
        .values(text=text, words=words_in(text), changed_at=now())
    )


def _made_by(person_id: UUID, utterance: UUID) -> ColumnElement[bool]:
    """Return the condition for a change made by this utterance or by one that corrected it."""
    first, said = utterances.alias("first"), utterances.alias("said")
    chain = (
        select(cast(said.c.id, Text))
        .join(first, and_(first.c.person_id == person_id, first.c.id == utterance))
        .where(said.c.person_id == person_id, said.c.address == first.c.address)
        .where(or_(said.c.id == first.c.id, said.c.replaces == first.c.sent_as))
    )
    return _UTTERANCE.in_(chain)


async def _restore(
    connection: AsyncConnection,
    person_id: UUID,
    reminder_id: UUID,
    what: Change,
    before: Before,
) -> None:
    if what == "reworded":
        # Also once it was told: what it is snoozed to then says the old text again.
        await _reword_ahead(connection, person_id, reminder_id, before.text)
        await _rename(connection, person_id, reminder_id, before.text)
        return
    made: ColumnElement[bool] = occurrences.c.id.in_(before.made)
    if what == "changed":
        since = occurrences.c.revision >= before.revision
        made = or_(made, (occurrences.c.reminder_id == reminder_id) & since & untold())
    await close(connection, person_id, made, OccurrenceState.CANCELLED)
    await connection.execute(
        update(reminders)
        .where(reminders.c.person_id == person_id, reminders.c.id == reminder_id)
        .values(
            **values_of(before.text, before.schedule),
            revision=reminders.c.revision + 1,
            changed_at=now(),
        )
    )
    await put_back(connection, person_id, before.closed)


def _beyond_those_kept(person_id: UUID) -> Delete:
    """Return the deletion that makes room for one change more."""
    too_many = (
        select(changes.c.seq)
        .where(changes.c.person_id == person_id)
        .order_by(changes.c.seq.desc())
        .offset(KEPT - 1)
        .limit(1)
        .scalar_subquery()
    )
    return delete(changes).where(changes.c.person_id == person_id, changes.c.seq <= too_many)
