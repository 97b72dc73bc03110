"""A chat prompt in the terminal: a plain XMPP client of the owner's account, like any other."""

from __future__ import annotations

import asyncio
import sys
import threading
from secrets import token_hex
from typing import Any
from xml.etree import ElementTree as ET

from agents.servers import Account, Addresses
from behaviours.xmpp.acknowledgement import Ticket
from behaviours.xmpp.stanzas import CLIENT, chat_stanza, metadata_of, sender_of
from behaviours.xmpp.stream import Account as Login
from behaviours.xmpp.stream import Stream
from ontology.permissions import AgentName

PROMPT = "you> "
CARBONS = "urn:xmpp:carbons:2"


class ChatPrompt:
    """Sends what is typed and prints what the assistant says."""

    def __init__(self, addresses: Addresses, owner: Account) -> None:
        login = Login(
            jid=f"{owner.jid}/terminal-{token_hex(3)}",
            password=owner.password,
            host=addresses.xmpp_host,
            port=addresses.xmpp_port,
            ca_file=addresses.ca_file,
        )
        self._stream = Stream(login)
        self._stream.heard = self._heard
        self._stream.began = self._began
        self.nobody_reads = asyncio.Event()
        self.unread: OSError | None = None
        self._assistant = f"{AgentName.ASSISTANT}@{addresses.xmpp_domain}"

    async def open(self) -> None:
        """Log in. Raises ServerError."""
        await self._stream.open()
        self._began()

    async def close(self) -> None:
        """Log out."""
        await self._stream.close()

    def say(self, text: str) -> None:
        """Send one message."""
        key = token_hex(12)
        self._stream.post(chat_stanza(self._assistant, text, key), key)

    def _began(self) -> None:
        carbons: Any = self._stream.make_iq_set()
        carbons.append(carbons.xml.makeelement(f"{{{CARBONS}}}enable", {}))
        carbons.send(callback=lambda _: None)
        self._stream.send_presence()
        if not self._stream.client_roster[self._assistant]["to"]:
            self._stream.send_presence(pto=self._assistant, ptype="subscribe")

    def _heard(self, message: ET.Element, ticket: Ticket) -> None:
        ticket.handled()
        if sender_of(message) == self._assistant and metadata_of(message) is None:
            self._show(message.findtext(f"{CLIENT}body") or "")

    def _show(self, body: str) -> None:
        try:
            sys.stdout.write(f"{printable(body)}\n")
            sys.stdout.flush()
        except OSError as error:
            self.unread = error
            self.nobody_reads.set()


def printable(text: str) -> str:
    """Return a text without the control characters that could drive a terminal."""
    return "".join(char if char in "\n\t" or char.isprintable() else "\ufffd" for char in text)


async def converse(addresses: Addresses, owner: Account, stop: asyncio.Event) -> None:
    """Run the prompt until end of input or ``stop``.

    Raises ServerError, and the OSError by which it was known that nobody reads the output.
    """
    prompt = ChatPrompt(addresses, owner)
    await prompt.open()
    typing = asyncio.ensure_future(_type(prompt))
    stopping = asyncio.ensure_future(stop.wait())
    unread = asyncio.ensure_future(prompt.nobody_reads.wait())
    waiting = {typing, stopping, unread}
    try:
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in waiting:
            task.cancel()
        await asyncio.wait(waiting)
        await prompt.close()
    if prompt.unread is not None:
        raise prompt.unread


async def _type(prompt: ChatPrompt) -> None:
    if sys.stdin.isatty():
        await _type_at_terminal(prompt)
    else:
        await _type_from_pipe(prompt)


async def _type_at_terminal(prompt: ChatPrompt) -> None:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.patch_stdout import patch_stdout

    session: PromptSession[str] = PromptSession()
    with patch_stdout(raw=True):
        sys.stdout.write("Say something, for example: remind me in 1 minute to stretch\n")
        while True:
            try:
                text = await session.prompt_async(PROMPT, handle_sigint=True)
            except (EOFError, KeyboardInterrupt):
                return
            if text.strip():
                prompt.say(text)


async def _type_from_pipe(prompt: ChatPrompt) -> None:
    loop = asyncio.get_running_loop()

    def read() -> None:
        for line in sys.stdin:
            if line.strip():
                loop.call_soon_threadsafe(prompt.say, line.strip())

    # A thread that nobody waits for: it may hang on an open pipe when all else has ended.
    threading.Thread(target=read, daemon=True).start()
    # The input may end, but reminders still come: stay until told to stop.
    await asyncio.Event().wait()
