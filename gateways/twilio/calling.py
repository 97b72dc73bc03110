"""The call that tells of notifications: what is said, and what a key does."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Final

from gateways.http.webhooks import Request
from gateways.twilio import twiml
from ontology.acl import Declined
from ontology.arrivals import Arrival
from ontology.errors import NoAnswer, ServerError
from ontology.notifications.acts import AcknowledgeNotification, NoteOutcome
from ontology.notifications.concepts import Channel, Outcome
from ontology.phone import wording
from ontology.phone.concepts import KEYS, REPEAT, About
from ontology.reminders.concepts import OccurrenceState
from ontology.web.ports import Agents, Intake

VOICEMAIL: Final = "voicemail"
_MACHINES: Final = ("machine", "fax")
_OVER: Final = frozenset(
    {OccurrenceState.ACKNOWLEDGED, OccurrenceState.CANCELLED, OccurrenceState.SNOOZED}
)


class TellCalled:
    """Speaks when a person picks up, and carries out the key they press, once."""

    def __init__(self, agents: Agents, intake: Intake, clock: Callable[[], datetime]) -> None:
        self._agents = agents
        self._clock = clock
        self._keys = intake.source("twilio-keys", self._carry_out)

    async def answered(self, request: Request, form: dict[str, str]) -> str:
        """Say what there is to say; hang up on a machine, so that it is tried again."""
        about, language = _about(request), request.parts["language"]
        if form.get("AnsweredBy", "").startswith(_MACHINES):
            await self._note_voicemail(about)
            return twiml.hang_up()
        return await self._tell(about, language)

    async def pressed(self, request: Request, form: dict[str, str]) -> str:
        """Do what the key says and confirm it."""
        about, language = _about(request), request.parts["language"]
        digit, call = form["Digits"], form["CallSid"]
        if digit == REPEAT:
            return await self._tell(about, language)
        if digit not in KEYS:
            return await self._tell(about, language, f"{wording.NOT_A_KEY} ")
        at = self._clock().isoformat()
        body = json.dumps({"about": str(about), "digit": digit, "at": at})
        said = await self._keys.answer(Arrival("twilio-keys", f"{call}/{digit}/{about}", body))
        words = f"{said} {wording.GOOD_BYE}" if said else wording.NOTED
        return twiml.speak_and_end(words, language)

    async def _tell(self, about: About, language: str, before: str = "") -> str:
        try:
            found = [await self._agents.occurrence(about.person_id, id_) for id_ in about.ids]
        except (Declined, NoAnswer, ServerError):
            return twiml.speak_and_end(wording.SOMETHING_BROKE, language)
        open_still = [each.text for each in found if each.state not in _OVER]
        if not open_still:
            return twiml.speak_and_end(wording.NOTHING_LEFT, language)
        words = before + wording.say_call(open_still)
        action = f"/twilio/keys/{language}/{about}"
        return twiml.speak_and_ask(words, language, action, wording.STILL_THERE)

    async def _carry_out(self, arrival: Arrival) -> str:
        told = json.loads(arrival.body)
        about = About.read(*told["about"].split("/"))
        key, said_at = KEYS[told["digit"]], datetime.fromisoformat(told["at"])
        words: list[str] = []
        for id_ in about.ids:
            answer = AcknowledgeNotification(
                id=id_,
                person_id=about.person_id,
                channel=Channel.CALL,
                answer=key.answer,
                said_at=said_at,
                until=said_at + key.lasts if key.lasts else None,
            )
            try:
                done = await self._agents.acknowledge(answer, f"{arrival.id}/{id_}")
            except Declined:
                words.append(wording.OVER_ALREADY)
            else:
                words.append(done.words)
        return " ".join(dict.fromkeys(words))

    async def _note_voicemail(self, about: About) -> None:
        for id_ in about.ids:
            outcome = NoteOutcome(
                id=id_,
                person_id=about.person_id,
                channel=Channel.CALL,
                outcome=Outcome.FAILED,
                step=about.step,
                why=VOICEMAIL,
            )
            try:
                await self._agents.note(outcome)
            except Declined:
                continue


def _about(request: Request) -> About:
    parts = request.parts
    return About.read(parts["person"], parts["step"], parts["ids"])
