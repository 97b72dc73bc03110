"""The notifier has people told, by the channel that reaches them best, until they answer.

FIPA contract, ontology ``notifications``

=================  =======================  ==========================  ====================
protocol           asked for                answers                     declines
=================  =======================  ==========================  ====================
fipa-request       NotifyPeople             PeopleNotified
fipa-request       NoteOutcome              OutcomeNoted                failure NothingSent
fipa-request       AcknowledgeNotification  NotificationAcknowledged    failure NothingSent
fipa-request       WithdrawNotifications    NotificationsWithdrawn
=================  =======================  ==========================  ====================

It queries whoever offers ``policy`` for plans (WhichPlans). Each step of a plan is a call to
everybody who offers ``delivery`` for proposals (fipa-contract-net, CallForDelivery) and an
award of DeliverMessages to the best bid; each try is written down before and after it. What a
person answers on a channel is closed by whoever offers ``reminders`` (Complete, Snooze); then
the other channels take back what they can (CloseDelivery), and chat says so (SayText).
"""

from __future__ import annotations

from collections.abc import Iterator

from agents.base import BaseAgent
from behaviours.directory.watch_providers import WatchProviders
from behaviours.duty import Duty
from behaviours.fipa.exchange import Role
from behaviours.journal import WriteJournal
from behaviours.notifications.acknowledge import AcknowledgeOnRequest
from behaviours.notifications.ask_policy import AskPolicy
from behaviours.notifications.award_delivery import AwardDelivery
from behaviours.notifications.carry_on import CarryOnChains
from behaviours.notifications.note_outcome import NoteOutcomeOnRequest
from behaviours.notifications.notify_people import NotifyPeopleOnRequest
from behaviours.notifications.take_back import TakeBack
from behaviours.notifications.withdraw import WithdrawOnRequest
from behaviours.xmpp.stream import Account
from ontology.notifications.ports import Chains, Deliveries
from ontology.permissions import AgentName


class NotifierAgent(BaseAgent):
    """Awards deliveries to channels, step by step."""

    name_on_platform = AgentName.NOTIFIER
    services = ("notifications",)

    def __init__(
        self,
        account: Account,
        *,
        journal: WriteJournal,
        deliveries: Deliveries,
        chains: Chains,
        starting: float = 0.0,
    ) -> None:
        """Bind to an account. For ``starting`` seconds the policy is waited for."""
        super().__init__(account, journal=journal)
        self._deliveries = deliveries
        self._chains = chains
        heard = self.conversations, self.acquaintances
        self._policy = AskPolicy(*heard, starting)
        self._award = AwardDelivery(*heard)
        self._carry_on = CarryOnChains(
            chains, self._policy, self._award, TakeBack(deliveries, *heard)
        )

    def roles(self) -> Iterator[Role]:
        """Have people told; hear what is learnt later, answered, or wanted no more."""
        deliveries, chains, carry_on = self._deliveries, self._chains, self._carry_on
        yield NotifyPeopleOnRequest(
            deliveries, chains, self._policy, self._award, carry_on.look, carry_on.end
        )
        yield NoteOutcomeOnRequest(deliveries, chains, carry_on.look)
        yield AcknowledgeOnRequest(
            deliveries, chains, self.conversations, self.acquaintances, carry_on
        )
        yield WithdrawOnRequest(carry_on.end, carry_on.look)

    def duties(self) -> Iterator[Duty]:
        """Carry plans on; know at once when a channel or the policy comes or goes."""
        yield self._carry_on
        yield WatchProviders(self.conversations, self.acquaintances, "delivery")
        yield WatchProviders(self.conversations, self.acquaintances, "policy")
