"""Every row a person owns is reached through that person's id.

The test calls every method of every repository on a real database, and reads each statement
that goes over the wire: a table with a ``person_id`` may only be read or written with a
condition on it. The exceptions are named here, with their reasons.
"""

import importlib
import inspect
import pkgutil
import re
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import event

import storage
from ontology.acl import Performative
from ontology.arrivals import Arrival
from ontology.dialogue.acts import Reply
from ontology.dialogue.concepts import ChatMessage, Utterance
from ontology.ledger import Answer, ConversationKey
from ontology.notifications.concepts import Attempted, ChainState, Channel, Outcome
from ontology.notifications.ports import Dispatch
from ontology.people.codes import Code
from ontology.people.concepts import Person
from ontology.policy.changes import SetEscalation
from ontology.policy.concepts import Notice, Step
from ontology.reminders.ports import Held
from ontology.time.concepts import Schedule
from storage.arrivals import PostgresArrivals
from storage.chains import PostgresChains
from storage.codes import PostgresCodes
from storage.database import Repository
from storage.deliveries import PostgresDeliveries
from storage.depths import PostgresDepths
from storage.dispatches import PostgresDispatches
from storage.due import PostgresDueOccurrences
from storage.figures import PostgresFigures
from storage.inbox import PostgresInbox
from storage.journal import PostgresJournal
from storage.ledger import PostgresLedger
from storage.outbox import PostgresOutbox
from storage.people import PostgresPeople
from storage.preferences import PostgresPreferenceBook
from storage.reminders import PostgresReminderBook
from storage.retention import PostgresRetention
from storage.schema import metadata
from tests.contracts.reminding import send

THE_FIRING_LOOP = "it serves everybody, and names what it claimed by ids that it was given"
THE_ASSISTANT = "its queue holds what everybody said and is told; ids come from that queue"
THE_CHANNELS = "a key is made of what is one person's, and its beginning names that person"
THE_OPERATOR = "steward person list and steward status look at the whole household"

OVER_ALL_PEOPLE = {
    "PostgresPeople.at": "an address is how it is found out which person speaks",
    "PostgresPeople.mark_bad": "an address is nobody else's, and channels know only that",
    "PostgresPeople.mark_good": "an address is nobody else's, and channels know only that",
    "PostgresPeople.everybody": THE_OPERATOR,
    "PostgresCodes.redeem_from": "the code is how it is found out who speaks from there",
    "PostgresDepths.read": THE_OPERATOR,
    "PostgresFigures.figures": THE_OPERATOR,
    "PostgresInbox.caught_up_to": THE_ASSISTANT,
    "PostgresInbox.unanswered": THE_ASSISTANT,
    "PostgresOutbox.settle": THE_ASSISTANT,
    "PostgresOutbox.unsettled": THE_ASSISTANT,
    "PostgresDeliveries.settle": THE_FIRING_LOOP,
    "PostgresChains.claim": THE_FIRING_LOOP,
    "PostgresChains.attempt": THE_FIRING_LOOP,
    "PostgresChains.settle": THE_FIRING_LOOP,
    "PostgresChains.pass_by": THE_FIRING_LOOP,
    "PostgresChains.put_off": THE_FIRING_LOOP,
    "PostgresChains.closed": THE_FIRING_LOOP,
    "PostgresChains.release": THE_FIRING_LOOP,
    "PostgresChains.due_in": THE_FIRING_LOOP,
    "PostgresDispatches.forget": THE_CHANNELS,
    "PostgresDispatches.end": THE_CHANNELS,
    "PostgresDispatches.referred": THE_CHANNELS,
    "PostgresRetention.forget_before": "age alone decides, and it deletes only what is over",
    "PostgresDueOccurrences.claim": THE_FIRING_LOOP,
    "PostgresDueOccurrences.release": THE_FIRING_LOOP,
    "PostgresDueOccurrences.offered": THE_FIRING_LOOP,
    "PostgresDueOccurrences.close": THE_FIRING_LOOP,
    "PostgresDueOccurrences.due_in": THE_FIRING_LOOP,
}

