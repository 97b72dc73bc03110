"""The notifier has people told, by the channel that reaches them best.

FIPA contract, ontology ``notifications``

=================  ================  ==========================  ======================
protocol           asked for         answers                     declines
=================  ================  ==========================  ======================
fipa-request       NotifyPeople      PeopleNotified
fipa-request       NoteOutcome       OutcomeNoted                failure NothingSent
=================  ================  ==========================  ======================

It calls everybody who offers ``delivery`` for proposals (fipa-contract-net, CallForDelivery)
and awards DeliverMessages to the best bid. Each try is written down before and after it.
"""

from __future__ import annotations

from collections.abc import Iterator

from agents.base import BaseAgent
from behaviours.directory.watch_providers import WatchProviders
from behaviours.duty import Duty
from behaviours.fipa.exchange import Role
from behaviours.journal import WriteJournal
from behaviours.notifications.note_outcome import NoteOutcomeOnRequest
from behaviours.notifications.notify_people import NotifyPeopleOnRequest
from behaviours.xmpp.stream import Account
from ontology.notifications.ports import Deliveries
from ontology.permissions import AgentName


class NotifierAgent(BaseAgent):
    """Awards deliveries to channels."""

    name_on_platform = AgentName.NOTIFIER
    services = ("notifications",)

    def __init__(
        self, account: Account, *, journal: WriteJournal, deliveries: Deliveries
    ) -> None:
        super().__init__(account, journal=journal)
        self._deliveries = deliveries

    def roles(self) -> Iterator[Role]:
        """Have people told; note what is learnt later."""
        yield NotifyPeopleOnRequest(self._deliveries, self.conversations, self.acquaintances)
        yield NoteOutcomeOnRequest(self._deliveries)

    def duties(self) -> Iterator[Duty]:
        """Know at once when a channel comes or goes."""
        yield WatchProviders(self.conversations, self.acquaintances, "delivery")
