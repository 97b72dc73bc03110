"""A bare slixmpp client: verified TLS, and nothing else. The yardstick for what XMPP costs."""

from __future__ import annotations

import asyncio
import ssl
import time
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import slixmpp

from behaviours.xmpp.stanzas import ARCHIVE
from tests.clients.hearing import Account

LOGIN_WITHIN = 20.0


class RawClient(slixmpp.ClientXMPP):
    """Keeps the bodies it hears and when."""

    def __init__(self, account: Account, resource: str) -> None:
        super().__init__(f"{account.jid}/{resource}", account.password)
        self.ca_certs = Path(account.ca_file)
        self.ssl_context.check_hostname = True
        self.ssl_context.verify_mode = ssl.CERT_REQUIRED
        self.enable_plaintext = False
        self.enable_direct_tls = False
        self.bodies: list[str] = []
        self.heard_last = 0.0
        self._known_as = account
        self._logged_in = asyncio.Event()
        self._held_enough = asyncio.Event()
        self._wanted = 0
        self.add_event_handler("session_start", self._begin)
        self.add_event_handler("message", self._take)

    async def __aenter__(self) -> RawClient:
        self.connect(self._known_as.host, self._known_as.port)
        await asyncio.wait_for(self._logged_in.wait(), LOGIN_WITHIN)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.disconnect(wait=1.0)
        self.abort()
        if self._run_out_filters is not None:
            self._run_out_filters.cancel()

    def _begin(self, _: object) -> None:
        self.send_presence()
        self._logged_in.set()

    def _take(self, message: Any) -> None:
        if not message["body"]:
            return
        self.bodies.append(message["body"])
        self.heard_last = time.time()
        if len(self.bodies) >= self._wanted:
            self._held_enough.set()

    async def have_archived(self) -> None:
        """Ask the server to archive what is said, as the assistant does (XEP-0313)."""
        wish = self.make_iq_set()
        prefs = ET.SubElement(wish.xml, f"{ARCHIVE}prefs", {"default": "always"})
        ET.SubElement(prefs, f"{ARCHIVE}always")
        ET.SubElement(prefs, f"{ARCHIVE}never")
        await wish.send()

    async def hold(self, count: int, within: float) -> None:
        """Return once so many messages were heard since the start."""
        self._wanted = count
        if len(self.bodies) < count:
            self._held_enough.clear()
            await asyncio.wait_for(self._held_enough.wait(), within)

    async def round_trip(self, to: str, text: str, within: float = 30.0) -> float:
        """Say something, wait for the next thing heard, return the seconds between."""
        expected = len(self.bodies) + 1
        began = time.perf_counter()
        self.send_message(mto=slixmpp.JID(to), mbody=text, mtype="chat")
        await self.hold(expected, within)
        return time.perf_counter() - began