OWNED = [table.name for table in metadata.tables.values() if "person_id" in table.c]
OWNER = dict.fromkeys(OWNED, "person_id") | {"people": "id"}


ANCHOR = re.compile(
    r"\.person_id\s*(?:=\s*(?:\$|given\.|excluded\.)|IN \()|\bpeople\.id\s*=\s*\$"
)
"""A condition that says whose rows are meant, and not only that two rows are the same one's."""


def unscoped(statement: str) -> list[str]:
    """Return the owned tables that a statement touches without a condition on their owner."""
    found = []
    anchored = ANCHOR.search(statement)
    for table, owner in OWNER.items():
        touched = rf"\b(?:FROM|JOIN|UPDATE|,)\s+{table}\b(?!\.)(?:\s+AS\s+(\w+))?"
        names = [alias or table for alias in re.findall(touched, statement)]
        for name in set(names):
            one = rf"\b{name}\.{owner}\b"
            conditions = re.findall(rf"{one}\s*(?:=|IN\b)|=\s*{one}", statement)
            if not anchored or len(conditions) < names.count(name):
                found.append(table)
        for columns in re.findall(rf"\bINTO\s+{table}\s*\(([^)]*)\)", statement):
            if not re.search(rf"\b{owner}\b", columns):
                found.append(table)
    return found


@pytest.mark.parametrize(
    ("statement", "tables"),
    [
        ("SELECT text FROM reminders WHERE reminders.person_id = $1", []),
        ("SELECT person_id FROM reminders WHERE reminders.id = $1", ["reminders"]),
        ("SELECT reminders.person_id FROM reminders", ["reminders"]),
        ("DELETE FROM changes WHERE changes.seq = $1", ["changes"]),
        (
            "SELECT 1 FROM changes JOIN reminders ON reminders.person_id = changes.person_id",
            ["reminders", "changes"],
        ),
        ("UPDATE occurrences SET state = $1 WHERE occurrences.id = $2", ["occurrences"]),
        ("UPDATE people SET zone = $1", ["people"]),
        ("UPDATE people SET zone = $1 WHERE people.id = $2", []),
        ("INSERT INTO reminders (id, text) VALUES ($1, $2)", ["reminders"]),
        ("INSERT INTO reminders (id, person_id) VALUES ($1, $2)", []),
        (
            "SELECT 1 FROM reminders, occurrences AS other WHERE reminders.person_id = $1",
            ["occurrences"],
        ),
        (
            "SELECT 1 FROM reminders WHERE reminders.person_id = $1"
            " AND EXISTS (SELECT FROM reminders WHERE reminders.number = 1)",
            ["reminders"],
        ),
    ],
)
def test_a_statement_without_the_condition_is_found(statement, tables):
    assert unscoped(statement) == tables


class Wire:
    """What was said to the database, and by which call."""

    def __init__(self, database):
        self.heard = {}
        self.call = None
        event.listen(database.engine.sync_engine, "before_cursor_execute", self._hear)

    def _hear(self, connection, cursor, statement, *rest):
        if self.call is not None:
            self.heard[self.call].append(statement)

    @contextmanager
    def calling(self, name):
        self.call = name
        self.heard.setdefault(name, [])
        yield
        self.call = None


class Watched:
    """A repository whose calls are written down."""

    def __init__(self, repository, wire):
        self._repository, self._wire = repository, wire

    def __getattr__(self, method):
        name = f"{type(self._repository).__name__}.{method}"

        async def call(*args, **kwargs):
            with self._wire.calling(name):
                return await getattr(self._repository, method)(*args, **kwargs)

        return call


def public_methods():
    """Every call that a repository offers."""
    for module in pkgutil.iter_modules(storage.__path__, "storage."):
        importlib.import_module(module.name)
    repositories = [cls for cls in _below(Repository) if not cls.__subclasses__()]
    return {
        f"{cls.__name__}.{name}"
        for cls in repositories
        for name, _ in inspect.getmembers(cls, inspect.isfunction)
        if not name.startswith("_")
    }


