"""What became of a call or a text: reported later, perhaps twice or out of order."""

from __future__ import annotations

import json
from typing import Final

from gateways.http.webhooks import Request
from gateways.twilio import twiml
from ontology.acl import Declined
from ontology.arrivals import Arrival
from ontology.notifications.acts import NoteOutcome
from ontology.notifications.concepts import Channel, Outcome
from ontology.phone.concepts import About
from ontology.web.ports import Agents, Intake

OF_CALL: Final = {
    "completed": Outcome.DELIVERED,
    "busy": Outcome.FAILED,
    "no-answer": Outcome.FAILED,
    "failed": Outcome.FAILED,
    "canceled": Outcome.FAILED,
}
OF_TEXT: Final = {
    "delivered": Outcome.DELIVERED,
    "read": Outcome.DELIVERED,
    "undelivered": Outcome.FAILED,
    "failed": Outcome.FAILED,
}
"""What a status means; those on the way (queued, ringing, sent …) say nothing new."""

NOBODY_THERE: Final = frozenset({"30005", "30006", "63024"})
"""Twilio's codes for a number that does not exist, or takes no texts."""

_SCHEME: Final = {Channel.SMS: "tel", Channel.WHATSAPP: "whatsapp"}


class TakeReports:
    """Has the notifier note every report once."""

    def __init__(self, intake: Intake, agents: Agents) -> None:
        self._agents = agents
        self._reports = intake.source("twilio-status", self._note)

    async def report(self, request: Request, form: dict[str, str]) -> str:
        """Keep a report that says what became of an attempt."""
        channel = Channel(request.parts["channel"])
        about = About.read(*(request.parts[part] for part in ("person", "step", "ids")))
        if channel is Channel.CALL:
            sid, status = form["CallSid"], form["CallStatus"]
            known = status in OF_CALL
        else:
            sid, status = form["MessageSid"], form["MessageStatus"]
            known = status in OF_TEXT
        if known:
            told = {
                "about": str(about),
                "channel": channel.value,
                "status": status,
                "code": form.get("ErrorCode", ""),
                "to": form.get("To", ""),
            }
            kept = Arrival("twilio-status", f"{sid}/{status}", json.dumps(told))
            await self._reports.keep([kept])
        return twiml.nothing()

    async def _note(self, arrival: Arrival) -> None:
        told = json.loads(arrival.body)
        about, channel = About.read(*told["about"].split("/")), Channel(told["channel"])
        outcome = (OF_CALL if channel is Channel.CALL else OF_TEXT)[told["status"]]
        code = f" (error {told['code']})" if told["code"] else ""
        for id_ in about.ids:
            action = NoteOutcome(
                id=id_,
                person_id=about.person_id,
                channel=channel,
                outcome=outcome,
                step=about.step,
                why=f"{told['status']}{code}" if outcome is Outcome.FAILED else "",
            )
            try:
                await self._agents.note(action)
            except Declined:
                continue
        if told["code"] in NOBODY_THERE and channel in _SCHEME:
            number = told["to"].removeprefix("whatsapp:")
            await self._agents.mark_bad(f"{_SCHEME[channel]}:{number}", f"error {told['code']}")
