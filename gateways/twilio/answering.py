"""People who call us: they hear what is next, and press the same keys."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

from gateways.http.webhooks import Request
from gateways.twilio import twiml
from gateways.twilio.texting import address_of, utterance_of
from ontology.acl import Declined
from ontology.arrivals import Arrival
from ontology.dialogue.acts import HearUtterance
from ontology.phone import wording
from ontology.phone.concepts import REPEAT, SAID_BY_KEY
from ontology.web.ports import Agents, Intake

LANGUAGE = "en-GB"
ACTION = "/twilio/voice/keys"


class AnswerCalls:
    """A caller says, by a key, what they would have typed; the answer is spoken."""

    def __init__(self, intake: Intake, agents: Agents, clock: Callable[[], datetime]) -> None:
        self._agents = agents
        self._clock = clock
        self._said = intake.source("twilio-voice", self._hear, lane=_call)

    async def answer(self, request: Request, form: dict[str, str]) -> str:
        """Tell who calls what is next."""
        return await self._say(form, SAID_BY_KEY[REPEAT], "")

    async def pressed(self, request: Request, form: dict[str, str]) -> str:
        """Carry out what the key says."""
        digit = form["Digits"]
        if digit not in SAID_BY_KEY:
            return twiml.speak_and_ask(wording.NOT_A_KEY, LANGUAGE, ACTION, wording.GOOD_BYE)
        return await self._say(form, SAID_BY_KEY[digit], digit)

    async def _say(self, form: dict[str, str], text: str, digit: str) -> str:
        call, caller = form["CallSid"], form["From"]
        told = {"call": call, "from": caller, "text": text, "at": self._clock().isoformat()}
        # What is next may be asked again and again; what changes something is done once a call.
        key = digit if digit not in ("", REPEAT) else uuid4().hex
        kept = Arrival("twilio-voice", f"{call}/{key}", json.dumps(told))
        spoken = await self._said.answer(kept)
        if spoken == "":
            return twiml.speak_and_end(wording.STRANGER, LANGUAGE)
        if spoken is None:
            return twiml.speak_and_end(wording.NOTED, LANGUAGE)
        return twiml.speak_and_ask(
            wording.say_to_caller(spoken), LANGUAGE, ACTION, wording.GOOD_BYE
        )

    async def _hear(self, arrival: Arrival) -> str:
        told = json.loads(arrival.body)
        address, _ = address_of(told["from"])
        try:
            answer = await self._agents.hear(
                HearUtterance(
                    utterance_id=utterance_of(arrival.id),
                    address=address,
                    text=told["text"],
                    said_at=datetime.fromisoformat(told["at"]),
                )
            )
        except Declined:
            return ""
        return answer.text


def _call(arrival: Arrival) -> str:
    return str(json.loads(arrival.body)["call"])
