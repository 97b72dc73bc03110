"""Handing mails to a mail server of one's own, by SMTP (RFC 5321)."""

from __future__ import annotations

from gateways.smtp.server import SmtpServer

__all__ = ["SmtpServer"]
