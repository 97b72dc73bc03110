"""Telling what a person prefers."""

from __future__ import annotations

from behaviours.fipa.query import QueryResponder
from ontology.acl import Failed
from ontology.notifications.concepts import Channel
from ontology.policy.acts import POLICY, PreferencesTold, UnknownPerson, WhichPreferences
from ontology.policy.ports import PreferenceBook


class TellPreferencesOnQuery(QueryResponder[WhichPreferences, PreferencesTold]):
    """Tells what is kept."""

    vocabulary = POLICY
    question = WhichPreferences

    def __init__(self, book: PreferenceBook) -> None:
        self._book = book

    async def tell(self, question: WhichPreferences, asker: str) -> PreferencesTold:
        """Look it up."""
        known = await self._book.known(question.person_id)
        if known is None:
            raise Failed(UnknownPerson())
        reachable_by = tuple(each for each in Channel if each in known.reachable_by)
        return PreferencesTold(preferences=known.preferences, reachable_by=reachable_by)
