"""The composition root: the one place where agents meet their plumbing."""

from __future__ import annotations

from agents.platform.channels import link_keys
from agents.platform.roster import AGENTS, REACHES, agents_of
from agents.platform.running import OWNER, Platform, depths, operator, platform
from agents.platform.understanding import classifier, interpreter

__all__ = [
    "AGENTS",
    "OWNER",
    "REACHES",
    "Platform",
    "agents_of",
    "classifier",
    "depths",
    "interpreter",
    "link_keys",
    "operator",
    "platform",
]
