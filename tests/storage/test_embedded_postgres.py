"""PostgreSQL as our child: private, durable, and not stopped by what a crash left behind."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from agents.confinement import confinement
from ontology.errors import ServerError
from storage import postgres_programs
from storage.embedded_postgres import EmbeddedPostgres
from tests.servers import plain, running


@pytest.fixture(scope="module")
def confined():
    return asyncio.run(confinement())


@pytest.fixture
def server(tmp_path, confined):
    return made(tmp_path / "postgres", confined)


def made(directory, confined, password="p@ss word/%"):
    return EmbeddedPostgres(directory, password, prefix=confined.prefix)


def execute(server, *statements):
    async def run():
        connection = await asyncpg.connect(plain(server.url))
        try:
            for statement in statements:
                result = await connection.fetchval(statement)
        finally:
            await connection.close()
        return result

    return asyncio.run(run())


def sockets_of(pid):
    """The inodes of the sockets that a process has open (proc(5))."""
    links = [str(file.readlink()) for file in Path(f"/proc/{pid}/fd").iterdir()]
    return {link[len("socket:[") : -1] for link in links if link.startswith("socket:")}


def tcp_sockets():
    lines = [
        line
        for table in ("tcp", "tcp6")
        for line in Path("/proc/net", table).read_text().splitlines()[1:]
    ]
    return {line.split()[9] for line in lines}


async def test_sqlalchemy_reads_its_url(database_url):
    engine = create_async_engine(database_url)
    async with engine.connect() as connection:
        row = (
            await connection.execute(
                text("SELECT current_setting('TimeZone'), lower('ÄÖ'), current_user")
            )
        ).one()
    await engine.dispose()

    assert tuple(row) == ("UTC", "äö", "steward")


def test_what_was_committed_survives_a_kill(server, confined):
    with running(server, confined) as process:
        execute(server, "CREATE TABLE t (n int)", "INSERT INTO t VALUES (1)")
        process.kill()
        process.wait()

    with running(server, confined):
        assert execute(server, "SELECT count(*) FROM t") == 1


def test_only_who_knows_the_password_gets_in(server, confined):
    with running(server, confined):
        stranger = made(server._directory, confined, "guessed")

        with pytest.raises(asyncpg.InvalidPasswordError):
            execute(stranger, "SELECT 1")


def test_it_listens_on_a_private_socket_only(server, confined):
    with running(server, confined) as process:
        assert sockets_of(process.pid).isdisjoint(tcp_sockets())

    assert server._directory.stat().st_mode & 0o777 == 0o700


def test_the_process_id_of_a_dead_server_given_to_somebody_else_does_no_harm(server, confined):
    with running(server, confined) as process:
        process.kill()
        process.wait()
    file = server._directory / "data/postmaster.pid"
    _, _, rest = file.read_text().partition("\n")
    file.write_text(f"{os.getpid()}\n{rest}")
    assert server.orphan() is None

    with running(server, confined):
        assert execute(server, "SELECT 1") == 1


def test_a_server_that_lost_its_supervisor_is_noticed(server, confined):
    assert server.orphan() is None

    with running(server, confined) as process:
        assert made(server._directory, confined).orphan() == process.pid

    assert server.orphan() is None


def test_a_start_that_was_cut_short_leaves_nothing_in_the_way(server, confined):
    draft = server._directory / "draft-4711"
    draft.mkdir(parents=True, mode=0o700)
    (draft / "PG_VERSION").write_text("18")

    with running(server, confined):
        assert execute(server, "SELECT 1") == 1

    assert not draft.exists()


def test_a_home_with_a_very_long_path_works(tmp_path, confined):
    directory = tmp_path / ("long-" * 40) / "postgres"
    directory.parent.mkdir(mode=0o700)
    server = made(directory, confined)

    with running(server, confined):
        assert execute(server, "SELECT 1") == 1


async def test_data_of_another_version_is_named_with_how_to_mend_it(server):
    (server._directory / "data").mkdir(parents=True)
    (server._directory / "data/PG_VERSION").write_text("9\n")

    with pytest.raises(ServerError, match=r"made by PostgreSQL 9, .* install .* postgresql-9"):
        await server.prepare()


async def test_a_machine_without_postgresql_is_told_how_to_get_it(
    server, monkeypatch, tmp_path
):
    monkeypatch.setattr(postgres_programs, "WHEEL", "no_such_wheel")
    monkeypatch.setattr(postgres_programs, "DEBIAN", tmp_path)

    with pytest.raises(
        ServerError, match="install Debian's package postgresql, or set DATABASE_URL"
    ):
        await server.prepare()


async def test_debian_s_own_postgresql_serves_where_the_wheel_is_missing(monkeypatch, tmp_path):
    fake = tmp_path / "17/bin/postgres"
    fake.parent.mkdir(parents=True)
    fake.write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 17.4 (Debian 17.4-1)'\n")
    fake.chmod(0o755)
    monkeypatch.setattr(postgres_programs, "WHEEL", "no_such_wheel")
    monkeypatch.setattr(postgres_programs, "DEBIAN", tmp_path)

    programs = await postgres_programs.find_programs(tmp_path / "none-yet")

    assert (programs.major, programs.postgres) == (17, fake)


def test_an_error_in_its_log_quotes_no_row(server, confined, tmp_path):
    log = tmp_path / "log"
    asyncio.run(server.prepare())
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*confined.prefix, *server.command()], env=server.environment(), stderr=output
        )
        asyncio.run(asyncio.wait_for(server.ready(), 60))
        try:
            execute(server, "CREATE TABLE t (said text PRIMARY KEY)")
            for _ in range(2):
                with pytest.raises(asyncpg.PostgresError):
                    execute(server, "INSERT INTO t VALUES ('buy flowers'), ('buy flowers')")
        finally:
            process.send_signal(signal.SIGINT)
            process.wait()

    assert "duplicate key" in log.read_text()
    assert "flowers" not in log.read_text()
