"""Telling when, by which channels and how insistently a person is told of matters."""

from __future__ import annotations

import asyncio

from behaviours.fipa.query import QueryResponder
from ontology.acl import Failed
from ontology.policy.acts import POLICY, PlansDecided, UnknownPerson, WhichPlans
from ontology.policy.planning import plan_all
from ontology.policy.ports import PreferenceBook
from ontology.policy.situation import Situation
from ontology.time.concepts import zone_named


class TellPlansOnQuery(QueryResponder[WhichPlans, PlansDecided]):
    """Asks the rules, with the person's own preferences."""

    vocabulary = POLICY
    question = WhichPlans

    def __init__(self, book: PreferenceBook) -> None:
        self._book = book

    async def tell(self, question: WhichPlans, asker: str) -> PlansDecided:
        """Plan every matter; those treated alike share a plan."""
        known = await self._book.known(question.person_id)
        if known is None:
            raise Failed(UnknownPerson())
        person = known.person
        situation = Situation(
            preferences=known.preferences,
            zone=zone_named(person.zone),
            locale=person.locale,
            now=question.now,
            reachable_by=known.reachable_by,
        )
        # Thousands take seconds, in which everybody else in this process goes on.
        plans, of = await asyncio.to_thread(plan_all, question.matters, situation)
        return PlansDecided(plans=plans, of=of)
