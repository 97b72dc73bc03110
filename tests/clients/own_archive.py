"""What an account's own archive holds that this client has not heard (XEP-0313)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from xml.etree import ElementTree

import slixmpp

ARCHIVE = "urn:xmpp:mam:2"
PATIENCE = 10


class OwnArchive:
    """Remembers where the client stopped hearing, through any number of failed catch-ups."""

    def __init__(self, xmpp: slixmpp.ClientXMPP, account: str) -> None:
        self._xmpp = xmpp
        self._account = slixmpp.JID(account)
        self._heard_up_to: str | None = None
        self._gap_after: str | None = None

    def note(self, archive_id: str) -> None:
        """The client has heard this."""
        self._heard_up_to = archive_id

    def note_loss(self) -> None:
        """A session began that continues none before: what came meanwhile was not heard."""
        if self._gap_after is None:
            self._gap_after = self._heard_up_to

    async def keep_everything(self) -> None:
        """Ask the server to archive all that is said to this account (its preferences)."""
        wish = self._xmpp.make_iq_set()
        prefs = ElementTree.SubElement(wish.xml, f"{{{ARCHIVE}}}prefs", {"default": "always"})
        for list_ in ("always", "never"):
            ElementTree.SubElement(prefs, f"{{{ARCHIVE}}}{list_}")
        await wish.send(timeout=PATIENCE)

    async def unheard(self) -> AsyncIterator[tuple[str, Any]]:
        """Yield what was archived since, with its ids; nothing where the server has none."""
        disco = self._xmpp.plugin["xep_0030"]
        features = await disco.get_info(jid=self._account, timeout=PATIENCE)
        if ARCHIVE not in features["disco_info"]["features"]:
            return
        if self._gap_after is None:
            await self._begin_at_the_end()
            return
        page: dict[str, Any] = {"max": 100}
        if self._gap_after:
            page["after"] = self._gap_after
        archive: Any = self._xmpp.plugin["xep_0313"]
        async for answer in archive.retrieve(rsm=page, iterator=True):
            for result in answer["mam"]["results"]:
                said = result["mam_result"]["forwarded"]["stanza"]
                if said["from"].bare != self._account.bare:
                    yield result["mam_result"]["id"], said
        self._gap_after = None

    async def _begin_at_the_end(self) -> None:
        archive: Any = self._xmpp.plugin["xep_0313"]
        latest = await archive.retrieve(rsm={"max": 1, "before": True}, timeout=PATIENCE)
        ids = [result["mam_result"]["id"] for result in latest["mam"]["results"]]
        self._heard_up_to = self._heard_up_to or (ids[-1] if ids else "")
