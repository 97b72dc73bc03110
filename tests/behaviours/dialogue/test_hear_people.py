from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from behaviours.dialogue.hear_people import KNOWN_FOR, HearPeople, Said
from ontology.dialogue.concepts import Utterance
from ontology.dialogue.wording import LONGEST_UTTERANCE
from ontology.errors import ServerError
from ontology.people.concepts import Person
from tests.behaviours.duties import on_duty
from tests.fakes.dialogue import FakeInbox
from tests.fakes.people import FakePeople

pytestmark = pytest.mark.usefixtures("virtual_time")

HOME = "somebody@localhost"


class Ear:
    """A hearing over fakes; notes what is passed on, refused and handled."""

    def __init__(self, inbox=None):
        self.people: Any = FakePeople()
        self.inbox: Any = inbox or FakeInbox(people=self.people)
        self.refused: list[str] = []
        self.handled: list[str] = []
        self.passed_on: list[Utterance] = []
        self.looks: list[int] = []
        self.hearing = HearPeople(
            self.people, self.inbox, self, self.passed_on.append, lambda: self.looks.append(1)
        )

    def refuse(self, address):
        self.refused.append(address)

    async def knows(self, address=HOME):
        person = Person(id=uuid4(), name="somebody", zone="UTC")
        await self.people.add(person, address)
        return person

    def said(self, body="hello", *, address=HOME, message_id=None, archived_as=None, at=None):
        return Said(
            address=address,
            body=body,
            message_id=uuid4().hex if message_id is None else message_id,
            archived_as=archived_as,
            said_at=at,
            handled=lambda: self.handled.append(body),
        )

    @property
    def texts(self):
        return [utterance.text for utterance in self.passed_on]


async def hear(ear, *said, seconds=1.0):
    async with on_duty(ear.hearing):
        for each in said:
            ear.hearing.hear(each)
        await asyncio.sleep(seconds)


async def test_what_is_said_is_kept_passed_on_and_only_then_handled():
    ear = Ear()
    person = await ear.knows()

    await hear(ear, ear.said("one", archived_as="a1"), ear.said("two", archived_as="a2"))

    assert ear.texts == ear.handled == ["one", "two"]
    assert [kept.text for kept in await ear.inbox.unanswered()] == ["one", "two"]
    assert {each.person_id for each in ear.passed_on} == {person.id}
    assert all(each.said_at for each in ear.passed_on)
    assert await ear.inbox.caught_up_to() == "a2"


async def test_what_cannot_be_kept_yet_is_not_handled_and_holds_back_what_comes_after():
    class LostInbox(FakeInbox):
        is_there = False

        async def accept(self, utterance, *, archived_as):
            if not self.is_there:
                raise ServerError("no database")
            return await super().accept(utterance, archived_as=archived_as)

    ear = Ear(LostInbox())
    await ear.knows()
    async with on_duty(ear.hearing):
        ear.hearing.hear(ear.said("one"))
        ear.hearing.hear(ear.said("two"))
        await asyncio.sleep(120)
        assert ear.handled == []

        ear.inbox.is_there = True
        await asyncio.sleep(10)

    assert ear.texts == ear.handled == ["one", "two"]
    # The first try may have kept it after all: the inbox is looked into.
    assert ear.looks


async def test_the_same_stanza_twice_is_one_utterance():
    ear = Ear()
    await ear.knows()

    await hear(ear, ear.said("one", archived_as="a1"), ear.said("one", archived_as="a1"))

    assert ear.texts == ["one"]
    assert ear.handled == ["one", "one"]


async def test_without_an_archive_sender_and_message_id_tell_one_from_another():
    ear = Ear()
    await ear.knows()
    await ear.knows("other@localhost")

    await hear(
        ear,
        ear.said("one", message_id="m1"),
        ear.said("one", message_id="m1"),
        ear.said("two", message_id="m2"),
        ear.said("three", message_id="m1", address="other@localhost"),
    )

    assert ear.texts == ["one", "two", "three"]


async def test_a_stranger_is_refused_once_and_nothing_is_kept():
    ear = Ear()

    await hear(ear, *(ear.said(address="stranger@elsewhere") for _ in range(3)))

    assert ear.refused == ["stranger@elsewhere"]
    assert ear.handled == ["hello"] * 3
    assert not ear.inbox.utterances


