"""Standard input, output and error, in whatever state we are started with."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from typing import Final, cast

_AT_ONCE: Final = 65_536
"""Bytes asked of a stream, as many as a pipe holds."""


def stand_in_for_closed_streams() -> None:
    """Open what was closed (``<&-``) on nothing, and let no character be unwritable.

    Else the first file or socket that is opened takes the place of a standard stream.
    """
    for descriptor, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        if _is_closed(descriptor):
            # The lowest that is free is taken: this one, since those below are open by now.
            os.open(os.devnull, os.O_RDWR)
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(descriptor, mode, closefd=False))
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def speak_utf8() -> None:
    """Read and write JSON as RFC 8259 wants it, whatever the locale says."""
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def lines_ready() -> Iterator[list[bytes]]:
    """Yield the lines of standard input that are there, and wait only where none is.

    The last one may lack its end. Who waits for an answer before writing on gets it.
    """
    # What its type does not tell: the buffer of a stream of text can read what is there.
    stream = cast("io.BufferedReader", sys.stdin.buffer)
    begun = bytearray()
    while piece := stream.read1(_AT_ONCE):
        first, *others = piece.split(b"\n")
        begun += first
        if others:
            yield [bytes(begun), *others[:-1]]
            begun = bytearray(others[-1])
    if begun:
        yield [bytes(begun)]


def _is_closed(descriptor: int) -> bool:
    try:
        os.fstat(descriptor)
    except OSError:
        return True
    return False
