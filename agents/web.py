"""The web agent takes up what comes in over HTTP: webhooks, and links that people follow.

FIPA contract: none; it asks others by the service that they offer:

- ``notifications``: fipa-request AcknowledgeNotification and NoteOutcome
- ``user-interface``: fipa-request HearUtterance (ontology ``dialogue``)
- ``people``: fipa-request MarkAddress
- ``policy``: fipa-request ChangePreferences
- a channel's own name: fipa-request SayText (ontology ``notifications``)
- ``reminders``: fipa-query WhichReminders and WhichOccurrence

What came in is committed before its sender is answered, and worked on in order, also in the
next life.
"""

from __future__ import annotations

from collections.abc import Iterator

from agents.base import BaseAgent
from behaviours.duty import Duty
from behaviours.journal import WriteJournal
from behaviours.web.ask_other_agents import AskOtherAgents
from behaviours.web.work_off_arrivals import WorkOffArrivals
from behaviours.xmpp.stream import Account
from ontology.arrivals import Arrivals
from ontology.permissions import AgentName


class WebAgent(BaseAgent):
    """Speaks for HTTP; ``colleagues`` and ``intake`` are what handlers of webhooks get."""

    name_on_platform = AgentName.WEB
    services = ("web",)

    def __init__(self, account: Account, *, journal: WriteJournal, arrivals: Arrivals) -> None:
        super().__init__(account, journal=journal)
        self.colleagues = AskOtherAgents(self.conversations, self.acquaintances)
        self.intake = WorkOffArrivals(arrivals)

    def duties(self) -> Iterator[Duty]:
        """Work off what came in."""
        yield self.intake
