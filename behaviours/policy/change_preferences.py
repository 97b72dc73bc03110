"""Changing what a person prefers, on request."""

from __future__ import annotations

from behaviours.fipa.request import RequestResponder
from ontology.acl import Failed
from ontology.errors import ImpossiblePreference
from ontology.ledger import Ledger
from ontology.policy.acts import (
    POLICY,
    ChangePreferences,
    NoSuchRule,
    PreferencesChanged,
    UnknownPerson,
)
from ontology.policy.ports import PreferenceBook


class ChangePreferencesOnRequest(RequestResponder[ChangePreferences, PreferencesChanged]):
    """Changes one thing, if what comes of it can be."""

    vocabulary = POLICY
    action = ChangePreferences

    def __init__(self, book: PreferenceBook, ledger: Ledger) -> None:
        self._book = book
        self.ledger = ledger

    async def perform(self, action: ChangePreferences, asker: str) -> PreferencesChanged:
        """Change it."""
        try:
            altered = await self._book.change(action.person_id, action.change)
        except ImpossiblePreference as error:
            raise Failed(NoSuchRule(complaint=str(error))) from error
        if altered is None:
            raise Failed(UnknownPerson())
        return PreferencesChanged(before=altered.before, after=altered.after)
