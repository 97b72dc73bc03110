"""Every vocabulary spoken on the platform, by its ontology's name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ontology.dialogue.acts import DIALOGUE
from ontology.directory.acts import DIRECTORY
from ontology.notifications.acts import NOTIFICATIONS
from ontology.people.acts import PEOPLE
from ontology.policy.acts import POLICY
from ontology.reminders.acts import REMINDERS
from ontology.vocabulary import Vocabulary

VOCABULARIES: Final[Mapping[str, Vocabulary]] = {
    vocabulary.name: vocabulary
    for vocabulary in (DIALOGUE, DIRECTORY, NOTIFICATIONS, PEOPLE, POLICY, REMINDERS)
}
