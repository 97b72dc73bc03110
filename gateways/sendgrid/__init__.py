"""Handing mails to SendGrid, and hearing from it what became of them."""

from __future__ import annotations

from gateways.sendgrid.events import webhooks
from gateways.sendgrid.server import SendGrid

__all__ = ["SendGrid", "webhooks"]
