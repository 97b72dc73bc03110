"""A process beside this one, for work that keeps one core busy."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Final, Generic, TypeVar

Piece = TypeVar("Piece")
Result = TypeVar("Result")

# Elsewhere a process that was copied may not use the system's libraries for numbers.
_CAN_BE_COPIED: Final = sys.platform == "linux"


class SecondProcess(Generic[Piece, Result]):
    """Does the same work as this process, on a copy of what it knows.

    It is started when there is something for it to do, and ends when this process does,
    however that ends: nobody else holds the other end of its pipe. If it is killed, this
    process does all the work.
    """

    def __init__(self, work: Callable[[Piece], Result]) -> None:
        """``work`` must give the same in a copy of this process; pieces are sent by pickle."""
        self._work = work
        self._pipe: Connection[Piece, Result] | None = None

    def share(self, pieces: Sequence[Piece]) -> Iterator[Result]:
        """Yield what work makes of the pieces, in their order; every second is done beside."""
        for at in range(0, len(pieces), 2):
            mine, *others = pieces[at : at + 2]
            for other in others:
                self._send(other)
            yield self._work(mine)
            for other in others:
                yield self._received(other)

    def _send(self, piece: Piece) -> None:
        if self._pipe is None and _CAN_BE_COPIED:
            self._pipe = self._started()
        if self._pipe is not None:
            with suppress(ConnectionError):
                self._pipe.send(piece)

    def _received(self, piece: Piece) -> Result:
        """Return what became of a piece that was sent; work on it where nothing comes back."""
        if self._pipe is not None:
            try:
                return self._pipe.recv()
            except (EOFError, ConnectionError):
                self._pipe = None
        return self._work(piece)

    def _started(self) -> Connection[Piece, Result]:
        context = get_context("fork")
        ours, theirs = context.Pipe()
        context.Process(target=self._serve, args=(ours, theirs), daemon=True).start()
        theirs.close()
        return ours

    def _serve(
        self, ours: Connection[Piece, Result], theirs: Connection[Result, Piece]
    ) -> None:
        # Who interrupts us at a terminal interrupts both; one of them says so.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        ours.close()
        with suppress(EOFError, ConnectionError):
            while True:
                theirs.send(self._work(theirs.recv()))
