import asyncio

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import make_url, text

from ontology.errors import ServerError, SettingsError
from storage import database as patience
from storage import migration
from storage.database import Database, normalised
from storage.depths import Depths, PostgresDepths
from storage.schema import metadata


async def test_the_migrations_make_the_tables_that_queries_expect(database):
    def differences(connection):
        return compare_metadata(MigrationContext.configure(connection), metadata)

    async with database.transaction() as connection:
        assert await connection.run_sync(differences) == []


def test_the_newest_step_is_the_one_that_a_start_looks_for():
    config = Config()
    config.set_main_option("script_location", "storage/migrations")

    assert ScriptDirectory.from_config(config).get_current_head() == migration.HEAD


async def test_processes_that_start_together_migrate_once(database_url):
    opened = await asyncio.gather(
        *(Database.open(database_url, migrate=True) for _ in range(5))
    )
    for database in opened:
        assert await PostgresDepths(database).read() == Depths(0, 0, 0, 0, 0)
        await database.close()


@pytest.mark.parametrize(
    "url",
    [
        "postgres://me:se%40cret@db.example/steward",
        "postgresql://me:se%40cret@db.example/steward",
        "postgresql+asyncpg://me:se%40cret@db.example/steward",
        "postgresql+psycopg://me:se%40cret@db.example/steward",
    ],
)
def test_a_url_may_be_spelt_as_other_programs_spell_it(url):
    expected = "postgresql+asyncpg://me:se%40cret@db.example/steward"

    assert normalised(url).render_as_string(hide_password=False) == expected


def test_encryption_may_be_asked_for_in_the_words_of_libpq():
    assert normalised("postgres://h/d?sslmode=require").query == {"ssl": "require"}


@pytest.mark.parametrize("url", ["steward", "mysql://h/d", "sqlite:///file"])
def test_a_url_of_another_database_is_refused(url):
    with pytest.raises(SettingsError, match="DATABASE_URL"):
        normalised(url)


@pytest.mark.parametrize("option", ["connect_timeout=5", "channel_binding=require"])
def test_an_option_that_the_driver_does_not_know_is_named(option):
    name = option.partition("=")[0]

    with pytest.raises(SettingsError, match=f"DATABASE_URL has the option '{name}'"):
        normalised(f"postgresql://h/d?sslmode=require&{option}")


async def test_nobody_at_the_address_is_an_error_in_plain_words(monkeypatch, tmp_path):
    monkeypatch.setattr(patience, "PATIENCE", 0.2)
    with pytest.raises(ServerError, match="PostgreSQL does not answer"):
        await Database.open(f"postgresql://somebody@/steward?host={tmp_path}")


async def test_a_server_that_lets_us_in_and_falls_silent_is_given_up(monkeypatch, database_url):
    monkeypatch.setattr(patience, "ANSWERING", 0.2)
    monkeypatch.setattr(patience, "PATIENCE", 0.2)
    database = await Database.open(database_url)

    with pytest.raises(ServerError, match="PostgreSQL does not answer"):
        await database.read(lambda connection: connection.execute(text("SELECT pg_sleep(60)")))
    await database.close()


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"database": "nowhere"}, "nowhere"),
        ({"password": "wrong"}, "password"),
        ({"username": "nobody"}, "nobody"),
    ],
)
async def test_a_server_that_does_not_let_us_in_is_an_error_in_plain_words(
    database_url, wrong, why
):
    url = make_url(database_url).set(**wrong).render_as_string(hide_password=False)
    with pytest.raises(ServerError, match=rf"PostgreSQL will not let us in \(.*{why}.*\)"):
        await Database.open(url)


async def test_tables_of_a_newer_steward_are_left_alone(database):
    url = database.engine.url.render_as_string(hide_password=False)
    async with database.transaction() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(ServerError, match="newer Steward"):
        await Database.open(url, migrate=True)


async def test_an_error_of_the_database_quotes_no_text(database):
    with pytest.raises(Exception, match="strangers") as error:
        async with database.transaction() as connection:
            for _ in range(2):
                await connection.execute(
                    text("INSERT INTO strangers VALUES (:address)"), {"address": "a secret"}
                )
    assert "a secret" not in str(error.value)
