"""(i) Planning when and how a person is told: the rules alone, and asked of the agent."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from ontology.notifications.concepts import Channel
from ontology.people.concepts import Person
from ontology.permissions import AgentName
from ontology.policy.acts import POLICY, PlansDecided, WhichPlans
from ontology.policy.changes import AddQuiet, Change, ChangeWords, SetWeekend
from ontology.policy.changing import apply
from ontology.policy.concepts import Matter, MatterKind, Preferences, QuietRange, WeekendRule
from ontology.policy.planning import plan_all
from ontology.policy.situation import Situation
from tests.acceptance.database import address
from tests.acceptance.household import settle_in
from tests.benchmarks.figures import Figure
from tests.benchmarks.stage import empty_home

if TYPE_CHECKING:
    from tests.agents.house import Speaker

TITLE = "(i) plans of 200 and of 10,000 events of one person"
ZONE, LOCALE = "Europe/Madrid", "es_ES"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
FEW, MANY = 200, 10_000
AIMS = {FEW: 200.0, MANY: 5_000.0}
AT_ONCE = 200
"""Matters in one question: more would be a larger message than the server takes."""
ROUNDS = {FEW: 15, MANY: 3}
_NIGHT = {"start": "22:00", "end": "07:00"}
_LUNCH = {"start": "13:00", "end": "14:00", "days": range(5)}
CHANGES: tuple[Change, ...] = (
    AddQuiet(range=QuietRange.model_validate(_NIGHT)),
    AddQuiet(range=QuietRange.model_validate(_LUNCH)),
    SetWeekend(rule=WeekendRule.SILENT, holidays=True),
    ChangeWords(list="vip", words=("Ana", "school", "Dr Rossi")),
    ChangeWords(list="internal", words=("standup", "all hands")),
    ChangeWords(list="ring_anyway", words=("hospital",)),
)
"""Every rule has something to say."""


async def measure() -> list[Figure]:
    return [*_alone(), *await _asked()]


def events(count: int) -> tuple[Matter, ...]:
    """Events of a year, no two alike."""
    return tuple(
        Matter(
            kind=MatterKind.EVENT,
            text=f"meeting {number} about the plans of the {number % 31} of the month",
            starts_at=NOW + timedelta(minutes=53 * number),
            place="the office" if number % 2 else None,
            people=("ana@example.org", f"somebody{number}@example.org"),
        )
        for number in range(1, count + 1)
    )


def _alone() -> list[Figure]:
    preferences = Preferences()
    for change in CHANGES:
        preferences = apply(change, preferences, NOW, LOCALE)
    situation = Situation(preferences, ZoneInfo(ZONE), LOCALE, NOW, frozenset(Channel))
    figures = []
    for count in (FEW, MANY):
        matters = events(count)
        planned = _timed(count, lambda these=matters: plan_all(these, situation))
        figures.append(_figure("rules alone", count, planned, _decoding(matters)))
    return figures


async def _asked() -> list[Figure]:
    """Ask a policy agent over Prosody and PostgreSQL, as many matters a message as it takes."""
    figures = []
    async with _platform() as (notifier, person):

        async def ask(part: Sequence[Matter]) -> PlansDecided:
            told = await notifier.query(POLICY, _question(part, person), AgentName.POLICY)
            assert isinstance(told, PlansDecided)
            return told

        for count in (FEW, MANY):
            matters = events(count)
            took = []
            for _ in range(ROUNDS[count]):
                began = time.perf_counter()
                told = await asyncio.gather(*(ask(part) for part in _parts(matters)))
                assert sum(len(each.of) for each in told) == count
                took.append(time.perf_counter() - began)
            figures.append(_figure("asked of the agent", count, took, _decoding(matters)))
    return figures


@asynccontextmanager
async def _platform() -> AsyncIterator[tuple[Speaker, UUID]]:
    """Yield an agent that may ask a policy agent, and a person with all the rules."""
    from behaviours.journal import WriteJournal
    from behaviours.xmpp.stream import Account
    from tests.agents.house import Speaker
    from tests.fakes.journal import FakeJournal

    with empty_home() as home:
        home.start("postgres", "prosody", name="servers").ready()
        (account,) = await settle_in(home, [AgentName.NOTIFIER], known=False)
        person = await _person(address(home))
        home.start("directory", "policy", name="agents").ready()
        login = Account(
            account.jid, account.password, account.host, account.port, Path(account.ca_file)
        )
        notifier = Speaker(login, AgentName.NOTIFIER, WriteJournal(FakeJournal()))
        await notifier.start()
        yield notifier, person
        await notifier.stop()


async def _person(url: str) -> UUID:
    """Add a person who has set every rule."""
    from storage.database import Database
    from storage.people import PostgresPeople
    from storage.preferences import PostgresPreferenceBook

    database = await Database.open(url, migrate=True)
    person = Person(id=uuid4(), name="person", zone=ZONE, locale=LOCALE)
    await PostgresPeople(database).add(person, "person@localhost")
    for change in CHANGES:
        await PostgresPreferenceBook(database).change(person.id, change)
    await database.close()
    return person.id


def _parts(matters: Sequence[Matter]) -> Iterator[Sequence[Matter]]:
    for first in range(0, len(matters), AT_ONCE):
        yield matters[first : first + AT_ONCE]


def _question(matters: Sequence[Matter], person: UUID) -> WhichPlans:
    return WhichPlans(person_id=person, matters=tuple(matters), now=NOW)


def _decoding(matters: Sequence[Matter]) -> list[float]:
    """Return how long it takes only to read the same matters from JSON."""
    written = _question(matters, uuid4()).model_dump_json()
    return _timed(len(matters), lambda: WhichPlans.model_validate_json(written))


def _timed(count: int, work) -> list[float]:
    took = []
    for _ in range(ROUNDS[count]):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return took


def _figure(what: str, count: int, took: list[float], decoding: list[float]) -> Figure:
    spread = f"{min(took) * 1000:.0f} to {max(took) * 1000:.0f} ms in {len(took)} rounds"
    return Figure(
        f"{what}: {count:,}",
        median(took) * 1000,
        "ms",
        baseline=median(decoding) * 1000,
        against="reading them from JSON, ms",
        aim=AIMS[count],
        note=f"{spread}; load of the machine {os.getloadavg()[0]:.1f}",
    )
