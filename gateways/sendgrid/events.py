"""What SendGrid reports of mails later, by its signed event webhook."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal
from uuid import UUID

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
)

from gateways.http.webhooks import JSON, Answer, Request, Webhook
from gateways.sendgrid.request import NOTIFICATION, PERSON, STEP
from ontology.acl import Declined
from ontology.arrivals import Arrival
from ontology.errors import NotAnAddress, SettingsError
from ontology.mail.wording import clean
from ontology.notifications.acts import NoteOutcome
from ontology.notifications.concepts import Channel, Outcome
from ontology.people.addresses import MAILTO, normalised
from ontology.web.ports import Agents, Intake

if TYPE_CHECKING:
    from sendgrid.helpers.eventwebhook import EventWebhook

PATH: Final = "/webhooks/sendgrid"
SOURCE: Final = "sendgrid"
SIGNATURE: Final = "x-twilio-email-event-webhook-signature"
TIMESTAMP: Final = "x-twilio-email-event-webhook-timestamp"

FRESH: Final = timedelta(days=3)
"""How old a signature may be. SendGrid tries for a day; what it said is kept for longer."""

LONGEST_BATCH: Final = 1024 * 1024
"""Bytes of a body that are read; SendGrid's batches have up to 768 kB."""

_WRONG_KEY: Final = (
    "STEWARD_SENDGRID_EVENT_KEY is wrong: it has to be the public key by which SendGrid signs "
    "its events, as its page “Signed Event Webhook” shows it."
)
_SECONDS: Final = re.compile(r"[0-9]{1,12}")
_ID: Final = re.compile(r"[\x21-\x7e]{1,200}")


Writing = Annotated[str, AfterValidator(clean)]


class Event(BaseModel):
    """What counts of an event; SendGrid adds more fields at any time.

    ``type`` tells of a bounce whether the mailbox is gone (bounce) or only this mail was turned
    away (blocked).
    """

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)

    event: Literal["delivered", "bounce", "dropped", "spamreport"]
    email: Writing = Field(max_length=320)
    type: Writing | None = None
    reason: Writing | None = None
    notification: UUID | None = Field(default=None, alias=NOTIFICATION)
    person: UUID | None = Field(default=None, alias=PERSON)
    step: int | None = Field(default=None, alias=STEP, ge=0, lt=2**15)

    @property
    def is_bad_address(self) -> bool:
        """Whether nothing more should be sent there."""
        return self.event != "delivered" and self.type != "blocked"

    @property
    def why(self) -> str:
        """What to say of a failure, in the words of SendGrid."""
        return " ".join(f"{self.event} {self.reason or ''}".split())[:200]


class Verifier:
    """Knows SendGrid by its signature over the time and the exact bytes of a body (ECDSA)."""

    def __init__(self, key: str, clock: Callable[[], datetime]) -> None:
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
        from sendgrid.helpers.eventwebhook import EventWebhook

        try:
            self._webhook: EventWebhook = EventWebhook(key)
        except (ValueError, UnsupportedAlgorithm):
            raise SettingsError(_WRONG_KEY) from None
        if not isinstance(self._webhook.public_key, EllipticCurvePublicKey):
            raise SettingsError(_WRONG_KEY)
        self._clock = clock

    def accepts(self, request: Request) -> bool:
        """Whether SendGrid said this, and lately."""
        signature = request.headers.get(SIGNATURE, "")
        timestamp = request.headers.get(TIMESTAMP, "")
        if not signature.isascii() or not _SECONDS.fullmatch(timestamp):
            return False
        if abs(self._clock().timestamp() - int(timestamp)) > FRESH.total_seconds():
            return False
        try:
            said = request.body.decode()
            return bool(self._webhook.verify_signature(said, signature, timestamp))
        except ValueError:
            return False  # no UTF-8, or no base64


def webhooks(
    event_key: str,
    agents: Agents,
    intake: Intake,
    *,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Sequence[Webhook]:
    """Return the route of SendGrid's events. Raises SettingsError where the key is none."""
    verifier = Verifier(event_key, clock)
    reports = Reports(agents)
    source = intake.source(SOURCE, reports.work, lane=_lane)

    async def hear(request: Request) -> Answer:
        if not verifier.accepts(request):
            return Answer(status=403, body="not signed by SendGrid\n")
        try:
            said = json.loads(request.body)
            coming = list(arrivals_in(said))
        except (ValueError, RecursionError):
            return Answer(status=400, body="not a list of events\n")
        if coming:
            await source.keep(coming)
        return Answer(status=200)

    return [
        Webhook(
            method="POST",
            path=PATH,
            handler=hear,
            source=SOURCE,
            summary="What became of mails, reported by SendGrid",
            takes=(JSON,),
            statuses=(200, 400, 403),
            headers=(SIGNATURE, TIMESTAMP),
            longest_body=LONGEST_BATCH,
        )
    ]


def arrivals_in(said: Any) -> Iterator[Arrival]:
    """Yield what is to be kept of the events in a request; most kinds say nothing to us.

    Raises ValueError for what is no list of events.
    """
    for each in TypeAdapter(list[dict[str, Any]]).validate_python(said):
        try:
            event = Event.model_validate(each)
        except ValidationError:
            continue
        id_ = each.get("sg_event_id")
        if not isinstance(id_, str) or not _ID.fullmatch(id_):
            id_ = sha256(json.dumps(each, sort_keys=True).encode()).hexdigest()
        yield Arrival(SOURCE, id_, event.model_dump_json(ensure_ascii=True))


class Reports:
    """Passes events on: to the notifier what became of an attempt, and which address is bad."""

    def __init__(self, agents: Agents) -> None:
        self._agents = agents

    async def work(self, arrival: Arrival) -> None:
        """Pass one event on. In whatever order they come, the notifier never goes backwards."""
        event = Event.model_validate_json(arrival.body)
        if event.notification is not None and event.person is not None:
            # What it does not know or want is no reason not to know the address as bad.
            with suppress(Declined):
                await self._agents.note(_news(event, event.notification, event.person))
        if event.is_bad_address:
            with suppress(NotAnAddress):
                address = normalised(f"{MAILTO}:{event.email}")
                await self._agents.mark_bad(address, event.why)


def _news(event: Event, notification: UUID, person: UUID) -> NoteOutcome:
    arrived = event.event == "delivered"
    return NoteOutcome(
        id=notification,
        person_id=person,
        channel=Channel.EMAIL,
        outcome=Outcome.DELIVERED if arrived else Outcome.FAILED,
        step=event.step,
        why="" if arrived else event.why,
    )


def _lane(arrival: Arrival) -> str:
    return Event.model_validate_json(arrival.body).email
