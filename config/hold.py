"""Who of several processes may do a thing that only one may do at a time."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from ontology.errors import SettingsError

GLANCE_SECONDS = (0.01, 0.05, 0.0)


class HeldElsewhere(SettingsError):
    """Another process does it now."""

    def __init__(self, what: str, pid: int | None) -> None:
        super().__init__(
            f"{what} of this STEWARD_HOME already runs in process {pid or '(unknown)'}: "
            "stop that one first, or choose another STEWARD_HOME."
        )
        self.pid = pid


class Hold:
    """A lock on a file, by flock(2): the kernel frees it however its process dies."""

    def __init__(self, file: Path, what: str) -> None:
        self._file = file
        self._what = what
        self._descriptor: int | None = None

    def try_take(self) -> bool:
        """Take the lock if nobody holds it, and write our process id into the file.

        A glance by `holder()` in another process, which lasts microseconds, may look like a
        holder: who has only one try uses `take()`.
        """
        if self._descriptor is not None:
            return True
        descriptor = os.open(self._file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if not _lock(descriptor):
            os.close(descriptor)
            return False
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        self._descriptor = descriptor
        return True

    def take(self) -> None:
        """Take the lock.

        Raises:
            HeldElsewhere: another process holds it.
        """
        for pause in GLANCE_SECONDS:
            if self.try_take():
                return
            time.sleep(pause)
        raise HeldElsewhere(self._what, self.holder())

    def release(self) -> None:
        """Give the lock back, if it is ours."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def holder(self) -> int | None:
        """Return the id of the process that holds the lock now, None when nobody does."""
        if self._descriptor is not None:
            return os.getpid()
        try:
            descriptor = os.open(self._file, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            return None
        try:
            if _lock(descriptor, shared=True):
                return None
            return int(os.pread(descriptor, 20, 0) or 0) or None
        finally:
            os.close(descriptor)

    def __enter__(self) -> Self:
        self.take()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


def _lock(descriptor: int, *, shared: bool = False) -> bool:
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
