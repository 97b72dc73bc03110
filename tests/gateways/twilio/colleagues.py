"""The other agents, as handlers of webhooks see them."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from ontology.acl import Failed, Refused
from ontology.dialogue.acts import Stranger, UtteranceAnswered
from ontology.notifications.acts import NothingSent, NotificationAcknowledged
from ontology.reminders.acts import NothingFound
from ontology.reminders.concepts import Occurrence, OccurrenceState

ADA = UUID(int=1)
ADAS_NUMBERS = {"tel:+34600111222", "whatsapp:+34600111222"}
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


class FakeColleagues:
    """Implements :class:`ontology.web.ports.Agents` and writes down what it was asked."""

    def __init__(self):
        self.occurrences = {}
        self.acknowledged = {}
        self.noted = []
        self.heard = {}
        self.said = {}
        self.bad = {}
        self.trouble = []

    def tell(self, number, text, state=OccurrenceState.DELIVERED):
        """Have an occurrence that a call may tell of; return its id."""
        id_ = UUID(int=number)
        self.occurrences[id_] = Occurrence(
            id=id_,
            reminder_id=UUID(int=99),
            person_id=ADA,
            text=text,
            zone="Europe/Madrid",
            due_at=NOW,
            state=state,
        )
        return id_

    def _stumble(self):
        if self.trouble:
            raise self.trouble.pop(0)

    async def occurrence(self, person_id, id_):
        self._stumble()
        found = self.occurrences.get(id_)
        if found is None or found.person_id != person_id:
            raise Failed(NothingFound())
        return found

    async def acknowledge(self, action, key):
        self._stumble()
        if action.id not in self.occurrences:
            raise Failed(NothingSent())
        self.acknowledged.setdefault(key, action)
        words = (
            "Done." if action.until is None else f"I will call again at {action.until:%H:%M}."
        )
        return NotificationAcknowledged(words=words, until=action.until)

    async def note(self, action):
        self._stumble()
        self.noted.append(action)

    async def hear(self, action):
        self._stumble()
        if action.address not in ADAS_NUMBERS:
            raise Refused(Stranger(first=True))
        self.heard.setdefault(action.utterance_id, action)
        return UtteranceAnswered(text=f"you said {action.text}", person_id=ADA)

    async def say(self, action, key):
        self._stumble()
        self.said.setdefault(key, action)

    async def mark_bad(self, address, why):
        self.bad[address] = why
