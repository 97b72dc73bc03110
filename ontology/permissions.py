"""Who may open which conversation: speaker × listener × performative × ontology.

Closed by default: what is not in the table is refused to an agent of the platform, and not even
answered to anybody else. Speakers are known by the sender the server stamped, never by content.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from ontology.acl import Performative as P


class AgentName(StrEnum):
    """The local part of an agent's JID."""

    DIRECTORY = "directory"
    ASSISTANT = "assistant"
    PLANNER = "planner"
    REMINDER = "reminder"
    NOTIFIER = "notifier"
    POLICY = "policy"
    MAIL = "mail"
    PHONE = "phone"
    TELEGRAM = "telegram"
    WEB = "web"
    OPERATOR = "operator"


_A = AgentName
_Opening = tuple[AgentName, P, str]

_EVERYBODY_TO_DIRECTORY: Final = {
    (_A.DIRECTORY, performative, "directory")
    for performative in (P.REQUEST, P.QUERY_REF, P.SUBSCRIBE)
}

_CHANNELS: Final = (_A.MAIL, _A.PHONE, _A.TELEGRAM)
"""Agents that reach people elsewhere than in chat."""

_OF_GATEWAY: Final = frozenset(
    {
        *_EVERYBODY_TO_DIRECTORY,
        (_A.ASSISTANT, P.REQUEST, "dialogue"),
        (_A.ASSISTANT, P.REQUEST, "people"),
        (_A.NOTIFIER, P.REQUEST, "notifications"),
    }
)
"""Gateways pass on what people say, link, answer, and what became of attempts."""

MAY_OPEN: Final[dict[AgentName, frozenset[_Opening]]] = {
    _A.DIRECTORY: frozenset(_EVERYBODY_TO_DIRECTORY),
    _A.ASSISTANT: frozenset(
        {
            *_EVERYBODY_TO_DIRECTORY,
            (_A.PLANNER, P.REQUEST, "dialogue"),
            (_A.NOTIFIER, P.REQUEST, "notifications"),
            *((channel, P.REQUEST, "notifications") for channel in _CHANNELS),
        }
    ),
    _A.PLANNER: frozenset(
        {
            *_EVERYBODY_TO_DIRECTORY,
            (_A.REMINDER, P.REQUEST, "reminders"),
            (_A.REMINDER, P.QUERY_REF, "reminders"),
            (_A.ASSISTANT, P.REQUEST, "people"),
            (_A.POLICY, P.REQUEST, "policy"),
            (_A.POLICY, P.QUERY_REF, "policy"),
        }
    ),
    _A.REMINDER: frozenset(
        {*_EVERYBODY_TO_DIRECTORY, (_A.NOTIFIER, P.REQUEST, "notifications")}
    ),
    _A.NOTIFIER: frozenset(
        {
            *_EVERYBODY_TO_DIRECTORY,
            (_A.POLICY, P.QUERY_REF, "policy"),
            (_A.REMINDER, P.REQUEST, "reminders"),
            *((channel, P.CFP, "notifications") for channel in (_A.ASSISTANT, *_CHANNELS)),
            *((channel, P.REQUEST, "notifications") for channel in (_A.ASSISTANT, *_CHANNELS)),
        }
    ),
    _A.POLICY: frozenset(_EVERYBODY_TO_DIRECTORY),
    _A.MAIL: _OF_GATEWAY,
    _A.PHONE: _OF_GATEWAY,
    _A.TELEGRAM: frozenset({*_OF_GATEWAY, (_A.REMINDER, P.QUERY_REF, "reminders")}),
    _A.WEB: frozenset(
        {
            *_OF_GATEWAY,
            (_A.REMINDER, P.QUERY_REF, "reminders"),
            (_A.POLICY, P.REQUEST, "policy"),
            *((channel, P.REQUEST, "notifications") for channel in _CHANNELS),
        }
    ),
    _A.OPERATOR: frozenset({(_A.DIRECTORY, P.QUERY_REF, "directory")}),
}
"""What each agent may open with whom."""


def may_open(speaker: str, listener: str, performative: P, ontology: str) -> bool:
    """Whether an agent (by local part) may open a conversation with another."""
    try:
        opening = (AgentName(listener), performative, ontology)
        return opening in MAY_OPEN[AgentName(speaker)]
    except ValueError:
        return False


def agent_of_platform(jid: str, domain: str) -> AgentName | None:
    """Return the agent whose bare JID this is, or None: only our own domain's names count."""
    local, at, host = jid.partition("@")
    if not at or host != domain:
        return None
    try:
        return AgentName(local)
    except ValueError:
        return None
