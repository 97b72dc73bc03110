from __future__ import annotations

import asyncio
import contextlib
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from behaviours.dialogue.send_chat import SendChat
from ontology.dialogue.concepts import ChatMessage
from ontology.errors import ServerError
from tests.behaviours.duties import on_duty
from tests.conversing import gone
from tests.fakes.chat import FakeChat
from tests.fakes.dialogue import FakeOutbox

pytestmark = pytest.mark.usefixtures("virtual_time")

HOURS = 3_600.0


def message(body="time to stretch", address="somebody@localhost"):
    return ChatMessage(key=uuid4(), person_id=uuid4(), address=address, body=body)


class Talk:
    """An outbox at work over a chat, and the session it has."""

    def __init__(self, *fates, outbox=None):
        self.outbox = outbox or FakeOutbox()
        self.chat = FakeChat(*fates)
        self.sending = SendChat(self.outbox, self.chat)

    def deliver(self, *messages):
        return asyncio.create_task(self.sending.deliver(messages))

    async def is_stuck(self, work):
        """Whether hours pass and nothing comes of it."""
        await asyncio.wait({work}, timeout=HOURS)
        return not work.done()


@asynccontextmanager
async def talk(*fates, outbox=None):
    """An outbox at work in a session that stands."""
    talking = Talk(*fates, outbox=outbox)
    async with on_duty(talking.sending):
        await talking.sending.recover()
        yield talking


async def test_messages_are_said_in_order_and_settled():
    async with talk() as told:
        await told.deliver(message("one"), message("two"), message("three"))

        assert [body for _, body in told.chat.taken] == ["one", "two", "three"]
        assert not told.outbox.open


async def test_what_was_said_before_is_not_said_again():
    async with talk() as told:
        once = message()
        await told.deliver(once)

        await told.deliver(once)

        assert told.chat.posts == {"time to stretch": 1}


async def test_two_who_deliver_the_same_both_wait_until_the_server_has_it():
    async with talk("held") as told:
        once = message()
        first, second = told.deliver(once), told.deliver(once)
        assert await told.is_stuck(first)
        assert await told.is_stuck(second)

        told.chat.released.set()
        await asyncio.gather(first, second)

        assert told.chat.posts == {"time to stretch": 1}


async def test_a_message_is_written_down_before_it_is_tried():
    async with talk("held") as told:
        delivering = told.deliver(once := message())

        assert await told.is_stuck(delivering)
        assert once.key in told.outbox.open
        await gone(delivering)


async def test_nothing_is_said_before_it_is_known_what_the_last_session_left():
    told = Talk()
    async with on_duty(told.sending):
        delivering = told.deliver(message())
        assert await told.is_stuck(delivering)
        assert not told.chat.taken

        await told.sending.recover()

        await delivering
        assert told.chat.posts == {"time to stretch": 1}


@pytest.mark.parametrize("fate", ["lost", "unconfirmed"])
async def test_whatever_became_of_it_in_a_cut_it_is_said_exactly_once(fate):
    async with talk(fate) as told:
        await told.deliver(message())

        assert told.chat.posts == {"time to stretch": 1}
        assert not told.outbox.open


async def test_of_a_burst_only_what_the_server_never_got_is_said_again():
    fates = ["taken", "unconfirmed", "lost", "lost", "unconfirmed"]
    async with talk(*fates) as told:
        await told.deliver(*(message(f"message {n}") for n in range(5)))

        assert told.chat.posts == {f"message {n}": 1 for n in range(5)}
        assert [body for _, body in told.chat.taken[-2:]] == ["message 2", "message 3"]


async def test_one_cut_after_another_changes_nothing():
    async with talk("lost", "lost", "unconfirmed") as told:
        delivering = told.deliver(message())
        for _ in range(4):
            await asyncio.sleep(1)
            await told.sending.recover()

        await delivering
        assert told.chat.posts == {"time to stretch": 1}


@pytest.mark.parametrize("had_it", [True, False])
async def test_what_an_earlier_life_left_open_is_looked_up_first(had_it):
    outbox, left = FakeOutbox(), message()
    await outbox.put([left])
    told = Talk(outbox=outbox)
    if had_it:
        told.chat.archive.add(str(left.key))

    async with on_duty(told.sending):
        await told.sending.recover()
        await asyncio.sleep(1)

    assert told.chat.posts == ({} if had_it else {"time to stretch": 1})
    assert not outbox.open


async def test_the_archive_is_asked_since_the_oldest_that_is_open_and_by_address():
    noon, outbox = datetime(2026, 3, 2, 12, tzinfo=UTC), FakeOutbox()
    outbox.now = lambda: noon
    await outbox.put([message(address="one@localhost")])
    outbox.now = lambda: noon.replace(hour=13)
    await outbox.put([message(address="two@localhost"), message(address="two@localhost")])
    told = Talk(outbox=outbox)

    await told.sending.recover()

    assert told.chat.lookups == [(noon, {"one@localhost", "two@localhost"})]


