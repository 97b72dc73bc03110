"""Saying something to a person by SMS or WhatsApp, on request: a code, an answer."""

from __future__ import annotations

from collections.abc import Mapping

from behaviours.fipa.request import RequestResponder
from behaviours.notifications.dispatch_once import DispatchOnce
from ontology.acl import Failed, Refused
from ontology.errors import NoAnswer
from ontology.notifications.acts import NOTIFICATIONS, CannotReach, SayText, TextSaid
from ontology.notifications.concepts import SCHEMES, Channel, Outcome
from ontology.notifications.posted import Posted
from ontology.people.ports import People
from ontology.phone.ports import Telephone
from ontology.phone.wording import shortened


class SayByTextOnRequest(RequestResponder[SayText, TextSaid]):
    """Sends each key once. To be told by a call is to be told by SMS.

    No ledger: what was sent stands in the dispatches.
    """

    vocabulary = NOTIFICATIONS
    action = SayText

    def __init__(
        self,
        people: People,
        telephone: Telephone,
        dispatching: Mapping[Channel, DispatchOnce],
    ) -> None:
        self._people = people
        self._telephone = telephone
        self._dispatching = dispatching

    async def perform(self, action: SayText, asker: str) -> TextSaid:
        """Send it."""
        channel = Channel.SMS if action.channel is Channel.CALL else action.channel
        dispatching = self._dispatching.get(channel)
        address = action.address or await self._address(action, channel)
        if dispatching is None or address is None:
            raise Refused(CannotReach())

        async def post() -> Posted:
            number = address.partition(":")[2]
            return await self._telephone.text(channel, number, shortened(action.text))

        posted = await dispatching.dispatch(action.key, action.person_id, post)
        if posted.is_put_off:
            raise NoAnswer(posted.why or "put off")
        if posted.outcome is Outcome.FAILED:
            raise Failed(CannotReach())
        return TextSaid()

    async def _address(self, action: SayText, channel: Channel) -> str | None:
        known = await self._people.addresses(action.person_id, SCHEMES[channel])
        return known[0] if known else None
