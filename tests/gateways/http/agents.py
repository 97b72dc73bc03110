"""Agents that nobody started: SPADE's own web application, traces and behaviours, no server."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime

from slixmpp import JID
from spade.behaviour import CyclicBehaviour
from spade.message import Message
from spade.presence import Contact, PresenceInfo, PresenceShow, PresenceType
from spade.template import Template
from spade.trace import TraceStore
from spade.web import WebApp

SCRIPT = "<script>alert('here')</script>"
CONVERSATION = "c0ffee"


class Resting(CyclicBehaviour):
    async def run(self):
        await self.receive(timeout=1)


class Remind(Resting):
    """Keeps a :class:`reminder`."""

    def __str__(self):
        return "fipa-request/RemindOnRequest"


class Journal(Resting):
    def __str__(self):
        return "duty/WriteJournal"


class FakeStream:
    def __init__(self):
        self.online = True
        self.sent = []

    def send_message(self, mto, mbody, *, mtype):
        self.sent.append((mto, mbody, mtype))


class FakePresence:
    def __init__(self):
        self.contacts = {}
        self.unsubscribed = []

    def meet(self, jid, status=""):
        contact = Contact(JID(jid), jid, "both", "", [])
        # As Prosody has it: first nobody, when asked, then a client.
        contact.update_presence("", PresenceInfo(PresenceType.UNAVAILABLE, PresenceShow.NONE))
        contact.update_presence(
            "phone", PresenceInfo(PresenceType.AVAILABLE, PresenceShow.NONE, status)
        )
        self.contacts[jid] = contact

    def unsubscribe(self, jid):
        self.unsubscribed.append(jid)


class FakeAgent:
    """Looks to the pages like :class:`agents.base.BaseAgent`."""

    def __init__(self, name="reminder"):
        self.address = f"{name}@localhost"
        self.stream = FakeStream()
        self.presence = FakePresence()
        self.conversations = {CONVERSATION}
        self.traces = TraceStore(size=1000)
        self.web = WebApp(self)
        self.role = Remind()
        self.role.set_template(
            Template(metadata={"performative": "request", "act": "create-reminder"})
        )
        self.loop = asyncio.get_running_loop()
        self.behaviours = [self.role, Journal()]
        for behaviour in self.behaviours:
            behaviour.set_agent(self)
        self.alive = True

    def is_alive(self):
        return self.alive

    async def stop(self):
        self.alive = False

    def hear(self, body, *, sender="planner@localhost/steward", by=None, **metadata):
        told = {
            "performative": "request",
            "protocol": "fipa-request",
            "ontology": "reminders",
            "act": "create-reminder",
            "conversation-id": CONVERSATION,
            **{name.replace("_", "-"): value for name, value in metadata.items()},
        }
        message = Message(to=self.address, sender=sender, body=body, metadata=told)
        for behaviour in by or [str(self.role)]:
            self.traces.append(message, category=behaviour)
        return message

    def say(self, body, to="planner@localhost", **metadata):
        message = Message(to=to, sender=self.address, body=body, metadata=dict(metadata))
        message.sent = True
        self.traces.append(message)


def acl(**content):
    return json.dumps(content)


LONG_AGO = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
