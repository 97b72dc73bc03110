"""SMS and WhatsApp messages of people: passed on as what they said, answered by a text."""

from __future__ import annotations

import json
from collections import defaultdict, deque
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

import structlog

from gateways.http.webhooks import Request
from gateways.twilio import twiml
from ontology.acl import Declined
from ontology.arrivals import Arrival
from ontology.dialogue.acts import HearUtterance
from ontology.notifications.acts import SayText
from ontology.notifications.concepts import Channel
from ontology.web.ports import Agents, Intake

log = structlog.get_logger(__name__)

LONGEST: Final = 1600
"""Characters of a message of several parts, which Twilio puts together."""


MOST_ANSWERS: Final = 12
WITHIN: Final = timedelta(minutes=10)
"""So many messages of one sender are answered in this time. Phones have machines that answer
by themselves, and each text costs money: what is said is heard, but not answered for ever.
"""


class HearTexts:
    """Hears every message once, and answers it by a message of its own."""

    def __init__(self, intake: Intake, agents: Agents, clock: Callable[[], datetime]) -> None:
        self._agents = agents
        self._clock = clock
        self._texts = intake.source("twilio-message", self._hear, lane=_sender)
        self._answered: dict[str, deque[datetime]] = defaultdict(deque)

    async def hear(self, request: Request, form: dict[str, str]) -> str:
        """Keep a message; it is answered soon, by a text of its own."""
        said = {
            "from": form["From"],
            "text": form.get("Body", "")[:LONGEST],
            "at": self._clock().isoformat(),
        }
        kept = Arrival("twilio-message", form["MessageSid"], json.dumps(said))
        await self._texts.keep([kept])
        return twiml.nothing()

    async def _hear(self, arrival: Arrival) -> None:
        said = json.loads(arrival.body)
        address, channel = address_of(said["from"])
        utterance_id = utterance_of(arrival.id)
        try:
            answer = await self._agents.hear(
                HearUtterance(
                    utterance_id=utterance_id,
                    address=address,
                    text=said["text"],
                    said_at=datetime.fromisoformat(said["at"]),
                )
            )
        except Declined:
            # A text costs money: strangers, who could be machines, get none.
            return
        if not self._may_answer(said["from"]):
            log.warning("many texts of one sender, not answered", channel=channel)
            return
        reply = SayText(
            key=utterance_id,
            person_id=answer.person_id,
            channel=channel,
            text=answer.text,
            address=address,
        )
        await self._agents.say(reply, str(utterance_id))

    def _may_answer(self, sender: str) -> bool:
        now, answered = self._clock(), self._answered[sender]
        while answered and now - answered[0] > WITHIN:
            answered.popleft()
        if len(answered) >= MOST_ANSWERS:
            return False
        answered.append(now)
        return True


def utterance_of(sid: str) -> UUID:
    """Return the id of what was said in a message or call of Twilio's."""
    return uuid5(NAMESPACE_URL, f"twilio:{sid}")


def address_of(sender: str) -> tuple[str, Channel]:
    """Return by which address and channel a sender of Twilio's is known."""
    if sender.startswith("whatsapp:"):
        return sender, Channel.WHATSAPP
    return f"tel:{sender}", Channel.SMS


def _sender(arrival: Arrival) -> str:
    return str(json.loads(arrival.body)["from"])
