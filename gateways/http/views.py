"""What pages show of agents: plain values, taken at one moment."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, islice
from typing import Any, Final

from gateways.http.inspected import Agent, Behaviour, Message
from ontology.journal import JournalEntry

MOST_MESSAGES: Final = 200
"""Messages on one page."""

TERMS: Final = ("performative", "protocol", "ontology", "act")
"""What tells ACL messages apart, by its name in SPADE's metadata."""

MARKUP: Final = re.compile(r"(?::\w+:)?`+~?([^`]*)`+")

DUTY: Final = "duty"
LISTENING: Final = "conversation"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageView:
    """One ACL message, whether an agent remembers it or the journal does."""

    at: datetime
    performative: str
    protocol: str
    ontology: str
    act: str
    conversation: str
    sender: str
    receiver: str
    body: str
    sent: bool | None = None
    heard_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BehaviourView:
    """One role or duty. ``listens_for`` is empty where its template is no plain one."""

    name: str
    kind: str
    path: str
    about: str
    mailbox: int
    ending: bool
    listens_for: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactView:
    """Somebody on an agent's roster."""

    jid: str
    subscription: str
    available: bool
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentView:
    """An agent at a glance."""

    name: str
    jid: str
    state: str
    about: str
    conversations: int
    behaviours: int


def name_of(agent: Agent) -> str:
    """Return the local part of an agent's address, its name in paths."""
    return agent.address.partition("@")[0]


def view_agent(agent: Agent) -> AgentView:
    """Look at an agent."""
    return AgentView(
        name=name_of(agent),
        jid=agent.address,
        state=_state(agent),
        about=_first_line(contract(agent)),
        conversations=len(agent.conversations),
        behaviours=len(agent.behaviours),
    )


def contract(agent: Agent) -> str:
    """Return the FIPA contract of an agent: the docstring of the module that makes it."""
    return inspect.getdoc(sys.modules.get(type(agent).__module__)) or ""


def view_behaviour(behaviour: Behaviour) -> BehaviourView:
    """Look at a role or duty."""
    path = str(behaviour)
    kind, _, name = path.partition("/")
    carried = getattr(behaviour, "role", None) or getattr(behaviour, "duty", None) or behaviour
    return BehaviourView(
        name=name or path,
        kind=kind,
        path=path,
        about=_first_line(type(carried).__doc__),
        mailbox=behaviour.mailbox_size(),
        ending=behaviour.is_killed(),
        listens_for=_listens_for(getattr(behaviour, "template", None)),
    )


def view_contact(jid: str, contact: Any) -> ContactView:
    """Look at a contact of SPADE's, which has a presence or has not."""
    # SPADE's own is_available() takes the server's word on nobody in particular ("unavailable"
    # from a bare JID, before a subscription) to outweigh the clients that are there.
    there = [presence for presence in contact.resources.values() if presence.is_available()]
    return ContactView(
        jid=jid,
        subscription=str(contact.subscription or "none"),
        available=bool(there),
        status=next((str(presence.status) for presence in there if presence.status), ""),
    )


def remembered(
    agent: Agent,
    *,
    conversation: str = "",
    behaviour: str | None = None,
    contact: str | None = None,
) -> list[MessageView]:
    """Return the messages an agent remembers that fit, the newest first."""
    fitting = (
        view
        for view in _views(agent)
        if (not conversation or view.conversation == conversation)
        and (behaviour is None or behaviour in view.heard_by)
        and (contact is None or contact in (_bare(view.sender), _bare(view.receiver)))
    )
    return list(islice(fitting, MOST_MESSAGES))


def journalled(entries: Iterable[JournalEntry], conversation: str = "") -> list[MessageView]:
    """Return entries of the journal that fit, each once, the newest first."""
    unique = {entry.message_id: entry for entry in entries}
    return [
        MessageView(
            at=entry.said_at,
            performative=entry.performative.value,
            protocol=entry.protocol,
            ontology=entry.ontology,
            act=entry.act,
            conversation=entry.conversation,
            sender=entry.sender,
            receiver=entry.receiver,
            body=entry.body,
        )
        for entry in sorted(unique.values(), key=lambda entry: entry.said_at, reverse=True)
        if not conversation or conversation in (entry.conversation, *entry.about)
    ]


def _views(agent: Agent) -> Iterator[MessageView]:
    # SPADE notes a message once for every behaviour that hears it, one right after the other.
    for _, notes in groupby(tuple(agent.traces.store), key=lambda note: id(note[1])):
        first, *others = notes
        heard_by = (note[2] for note in reversed((first, *others)))
        yield _view(agent, first[0], first[1], tuple(name for name in heard_by if name))


def _view(
    agent: Agent, at: datetime, message: Message, heard_by: tuple[str, ...]
) -> MessageView:
    said = message.get_metadata
    return MessageView(
        at=at,
        performative=said("performative") or "",
        protocol=said("protocol") or "",
        ontology=said("ontology") or "",
        act=said("act") or "",
        conversation=said("conversation-id") or message.thread or "",
        sender=str(message.sender),
        # What an agent sends itself comes back without an address.
        receiver=str(message.to) or agent.address,
        body=message.body or "",
        sent=message.sent,
        heard_by=heard_by,
    )


def _state(agent: Agent) -> str:
    if not agent.is_alive():
        return "stopped"
    return "online" if agent.stream.online else "offline"


def _listens_for(template: Any) -> Sequence[tuple[str, str]]:
    """Return what a plain template asks for; combined ones have no such short form."""
    wanted = getattr(template, "get_metadata", None)
    return [(term, value) for term in TERMS if wanted and (value := wanted(term))]


def _first_line(docstring: str | None) -> str:
    """Return the first line of a docstring without the marks of reStructuredText."""
    return MARKUP.sub(r"\1", (docstring or "").strip().partition("\n")[0])


def _bare(jid: str) -> str:
    return jid.partition("/")[0]
