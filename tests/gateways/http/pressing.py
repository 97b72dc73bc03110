"""Links as a mail carries them, and agents that answer to them at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from ontology.acl import Content
from ontology.links import Link, LinkKeys, Purpose, signed
from ontology.notifications.acts import NotificationAcknowledged
from ontology.reminders.concepts import Occurrence, OccurrenceState

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
KEYS = LinkKeys.of("a secret of this test")
PILLS = Occurrence(
    id=uuid4(),
    reminder_id=uuid4(),
    person_id=uuid4(),
    text="take <b>pills</b>",
    zone="Europe/Madrid",
    due_at=NOW,
    state=OccurrenceState.DELIVERED,
)


def token(purpose=Purpose.DONE, *, keys=KEYS, lasts=timedelta(days=7), now=NOW):
    subject = PILLS.person_id if purpose is Purpose.UNSUBSCRIBE else PILLS.id
    return signed(Link(purpose, PILLS.person_id, subject, now + lasts), keys)


@dataclass
class FakeAgents:
    """Answers what links ask; ``trouble`` is raised instead."""

    occurrences: dict[UUID, Occurrence]
    asked: list[tuple[Content, str]]
    trouble: Exception | None = None

    @classmethod
    def with_pills(cls):
        return cls({PILLS.id: PILLS}, [])

    async def occurrence(self, person_id, id_):
        assert person_id == PILLS.person_id
        if self.trouble:
            raise self.trouble
        return self.occurrences[id_]

    async def acknowledge(self, action, key):
        self.asked.append((action, key))
        if self.trouble:
            raise self.trouble
        return NotificationAcknowledged(
            words=f"{action.answer.value} it is", until=action.until
        )

    async def change(self, action, key):
        self.asked.append((action, key))
