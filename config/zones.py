"""Time zones: which database is asked, and which zone this machine is in."""

from __future__ import annotations

import os
import zoneinfo
from pathlib import Path

UNKNOWN = "UTC"


def use_packaged_zones() -> None:
    """Read zones from the `tzdata` package only.

    Distributions ship their own time zone database, older or newer than PyPI's; with both in
    use, one wall time could mean two instants.
    """
    zoneinfo.reset_tzpath(to=())


def is_zone(name: str) -> bool:
    """Whether this is a name of the IANA time zone database."""
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def system_zone(root: Path = Path("/")) -> str:
    """Name the zone of this machine: TZ, /etc/timezone, /etc/localtime; UTC when none tells."""
    candidates = [
        os.environ.get("TZ", "").removeprefix(":"),
        _first_line(root / "etc/timezone"),
        _behind_link(root / "etc/localtime"),
    ]
    return next((name for name in candidates if name and is_zone(name)), UNKNOWN)


def _first_line(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").strip().partition("\n")[0]
    except (OSError, ValueError):
        return ""


def _behind_link(file: Path) -> str:
    try:
        _, _, name = str(file.readlink()).partition("zoneinfo/")
    except OSError:
        return ""
    return name
