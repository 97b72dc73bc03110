"""SPADE without the XMPP server that it brings along. Import SPADE from here.

Importing SPADE imports pyjabber, a server that is never started here, and with it a web
framework and drivers; and pyjabber makes a temporary directory that nobody removes. A stand-in
takes its place while SPADE is imported (docs/adr/0022-spade-without-its-server.md).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from ontology.errors import ServerError


class NoServer:
    """Stands where SPADE expects the class of its server, and of that server's parameters."""

    def __init__(self, *_: object, **__: object) -> None:
        raise ServerError("SPADE's own XMPP server is not used here; start Prosody instead")


@contextmanager
def _without_its_server() -> Iterator[None]:
    stand_ins = {
        name: ModuleType(name)
        for name in ("pyjabber", "pyjabber.server", "pyjabber.server_parameters")
        if name not in sys.modules
    }
    for module in stand_ins.values():
        vars(module).update(Server=NoServer, Parameters=NoServer)
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name in stand_ins:
            del sys.modules[name]


with _without_its_server():
    from spade.agent import Agent
    from spade.behaviour import CyclicBehaviour
    from spade.message import Message
    from spade.presence import PresenceManager
    from spade.template import BaseTemplate, Template

__all__ = [
    "Agent",
    "BaseTemplate",
    "CyclicBehaviour",
    "Message",
    "PresenceManager",
    "Template",
]