def _below(cls):
    return [below for sub in cls.__subclasses__() for below in (sub, *_below(sub))]


@pytest.fixture
def wire(database):
    return Wire(database)


@pytest.fixture
async def everything_was_called(database, wire):
    def watched(repository):
        return Watched(repository(database), wire)

    person = Person(id=uuid4(), name="Somebody", zone="UTC")
    await _call_people(watched(PostgresPeople), person)
    await _call_codes(watched(PostgresCodes), person)
    await _call_preferences(watched(PostgresPreferenceBook), person)
    await _call_dialogue(watched(PostgresInbox), watched(PostgresOutbox), person)
    book, due = watched(PostgresReminderBook), watched(PostgresDueOccurrences)
    claim = await _call_due(book, due, person)
    await _call_book(book, person)
    deliveries = watched(PostgresDeliveries)
    await _call_deliveries(deliveries, claim)
    await _call_chains(watched(PostgresChains), deliveries, claim)
    await _call_records(watched(PostgresLedger), watched(PostgresJournal))
    await _call_outside(watched(PostgresDispatches), watched(PostgresArrivals), person)
    await watched(PostgresDepths).read()
    await watched(PostgresFigures).figures()
    await watched(PostgresFigures).now()
    await watched(PostgresRetention).forget_before(30)


async def _call_people(people, person):
    await people.add(person, "somebody@localhost")
    await people.link(person.id, "again@localhost")
    await people.at("somebody@localhost")
    await people.person(person.id)
    await people.addresses(person.id)
    await people.everybody()
    await people.move_to_zone(person.id, "Europe/Madrid")
    await people.refuse_once("stranger@localhost")
    await people.mark_bad("again@localhost", "gone")
    await people.mark_good("again@localhost")
    await people.unlink(person.id, "xmpp")


async def _call_codes(codes, person):
    await codes.issue(Code(uuid4(), person.id, "tel", "tel:+34600111222"), b"1")
    await codes.issue(Code(uuid4(), person.id, "telegram"), b"2")
    await codes.redeem_for(person.id, b"wrong")
    await codes.redeem_for(person.id, b"1")
    await codes.redeem_from("telegram:4711", b"wrong")
    await codes.redeem_from("telegram:4711", b"2")


async def _call_preferences(preferences, person):
    await preferences.change(person.id, SetEscalation())
    await preferences.known(person.id)


async def _call_dialogue(inbox, outbox, person):
    said = Utterance(id=uuid4(), person_id=person.id, address="a@localhost", text="hello")
    heard = await inbox.accept(said, archived_as="1")
    await inbox.unanswered()
    await inbox.caught_up_to()
    await inbox.answer(said, Reply(text="hello"))
    await inbox.answer_to(said)
    await inbox.spoken_with(heard)
    await inbox.replaced_by(said)
    message = ChatMessage(key=uuid4(), person_id=person.id, address="a@localhost", body="hi")
    await outbox.put([message])
    await outbox.unsettled()
    await outbox.settle([message.key])


async def _call_due(book, due, person):
    now = (await book.now()).replace(microsecond=0)
    start = (now - timedelta(days=2, hours=1)).replace(tzinfo=None)
    daily = Schedule(zone="UTC", start=start, rule="FREQ=DAILY")
    await book.create(person.id, "water the plants", daily, daily.first)
    await due.due_in()
    await due.release()
    await due.close(await due.claim(10, timedelta(minutes=1)), [], timedelta(0))
    claim = await due.claim(10, timedelta(minutes=1))
    await due.offered(claim)
    held = Held(tuple(item.id for item in claim.notifications), now, "a rule")
    await due.close(claim, [], timedelta(0), [held])
    claim = await due.claim(10, timedelta(minutes=1))
    await due.close(claim, [item.id for item in claim.notifications], timedelta(seconds=1))
    return claim


