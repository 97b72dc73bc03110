"""The policy agent on a real server: found through the directory, asked by who may."""

from __future__ import annotations

import pytest

from ontology.acl import NotAuthorised, Refused
from ontology.directory.acts import DIRECTORY, WhoOffers
from ontology.permissions import AgentName
from ontology.policy.acts import (
    POLICY,
    ChangePreferences,
    WhichPlans,
    WhichPreferences,
)
from ontology.policy.changes import AddQuiet
from ontology.policy.concepts import Preferences
from tests.ontology.policy.situations import NIGHT, NOON, at, reminder


@pytest.fixture
async def speakers(house):
    """A policy agent, and a planner and a notifier that ask it."""
    planner = await house.speaker(AgentName.PLANNER)
    notifier = await house.speaker(AgentName.NOTIFIER)
    await house.start(await house.directory(), await house.policy(), planner, notifier)
    return planner, notifier


async def test_what_the_planner_changes_the_notifier_is_told(house, speakers):
    planner, notifier = speakers
    person, _ = await house.person(zone="Europe/Madrid")
    found = await notifier.query(DIRECTORY, WhoOffers(service="policy"), AgentName.DIRECTORY)
    assert [each.agent for each in found.providers] == ["policy@localhost"]

    change = ChangePreferences(person_id=person.id, change=AddQuiet(range=NIGHT))
    changed = await planner.request(POLICY, change, AgentName.POLICY)
    told = await planner.query(POLICY, WhichPreferences(person_id=person.id), AgentName.POLICY)
    due = at("2026-11-20 23:00")
    asked = WhichPlans(person_id=person.id, matters=(reminder("pills", due),), now=due)
    decided = await notifier.query(POLICY, asked, AgentName.POLICY)

    assert changed.after == told.preferences == Preferences(quiet=(NIGHT,))
    (notice,) = decided.plans[0].notices
    assert notice.at == at("2026-11-21 07:00")


async def test_hundreds_due_at_once_are_asked_of_in_one_message(house, speakers):
    _, notifier = speakers
    person, _ = await house.person()
    due = tuple(reminder(f"a task that is number {n}", NOON) for n in range(1_000))

    asked = WhichPlans(person_id=person.id, matters=due, now=NOON)
    decided = await notifier.query(POLICY, asked, AgentName.POLICY)

    assert decided.of == (0,) * 1_000
    assert len(decided.plans) == 1


async def test_others_may_not_change_what_a_person_prefers(house, speakers):
    _, notifier = speakers
    person, _ = await house.person()
    change = ChangePreferences(person_id=person.id, change=AddQuiet(range=NIGHT))

    with pytest.raises(Refused) as refused:
        await notifier.request(POLICY, change, AgentName.POLICY)

    assert refused.value.reason == NotAuthorised()
    assert house.preferences.preferences == {}
