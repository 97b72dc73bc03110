"""The whole gateway with every webhook there is, in a thread, over agents in memory."""

from __future__ import annotations

import asyncio
import base64
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import requests
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from twilio.request_validator import RequestValidator

from behaviours.web.work_off_arrivals import WorkOffArrivals
from gateways.http import action_pages, serving
from gateways.http.inspected import Served
from gateways.http.limits import Limits, Rate
from gateways.sendgrid import webhooks as of_sendgrid
from gateways.sendgrid.events import SIGNATURE, TIMESTAMP
from gateways.twilio.webhooks import webhooks as of_twilio
from ontology.links import Link, LinkKeys, Purpose, signed
from tests.behaviours.duties import on_duty
from tests.fakes.arrivals import FakeArrivals
from tests.gateways.http.agents import FakeAgent
from tests.gateways.http.conftest import FakeSettings
from tests.gateways.twilio.colleagues import ADA, FakeColleagues

TWILIO_TOKEN = "12345"
KEYS = LinkKeys.of("a secret of this test")
ENDLESS = Limits(Rate(1e6, 10**6), Rate(1e6, 10**6))
FORM = "application/x-www-form-urlencoded"


class Colleagues(FakeColleagues):
    def __init__(self):
        super().__init__()
        self.changed: dict[str, Any] = {}

    async def change(self, action, key):
        self.changed.setdefault(key, action)

    async def next_up(self, person_id):
        return "Next: nothing."


@dataclass
class Gateway:
    """A running gateway and the secrets by which senders sign."""

    url: str = ""
    colleagues: Colleagues = field(default_factory=Colleagues)
    sendgrid: Any = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    visitor: Any = field(default_factory=requests.Session)
    hooks: list[Any] = field(default_factory=list)

    def routes(self, intake: WorkOffArrivals) -> list[Any]:
        agents: Any = self.colleagues
        key = self.sendgrid.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        return [
            *action_pages.webhooks(KEYS, agents, intake),
            *of_twilio(TWILIO_TOKEN, agents, intake),
            *of_sendgrid(base64.b64encode(key).decode(), agents, intake),
        ]

    def link(self, purpose: Purpose, subject: UUID) -> str:
        return (
            f"/a/{signed(Link(purpose, ADA, subject, datetime(2100, 1, 1, tzinfo=UTC)), KEYS)}"
        )

    def post(self, path: str, body: bytes | str, **headers: str) -> requests.Response:
        return self.visitor.post(self.url + path, data=body, headers=headers, timeout=30)

    def from_twilio(self, path: str, form: dict[str, str]) -> requests.Response:
        signature = RequestValidator(TWILIO_TOKEN).compute_signature(self.url + path, form)
        headers = {"X-Twilio-Signature": signature, "Content-Type": FORM}
        return self.post(path, urlencode(form), **headers)

    def from_sendgrid(self, body: bytes) -> requests.Response:
        at = str(int(time.time()))
        made = self.sendgrid.sign(at.encode() + body, ec.ECDSA(hashes.SHA256()))
        headers = {SIGNATURE: base64.b64encode(made).decode(), TIMESTAMP: at}
        return self.post("/webhooks/sendgrid", body, **headers | {"Content-Type": JSON})

    def broken(self) -> list[str]:
        """Return what the measures tell of handlers that broke."""
        measures = self.visitor.get(f"{self.url}/metrics", timeout=30).text
        return [line for line in measures.splitlines() if line.startswith(BROKEN)]


JSON = "application/json"
BROKEN = "steward_http_broken_total{"


@contextmanager
def running(home):
    """Run it in a thread, for clients that block."""
    gateway, stands, stop = Gateway(), threading.Event(), asyncio.Event()
    loops = []

    async def run() -> None:
        loops.append(asyncio.get_running_loop())
        intake = WorkOffArrivals(FakeArrivals())
        gateway.hooks = gateway.routes(intake)
        agent: Any = FakeAgent()
        served = Served(agents=[agent], webhooks=gateway.hooks)
        async with serving(FakeSettings(), home, served, ENDLESS) as url, on_duty(intake):
            gateway.url = url.rstrip("/")
            stands.set()
            await stop.wait()

    thread = threading.Thread(target=asyncio.run, args=(run(),))
    thread.start()
    try:
        assert stands.wait(30), "the gateway does not start"
        with gateway.visitor:
            yield gateway
    finally:
        loops[0].call_soon_threadsafe(stop.set)
        thread.join(30)
