"""Speech acts of the ``policy`` ontology."""

from __future__ import annotations

from typing import Final, Literal
from uuid import UUID

from pydantic import AwareDatetime

from ontology.acl import Action, Content, Question, Reason
from ontology.notifications.concepts import Channel
from ontology.policy.changes import Change
from ontology.policy.concepts import Matter, Plan, Preferences
from ontology.vocabulary import Vocabulary


class PlansDecided(Content):
    """The plan of each matter that was asked of: ``plans[of[i]]`` is that of the i-th.

    Matters that are treated alike share a plan: thousands may fall due at once.
    """

    act: Literal["plans-decided"] = "plans-decided"
    plans: tuple[Plan, ...]
    of: tuple[int, ...]


class WhichPlans(Question[PlansDecided]):
    """Ask when, by which channels and how insistently a person is told, seen from ``now``."""

    act: Literal["which-plans"] = "which-plans"
    person_id: UUID
    matters: tuple[Matter, ...]
    now: AwareDatetime


class PreferencesTold(Content):
    """What the person prefers, and the channels of theirs that can be used now."""

    act: Literal["preferences-told"] = "preferences-told"
    preferences: Preferences
    reachable_by: tuple[Channel, ...] = ()


class WhichPreferences(Question[PreferencesTold]):
    """Ask what a person prefers."""

    act: Literal["which-preferences"] = "which-preferences"
    person_id: UUID


class PreferencesChanged(Content):
    """The preferences now stand like ``after``."""

    act: Literal["preferences-changed"] = "preferences-changed"
    before: Preferences
    after: Preferences


class ChangePreferences(Action[PreferencesChanged]):
    """Change one of a person's preferences."""

    act: Literal["change-preferences"] = "change-preferences"
    person_id: UUID
    change: Change


class NoSuchRule(Reason):
    """The change would make preferences that cannot be; ``complaint`` says why, in words."""

    act: Literal["no-such-rule"] = "no-such-rule"
    complaint: str


class UnknownPerson(Reason):
    """Nobody here has this id, so nothing is preferred."""

    act: Literal["unknown-person"] = "unknown-person"


POLICY: Final = Vocabulary(
    "policy",
    *(WhichPlans, PlansDecided, WhichPreferences, PreferencesTold),
    *(ChangePreferences, PreferencesChanged, NoSuchRule, UnknownPerson),
)
