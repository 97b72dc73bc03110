from __future__ import annotations

import asyncio
from typing import Any

import pytest

from behaviours.conversations import REMEMBERED, Conversations
from ontology.acl import Agreed, Envelope, Performative, Unexpected
from tests.conversing import ASKER, LISTENER

pytestmark = pytest.mark.usefixtures("virtual_time")


class Sent(list[Envelope[Any]]):
    async def __call__(self, envelope):
        self.append(envelope)


def conversations():
    sent = Sent()
    return Conversations(LISTENER, sent), sent


def message(performative=Performative.INFORM, sender=ASKER, conversation="c1"):
    return Envelope(
        performative=performative,
        protocol="fipa-request",
        ontology="dialogue",
        conversation=conversation,
        sender=sender,
        receiver=LISTENER,
        content=Agreed(),
    )


async def test_an_answer_reaches_the_conversation_it_belongs_to():
    held, _ = conversations()
    with held.open(ASKER, "c1") as one, held.open(ASKER, "c2") as two:
        assert held.deliver(message(conversation="c2"))

        assert (await two.hear(1)).conversation == "c2"
        assert await one.hear(1) is None


@pytest.mark.parametrize(
    ("sender", "conversation"), [("other@localhost", "c1"), (ASKER, "c9"), ("", "")]
)
async def test_an_answer_of_somebody_else_or_to_something_else_reaches_nobody(
    sender, conversation
):
    held, _ = conversations()
    with held.open(ASKER, "c1") as one:
        assert not held.deliver(message(sender=sender, conversation=conversation))
        assert await one.hear(1) is None


async def test_nothing_is_heard_in_a_conversation_that_is_over():
    held, _ = conversations()
    with held.open(ASKER, "c1"):
        pass
    with held.respond(ASKER, "c2"):
        pass

    assert not held.deliver(message(conversation="c1"))
    assert not held.deliver(message(Performative.CANCEL, conversation="c2"))
    assert len(held) == 0


async def test_what_is_heard_comes_in_the_order_in_which_it_was_said():
    held, _ = conversations()
    said = [message() for _ in range(100)]
    with held.open(ASKER, "c1") as one:
        for each in said:
            held.deliver(each)

        assert [await one.hear(1) for _ in said] == said


async def test_hearing_nothing_takes_as_long_as_one_is_willing_to_wait(virtual_time):
    held, _ = conversations()
    with held.open(ASKER, "c1") as one:
        assert await one.hear(7) is None

    assert virtual_time.passed == pytest.approx(7)


async def test_both_ends_of_a_talk_with_oneself_are_kept_apart():
    held, _ = conversations()
    with held.open(LISTENER, "c1") as mine, held.respond(LISTENER, "c1") as theirs:
        held.deliver(message(Performative.INFORM, sender=LISTENER))
        held.deliver(message(Performative.ACCEPT_PROPOSAL, sender=LISTENER))

        assert (await mine.hear(1)).performative is Performative.INFORM
        assert (await theirs.hear(1)).performative is Performative.ACCEPT_PROPOSAL


async def test_a_cut_is_told_to_every_open_conversation_at_once(virtual_time):
    held, _ = conversations()
    with held.open(ASKER, "c1") as one, held.respond(ASKER, "c2") as two:
        hearing = asyncio.gather(one.hear(60), two.hear(60))
        await asyncio.sleep(0)

        held.cut()

        assert list(await hearing) == [None, None]
    assert virtual_time.passed == 0


async def test_a_conversation_that_is_joined_or_just_over_can_say_everything_again():
    held, sent = conversations()
    with held.respond(ASKER, "c1") as exchange:
        assert held.joined(ASKER, "c1") is exchange
        await exchange.say(message(Performative.AGREE))
        await exchange.say(message(Performative.INFORM))
    said = list(sent)

    known = held.joined(ASKER, "c1")
    assert known is exchange
    await known.say_again()

    assert sent == said + said


async def test_conversations_begun_here_are_not_repeated():
    held, _ = conversations()
    with held.open(ASKER, "c1"):
        assert held.joined(ASKER, "c1") is None
    assert held.joined(ASKER, "c1") is None


async def test_the_conversation_of_another_peer_is_another():
    held, _ = conversations()
    with held.respond(ASKER, "c1"):
        pass

    assert held.joined("other@localhost", "c1") is None


async def test_a_conversation_that_broke_is_not_remembered():
    held, _ = conversations()

    with pytest.raises(OSError), held.respond(ASKER, "c1"):
        raise OSError

    assert held.joined(ASKER, "c1") is None
    assert len(held) == 0


async def test_a_conversation_in_which_nothing_was_said_is_not_remembered():
    held, _ = conversations()
    with held.respond(ASKER, "c1"):
        pass

    assert held.joined(ASKER, "c1") is None


async def test_only_so_many_conversations_are_remembered_the_latest():
    held, _ = conversations()
    for n in range(REMEMBERED + 10):
        with held.respond(ASKER, f"c{n}") as exchange:
            await exchange.say(message())

    remembered = [n for n in range(REMEMBERED + 10) if held.joined(ASKER, f"c{n}")]
    assert remembered == list(range(10, REMEMBERED + 10))


async def test_open_conversations_are_counted():
    held, _ = conversations()
    with held.open(ASKER, "c1"), held.open(LISTENER, "c1"), held.respond(ASKER, "c1"):
        assert len(held) == 3
    assert len(held) == 0


async def test_what_is_said_leaves_as_it_is():
    held, sent = conversations()
    said = message(Performative.FAILURE).answer(Performative.FAILURE, Unexpected())
    with held.open(ASKER, "c1") as exchange:
        await exchange.say(said)

    assert sent == [said]
