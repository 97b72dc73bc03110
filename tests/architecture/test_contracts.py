"""An agent's docstring is its FIPA contract; hold it to its word."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from unittest.mock import MagicMock

import pytest

import agents.assistant
import agents.directory
import agents.mail
import agents.notifier
import agents.operator
import agents.phone
import agents.planner
import agents.policy
import agents.reminder
import agents.telegram
import agents.web
from agents.base import BaseAgent
from behaviours.fipa.exchange import Role
from behaviours.journal import WriteJournal
from behaviours.xmpp.stream import Account
from ontology.acl import Action, Content, Question
from ontology.permissions import MAY_OPEN, AgentName
from ontology.vocabularies import VOCABULARIES
from tests.fakes.journal import FakeJournal

CONTRACTS = {
    AgentName.DIRECTORY: agents.directory,
    AgentName.ASSISTANT: agents.assistant,
    AgentName.PLANNER: agents.planner,
    AgentName.REMINDER: agents.reminder,
    AgentName.NOTIFIER: agents.notifier,
    AgentName.POLICY: agents.policy,
    AgentName.MAIL: agents.mail,
    AgentName.PHONE: agents.phone,
    AgentName.TELEGRAM: agents.telegram,
    AgentName.WEB: agents.web,
    AgentName.OPERATOR: agents.operator,
}
EVERY_AGENT = pytest.mark.parametrize("name", CONTRACTS, ids=lambda name: name.value)
WORDS = {
    word.__name__: word
    for vocabulary in VOCABULARIES.values()
    for word in vocabulary._words.values()
}


@dataclass(frozen=True)
class Row:
    """One line of a contract: four columns, joined with the lines that go on below it."""

    protocol: str
    asked_for: str
    answers: str
    declines: str

    @property
    def opening(self) -> tuple[str, str]:
        return self.protocol, self.asked_for


def rows_of(module: Any) -> list[Row]:
    """The rows of the table in a module's docstring."""
    lines = (inspect.getdoc(module) or "").splitlines()
    edges = [n for n, line in enumerate(lines) if line.startswith("====")]
    if not edges:
        return []
    columns = [(m.start(), m.end()) for m in re.finditer("=+", lines[edges[0]])]
    rows: list[list[str]] = []
    for line in lines[edges[1] + 1 : edges[2]]:
        cells = [line[begin:end].strip() for begin, end in columns]
        if cells[0]:
            rows.append(cells)
        else:
            rows[-1] = [" ".join(pair).strip() for pair in zip(rows[-1], cells, strict=True)]
    return [Row(*cells) for cells in rows]


def agent_called(name: AgentName) -> BaseAgent:
    """Make the agent with nothing behind it: its roles are only looked at."""
    (kind,) = (
        each
        for _, each in inspect.getmembers(CONTRACTS[name], inspect.isclass)
        if each.__module__ == CONTRACTS[name].__name__ and issubclass(each, BaseAgent)
    )
    account = Account(f"{name}@localhost", "secret", "localhost", 5222)
    needed = inspect.signature(kind).parameters.keys() - {"account", "journal"}
    journal = WriteJournal(FakeJournal())
    agent: BaseAgent = kind(account, journal=journal, **{each: MagicMock() for each in needed})
    return agent


def roles_of(name: AgentName) -> Iterator[Role]:
    yield from agent_called(name).roles()


@EVERY_AGENT
async def test_an_agent_is_named_as_its_module_says(name: AgentName):
    assert agent_called(name).name_on_platform is name


@EVERY_AGENT
async def test_the_rows_of_a_contract_are_the_roles_that_the_agent_plays(name: AgentName):
    played = [(role.protocol.name, role.opens.__name__) for role in roles_of(name)]

    assert sorted(played) == sorted(row.opening for row in rows_of(CONTRACTS[name]))
    assert len(played) == len(set(played))


@EVERY_AGENT
async def test_every_word_of_a_contract_can_be_said(name: AgentName):
    for row in rows_of(CONTRACTS[name]):
        for word in re.findall(r"\b[A-Z][A-Za-z]+\b", f"{row.answers} {row.declines}"):
            assert word in WORDS, (row, word)


@EVERY_AGENT
async def test_a_contract_names_the_answer_that_the_act_itself_promises(name: AgentName):
    for row in rows_of(CONTRACTS[name]):
        promised = result_of(WORDS[row.asked_for])
        if row.protocol != "fipa-contract-net":
            assert promised is not None, row
            assert re.match(rf"{promised.__name__}\b", row.answers), row


def result_of(word: type[Content]) -> type[Content] | None:
    """What asking for this returns, by the type it is declared with."""
    for base in word.__mro__:
        generic = getattr(base, "__pydantic_generic_metadata__", {})
        if generic.get("origin") in (Action, Question):
            (result,) = generic["args"]
            return result if isinstance(result, type) else None
    return None


@EVERY_AGENT
async def test_what_an_agent_plays_somebody_may_ask_of_it(name: AgentName):
    for role in roles_of(name):
        opening = (name, role.protocol.opening, role.vocabulary.name)
        assert any(opening in allowed for allowed in MAY_OPEN.values()), opening


async def test_what_somebody_may_ask_an_agent_plays():
    played = {
        (name, role.protocol.opening, role.vocabulary.name)
        for name in CONTRACTS
        for role in roles_of(name)
    }

    assert {opening for allowed in MAY_OPEN.values() for opening in allowed} == played


@EVERY_AGENT
async def test_no_two_roles_of_an_agent_listen_for_the_same(name: AgentName):
    heard = [
        (role.protocol.name, role.vocabulary.name, role.opens.__name__)
        for role in roles_of(name)
    ]

    assert len(heard) == len(set(heard))
