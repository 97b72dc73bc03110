"""A mail server, spoken to by aiosmtplib: one connection for each mail."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from gateways.smtp.address import Security, SmtpAddress
from gateways.smtp.mime import as_bytes
from ontology.mail.concepts import Mail
from ontology.mail.ports import POSTED_WITHIN
from ontology.notifications.posted import Posted

if TYPE_CHECKING:
    from aiosmtplib import SMTP, SMTPRecipientRefused, SMTPResponseException

QUIT_WITHIN: Final = 1.0
"""Seconds for saying goodbye; the mail is over by then."""

PERMANENT: Final = 500
"""Replies from here on mean "not now, not later" (RFC 5321, 4.2.1)."""

NO_SUCH_MAILBOX: Final = frozenset({550, 551, 553})
"""Replies to a recipient that there is no such mailbox, or not here (RFC 5321, 4.2.3)."""

POLICY: Final = "5.7."
"""How the enhanced status of a refusal for other reasons begins (RFC 3463, 3.8)."""


class SmtpServer:
    """Implements :class:`ontology.mail.ports.MailServer`.

    Until the server is asked to take the content nothing was accepted, and trying again is
    safe. From then to its reply nobody knows (RFC 1047).
    """

    def __init__(
        self,
        address: SmtpAddress,
        sender: str,
        *,
        tls: ssl.SSLContext | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        within: float = POSTED_WITHIN,
    ) -> None:
        self._address = address
        self._sender = sender
        self._tls = tls
        self._clock = clock
        self._within = within

    async def post(self, mail: Mail) -> Posted:
        try:
            content = as_bytes(mail, self._sender, self._clock())
        except ValueError:
            return Posted.refused("the mail cannot be written")
        under_way = _UnderWay()
        try:
            async with asyncio.timeout(self._within):
                return await self._hand_over(mail.to, content, under_way)
        except TimeoutError:
            return under_way.ended("no answer in time")

    async def complaint(self) -> str | None:
        """Log in, send nothing, and return why that does not work; None where it does."""
        from aiosmtplib import SMTPException, SMTPResponseException

        try:
            async with asyncio.timeout(self._within), self._connection():
                return None
        except SMTPResponseException as reply:
            return _said(reply)
        except (SMTPException, OSError, TimeoutError) as error:
            return _plain(error)

    async def _hand_over(self, to: str, content: bytes, under_way: _UnderWay) -> Posted:
        from aiosmtplib import SMTPException, SMTPResponseException

        try:
            async with self._connection() as server:
                await self._send(server, to, content, under_way)
        except SMTPResponseException as reply:
            return under_way.replied or _declined(reply)
        except (SMTPException, OSError) as error:
            return under_way.ended(_plain(error))
        return under_way.ended("no reply")

    async def _send(self, server: SMTP, to: str, content: bytes, under_way: _UnderWay) -> None:
        from aiosmtplib import SMTPRecipientRefused

        await server.mail(self._sender)
        try:
            await server.rcpt(to)
        except SMTPRecipientRefused as no:
            under_way.replied = _recipient_refused(no)
            return
        under_way.is_leaving = True
        reply = await server.data(content)
        under_way.replied = Posted.sent(_in_one_line(reply.message))

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[SMTP]:
        from aiosmtplib import SMTP

        at = self._address
        server = SMTP(
            hostname=at.host,
            port=at.port,
            use_tls=at.security is Security.FROM_THE_START,
            start_tls=at.security is Security.BY_STARTTLS,
            username=at.username,
            password=at.password,
            local_hostname=self._sender.rpartition("@")[2],
            timeout=self._within,
            tls_context=await self._tls_context(),
        )
        try:
            await server.connect()
            yield server
            await server.quit(timeout=QUIT_WITHIN)
        finally:
            server.close()

    async def _tls_context(self) -> ssl.SSLContext | None:
        if self._address.security is Security.THIS_MACHINE:
            return None
        if self._tls is None:
            # Reads the certificates of the system from disk.
            self._tls = await asyncio.to_thread(ssl.create_default_context)
        return self._tls


class _UnderWay:
    """How far a mail has come. What was replied to it, nothing that happens later changes."""

    def __init__(self) -> None:
        self.is_leaving = False
        self.replied: Posted | None = None

    def ended(self, why: str) -> Posted:
        """Return what became of a mail whose connection ended."""
        if self.replied is not None:
            return self.replied
        return Posted.unknown(why) if self.is_leaving else Posted.put_off(why)


def _recipient_refused(no: SMTPRecipientRefused) -> Posted:
    if no.code < PERMANENT:
        return Posted.put_off(_said(no), for_everybody=False)
    is_gone = no.code in NO_SUCH_MAILBOX and not no.message.startswith(POLICY)
    return Posted.refused(_said(no), is_bad_address=is_gone)


def _declined(reply: SMTPResponseException) -> Posted:
    return Posted.put_off(_said(reply)) if _is_put_off(reply) else Posted.refused(_said(reply))


def _is_put_off(reply: SMTPResponseException) -> bool:
    """Whether trying again may go better: a login that is refused, the owner may mend."""
    from aiosmtplib import SMTPAuthenticationError, SMTPConnectResponseError, SMTPHeloError

    of_the_server = (SMTPAuthenticationError, SMTPConnectResponseError, SMTPHeloError)
    return reply.code < PERMANENT or isinstance(reply, of_the_server)


def _said(reply: SMTPResponseException) -> str:
    return f"{reply.code} {_in_one_line(reply.message)}"


def _in_one_line(text: str) -> str:
    return " ".join(text.split())[:200]


def _plain(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:200]
