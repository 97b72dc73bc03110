"""The policy agent knows how people want to be told, and decides by it.

FIPA contract, ontology ``policy``

=================  =================  =========================  ======================
protocol           asked for          answers                    declines
=================  =================  =========================  ======================
fipa-query         WhichPlans         PlansDecided               failure UnknownPerson
fipa-query         WhichPreferences   PreferencesTold            failure UnknownPerson
fipa-request       ChangePreferences  PreferencesChanged         failure NoSuchRule,
                                                                 UnknownPerson
=================  =================  =========================  ======================

It decides and does nothing by itself: what a plan says is carried out by who asked. The rules
are pure functions (:mod:`ontology.policy.planning`); every plan carries its reasons in words.
"""

from __future__ import annotations

from collections.abc import Iterator

from agents.base import BaseAgent
from behaviours.fipa.exchange import Role
from behaviours.journal import WriteJournal
from behaviours.policy.change_preferences import ChangePreferencesOnRequest
from behaviours.policy.tell_plans import TellPlansOnQuery
from behaviours.policy.tell_preferences import TellPreferencesOnQuery
from behaviours.xmpp.stream import Account
from ontology.ledger import Ledger
from ontology.permissions import AgentName
from ontology.policy.ports import PreferenceBook


class PolicyAgent(BaseAgent):
    """Decides when, how and how insistently people are told."""

    name_on_platform = AgentName.POLICY
    services = ("policy",)

    def __init__(
        self,
        account: Account,
        *,
        journal: WriteJournal,
        preferences: PreferenceBook,
        ledger: Ledger,
    ) -> None:
        super().__init__(account, journal=journal)
        self._preferences = preferences
        self._ledger = ledger

    def roles(self) -> Iterator[Role]:
        """Plan, tell, change."""
        yield TellPlansOnQuery(self._preferences)
        yield TellPreferencesOnQuery(self._preferences)
        yield ChangePreferencesOnRequest(self._preferences, self._ledger)
