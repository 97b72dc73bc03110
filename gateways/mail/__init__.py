"""What a mail looks like, whichever server takes it over."""

from __future__ import annotations

from gateways.mail.composing import MailComposer

__all__ = ["MailComposer"]
