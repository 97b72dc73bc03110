"""Tables that repeat what the code says repeat it word for word."""

from __future__ import annotations

import argparse
import inspect
import typing
from collections.abc import Iterator
from unittest.mock import Mock

import pytest
from pydantic_core import PydanticUndefined

from agents.assistant import AssistantAgent
from agents.base import BaseAgent
from agents.cli import _parser
from agents.directory import DirectoryAgent
from agents.mail import MailAgent
from agents.notifier import NotifierAgent
from agents.phone import PhoneAgent
from agents.planner import PlannerAgent
from agents.platform import AGENTS
from agents.policy import PolicyAgent
from agents.reminder import ReminderAgent
from agents.telegram import TelegramAgent
from agents.web import WebAgent
from behaviours.fipa.exchange import Role
from config.settings import PREFIX, Settings
from ontology.permissions import MAY_OPEN
from ontology.reminders.concepts import STEPS
from tests.docs.pages import ARCHITECTURE, README

EVERYBODY: list[type[BaseAgent]] = [
    DirectoryAgent,
    AssistantAgent,
    PlannerAgent,
    ReminderAgent,
    NotifierAgent,
    PolicyAgent,
    WebAgent,
    MailAgent,
    PhoneAgent,
    TelegramAgent,
]
MINE = "depends on the machine"
UNSET = "not set"


def default_of(field) -> str:
    if field.default is PydanticUndefined:
        return MINE
    if field.default is None:
        return UNSET
    return (
        f"`{str(field.default).lower() if isinstance(field.default, bool) else field.default}`"
    )


def test_the_table_of_settings_is_the_settings():
    told = README.table("variable", "default", "it has to be", "what it does")
    assert [row[:3] for row in told] == [
        [f"`{PREFIX}{name.upper()}`", default_of(field), field.description]
        for name, field in Settings.model_fields.items()
    ]
    assert all(row[3] for row in told)


def commands(parser: argparse.ArgumentParser, said: str = "steward") -> Iterator[list[str]]:
    """Yield each command with its arguments and its help, as the table writes them."""
    for action in parser._actions:
        if not isinstance(action, argparse._SubParsersAction):
            continue
        helps = {choice.dest: choice.help or "" for choice in action._choices_actions}
        for name, below in action.choices.items():
            inner = [a for a in below._actions if isinstance(a, argparse._SubParsersAction)]
            if inner:
                given = [written(a) for a in arguments(below) if a not in inner]
                yield from commands(below, " ".join([said, name, *given]))
            else:
                usage = " ".join([said, name, *map(written, arguments(below))])
                yield [f"`{usage}`", helps[name]]


def arguments(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    given = [a for a in parser._actions if not isinstance(a, argparse._HelpAction)]
    return sorted(given, key=lambda action: bool(action.option_strings))


def written(action: argparse.Action) -> str:
    if not action.option_strings:
        return {"?": f"[{action.dest}]", "+": f"{action.dest}…"}.get(
            str(action.nargs), action.dest
        )
    value = "" if action.nargs == 0 else f" {action.metavar or action.dest.upper()}"
    return f"[{action.option_strings[-1]}{value}]"


def test_the_table_of_commands_is_the_parser():
    assert [row[:2] for row in README.table("command", "what it does", "more")] == list(
        commands(_parser())
    )


def roles_of(agent: type[BaseAgent]) -> list[Role]:
    """Return the roles an agent plays; what stands behind them is not asked."""
    return list(agent.roles(Mock()))


def spoken(role: Role) -> tuple[str, list[str]]:
    """Return the opening of a role and what it answers with, from its type's parameters."""
    (base,) = type(role).__orig_bases__  # type: ignore[attr-defined]
    opening, *rest = [word.__name__ for word in typing.get_args(base)]
    proposals_and_result = rest[::2] if len(rest) == 3 else rest
    return opening, proposals_and_result


def test_no_agent_of_the_platform_is_left_out():
    assert [agent.name_on_platform for agent in EVERYBODY] == list(AGENTS)


def test_the_table_of_agents_is_their_roles():
    played = []
    for agent in EVERYBODY:
        for role in roles_of(agent):
            opening, answers = spoken(role)
            played.append(
                [
                    f"`{agent.name_on_platform}`",
                    role.protocol.name,
                    role.vocabulary.name,
                    f"`{opening}`",
                    ", ".join(f"`{answer}`" for answer in answers),
                ]
            )
    headings = ("agent", "protocol", "ontology", "asked for", "answers with")
    assert ARCHITECTURE.table(*headings) == played


@pytest.mark.parametrize("agent", EVERYBODY, ids=[agent.__name__ for agent in EVERYBODY])
def test_an_agent_names_every_act_in_its_own_contract(agent):
    contract = inspect.getdoc(inspect.getmodule(agent)) or ""
    for role in roles_of(agent):
        opening, answers = spoken(role)
        for word in (role.protocol.name, role.vocabulary.name, opening, *answers):
            assert word in contract


def test_the_table_of_permissions_is_the_matrix():
    told = ARCHITECTURE.table("who", "may open with", "by", "in the ontology")
    assert {tuple(cell.strip("`") for cell in row) for row in told} == {
        (speaker.value, listener.value, performative.value, ontology)
        for speaker, openings in MAY_OPEN.items()
        for listener, performative, ontology in openings
        if listener != "directory"
    }


def test_the_diagram_of_an_occurrence_is_its_steps():
    drawn = next(block for block in ARCHITECTURE.blocks("mermaid") if "stateDiagram" in block)
    arrows = {
        tuple(part.strip() for part in line.split("-->"))
        for line in drawn.splitlines()
        if "-->" in line and "[*]" not in line
    }
    assert arrows == {(a.value, b.value) for a, steps in STEPS.items() for b in steps}
