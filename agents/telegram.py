"""The Telegram agent is a bot: people talk to it as they do in chat, and it reaches them there.

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

What Telegram reports is committed before it is confirmed. Words it passes on by HearUtterance
(ontology ``dialogue``) and says the answer; buttons by AcknowledgeNotification; codes by
RedeemCode, and accounts that block it by MarkAddress (ontology ``people``). Every message is
written down before it leaves and after it, and leaves once.
"""

from __future__ import annotations

from collections.abc import Iterator

from agents.base import BaseAgent
from behaviours.duty import Duty
from behaviours.fipa.exchange import Role
from behaviours.journal import WriteJournal
from behaviours.notifications.dispatch_once import DispatchOnce
from behaviours.people.report_bad_address import ReportBadAddress
from behaviours.telegram.answer_requests import CloseTelegramOnRequest, SayTextByTelegram
from behaviours.telegram.answer_updates import AnswerUpdates, lane_of
from behaviours.telegram.deliver_by_telegram import DeliverByTelegram
from behaviours.telegram.poll_updates import LONG_POLL, PollUpdates, source_of
from behaviours.telegram.say_on_telegram import SayOnTelegram
from behaviours.web.ask_other_agents import AskOtherAgents
from behaviours.web.work_off_arrivals import WorkOffArrivals
from behaviours.xmpp.stream import Account
from ontology.arrivals import Arrivals
from ontology.notifications.concepts import Channel
from ontology.notifications.ports import Dispatches
from ontology.people.ports import People
from ontology.permissions import AgentName
from ontology.telegram.ports import Bot


class TelegramAgent(BaseAgent):
    """Speaks as a bot."""

    name_on_platform = AgentName.TELEGRAM
    services = ("delivery", Channel.TELEGRAM.value)

    def __init__(
        self,
        account: Account,
        *,
        journal: WriteJournal,
        people: People,
        dispatches: Dispatches,
        arrivals: Arrivals,
        bot: Bot,
        long_poll: float = LONG_POLL,
    ) -> None:
        super().__init__(account, journal=journal)
        self._people = people
        self._bot = bot
        self._saying = SayOnTelegram(
            bot,
            DispatchOnce(dispatches, Channel.TELEGRAM),
            people,
            ReportBadAddress(self.conversations, self.acquaintances),
        )
        self._work_off = WorkOffArrivals(arrivals)
        self._agents = AskOtherAgents(self.conversations, self.acquaintances)
        answering = AnswerUpdates(bot, people, self._saying, self._agents)
        self._work_off.source(source_of(bot), answering.work, lane=lane_of)
        self._poll = PollUpdates(bot, arrivals, self._work_off, within=long_poll)

    def roles(self) -> Iterator[Role]:
        """Deliver on Telegram, say texts there, take back what was delivered."""
        yield DeliverByTelegram(self._people, self._saying)
        yield SayTextByTelegram(self._saying)
        yield CloseTelegramOnRequest(self._bot, self._agents)

    def duties(self) -> Iterator[Duty]:
        """Hear what happens, and answer it."""
        yield self._poll
        yield self._work_off

    async def stop(self) -> None:
        """Go, and hang up."""
        await super().stop()
        await self._bot.close()
