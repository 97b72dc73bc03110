"""The operator is whoever runs ``steward status``: it asks the directory, and answers nobody.

FIPA contract: none; it asks ``WhoOffers`` by fipa-query, ontology ``directory``.
"""

from __future__ import annotations

from uuid import uuid4

from agents.base import BaseAgent
from behaviours.directory.names import directory_of
from behaviours.fipa.query import query
from behaviours.journal import WriteJournal
from behaviours.xmpp.stream import Account
from ontology.directory.acts import DIRECTORY, Providers, WhoOffers
from ontology.permissions import AgentName


class OperatorAgent(BaseAgent):
    """Asks, and goes."""

    name_on_platform = AgentName.OPERATOR

    def __init__(self, account: Account, *, journal: WriteJournal) -> None:
        super().__init__(account, journal=journal)

    async def everybody(self, within: float) -> Providers:
        """Return all agents the directory knows. Raises NoAnswer when it is silent."""
        return await query(
            self.conversations,
            DIRECTORY,
            WhoOffers(),
            to=directory_of(self.address),
            conversation=uuid4().hex,
            within=within,
        )