async def _call_book(book, person):
    now = await book.now()
    schedule = Schedule.once(now + timedelta(hours=1), "UTC")
    made = await book.create(person.id, "stretch", schedule, schedule.first)
    made = await book.change(made, "stretch more", schedule, schedule.first)
    made = await book.reword(made, "stretch much more")
    await book.upcoming(person.id, 9)
    await book.changed_since(person.id, uuid4())
    await book.matching(person.id, "stretch 2", 9)
    await book.reminder(person.id, made.id)
    await book.latest(person.id)
    await book.undo(person.id)
    await book.cancel(made)
    await book.undo(person.id)
    await book.complete(made)
    await book.undo(person.id)
    await book.fired(person.id, None, 9)
    (told,) = await book.fired(person.id, "plants", 9)
    await book.occurrence(person.id, told.id)
    await book.last_told(person.id)
    await book.unacknowledged(person.id, timedelta(days=7), 9)
    await book.snooze(told, now + timedelta(hours=1))
    await book.undo(person.id)
    await book.acknowledge(told)


async def _call_deliveries(deliveries, claim):
    await deliveries.standing(claim.notifications)
    await deliveries.attempt(claim.notifications, Channel.CHAT)
    ids = [item.id for item in claim.notifications]
    await send(deliveries, *ids)
    await deliveries.learnt(
        ids[0], claim.notifications[0].person_id, Channel.CHAT, Outcome.FAILED
    )


async def _call_outside(dispatches, arrivals, person):
    key = uuid4()
    await dispatches.begin(key, Channel.TELEGRAM, person.id)
    await dispatches.forget(key, Channel.TELEGRAM)
    await dispatches.begin(key, Channel.TELEGRAM, person.id)
    await dispatches.end(key, Channel.TELEGRAM, Dispatch(Outcome.SENT, "1"))
    await dispatches.referred("1", Channel.TELEGRAM)
    await arrivals.keep([Arrival("telegram", "1", "{}")])
    await arrivals.kept("telegram", "1")
    await arrivals.unsettled("telegram")
    await arrivals.settle("telegram", ["1"])
    await arrivals.latest("telegram")


async def _call_chains(chains, deliveries, claim):
    lease, (item, *_) = timedelta(0), claim.notifications
    steps = (Step(channels=(Channel.CHAT,), wait=lease),) * 2
    notice = Notice(at=await chains.now(), steps=steps)
    begun = await chains.begin([item], notice, Channel.CHAT, lease)
    sent = [Attempted(id=item.id, outcome=Outcome.SENT)]
    await chains.settle(begun.token, sent, Channel.CHAT, 0, lease)
    claimed = await chains.claim(9, lease)
    await chains.attempt(claimed.token, claimed.chains, Channel.CALL, lease)
    await chains.put_off(claimed.token, claimed.chains, await chains.now())
    await chains.pass_by(claimed.token, claimed.chains)
    await chains.hurry(item.person_id, item.id)
    await chains.release()
    await chains.due_in()
    await chains.closed(9)
    await chains.end(item.person_id, [item.id], ChainState.CANCELLED)
    await deliveries.made(item.person_id, [item.id])


async def _call_records(ledger, journal):
    async def work():
        return Answer(Performative.INFORM, "{}")

    await ledger.once(ConversationKey("a", "b", "c"), work)
    await ledger.forget_before(30)
    await journal.write([])
    await journal.about("something")
    await journal.latest(1)


@pytest.mark.usefixtures("everything_was_called")
async def test_every_query_on_a_persons_rows_names_the_person(wire):
    assert wire.heard.keys() == public_methods()
    astray = {
        call: [(statement, tables) for statement in said if (tables := unscoped(statement))]
        for call, said in wire.heard.items()
        if call not in OVER_ALL_PEOPLE
    }
    assert {call: found for call, found in astray.items() if found} == {}


@pytest.mark.usefixtures("everything_was_called")
async def test_every_exception_is_still_one(wire):
    needless = [c for c in OVER_ALL_PEOPLE if not any(map(unscoped, wire.heard[c]))]

    assert needless == []


def test_every_table_about_a_person_names_its_owner():
    about_nobody = {"people", "strangers", "answers", "journal", "arrivals"}

    assert set(OWNED) == metadata.tables.keys() - about_nobody
