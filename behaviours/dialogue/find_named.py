"""Finding which of a person's reminders are named, before anything is asked to be done."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from behaviours.dialogue.ask_agents import AskAgents
from ontology.dialogue.concepts import Interpretation
from ontology.reminders.acts import REMINDERS, WhichMissed, WhichReminders
from ontology.reminders.concepts import Reminder
from ontology.reminders.matching import holds, number_in

MOST_SEARCHED: Final = 100
"""Reminders among which it is looked, the next to fire first."""

MOST_CHOICES: Final = 9
"""Reminders from which a person can choose."""


async def find_named(
    ask: AskAgents, person_id: UUID, reading: Interpretation
) -> list[Reminder]:
    """Return the reminders that can be meant. Raises Declined and NoAnswer."""
    question = WhichReminders(person_id=person_id, limit=MOST_SEARCHED)
    kept = (await ask.query("reminders", REMINDERS, question)).reminders
    return [each for each in kept if _can_mean(reading, each)]


async def names_kept(ask: AskAgents, person_id: UUID) -> tuple[str, ...]:
    """Return the texts of what will fire and of what has fired and is open, each once.

    Raises Declined and NoAnswer.
    """
    coming = WhichReminders(person_id=person_id, limit=MOST_SEARCHED)
    fired = WhichMissed(person_id=person_id, limit=MOST_SEARCHED)
    kept = (await ask.query("reminders", REMINDERS, coming)).reminders
    told = (await ask.query("reminders", REMINDERS, fired)).occurrences
    texts = [*(each.text for each in kept), *(each.text for each in told)]
    return tuple(dict.fromkeys(texts))


def _can_mean(reading: Interpretation, reminder: Reminder) -> bool:
    """Tell whether a reading can mean a reminder; one that names none can mean any."""
    if reading.target_id is not None:
        return str(reminder.id) == reading.target_id
    words = reading.target
    if words is None:
        return True
    return number_in(words) == reminder.number or holds(reminder.text, words)
