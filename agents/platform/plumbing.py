"""What the makers of agents are given."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from config.home import Home
from config.settings import Settings

if TYPE_CHECKING:
    from agents.base import BaseAgent
    from behaviours.journal import WriteJournal
    from behaviours.xmpp.stream import Account as Login
    from gateways.http.webhooks import Webhook
    from storage.database import Database


@dataclass(frozen=True)
class Plumbing:
    """What the agents of this process share. Makers add the ``webhooks`` that are served."""

    settings: Settings
    home: Home
    database: Database
    journal: WriteJournal
    stack: AsyncExitStack
    webhooks: list[Webhook] = field(default_factory=list)


Maker = Callable[["Login", Plumbing], "BaseAgent"]
