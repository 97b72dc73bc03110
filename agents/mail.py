"""The mail agent reaches people by e-mail.

FIPA contract, ontology ``notifications``

=================  ================  ==========================  ======================
protocol           asked for         answers                     declines
=================  ================  ==========================  ======================
fipa-contract-net  CallForDelivery   DeliveryBid, then           refuse CannotReach,
                                     MessagesDelivered           failure CannotReach
fipa-request       SayText           TextSaid                    refuse CannotReach,
                                                                 failure CannotReach
fipa-request       CloseDelivery     DeliveryClosed
=================  ================  ==========================  ======================

Every mail is written down before it is handed over and after it, and handed over once: what may
have left is never sent again. It requests MarkAddress (ontology ``people``) where the mail
server says that nobody has an address.
"""

from __future__ import annotations

from collections.abc import Iterator

from agents.base import BaseAgent
from behaviours.fipa.exchange import Role
from behaviours.journal import WriteJournal
from behaviours.mail.close_mail import CloseMailOnRequest
from behaviours.mail.deliver_by_mail import DeliverByMail
from behaviours.mail.say_text_by_mail import SayTextByMail
from behaviours.notifications.dispatch_once import DispatchOnce
from behaviours.people.report_bad_address import ReportBadAddress
from behaviours.xmpp.stream import Account
from ontology.mail.ports import Composer, MailServer
from ontology.notifications.concepts import Channel
from ontology.notifications.ports import Dispatches
from ontology.people.ports import People
from ontology.permissions import AgentName


class MailAgent(BaseAgent):
    """Hands mails to a mail server."""

    name_on_platform = AgentName.MAIL
    services = ("delivery", Channel.EMAIL.value)

    def __init__(
        self,
        account: Account,
        *,
        journal: WriteJournal,
        people: People,
        dispatches: Dispatches,
        composer: Composer,
        server: MailServer,
    ) -> None:
        super().__init__(account, journal=journal)
        self._people = people
        self._composer = composer
        self._server = server
        self._sending = DispatchOnce(dispatches, Channel.EMAIL)
        self._bad_addresses = ReportBadAddress(self.conversations, self.acquaintances)

    def roles(self) -> Iterator[Role]:
        """Deliver by mail, say texts by mail."""
        yield DeliverByMail(
            self._people, self._composer, self._server, self._sending, self._bad_addresses
        )
        yield SayTextByMail(self._people, self._composer, self._server, self._sending)
        yield CloseMailOnRequest()
