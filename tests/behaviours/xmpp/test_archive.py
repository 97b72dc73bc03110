"""What the archive of our account (XEP-0313) tells us, page by page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from behaviours.xmpp.archive import PAGE, Archive, Forgotten
from behaviours.xmpp.mail import ChatStream, said_before, said_in
from behaviours.xmpp.stanzas import CLIENT, archive_id, chat_stanza
from ontology.errors import ServerError
from tests.behaviours.xmpp.listening import Listener

A_MINUTE_AGO = timedelta(minutes=1)


def an_hour_ago():
    return datetime.now(UTC) - timedelta(hours=1)


class Archived(Listener):
    """A stream whose server keeps everything, but not what is said with ``never``."""

    def __init__(self, account, *, never=(), **options):
        super().__init__(account, **options)
        self.archive = Archive(self.stream)
        self.never = never

    async def __aenter__(self):
        await super().__aenter__()
        await self.archive.keep_all_but(self.never)
        return self

    async def since(self, archive_id=None):
        return [entry async for entry in self.archive.after(archive_id)]

    async def bodies_since(self, archive_id=None):
        return [body_of(entry) for entry in await self.since(archive_id)]


def body_of(entry):
    return entry.message.findtext(f"{CLIENT}body")


async def test_what_we_sent_is_found_by_its_origin_id_over_several_pages(two):
    agent, person = two
    count = 2 * PAGE + 30
    async with Archived(agent) as saying:
        keys = [saying.say(person.jid, f"message {n}") for n in range(count)]
        await saying.say_once(person.jid, "the last one")

        found = await saying.archive.archived(an_hour_ago(), {person.jid})

        assert set(keys) <= found
        assert len(found) == count + 1


async def test_only_what_was_sent_to_these_addresses_and_since_then_is_looked_up(two):
    agent, person = two
    async with Archived(agent) as saying:
        to_person = await saying.say_once(person.jid, "to somebody")
        await saying.say_once(agent.jid, "to myself")

        assert await saying.archive.archived(an_hour_ago(), {person.jid}) == {to_person}
        assert await saying.archive.archived(an_hour_ago(), set()) == set()
        in_an_hour = datetime.now(UTC) + timedelta(hours=1)
        assert await saying.archive.archived(in_an_hour, {person.jid}) == set()


async def test_what_never_reached_the_server_is_not_found(two):
    agent, person = two
    async with Archived(agent) as saying:
        await saying.say_once(person.jid, "something")

        assert "never sent" not in await saying.archive.archived(an_hour_ago(), {person.jid})


async def test_the_chat_looks_up_what_it_posted(two):
    agent, person = two
    async with Archived(agent) as saying:
        chat = ChatStream(saying.stream, saying.archive)
        await chat.post_once(person.jid, "time to stretch", "key-1")

        assert await chat.archived(an_hour_ago(), {person.jid}) == {"key-1"}


async def test_everything_is_read_in_order_over_several_pages(two):
    agent, writer = two
    said = [f"message {n}" for n in range(2 * PAGE + 30)]
    async with Archived(agent) as reading, Listener(writer) as writing:
        for body in said:
            writing.say(agent.jid, body)
        await reading.hears_all(len(said))

        assert await reading.bodies_since() == said


@pytest.mark.parametrize("count", [1, PAGE, 2 * PAGE])
async def test_an_archive_of_whole_pages_is_read_to_its_end(two, count):
    agent, writer = two
    async with Archived(agent) as reading, Listener(writer) as writing:
        for n in range(count):
            writing.say(agent.jid, f"message {n}")
        await reading.hears_all(count)

        assert len(await reading.since()) == count


async def test_reading_goes_on_after_what_was_heard_last(two):
    agent, writer = two
    async with Listener(writer) as writing:
        async with Archived(agent) as reading:
            writing.say(agent.jid, "heard")
            await reading.hears("heard")
            position = archive_id(reading.stanzas[-1], agent.jid)
        for body in ("missed", "missed too"):
            await writing.say_once(agent.jid, body)

        async with Archived(agent) as again:
            assert await again.bodies_since(position) == ["missed", "missed too"]


async def test_an_archive_that_holds_nothing_new_is_read_at_once(two):
    agent, writer = two
    async with Archived(agent) as reading, Listener(writer) as writing:
        assert await reading.since() == []
        writing.say(agent.jid, "heard")
        await reading.hears("heard")

        assert await reading.since(archive_id(reading.stanzas[-1], agent.jid)) == []


async def test_a_place_that_the_archive_has_forgotten_is_told(two):
    async with Archived(two[0]) as reading:
        with pytest.raises(Forgotten):
            await reading.since("0123456789")


async def test_an_entry_tells_when_the_server_got_the_message(two):
    agent, writer = two
    before = datetime.now(UTC) - timedelta(seconds=2)
    async with Archived(agent) as reading, Listener(writer) as writing:
        writing.say(agent.jid, "hello")
        await reading.hears("hello")
        (entry,) = await reading.since()

    assert before < entry.stamp < datetime.now(UTC) + timedelta(seconds=2)
    assert entry.archive_id == archive_id(reading.stanzas[-1], agent.jid)
    said = said_before(entry, agent.jid)
    heard = said_in(reading.stanzas[-1], agent.jid, handled=lambda: None)
    assert said is not None
    assert said.utterance_id == heard.utterance_id
    assert (said.address, said.body) == (heard.address, heard.body) == (writer.jid, "hello")


async def test_what_we_said_ourselves_was_not_said_to_us(two):
    agent, person = two
    async with Archived(agent) as saying:
        await saying.say_once(person.jid, "hello")
        (entry,) = await saying.since()

    assert said_before(entry, agent.jid) is None


async def test_what_is_said_between_agents_is_not_archived(two):
    agent, other = two
    async with Archived(agent, never=[other.jid]) as reading, Listener(other) as writing:
        writing.say(agent.jid, "an agent speaks")
        await reading.hears("an agent speaks")
        await reading.say_once(other.jid, "an agent answers")

        assert await reading.since() == []


async def test_an_archive_that_nobody_keeps_is_empty(two):
    agent, writer = two
    async with Listener(agent) as reading, Listener(writer) as writing:
        writing.say(agent.jid, "hello")
        await reading.hears("hello")

        archive = Archive(reading.stream)
        assert [entry async for entry in archive.after(None)] == []


async def test_an_archive_that_does_not_answer_is_told(two, monkeypatch):
    monkeypatch.setattr("behaviours.xmpp.archive.ANSWER_WITHIN", 0.2)
    agent, _ = two
    unconnected = Listener(agent)
    async with Listener(agent):
        with pytest.raises(ServerError, match="does not answer"):
            await Archive(unconnected.stream).archived(an_hour_ago(), {agent.jid})


async def test_what_was_posted_without_an_origin_id_is_no_match(two):
    agent, person = two
    async with Archived(agent) as saying:
        plain = chat_stanza(person.jid, "no name", "n1").replace("origin-id", "something-else")
        await saying.stream.post_once(plain, "n1")

        assert await saying.archive.archived(an_hour_ago(), {person.jid}) == set()
