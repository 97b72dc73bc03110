"""The directory that holds all state of one installation.

::

    secrets/        passwords and keys, a file each
    certificates/   our own CA and what it signed
    postgres/       the embedded database and its socket
    prosody/        accounts, rosters and archives of the embedded XMPP server
    programs/       Prosody, where it had to be unpacked without root (prosody/obtain)
    logs/           what the servers and an interactive run have to say
    run/            locks that tell who runs what
    ports.json      the ports that were chosen once and stay

Nobody but the owner may enter (0700; secrets 0600). Several processes may share one home.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import secrets
import tempfile
from collections.abc import Iterator
from pathlib import Path

from config.hold import Hold
from config.ports import free_port, is_free
from ontology.errors import SettingsError

PRIVATE = 0o700
OTHERS = 0o077
SECRET_BYTES = 24


class Home:
    """The layout of one such directory. Making the object touches nothing; `create()` does."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.secrets = path / "secrets"
        self.certificates = path / "certificates"
        self.postgres = path / "postgres"
        self.prosody = path / "prosody"
        self.programs = path / "programs"
        self.logs = path / "logs"
        self.run = path / "run"

    def create(self) -> Home:
        """Make the directories that are missing.

        Raises:
            SettingsError: the directory cannot be made or does not belong to this user.
        """
        try:
            self.path.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
            if self.path.stat().st_uid != os.geteuid():
                raise PermissionError(None, "it belongs to another user")
            for directory in self._directories():
                directory.mkdir(mode=PRIVATE, exist_ok=True)
            if self.secrets.stat().st_mode & OTHERS:
                why = f"others may enter {self.secrets}, where “chmod 700” keeps them out"
                raise PermissionError(None, why)
        except FileExistsError as error:
            raise SettingsError(
                f"STEWARD_HOME is {self.path}, which cannot be used ({error.filename} is no "
                "directory): set it to a directory that you may write to."
            ) from None
        except OSError as error:
            raise SettingsError(
                f"STEWARD_HOME is {self.path}, which cannot be used ({error.strerror}): "
                "set it to a directory that you may write to."
            ) from None
        return self

    def existing(self) -> Home:
        """Return the home if somebody has begun one here; make nothing where there is none.

        Raises:
            SettingsError: there is none yet, or it cannot be used.
        """
        try:
            begun = any(self.secrets.iterdir())
        except FileNotFoundError:
            begun = False
        except OSError:
            begun = True  # something is there, and `create()` tells what is wrong with it
        if not begun:
            raise SettingsError(
                f"STEWARD_HOME is {self.path}, where there is no home of Steward yet: "
                "“steward run” makes one, or set it to where yours is."
            )
        return self.create()

    def _directories(self) -> tuple[Path, ...]:
        return (
            *(self.secrets, self.certificates, self.postgres, self.prosody, self.logs),
            self.run,
        )

    def secret_file(self, name: str) -> Path:
        """Where a secret is kept.

        Raises:
            ValueError: the name would lead out of the directory of secrets.
        """
        if not name or Path(name).name != name:
            raise ValueError(f"not the name of a secret: {name!r}")
        return self.secrets / name

    def secret(self, name: str) -> str:
        """Return a secret; the first to ask for it makes it up (192 random bits)."""
        file = self.secret_file(name)
        with contextlib.suppress(FileNotFoundError):
            return file.read_text(encoding="utf-8").strip()
        with (
            _complete(file, secrets.token_urlsafe(SECRET_BYTES)) as draft,
            # A link, unlike a rename, does not replace what another process made meanwhile.
            contextlib.suppress(FileExistsError),
        ):
            file.hardlink_to(draft)
        return file.read_text(encoding="utf-8").strip()

    def keep_secret(self, name: str, value: str) -> None:
        """Write a secret down in place of what was there."""
        file = self.secret_file(name)
        with _complete(file, value) as draft:
            draft.rename(file)

    def port(
        self, name: str, wanted: int | None, *, preferred: int, host: str = "127.0.0.1"
    ) -> int:
        """Return the TCP port for `name`.

        Args:
            name: what listens there; one port is kept for each.
            wanted: exactly this one; 0: any free one; None: `preferred` if it is free at the
                first call, else any free one.
            preferred: the port by which the service is usually known.
            host: the address whose ports count.

        Raises:
            SettingsError: nothing can listen at that address.
        """
        if wanted:
            return wanted
        with self._ports() as kept:
            if name not in kept:
                usual = wanted is None and is_free(host, preferred)
                kept[name] = preferred if usual else free_port(host)
            return kept[name]

    def move_port(self, name: str, *, host: str = "127.0.0.1") -> int:
        """Choose another free port, because a stranger sits on the one that was kept."""
        with self._ports() as kept:
            kept[name] = free_port(host)
            return kept[name]

    def hold(self, what: str) -> Hold:
        """Return the lock that tells who runs `what` of this home."""
        return Hold(self.run / f"{what}.lock", what)

    @contextlib.contextmanager
    def _ports(self) -> Iterator[dict[str, int]]:
        file = self.path / "ports.json"
        with (self.run / "ports.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            kept = json.loads(file.read_text()) if file.exists() else {}
            before = dict(kept)
            yield kept
            if kept != before:
                with _complete(file, json.dumps(kept)) as draft:
                    draft.rename(file)


@contextlib.contextmanager
def _complete(file: Path, text: str) -> Iterator[Path]:
    """Yield a draft of `file`, 0600 and on disk, so that nobody ever sees half a file."""
    descriptor, name = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.parent)
    draft = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(text + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        yield draft
    finally:
        draft.unlink(missing_ok=True)
