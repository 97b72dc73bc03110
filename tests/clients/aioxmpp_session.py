# /// script
# requires-python = ">=3.10,<3.12"
# dependencies = ["aioxmpp==0.13.3", "pyopenssl<26", "pytz"]
# ///
# mypy: ignore-errors
"""One aioxmpp session, spoken to in JSON lines.

Run by ``uv run --script`` in an environment of its own, because aioxmpp must never meet ours.
(Python 3.12 took away ``ssl.match_hostname``, with which aioxmpp verifies a server's name.)

Usage: aioxmpp_session.py JID/RESOURCE HOST PORT  – password in STEWARD_TEST_PASSWORD, our CA in
SSL_CERT_FILE. Standard input: {"say": text, "to": jid, "id": id} or {"cut": true};
end of input ends the session. Standard output: {"event": "live"|"lost"|"acked"|"heard", ...}.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from datetime import timedelta

import aioxmpp
import aioxmpp.dispatcher
import aioxmpp.misc
from aioxmpp.stream import StanzaState


def tell(event: str, **what: object) -> None:
    """Write one line."""
    sys.stdout.write(json.dumps({"event": event, **what}) + "\n")
    sys.stdout.flush()


class Session:
    """Says again, under the same id, whatever a session that is gone left unacknowledged."""

    def __init__(self, client: aioxmpp.PresenceManagedClient) -> None:
        self.client = client
        self.unsent: dict[str, aioxmpp.Message] = {}
        client.backoff_start = timedelta(seconds=0.3)
        client.backoff_cap = timedelta(seconds=1)
        client.on_stream_established.connect(self.established)
        client.on_stream_resumed.connect(self.established)
        client.on_stream_suspended.connect(lambda _: tell("lost"))
        dispatcher = client.summon(aioxmpp.dispatcher.SimpleMessageDispatcher)
        for kind in (aioxmpp.MessageType.CHAT, aioxmpp.MessageType.NORMAL):
            dispatcher.register_callback(kind, None, self.heard)

    def established(self) -> None:
        """Say again what was lost before this session began or was resumed."""
        tell("live")
        lost, self.unsent = self.unsent, {}
        for message in lost.values():
            self.send(message)

    def say(self, text: str, to: str, message_id: str) -> None:
        message = aioxmpp.Message(type_=aioxmpp.MessageType.CHAT, to=aioxmpp.JID.fromstr(to))
        message.id_ = message_id
        message.body[None] = text
        message.xep0359_origin_id = aioxmpp.misc.OriginID()
        message.xep0359_origin_id.id_ = message_id
        self.send(message)

    def send(self, message: aioxmpp.Message) -> None:
        def changed(token: object, state: StanzaState) -> None:
            if state in (StanzaState.ACKED, StanzaState.SENT_WITHOUT_SM):
                tell("acked", id=message.id_)
            elif state in (StanzaState.FAILED, StanzaState.DISCONNECTED):
                self.unsent[message.id_] = message

        self.client.stream._enqueue(message, on_state_change=changed)

    def heard(self, message: aioxmpp.Message) -> None:
        if not message.body:
            return
        delays, origin = message.xep0203_delay, message.xep0359_origin_id
        own = self.client.local_jid.bare()
        ours = (s.id_ for s in message.xep0359_stanza_ids if s.by == own)
        tell(
            "heard",
            sender=str(message.from_),
            body=message.body.any(),
            message_id=message.id_ or "",
            origin_id=origin.id_ if origin else None,
            stanza_id=next(ours, None),
            delayed_since=delays[0].stamp.isoformat() if delays else None,
        )

    async def obey(self) -> None:
        """Do what standard input says until it ends."""
        reader = asyncio.StreamReader(limit=1 << 24)
        loop = asyncio.get_running_loop()
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
        while line := await reader.readline():
            order = json.loads(line)
            if "say" in order:
                self.say(order["say"], order["to"], order["id"])
            elif "cut" in order and self.client.stream._xmlstream is not None:
                self.client.stream._xmlstream.transport.abort()


async def main(jid: str, host: str, port: str) -> None:
    """Keep one session until standard input ends."""
    security = aioxmpp.make_security_layer(os.environ["STEWARD_TEST_PASSWORD"])
    server = (host, int(port), aioxmpp.connector.STARTTLSConnector())
    address = aioxmpp.JID.fromstr(jid)
    client = aioxmpp.PresenceManagedClient(address, security, override_peer=[server])
    session = Session(client)
    async with client.connected():
        await session.obey()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
