from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from behaviours.dialogue.hear_gateways import HearGatewaysOnRequest
from behaviours.fipa.request import request
from ontology.acl import Performative, Refused
from ontology.dialogue.acts import DIALOGUE, HearUtterance, Reply, Stranger, UtteranceAnswered
from ontology.dialogue.wording import LONGEST_UTTERANCE
from tests.behaviours.dialogue.test_answer_people import QUESTION, Desk, desk, parrot
from tests.behaviours.duties import on_duty
from tests.conversing import Platform

pytestmark = pytest.mark.usefixtures("virtual_time")

SAID_AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def answered(person, text, options=()):
    return UtteranceAnswered(person_id=person.id, text=text, options=options)


def said(text, address="telegram:4711", **more):
    return HearUtterance(
        utterance_id=uuid4(), address=address, text=text, said_at=SAID_AT, **more
    )


def hearing(at):
    """A gateway that asks, as a new assistant over the same inbox hears it."""
    platform = Platform()
    role = HearGatewaysOnRequest(at.people, at.inbox, at.answering)
    platform.agent("assistant@localhost", role)
    voice = platform.agent("telegram@localhost")

    async def ask(action, within=3600.0):
        return await request(
            voice,
            DIALOGUE,
            action,
            to="assistant@localhost",
            conversation=str(action.utterance_id),
            within=within,
        )

    return ask


async def known(at, address="telegram:4711"):
    person = await at.somebody()
    await at.people.link(person.id, address)
    return person


async def test_what_is_said_to_a_gateway_is_answered_to_the_gateway_alone():
    async with desk() as at:
        person = await known(at)
        action = said("hello", sent_as="m1")

        assert await hearing(at)(action) == answered(person, "you said hello")

        assert at.chat.taken == []
        (asked,) = at.asked
        assert (asked.content.person, asked.content.said_at) == (person, SAID_AT)
        kept = at.inbox.utterances[action.utterance_id]
        assert (kept.address, kept.sent_as) == ("telegram:4711", "m1")


async def test_options_are_passed_on_to_be_chosen_from():
    def asking(_):
        return Performative.INFORM, Reply(text="which?", question=QUESTION)

    async with desk(asking) as at:
        person = await known(at)

        which = await hearing(at)(said("cancel it"))

        assert which == answered(person, "which?", options=("milk",))


async def test_a_repeat_repeats_the_answer_and_asks_nobody():
    async with desk() as at:
        await known(at)
        action = said("hello")
        first = await hearing(at)(action)

        # Another gateway's life, and another assistant's conversations.
        assert await hearing(at)(action) == first
        assert len(at.asked) == 1


async def test_what_an_earlier_life_of_the_assistant_took_in_is_answered_in_the_next():
    first = Desk(lambda _: None)
    person = await known(first)
    action = said("hello")
    async with on_duty(first.sending, first.answering):
        await first.sending.recover()
        lost = asyncio.create_task(hearing(first)(action))
        await asyncio.sleep(10)
        lost.cancel()

    second = Desk(parrot, first.inbox)
    second.people = second.inbox.people = first.people
    async with on_duty(second.sending, second.answering):
        await second.sending.recover()
        assert await hearing(second)(action) == answered(person, "you said hello")
    assert second.chat.taken == []


async def test_those_who_ask_for_the_same_at_once_hear_the_same():
    async with desk() as at:
        person = await known(at)
        action = said("hello")

        answers = await asyncio.gather(*(hearing(at)(action) for _ in range(3)))

        assert answers == [answered(person, "you said hello")] * 3
        assert len(at.asked) == 1


async def test_what_is_said_on_two_channels_is_answered_in_order():
    def slow_at_first(said_to_planner):
        return parrot(said_to_planner) if is_awake else None

    is_awake = False
    async with desk(slow_at_first) as at:
        person = await known(at)
        await at.hears(person, "in chat")
        elsewhere = asyncio.create_task(hearing(at)(said("on telegram")))
        await asyncio.sleep(30)
        assert not elsewhere.done()

        is_awake = True
        assert await elsewhere == answered(person, "you said on telegram")
        assert at.said == ["you said in chat"]


async def test_a_correction_names_what_the_gateway_called_the_message():
    async with desk() as at:
        await known(at)
        ask = hearing(at)
        first = said("strech", sent_as="a-name-of-it")
        await ask(first)
        await ask(said("stretch", replaces="a-name-of-it"))

        assert [each.content.replaces for each in at.asked] == [None, first.utterance_id]


async def test_a_stranger_is_refused_and_known_to_be_new_by_the_first_words_only():
    async with desk() as at:
        first, more = said("hello"), said("hello?")
        for action, is_first in ((first, True), (first, True), (more, False)):
            with pytest.raises(Refused) as refused:
                await hearing(at)(action)
            assert refused.value.reason == Stranger(first=is_first)
        assert at.inbox.utterances == {}


async def test_no_gateway_speaks_for_an_address_of_chat():
    async with desk() as at:
        person = await at.somebody()
        action = said("hello", address=f"{person.id}@localhost")

        with pytest.raises(Refused) as refused:
            await hearing(at)(action)
        assert refused.value.reason == Stranger(first=False)
        assert at.people.strangers == {}


async def test_an_address_that_was_bad_is_good_once_it_speaks():
    async with desk() as at:
        person = await known(at)
        await at.people.mark_bad("telegram:4711", "blocked")
        await hearing(at)(said("hello"))

        assert await at.people.addresses(person.id, "telegram") == ["telegram:4711"]


async def test_what_the_database_cannot_keep_is_left_out_of_what_was_said():
    async with desk() as at:
        person = await known(at)

        assert await hearing(at)(said("a\0b")) == answered(person, "you said a b")


async def test_what_is_too_long_is_kept_as_long_as_the_planner_needs_to_say_so():
    async with desk() as at:
        await known(at)
        action = said("x" * 100_000)
        await hearing(at)(action)

        kept = at.inbox.utterances[action.utterance_id]
        assert len(kept.text) == LONGEST_UTTERANCE + 1
