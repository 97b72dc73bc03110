"""Carrying out what a person wants of how they are reached: preferences and addresses."""

from __future__ import annotations

from behaviours.dialogue.ask_agents import AskAgents
from ontology.dialogue.acts import AnswerUtterance, Reply
from ontology.dialogue.concepts import Intent, Interpretation
from ontology.dialogue.settings_wording import (
    NOT_KEPT,
    say_code_issued,
    say_code_sent,
    say_held,
    say_how_to_link,
    say_quiet,
    say_settings,
    say_unlinked,
)
from ontology.dialogue.slots import Linking
from ontology.dialogue.wording import Wording
from ontology.notifications.concepts import Channel
from ontology.people.acts import PEOPLE, IssueCode, LinkAddress, RedeemCode, UnlinkAddress
from ontology.people.linking import SAID_FROM, say_linked
from ontology.policy.acts import POLICY, ChangePreferences, WhichPlans, WhichPreferences
from ontology.policy.changes import Change, StayAway
from ontology.policy.concepts import Matter
from ontology.policy.wording import say_change
from ontology.reminders.concepts import Reminder
from ontology.time.concepts import zone_named


class CarrySettings:
    """Has the policy change what is preferred, and the assistant link what is proved."""

    def __init__(self, asked: AnswerUtterance, ask: AskAgents) -> None:
        self._asked = asked
        self._ask = ask
        self._person = asked.person

    async def out(self, reading: Interpretation) -> Reply:
        """Do what the reading wants, and say how it stands now. Raises Declined, NoAnswer."""
        if reading.linking is not None:
            return Reply(text=await self._link(reading.linking))
        change = _change_of(reading)
        if change is not None:
            return Reply(text=await self._changed(change))
        if reading.text:
            return Reply(text=NOT_KEPT)
        return Reply(text=await self._told(reading.intent))

    async def held(self, reminder: Reminder, say: Wording) -> str | None:
        """Return a line for a reminder that the person's own rules will hold back, if so."""
        due = reminder.next_due
        if due is None:
            return None
        matter = Matter(text=reminder.text, starts_at=due)
        question = WhichPlans(person_id=self._person.id, matters=(matter,), now=due)
        decided = await self._ask.aside("policy", POLICY, question)
        notices = decided.plans[decided.of[0]].notices if decided and decided.of else ()
        if not notices or notices[0].held_by is None or notices[0].at <= due:
            return None
        when = say.moment(notices[0].at, self._person.zone)
        return say_held(notices[0], reminder.text, when)

    async def _changed(self, change: Change) -> str:
        act = ChangePreferences(person_id=self._person.id, change=change)
        done = await self._ask.request("policy", POLICY, act)
        return say_change(change, done.after, zone_named(self._person.zone))

    async def _told(self, intent: Intent) -> str:
        question = WhichPreferences(person_id=self._person.id)
        told = await self._ask.query("policy", POLICY, question)
        zone, now = self._person.zone, self._asked.said_at
        if intent is Intent.SET_QUIET_HOURS:
            return say_quiet(told, zone, now)
        served = [each for each in Channel if await self._ask.offers(each.value)]
        return say_settings(told, served, zone, now)

    async def _link(self, linking: Linking) -> str:
        match linking.wish:
            case "prove":
                return await self._prove(linking.code or "")
            case "unlink":
                return await self._unlink(linking.scheme or "")
            case "link":
                return await self._link_address(linking)

    async def _link_address(self, linking: Linking) -> str:
        person_id, scheme = self._person.id, linking.scheme or ""
        if scheme in SAID_FROM:
            issue = IssueCode(person_id=person_id, scheme=scheme)
            return say_code_issued(await self._ask.request("people", PEOPLE, issue))
        if linking.address is None:
            return say_how_to_link(scheme)
        link = LinkAddress(person_id=person_id, address=linking.address)
        return say_code_sent(await self._ask.request("people", PEOPLE, link))

    async def _prove(self, code: str) -> str:
        act = RedeemCode(code=code, person_id=self._person.id)
        return say_linked((await self._ask.request("people", PEOPLE, act)).address)

    async def _unlink(self, scheme: str) -> str:
        act = UnlinkAddress(person_id=self._person.id, scheme=scheme)
        return say_unlinked(await self._ask.request("people", PEOPLE, act))


def _change_of(reading: Interpretation) -> Change | None:
    """Return what is to change; a time alone says until when nothing is to be told."""
    if reading.change is None and reading.schedule is not None:
        return StayAway(until=reading.schedule.first)
    return reading.change