async def test_a_stranger_who_is_linked_is_heard_at_once():
    ear = Ear()
    await hear(ear, ear.said("let me in"))
    await ear.knows()

    await hear(ear, ear.said("hello"))

    assert ear.texts == ["hello"]


async def test_whose_an_address_is_is_not_asked_for_every_message():
    ear = Ear()
    await ear.knows()
    asked, at = [], ear.people.at

    async def counted(address):
        asked.append(address)
        return await at(address)

    ear.people.at = counted
    await hear(ear, *(ear.said(f"{n}") for n in range(50)))
    assert len(asked) == 1

    await asyncio.sleep(KNOWN_FOR + 1)
    await hear(ear, ear.said("later"))
    assert len(asked) == 2


async def test_more_than_is_read_is_not_kept_whole():
    ear = Ear()
    await ear.knows()

    await hear(ear, ear.said("x" * 100_000))

    assert len(ear.texts[0]) == LONGEST_UTTERANCE + 1


async def test_of_an_encrypted_message_nothing_is_kept_but_that_it_was_one():
    ear = Ear()
    await ear.knows()

    await hear(ear, replace(ear.said("this is encrypted"), encrypted=True))

    (kept,) = await ear.inbox.unanswered()
    assert (kept.text, kept.encrypted) == ("", True)


async def test_a_correction_is_kept_with_what_it_corrects():
    ear = Ear()
    await ear.knows()

    await hear(ear, replace(ear.said("stretch"), replaces="m1"))

    (kept,) = await ear.inbox.unanswered()
    assert (kept.text, kept.replaces) == ("stretch", "m1")


async def test_one_that_can_never_be_kept_does_not_hold_up_the_others():
    class PickyInbox(FakeInbox):
        async def accept(self, utterance, *, archived_as):
            if utterance.text == "poison":
                raise ValueError(utterance.text)
            return await super().accept(utterance, archived_as=archived_as)

    ear = Ear(PickyInbox())
    await ear.knows()

    await hear(ear, ear.said("poison"), ear.said("hello"))

    assert ear.texts == ["hello"]
    assert ear.handled == ["poison", "hello"]


def archive_of(*said):
    positions = []

    async def archive(position):
        positions.append(position)
        for each in said:
            yield each

    return archive, positions


async def test_catching_up_begins_where_hearing_ended_and_dates_what_was_said():
    ear = Ear()
    await ear.knows()
    await hear(ear, ear.said("before", archived_as="a1"))
    an_hour_ago = datetime.now(UTC) - timedelta(hours=1)
    archive, positions = archive_of(
        ear.said("missed", archived_as="a2", at=an_hour_ago),
        ear.said("missed too", archived_as="a3", at=an_hour_ago),
    )

    await ear.hearing.catch_up(archive)
    await hear(ear)

    assert positions == ["a1"]
    assert ear.texts == ["before", "missed", "missed too"]
    assert ear.passed_on[1].said_at == an_hour_ago


async def test_what_was_said_before_anything_was_kept_is_caught_up_with():
    ear = Ear()
    await ear.knows()
    archive, positions = archive_of(ear.said("the very first", archived_as="a1"))

    await ear.hearing.catch_up(archive)
    await hear(ear)

    assert positions == [None]
    assert ear.texts == ["the very first"]


async def test_what_comes_while_the_archive_is_read_waits_and_is_not_heard_twice():
    ear = Ear()
    await ear.knows()
    await hear(ear, ear.said("before", archived_as="a1"))
    an_hour_ago = datetime.now(UTC) - timedelta(hours=1)
    archive, _ = archive_of(ear.said("missed", archived_as="a2", at=an_hour_ago))
    ear.hearing.hold()

    await hear(ear, ear.said("missed", archived_as="a2"), ear.said("new", archived_as="a3"))
    assert ear.texts == ["before"]
    await ear.hearing.catch_up(archive)
    ear.hearing.go_on()
    await hear(ear)

    assert ear.texts == ["before", "missed", "new"]
    assert ear.passed_on[1].said_at == an_hour_ago
    assert ear.handled == ["before", "missed", "missed", "new"]
