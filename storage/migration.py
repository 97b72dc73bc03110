"""Bringing the schema up to date, by one process at a time."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from ontology.errors import ServerError

HEAD: Final = "0002"
"""The newest step. Known here so that a start that has nothing to do need not load Alembic."""

_LOCK: Final = 0x57E4A2D
"""Our number among PostgreSQL's advisory locks."""


async def migrate(connection: AsyncConnection) -> None:
    """Run the steps that are missing within the connection's transaction; nobody else does."""
    await connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    if await _revision(connection) != HEAD:
        await connection.run_sync(_upgrade)


async def _revision(connection: AsyncConnection) -> str | None:
    known = await connection.scalar(text("SELECT to_regclass('alembic_version')::text"))
    if known is None:
        return None
    revision = await connection.scalar(text("SELECT version_num FROM alembic_version"))
    return None if revision is None else str(revision)


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    steps = Config(attributes={"connection": connection})
    steps.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    try:
        command.upgrade(steps, "head")
    except CommandError as error:
        raise ServerError(
            "The database was written by a newer Steward; update this one, or use another"
            " DATABASE_URL"
        ) from error
