"""The phone agent reaches people by their number: by calls, SMS and WhatsApp.

FIPA contract, ontology ``notifications``

=================  ================  ==========================  ======================
protocol           asked for         answers                     declines
=================  ================  ==========================  ======================
fipa-contract-net  CallForDelivery   DeliveryBid, then           refuse CannotReach
                                     MessagesDelivered
fipa-request       CloseDelivery     DeliveryClosed
fipa-request       SayText           TextSaid                    refuse, failure
                                                                 CannotReach
=================  ================  ==========================  ======================

What is pressed, answered and reported comes in over HTTP: see the web agent.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from agents.base import BaseAgent
from behaviours.fipa.exchange import Role
from behaviours.journal import WriteJournal
from behaviours.notifications.dispatch_once import DispatchOnce
from behaviours.people.report_bad_address import ReportBadAddress
from behaviours.phone.close_calls import CloseCallsOnRequest
from behaviours.phone.reach_by_phone import ReachByPhone
from behaviours.phone.say_by_text import SayByTextOnRequest
from behaviours.xmpp.stream import Account
from ontology.notifications.concepts import Channel
from ontology.notifications.ports import Dispatches
from ontology.people.ports import People
from ontology.permissions import AgentName
from ontology.phone.ports import Telephone


class PhoneAgent(BaseAgent):
    """Calls and texts."""

    name_on_platform = AgentName.PHONE

    def __init__(
        self,
        account: Account,
        *,
        journal: WriteJournal,
        people: People,
        telephone: Telephone,
        dispatches: Dispatches,
        channels: Collection[Channel],
    ) -> None:
        self.services = ("delivery", *(channel.value for channel in channels))
        super().__init__(account, journal=journal)
        self._people = people
        self._telephone = telephone
        self._bad_addresses = ReportBadAddress(self.conversations, self.acquaintances)
        self._dispatching = {channel: DispatchOnce(dispatches, channel) for channel in channels}

    def roles(self) -> Iterator[Role]:
        """Reach people; hang up; say what others have to say."""
        yield ReachByPhone(
            self._people, self._telephone, self._dispatching, self._bad_addresses
        )
        yield CloseCallsOnRequest(self._telephone)
        yield SayByTextOnRequest(self._people, self._telephone, self._dispatching)
