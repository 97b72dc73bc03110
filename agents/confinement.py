"""How a server that refuses to be root runs when we are.

Best in a user namespace of its own: its files stay root's, and it has no privilege. Where the
kernel or a container forbids that, as another user, who is let through to our directories.
"""

from __future__ import annotations

import asyncio
import os
import pwd
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ontology.errors import ServerError

USERS = ("prosody", "postgres", "daemon", "nobody")
"""Tried in this order. PostgreSQL wants a user that has a name."""
GROUP_AS_IT_IS = -1


@dataclass(frozen=True)
class Confinement:
    """A way to run a server.

    Attributes:
        prefix: goes in front of its command.
        owner: the user id that owns what it writes.
    """

    prefix: tuple[str, ...]
    owner: int

    def own(self, directory: Path) -> None:
        """Give the server its directory, which an earlier run may have made as another user."""
        if not directory.exists() or directory.stat().st_uid == self.owner:
            return
        for parent, directories, files in os.walk(directory):
            for name in (*directories, *files):
                os.lchown(Path(parent, name), self.owner, GROUP_AS_IT_IS)
        os.lchown(directory, self.owner, GROUP_AS_IT_IS)


async def confinement() -> Confinement:
    """Choose the way for this process.

    Raises:
        ServerError: we are root, and no way is open.
    """
    if os.geteuid() != 0:
        return Confinement((), os.geteuid())
    user = _unprivileged_user()
    for way in (_own_namespace(user), _other_user(user)):
        if await _works(way.prefix):
            return way
    raise ServerError(
        "PostgreSQL and Prosody refuse to run as root, and here they cannot be run as another "
        "user: start Steward as an ordinary user."
    )


def _unprivileged_user() -> pwd.struct_passwd:
    for name in USERS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise ServerError(f"None of the users {', '.join(USERS)} exists here: create one of them.")


def _own_namespace(user: pwd.struct_passwd) -> Confinement:
    mapped = (f"--map-user={user.pw_uid}", f"--map-group={user.pw_gid}")
    return Confinement(("unshare", "--user", *mapped, "--"), 0)


def _other_user(user: pwd.struct_passwd) -> Confinement:
    # Our directories belong to root and may lie under /root: let the server through. The
    # security bit makes access(2) say so, too; by that PostgreSQL looks for its own programs.
    capability = "-all,+dac_override"
    return Confinement(
        (
            *("setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"),
            "--securebits=+no_setuid_fixup",
            *(f"--inh-caps={capability}", f"--ambient-caps={capability}", "--"),
        ),
        user.pw_uid,
    )


async def _works(prefix: Sequence[str]) -> bool:
    try:
        process = await asyncio.create_subprocess_exec(
            *prefix,
            "true",
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
    except FileNotFoundError:
        return False
    return await process.wait() == 0
