"""What Prosody appends to: archives and stores of offline messages, one Lua call for an item.

A server that is killed while it appends a large message may leave half of it behind. It then
reads nothing of that file any more, and everything in it would be lost.
"""

from __future__ import annotations

import os
from pathlib import Path

import structlog

log = structlog.get_logger(__name__)

ITEM_END = b");\n"
"""Ends an item and nothing else: Prosody writes a line break within a text with a backslash."""


def mend_lists(data: Path) -> None:
    """Cut off, in every list below this directory, an item that was only written in part.

    Also drops the indexes of Prosody 13, which are appended to apart from their lists; it makes
    them anew.
    """
    for file in data.rglob("*.list"):
        file.with_suffix(".lidx").unlink(missing_ok=True)
        with file.open("r+b") as stream:
            size = stream.seek(0, os.SEEK_END)
            stream.seek(max(0, size - len(ITEM_END)))
            if size == 0 or stream.read() == ITEM_END:
                continue
            stream.seek(0)
            whole = stream.read().rfind(ITEM_END)
            whole = whole + len(ITEM_END) if whole >= 0 else 0
            stream.truncate(whole)
        log.warning("list mended", store=file.parent.name, lost_bytes=size - whole)
