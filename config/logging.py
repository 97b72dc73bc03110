"""Logging: one JSON object a line, on standard error or in a file, without what people said.

Every record, ours and the libraries', walks through the same processors. Texts and secrets are
dropped by the name of their key; libraries that print stanzas are kept above that level.
"""

from __future__ import annotations

import logging
import logging.handlers
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import structlog

from ontology.errors import StewardError

NEVER = frozenset(
    {
        "answer", "body", "content", "password", "payload", "secret", "stanza", "text", "token",
        "url", "utterance", "xml",
    }
)  # fmt: skip
"""Keys whose values are never written down."""

TAMED = {
    # At DEBUG these two print whole stanzas, at INFO every connection.
    "slixmpp": logging.WARNING,
    "spade": logging.WARNING,
    # Warns of messages that nobody listens for by printing them whole.
    "spade.Agent": logging.ERROR,
    "aiohttp.access": logging.WARNING,
    "asyncio": logging.WARNING,
    "alembic": logging.WARNING,
    # At DEBUG it prints requests with keys and texts.
    "python_http_client": logging.WARNING,
    # Prints statements with their parameters at INFO.
    "sqlalchemy": logging.WARNING,
    # Complains of every connection that is closed because we stop.
    "sqlalchemy.pool": logging.CRITICAL,
}
_ABOUT = frozenset({"event", "level", "logger", "timestamp"})
"""Keys of what is said about an event rather than by it."""

FILE_BYTES = 5_000_000
FILES_KEPT = 3

Event = MutableMapping[str, Any]


def configure(level: str, *, file: Path | None = None, plain: bool = False) -> None:
    """Send all logging of this process to standard error, or to a file that is rotated.

    Args:
        level: debug, info, warning or error.
        file: for interactive runs, whose terminal belongs to the conversation.
        plain: for commands at whose log a person looks: words instead of JSON.
    """
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        drop_what_people_said,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = _handler(file)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder(), drop_what_people_said],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                name_exception,
                say_plainly if plain else structlog.processors.JSONRenderer(),
            ],
        )
    )
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
        old.close()
    root.addHandler(handler)
    root.setLevel(level.upper())
    for name, least in TAMED.items():
        logging.getLogger(name).setLevel(max(least, root.level))
    logging.captureWarnings(True)


def drop_what_people_said(_logger: object, _method: str, event: Event) -> Event:
    """Take out of an event what must never be written down."""
    for key in NEVER & event.keys():
        del event[key]
    return event


def name_exception(_logger: object, _method: str, event: Event) -> Event:
    """Write an exception down as its type and where it arose.

    Its text only where we, or the system, wrote it: a validation error quotes what it refused.
    """
    details = event.pop("exc_info", None)
    error = details[1] if isinstance(details, tuple) else details
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        event["exception"] = type(error).__qualname__
        if isinstance(error, StewardError | OSError):
            event["reason"] = str(error)
        frames = traceback.extract_tb(error.__traceback__)
        event["at"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return event


def say_plainly(_logger: object, _method: str, event: Event) -> str:
    """Write an event as one line that a person reads: what happened, then its details."""
    details = [f"{key} {value}" for key, value in event.items() if key not in _ABOUT]
    words = f"{event['event']} ({', '.join(details)})" if details else str(event["event"])
    return words if event.get("level") == "info" else f"{event.get('level')}: {words}"


def _handler(file: Path | None) -> logging.Handler:
    if file is None:
        return logging.StreamHandler(sys.stderr)
    return logging.handlers.RotatingFileHandler(
        file, maxBytes=FILE_BYTES, backupCount=FILES_KEPT, encoding="utf-8", delay=True
    )
