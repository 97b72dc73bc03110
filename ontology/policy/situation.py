"""All that rules look at besides the matter itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from ontology.notifications.concepts import Channel
from ontology.policy.concepts import Preferences


@dataclass(frozen=True, slots=True)
class Situation:
    """What a person prefers, where their day takes place, how they can be reached, and when.

    ``locale`` (such as en_GB) tells whose public holidays are theirs. ``now`` is aware.
    """

    preferences: Preferences
    zone: ZoneInfo
    locale: str
    now: datetime
    reachable_by: frozenset[Channel]
