"""The directory knows who offers which service on this platform, and who is alive.

FIPA contract, ontology ``directory`` (FIPA SC00023)

=================  ================  ==========================  ======================
protocol           asked for         answers                     declines
=================  ================  ==========================  ======================
fipa-request       Register          Registered
fipa-query         WhoOffers         Providers
fipa-subscribe     WhoOffers         Providers, at every change
=================  ================  ==========================  ======================

It keeps its register in memory: when it comes back, presence tells the others, and they
register again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from agents.base import BaseAgent
from behaviours.directory.keep_register import (
    PublishProviders,
    RegisterOnRequest,
    SearchOnQuery,
    ServiceRegister,
)
from behaviours.fipa.exchange import Role
from behaviours.journal import WriteJournal
from behaviours.xmpp.stream import Account
from ontology.permissions import AgentName


class DirectoryAgent(BaseAgent):
    """The directory facilitator."""

    name_on_platform = AgentName.DIRECTORY
    services = ("directory",)

    def __init__(self, account: Account, *, journal: WriteJournal) -> None:
        super().__init__(account, journal=journal)
        self._register = ServiceRegister()
        # Nobody is shown their own presence as that of somebody else.
        self._register.seen(self.address, available=True)

    def roles(self) -> Iterator[Role]:
        """Register, search, publish."""
        yield RegisterOnRequest(self._register, self.ask_to_see)
        yield SearchOnQuery(self._register)
        yield PublishProviders(self._register)

    async def _async_connect(self) -> None:
        await super()._async_connect()
        self.presence.on_unavailable = self._gone

    def _seen(self, jid: str, info: Any, last: Any) -> None:
        self._register.seen(jid.partition("/")[0], available=True)

    def _gone(self, jid: str, info: Any, last: Any) -> None:
        self._register.seen(jid.partition("/")[0], available=False)
