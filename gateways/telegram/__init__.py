"""Telegram, by aiogram's client of the Bot API."""

from __future__ import annotations

from gateways.telegram.bot import TelegramBot

__all__ = ["TelegramBot"]
