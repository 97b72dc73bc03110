"""The pages of links that act, such as those in a mail: GET shows, POST acts, once.

Free of HTTP libraries. What is pressed is kept first and carried out then, so that it is done
also if the agents are away at that moment.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from gateways.http.webhooks import FORM, HTML, Answer, Request, Webhook
from ontology.acl import Declined, Failed
from ontology.arrivals import Arrival
from ontology.errors import ExpiredLink, ForeignLink, ForgedLink, NoAnswer, ServerError
from ontology.links import Link, LinkKeys, Purpose, answer_of, read
from ontology.notifications.acts import AcknowledgeNotification
from ontology.notifications.concepts import Channel
from ontology.policy.acts import ChangePreferences
from ontology.policy.changes import PreferChannel
from ontology.reminders.concepts import Occurrence, OccurrenceState
from ontology.time.words import say_moment
from ontology.web.ports import ANSWERED_WITHIN, Agents, Intake

SOURCE: Final = "links"
PATH: Final = "/a/{token}"
MULTIPART: Final = "multipart/form-data"
"""How a mail program says “unsubscribe” (RFC 8058, section 3.1); or by an ordinary form."""

OPEN: Final = frozenset(
    {OccurrenceState.DUE, OccurrenceState.OFFERED, OccurrenceState.DELIVERED}
    | {OccurrenceState.MISSED, OccurrenceState.SCHEDULED}
)
BUTTONS: Final = {
    Purpose.DONE: "Done",
    Purpose.SNOOZE_10M: "Snooze for 10 minutes",
    Purpose.SNOOZE_1H: "Snooze for 1 hour",
    Purpose.TOMORROW: "Tomorrow at this time",
    Purpose.UNSUBSCRIBE: "No more mails",
}
STANDS: Final = {
    OccurrenceState.ACKNOWLEDGED: "This is done already.",
    OccurrenceState.SNOOZED: "This was put off already; it comes again.",
    OccurrenceState.CANCELLED: "This reminder was cancelled.",
}
FORGED: Final = "This link is not one of ours, or it was cut off. Use the one in the message."
EXPIRED: Final = "This link is too old. Say “done” or “snooze 10m” in chat instead."
GONE: Final = "There is no such reminder any more."
AWAY: Final = "Steward cannot look it up just now. Load this page again in a minute."
LATER: Final = "This is noted, and will be carried out in a moment."
UNSUBSCRIBE: Final = (
    "Steward will send you no more reminders by mail. You still get them by chat."
)
UNSUBSCRIBED: Final = (
    "You will get no more reminders by mail. Say “remind me by e-mail” in chat to change that."
)

Clock = Callable[[], datetime]


def webhooks(
    keys: LinkKeys, agents: Agents, intake: Intake, clock: Clock = lambda: datetime.now(UTC)
) -> Sequence[Webhook]:
    """Offer the pages. Links are signed by one of these ``keys``."""
    pages = ActionPages(keys, agents, intake, clock)
    return (
        Webhook(
            method="GET",
            path=PATH,
            source=SOURCE,
            handler=pages.show,
            summary="Show what a link would do.",
            statuses=(200, 403, 410, 503),
        ),
        Webhook(
            method="POST",
            path=PATH,
            source=SOURCE,
            handler=pages.act,
            summary="Do what a link says, once.",
            takes=(FORM, MULTIPART),
            statuses=(200, 202, 403, 410),
        ),
    )


@dataclass(frozen=True, slots=True)
class _Refused(Exception):
    status: int
    words: str


class ActionPages:
    """Shows what links would do, and does it."""

    def __init__(self, keys: LinkKeys, agents: Agents, intake: Intake, clock: Clock) -> None:
        self._keys = keys
        self._agents = agents
        self._clock = clock
        self._pressed = intake.source(SOURCE, self.work, lane=lambda arrival: arrival.id)

    async def show(self, request: Request) -> Answer:
        """Show what, when, and the button; change nothing (a scanner may have come)."""
        try:
            link = self._read(request)
            if link.purpose is Purpose.UNSUBSCRIBE:
                return _page("E-mail", said=UNSUBSCRIBE, button=BUTTONS[link.purpose])
            async with asyncio.timeout(ANSWERED_WITHIN):
                occurrence = await self._agents.occurrence(link.person_id, link.subject)
        except _Refused as no:
            return _page("Not possible", status=no.status, said=no.words)
        except Failed:
            return _page("Not possible", status=410, said=GONE)
        except (NoAnswer, ServerError, TimeoutError):
            return _page("Not now", status=503, said=AWAY)
        button = BUTTONS[link.purpose] if occurrence.state in OPEN else None
        return self._page_of(occurrence, STANDS.get(occurrence.state, ""), button)

    async def act(self, request: Request) -> Answer:
        """Do it, once; a repeat within the minute shows what it did.

        Later it is said anew: what was done may have been undone. What is closed stays closed.
        """
        try:
            link = self._read(request)
        except _Refused as no:
            return _page("Not possible", status=no.status, said=no.words)
        said_at = self._clock()
        words = await self._pressed.answer(
            Arrival(
                SOURCE,
                sha256(f"{request.parts['token']} {said_at:%F %H:%M}".encode()).hexdigest(),
                json.dumps(
                    {
                        "purpose": link.purpose.value,
                        "person": str(link.person_id),
                        "subject": str(link.subject),
                        "said_at": said_at.isoformat(),
                    }
                ),
            )
        )
        if words is None:
            return _page("Noted", status=202, said=LATER)
        return _page(BUTTONS[link.purpose], said=words)

    async def work(self, arrival: Arrival) -> str:
        """Carry out what was pressed and return the words that confirm it."""
        pressed = json.loads(arrival.body)
        person_id, purpose = UUID(pressed["person"]), Purpose(pressed["purpose"])
        key = f"{SOURCE} {arrival.id}"
        try:
            if purpose is Purpose.UNSUBSCRIBE:
                change = PreferChannel(channel=Channel.EMAIL, use=False)
                action = ChangePreferences(person_id=person_id, change=change)
                await self._agents.change(action, key)
                return UNSUBSCRIBED
            id_, said_at = UUID(pressed["subject"]), datetime.fromisoformat(pressed["said_at"])
            occurrence = await self._agents.occurrence(person_id, id_)
            answer, until = answer_of(purpose, said_at, occurrence.zone)
            done = await self._agents.acknowledge(
                AcknowledgeNotification(
                    id=id_,
                    person_id=person_id,
                    channel=Channel.EMAIL,
                    answer=answer,
                    said_at=said_at,
                    until=until,
                ),
                key,
            )
        except Declined:
            return GONE
        return done.words

    def _read(self, request: Request) -> Link:
        try:
            return read(request.parts["token"], self._keys, self._clock())
        except ExpiredLink:
            raise _Refused(410, EXPIRED) from None
        except (ForgedLink, ForeignLink):
            raise _Refused(403, FORGED) from None

    def _page_of(self, occurrence: Occurrence, said: str, button: str | None) -> Answer:
        when = say_moment(occurrence.due_at, occurrence.zone, self._clock())
        return _page(occurrence.text, when=when, said=said, button=button)


def _page(title: str, *, status: int = 200, **shown: Any) -> Answer:
    from gateways.http.rendering import plain_page

    body = plain_page("action.html", title=title, status=status, **shown)
    return Answer(status=status, content_type=HTML, body=body)
