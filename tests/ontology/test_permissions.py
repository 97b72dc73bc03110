from __future__ import annotations

from itertools import product

import pytest

from ontology.acl import Performative as P
from ontology.permissions import AgentName, agent_of_platform, may_open
from ontology.protocols import PROTOCOLS
from ontology.vocabularies import VOCABULARIES

OPENINGS = [protocol.opening for protocol in PROTOCOLS.values()]

WITH_DIRECTORY = {
    ("directory", P.REQUEST, "directory"),
    ("directory", P.QUERY_REF, "directory"),
    ("directory", P.SUBSCRIBE, "directory"),
}
CHANNELS = ("mail", "phone", "telegram")
TO_CHANNELS = {(channel, P.REQUEST, "notifications") for channel in CHANNELS}
OF_GATEWAY = WITH_DIRECTORY | {
    ("assistant", P.REQUEST, "dialogue"),
    ("assistant", P.REQUEST, "people"),
    ("notifier", P.REQUEST, "notifications"),
}
ALLOWED: dict[str, set[tuple[str, P, str]]] = {
    "directory": WITH_DIRECTORY,
    "assistant": WITH_DIRECTORY
    | TO_CHANNELS
    | {("planner", P.REQUEST, "dialogue"), ("notifier", P.REQUEST, "notifications")},
    "planner": WITH_DIRECTORY
    | {
        ("reminder", P.REQUEST, "reminders"),
        ("reminder", P.QUERY_REF, "reminders"),
        ("assistant", P.REQUEST, "people"),
        ("policy", P.REQUEST, "policy"),
        ("policy", P.QUERY_REF, "policy"),
    },
    "reminder": WITH_DIRECTORY | {("notifier", P.REQUEST, "notifications")},
    "notifier": WITH_DIRECTORY
    | TO_CHANNELS
    | {(channel, P.CFP, "notifications") for channel in ("assistant", *CHANNELS)}
    | {
        ("assistant", P.REQUEST, "notifications"),
        ("policy", P.QUERY_REF, "policy"),
        ("reminder", P.REQUEST, "reminders"),
    },
    "policy": WITH_DIRECTORY,
    "mail": OF_GATEWAY,
    "phone": OF_GATEWAY,
    "telegram": OF_GATEWAY | {("reminder", P.QUERY_REF, "reminders")},
    "web": OF_GATEWAY
    | TO_CHANNELS
    | {("reminder", P.QUERY_REF, "reminders"), ("policy", P.REQUEST, "policy")},
    "operator": {("directory", P.QUERY_REF, "directory")},
}


def test_every_agent_of_the_platform_is_in_the_table():
    assert ALLOWED.keys() == {name.value for name in AgentName}


@pytest.mark.parametrize(
    ("speaker", "listener"), list(product(AgentName, repeat=2)), ids=lambda name: name.value
)
def test_an_agent_may_open_with_another_exactly_what_the_table_says(speaker, listener):
    opened = {
        (listener, performative, ontology)
        for performative, ontology in product(P, VOCABULARIES)
        if may_open(speaker, listener, performative, ontology)
    }

    assert opened == {opening for opening in ALLOWED[speaker] if opening[0] == listener}


@pytest.mark.parametrize(
    ("speaker", "listener", "ontology"),
    [
        ("stranger", "directory", "directory"),
        ("", "directory", "directory"),
        ("Planner", "reminder", "reminders"),
        ("planner@elsewhere", "reminder", "reminders"),
        ("planner", "stranger", "reminders"),
        ("planner", "", "reminders"),
        ("planner", "reminder", ""),
        ("planner", "reminder", "Reminders"),
        ("planner", "reminder", "calendar"),
    ],
)
def test_what_is_in_no_table_is_closed(speaker, listener, ontology):
    assert not any(may_open(speaker, listener, opening, ontology) for opening in OPENINGS)


@pytest.mark.parametrize("name", AgentName, ids=lambda name: name.value)
def test_an_agent_is_known_by_its_address_on_our_own_domain(name):
    assert agent_of_platform(f"{name}@home.example", "home.example") is name


@pytest.mark.parametrize(
    "jid",
    [
        "planner@evil.example",
        "planner@home.example.evil.example",
        "planner@sub.home.example",
        "planner@HOME.EXAMPLE",
        "PLANNER@home.example",
        "planner@home.example/steward",
        "planner@home.example@home.example",
        "someone@home.example",
        "@home.example",
        "planner@",
        "planner",
        "home.example",
        "",
    ],
)
def test_nobody_else_is_an_agent(jid):
    assert agent_of_platform(jid, "home.example") is None


def test_without_a_domain_nobody_is_an_agent():
    assert agent_of_platform("planner", "") is None