async def test_with_nothing_open_the_archive_is_not_asked():
    async with talk() as told:
        await told.deliver(message())
        await told.sending.recover()

        assert told.chat.lookups == []


async def test_nothing_is_resent_while_the_archive_cannot_be_read():
    async with talk("unconfirmed") as told:
        told.chat.is_readable = False
        delivering = told.deliver(message())

        assert await told.is_stuck(delivering)

        told.chat.is_readable = True
        await delivering
        assert told.chat.posts == {"time to stretch": 1}


async def test_what_is_being_written_in_a_new_session_is_left_to_whoever_writes_it():
    async with talk() as told:
        owned, written = message(), asyncio.Event()

        async def write_slowly():
            kept = await told.outbox.put([owned])
            await written.wait()
            return kept

        saying = asyncio.create_task(told.sending.say([owned.key], write_slowly))
        await asyncio.sleep(1)
        await told.sending.recover()
        assert not told.chat.taken

        written.set()
        await saying
        await asyncio.sleep(1)

        assert told.chat.posts == {"time to stretch": 1}
        assert not told.outbox.open


async def test_what_arrived_but_is_not_settled_yet_is_not_looked_up():
    class SlowOutbox(FakeOutbox):
        async def settle(self, keys):
            await asyncio.sleep(10)
            await super().settle(keys)

    async with talk(outbox=SlowOutbox()) as told:
        delivering = told.deliver(message())
        await asyncio.sleep(1)

        await told.sending.recover()
        await delivering

        assert told.chat.posts == {"time to stretch": 1}


async def test_a_settlement_that_is_not_kept_is_tried_again():
    class ForgetfulOutbox(FakeOutbox):
        refusals = 3

        async def settle(self, keys):
            if self.refusals:
                self.refusals -= 1
                raise ServerError("no database")
            await super().settle(keys)

    async with talk(outbox=ForgetfulOutbox()) as told:
        await told.deliver(message())

        assert not told.outbox.open
        assert told.chat.posts == {"time to stretch": 1}


async def test_what_cannot_be_written_is_not_said():
    async with talk() as told:

        async def write():
            raise ServerError("no database")

        with pytest.raises(ServerError):
            await told.sending.say([uuid4()], write)
        await asyncio.sleep(HOURS)

        assert not told.chat.taken


async def test_what_was_written_although_the_writing_seemed_to_fail_is_said_once():
    async with talk() as told:
        reply = message()

        async def write():
            await told.outbox.put([reply])
            raise ServerError("the database went away while it committed")

        async def write_again():
            return await told.outbox.put([reply])

        with pytest.raises(ServerError):
            await told.sending.say([reply.key], write)
        await told.sending.say([reply.key], write_again)
        await asyncio.sleep(HOURS)

        assert told.chat.posts == {"time to stretch": 1}
        assert not told.outbox.open


async def test_many_that_arrive_together_are_settled_together():
    class CountingOutbox(FakeOutbox):
        commits = 0

        async def settle(self, keys):
            self.commits += 1
            await super().settle(keys)

    async with talk(outbox=CountingOutbox()) as told:
        await told.deliver(*(message(f"message {n}") for n in range(1_000)))

        assert told.outbox.commits <= 3


async def test_who_gives_up_waiting_does_not_undo_the_delivery():
    async with talk("held") as told:
        delivering = told.deliver(message())
        await asyncio.sleep(1)
        await gone(delivering)

        told.chat.released.set()
        await asyncio.sleep(1)

        assert told.chat.posts == {"time to stretch": 1}
        assert not told.outbox.open


@pytest.mark.parametrize("apart", [0.0, 0.01])
async def test_two_recoveries_at_once_say_it_once(apart):
    class SlowChat(FakeChat):
        async def archived(self, since, to):
            found = await super().archived(since, to)
            await asyncio.sleep(0.05)
            return found

    outbox = FakeOutbox()
    await outbox.put([message()])
    told = Talk(outbox=outbox)
    told.sending = SendChat(outbox, chat := SlowChat())

    async def recover_later():
        await asyncio.sleep(apart)
        await told.sending.recover()

    async with on_duty(told.sending):
        await asyncio.gather(told.sending.recover(), recover_later())
        await asyncio.sleep(1)

    assert chat.posts == {"time to stretch": 1}


async def test_a_doubt_that_cannot_be_cleared_at_once_is_cleared_later():
    async with talk() as told:
        reply = message("a reply in doubt")

        async def write():
            await told.outbox.put([reply])
            raise ServerError("the database went away while it committed")

        async def write_again():
            return await told.outbox.put([reply])

        with pytest.raises(ServerError):
            await told.sending.say([reply.key], write)
        told.chat.is_readable = False
        with contextlib.suppress(ServerError):
            await told.sending.say([reply.key], write_again)
        told.chat.is_readable = True
        await told.sending.say([reply.key], write_again)
        delivering = told.deliver(message("another"))

        assert not await told.is_stuck(delivering)
        assert told.chat.posts == {"a reply in doubt": 1, "another": 1}
