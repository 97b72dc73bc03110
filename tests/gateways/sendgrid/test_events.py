"""What SendGrid reports: believed when it signed it, and passed on once."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from gateways.http.webhooks import Request
from gateways.sendgrid import webhooks
from gateways.sendgrid.events import FRESH, PATH, SIGNATURE, TIMESTAMP
from ontology.acl import Failed
from ontology.errors import NoAnswer, SettingsError
from ontology.notifications.acts import NoteOutcome, NothingSent
from ontology.notifications.concepts import Channel, Outcome

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)

# The vectors that the vendor publishes with its library.
THEIR_KEY = (
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw"
    "+2fNNRaINXvVpiglSI8eNEc6wEA3F+g=="
)
ANOTHER_KEY = (
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqTxd43gyp8IOEto2LdIfjRQrIbsd4SXZkLW6jDutdhXSJCWHw8REntl"
    "o7aNDthvj+y7GjUuFDb/R1NGe1OPzpA=="
)
THEIR_SIGNATURE = (
    "MEUCIGHQVtGj+Y3LkG9fLcxf3qfI10QysgDWmMOVmxG0u6ZUAiEAyBiXDWzM+uOe5W0JuG+luQAbPIqHh89M15TluLt"
    "EZtM="
)
ANOTHER_SIGNATURE = (
    "MEUCIQCtIHJeH93Y+qpYeWrySphQgpNGNr/U+UyUlBkU6n7RAwIgJTz2C+8a8xonZGi6BpSzoQsbVRamr2nlxFDWYNH"
    "3j/0="
)
THEIR_TIMESTAMP = "1600112502"
THEIR_BODY = (
    b'[{"email":"hello@world.com","event":"dropped","reason":"Bounced Address",'
    b'"sg_event_id":"ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA",'
    b'"sg_message_id":"LRzXl_NHStOGhQ4kofSm_A.filterdrecv-p3mdw1-756b745b58-kmzbl-18-5F5FC76C-9.0",'
    b'"smtp-id":"<LRzXl_NHStOGhQ4kofSm_A@ismtpd0039p1iad1.sendgrid.net>","timestamp":1600112492}]\r\n'
)
THEIR_NOW = datetime.fromtimestamp(1600112502, UTC)


class Intake:
    """Works on what is new at once, each id once."""

    def __init__(self):
        self.kept = {}
        self.work: Any = None

    def source(self, name, work, *, lane=None):
        self.work, self.lane = work, lane
        return self

    async def keep(self, arrivals):
        for arrival in arrivals:
            if self.kept.setdefault(arrival.id, arrival) is arrival:
                self.lane(arrival)
                await self.work(arrival)


class Agents:
    def __init__(self):
        self.noted, self.bad, self.declines = [], [], None

    async def note(self, action):
        if self.declines is not None:
            raise self.declines
        self.noted.append(action)

    async def mark_bad(self, address, why):
        self.bad.append((address, why))


class House:
    def __init__(self, key, now=NOW):
        self.agents, self.intake, self.now = Agents(), Intake(), now
        self.key: Any = None
        agents: Any = self.agents
        (self.hook,) = webhooks(key, agents, self.intake, clock=lambda: self.now)

    async def hears(self, body, signature, timestamp):
        headers = {SIGNATURE: signature, TIMESTAMP: timestamp}
        known = {name: value for name, value in headers.items() if value is not None}
        request = Request(
            method="POST", url=f"https://x.example{PATH}", path=PATH, headers=known, body=body
        )
        return (await self.hook.handler(request)).status


@pytest.fixture(scope="module")
def signing():
    return ec.generate_private_key(ec.SECP256R1())


@pytest.fixture
def house(signing):
    made = House(written(signing))
    made.key = signing
    return made


def written(key):
    der = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return base64.b64encode(der).decode()


async def told(house, *events, body=None, at=None):
    """Say these events as SendGrid would, signed."""
    body = json.dumps(list(events)).encode() if body is None else body
    timestamp = str(int((at or house.now).timestamp()))
    signature = house.key.sign(timestamp.encode() + body, ec.ECDSA(hashes.SHA256()))
    return await house.hears(body, base64.b64encode(signature).decode(), timestamp)


PERSON, NOTIFICATION = uuid4(), uuid4()


def event(kind, id_="event-1", **more):
    return {
        "event": kind,
        "email": "Ada@Example.org",
        "timestamp": 1,
        "sg_event_id": id_,
        "steward_notification": str(NOTIFICATION),
        "steward_person": str(PERSON),
        "steward_step": "2",
        **more,
    }


def note(outcome, why=""):
    return NoteOutcome(
        id=NOTIFICATION,
        person_id=PERSON,
        channel=Channel.EMAIL,
        outcome=outcome,
        step=2,
        why=why,
    )


async def test_the_vendors_own_vector_is_believed():
    house = House(THEIR_KEY, THEIR_NOW)

    assert await house.hears(THEIR_BODY, THEIR_SIGNATURE, THEIR_TIMESTAMP) == 200
    assert house.agents.bad == [("mailto:hello@world.com", "dropped Bounced Address")]
    assert house.agents.noted == []


@pytest.mark.parametrize(
    ("key", "body", "signature", "timestamp"),
    [
        (ANOTHER_KEY, THEIR_BODY, THEIR_SIGNATURE, THEIR_TIMESTAMP),
        (THEIR_KEY, b"payload", THEIR_SIGNATURE, THEIR_TIMESTAMP),
        (THEIR_KEY, THEIR_BODY.strip(), THEIR_SIGNATURE, THEIR_TIMESTAMP),
        (THEIR_KEY, THEIR_BODY.replace(b"hello", b"jello"), THEIR_SIGNATURE, THEIR_TIMESTAMP),
        (THEIR_KEY, THEIR_BODY + b"\xff", THEIR_SIGNATURE, THEIR_TIMESTAMP),
        (THEIR_KEY, THEIR_BODY, ANOTHER_SIGNATURE, THEIR_TIMESTAMP),
        (THEIR_KEY, THEIR_BODY, "no base64!", THEIR_TIMESTAMP),
        (THEIR_KEY, THEIR_BODY, THEIR_SIGNATURE[:-2], THEIR_TIMESTAMP),
        (THEIR_KEY, THEIR_BODY, "é" * 8, THEIR_TIMESTAMP),
        (THEIR_KEY, THEIR_BODY, "", THEIR_TIMESTAMP),
        (THEIR_KEY, THEIR_BODY, None, THEIR_TIMESTAMP),
        (THEIR_KEY, THEIR_BODY, THEIR_SIGNATURE, "timestamp"),
        (THEIR_KEY, THEIR_BODY, THEIR_SIGNATURE, "1600112503"),
        (THEIR_KEY, THEIR_BODY, THEIR_SIGNATURE, "9" * 400),
        (THEIR_KEY, THEIR_BODY, THEIR_SIGNATURE, "٣"),
        (THEIR_KEY, THEIR_BODY, THEIR_SIGNATURE, None),
    ],
)
async def test_what_is_not_signed_by_sendgrid_is_forbidden(key, body, signature, timestamp):
    house = House(key, THEIR_NOW)

    assert await house.hears(body, signature, timestamp) == 403
    assert house.intake.kept == {}


@pytest.mark.parametrize(("age", "status"), [(FRESH, 200), (FRESH + timedelta(seconds=1), 403)])
async def test_an_old_signature_is_forbidden(house, age, status):
    assert await told(house, at=house.now - age) == status
    assert await told(house, at=house.now + age) == status


@pytest.mark.parametrize(
    "body",
    [b"", b"{}", b"null", b'"text"', b"[1]", b"[[]]", b"{", b"[" * 100_000, b'{"a":' * 50_000],
    ids=lambda body: body[:10],
)
async def test_what_is_no_list_of_events_is_a_bad_request(house, body):
    assert await told(house, body=body) == 400
    assert house.intake.kept == {}


async def test_what_arrived_is_noted(house):
    assert await told(house, event("delivered", response="250 OK")) == 200

    assert house.agents.noted == [note(Outcome.DELIVERED)]
    assert house.agents.bad == []


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (
            event("bounce", type="bounce", reason="550 5.1.1 no\nsuch"),
            "bounce 550 5.1.1 no such",
        ),
        (event("bounce", reason="550"), "bounce 550"),
        (event("dropped", reason="Bounced Address"), "dropped Bounced Address"),
        (event("spamreport"), "spamreport"),
    ],
)
async def test_what_came_back_is_noted_and_the_address_is_known_as_bad(house, said, why):
    await told(house, said)

    assert house.agents.noted == [note(Outcome.FAILED, why)]
    assert house.agents.bad == [("mailto:Ada@example.org", why)]


async def test_what_was_turned_away_once_does_not_make_an_address_bad(house):
    await told(house, event("bounce", type="blocked", reason="421 too many"))

    assert house.agents.noted == [note(Outcome.FAILED, "bounce 421 too many")]
    assert house.agents.bad == []


@pytest.mark.parametrize("kind", ["processed", "deferred", "open", "click", "unsubscribe", "x"])
async def test_what_tells_nothing_is_not_kept(house, kind):
    assert await told(house, event(kind)) == 200
    assert house.intake.kept == {}


async def test_a_replay_changes_nothing(house):
    for _ in range(5):
        assert await told(house, event("delivered")) == 200

    assert house.agents.noted == [note(Outcome.DELIVERED)]


async def test_every_event_is_passed_on_in_whatever_order_they_come(house):
    events = [
        event("delivered", "1"),
        event("bounce", "2", reason="550"),
        event("spamreport", "3"),
    ]
    for order in permutations(events):
        house.agents.noted.clear()
        house.intake.kept.clear()
        await told(house, *order)

        assert len(house.agents.noted) == 3
        assert house.agents.noted[order.index(events[0])] == note(Outcome.DELIVERED)


async def test_a_code_that_came_back_makes_the_address_bad_and_notes_nothing(house):
    known = {k: v for k, v in event("bounce").items() if not k.startswith("steward")}
    await told(house, known)

    assert house.agents.noted == []
    assert house.agents.bad == [("mailto:Ada@example.org", "bounce")]


async def test_the_address_is_known_as_bad_also_where_the_notifier_knows_of_no_mail(house):
    house.agents.declines = Failed(NothingSent())
    await told(house, event("bounce"))

    assert house.agents.bad == [("mailto:Ada@example.org", "bounce")]


async def test_while_the_notifier_is_silent_an_event_stays_to_be_worked_on(house):
    house.agents.declines = NoAnswer("away")
    with pytest.raises(NoAnswer):
        await told(house, event("bounce"))

    assert house.agents.bad == []


HOSTILE = [
    event("bounce", "a\x00b"),
    event("bounce", ""),
    event("bounce", 7),
    event("bounce", "x" * 10_000),
    event("bounce", reason="\x00\ud800" * 400),
    event("bounce", steward_step="-1"),
    event("bounce", steward_step="1e999"),
    event("bounce", steward_notification="none"),
    event("bounce", email="no address"),
    event("bounce", email=7),
    event("bounce", email="x" * 100_000),
    event("bounce", type=["blocked"]),
    {"event": ["bounce"]},
    {},
]


@pytest.mark.parametrize("said", HOSTILE, ids=range(len(HOSTILE)))
async def test_odd_events_break_nothing_and_can_be_kept(house, said):
    assert await told(house, said, event("delivered", "good")) == 200

    assert note(Outcome.DELIVERED) in house.agents.noted
    for id_, arrival in house.intake.kept.items():
        assert len(id_) <= 200
        assert f"{id_}{arrival.body}".isprintable()


async def test_events_without_an_id_are_told_apart_by_what_they_say(house):
    for email in ("ada@example.org", "bob@example.org", "ada@example.org"):
        await told(house, event("bounce", None, email=email))

    assert len(house.intake.kept) == 2


@pytest.mark.parametrize(
    "key", ["", "no key", "é", written(ed25519.Ed25519PrivateKey.generate()), THEIR_KEY[:40]]
)
def test_a_key_that_is_none_is_a_wrong_setting(key):
    with pytest.raises(SettingsError, match="^STEWARD_SENDGRID_EVENT_KEY is wrong: "):
        House(key)
