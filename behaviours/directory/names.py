"""The directory's own name: the one address every agent knows by heart (SC00023)."""

from __future__ import annotations

from ontology.permissions import AgentName


def directory_of(agent: str) -> str:
    """Return the bare JID of the directory of this agent's platform."""
    return f"{AgentName.DIRECTORY}@{agent.partition('@')[2]}"
