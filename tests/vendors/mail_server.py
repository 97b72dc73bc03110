"""A real mail server (aiosmtpd) that answers as it is told to."""

from __future__ import annotations

import asyncio
import ssl
from contextlib import asynccontextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

USER, PASSWORD = "steward", "p@ss/wörd"


class MailServerForTests:
    """Keeps what it accepts. ``says`` gives a reply to a command instead of the usual one.

    A reply of ``None`` cuts the connection; ``hangs`` leaves a mail without a reply.
    """

    def __init__(self) -> None:
        self.port = 0
        self.says: dict[str, str | None] = {}
        self.envelopes: list[Envelope] = []
        self.was_secure: list[bool] = []
        self.users: list[bytes] = []
        self.connections = self.heard = 0
        self.hangs = False
        self.has_heard = asyncio.Event()

    @property
    def mails(self) -> list[EmailMessage]:
        """What was accepted, read by the standard library."""
        return [
            message_from_bytes(cast(bytes, each.content), policy=policy.SMTP)
            for each in self.envelopes
        ]

    # What aiosmtpd asks its handler.

    async def handle_MAIL(self, server, session, envelope, address, options):
        envelope.mail_from = address
        return await self._say("MAIL", server, "250 OK")

    async def handle_RCPT(self, server, session, envelope, address, options):
        envelope.rcpt_tos.append(address)
        return await self._say("RCPT", server, "250 OK")

    async def handle_DATA(self, server, session, envelope):
        self.heard += 1
        if self.hangs:
            self.has_heard.set()
            await asyncio.Event().wait()
        reply = await self._say("DATA", server, "250 2.0.0 queued as A1")
        if reply.startswith("2"):
            self.envelopes.append(envelope)
            self.was_secure.append(session.ssl is not None)
        return reply

    async def handle_QUIT(self, server, session, envelope):
        return await self._say("QUIT", server, "221 Bye")

    async def _say(self, command: str, server: SMTP, usual: str) -> str:
        reply = self.says.get(command, usual)
        if reply is None:
            cast(asyncio.Transport, server.transport).abort()
            return usual
        return reply

    def authenticate(self, server, session: Session, envelope, mechanism, data) -> AuthResult:
        self.users.append(data.login)
        right = (data.login.decode(), data.password.decode()) == (USER, PASSWORD)
        return AuthResult(success=right, handled=False)

    def protocol(self, **options) -> SMTP:
        self.connections += 1
        if "CONNECT" in self.says:
            return _Unwilling(self, self.says["CONNECT"])
        return SMTP(self, hostname="mail.example.org", enable_SMTPUTF8=False, **options)


class _Unwilling(SMTP):
    def __init__(self, handler, greeting) -> None:
        super().__init__(handler)
        self._unwilling = greeting

    def connection_made(self, transport) -> None:
        if self._unwilling is not None:
            transport.write(f"{self._unwilling}\r\n".encode())
        transport.close()


@asynccontextmanager
async def mail_server(*, tls: ssl.SSLContext | None = None, wrapped: bool = False, auth=False):
    """Run one: plain; with STARTTLS demanded, by ``tls``; or within TLS, if ``wrapped``."""
    made = MailServerForTests()
    options = {}
    if auth:
        options = {
            "authenticator": made.authenticate,
            "auth_required": not wrapped,
            "auth_require_tls": not wrapped,
        }
    if tls is not None and not wrapped:
        options |= {"tls_context": tls, "require_starttls": True}
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: made.protocol(**options), "127.0.0.1", 0, ssl=tls if wrapped else None
    )
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.close()
