"""Which agents a platform has, and which of them an installation runs."""

from __future__ import annotations

from config.settings import Settings
from ontology.notifications.concepts import Channel
from ontology.notifications.setting_up import lacking
from ontology.permissions import AgentName

AGENTS: tuple[AgentName, ...] = (
    AgentName.DIRECTORY,
    AgentName.ASSISTANT,
    AgentName.PLANNER,
    AgentName.REMINDER,
    AgentName.NOTIFIER,
    AgentName.POLICY,
    AgentName.WEB,
    AgentName.MAIL,
    AgentName.PHONE,
    AgentName.TELEGRAM,
)
"""The agents of a platform, the directory first: the others register with it."""

REACHES: dict[AgentName, tuple[Channel, ...]] = {
    AgentName.MAIL: (Channel.EMAIL,),
    AgentName.PHONE: (Channel.CALL, Channel.SMS, Channel.WHATSAPP),
    AgentName.TELEGRAM: (Channel.TELEGRAM,),
}
"""The agents that have nothing to do until a channel of theirs is set up."""


def agents_of(settings: Settings) -> tuple[AgentName, ...]:
    """Return the agents of this installation: those of channels only where one is set up."""
    return tuple(name for name in AGENTS if name not in REACHES or set_up(name, settings))


def set_up(name: AgentName, settings: Settings) -> list[Channel]:
    """Return the channels of an agent that have all they need."""
    return [each for each in REACHES[name] if not lacking(each, settings.given)]
