"""What people prefer, and how it is changed and taken back."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from ontology.errors import ImpossiblePreference
from ontology.notifications.concepts import Channel
from ontology.policy.changes import (
    AddQuiet,
    ChangeWords,
    OrderChannels,
    SetCalls,
    SetEscalation,
    StayAway,
)
from ontology.policy.concepts import Preferences, WeekendRule
from ontology.policy.ports import Known
from ontology.reminders.ports import TakenBack
from tests.ontology.policy.situations import NIGHT, quiet

FIVE_MINUTES = timedelta(minutes=5)


async def preferred(kept, person):
    return (await kept.preferences.known(person.id)).preferences


async def test_who_never_said_anything_prefers_what_everybody_does(kept):
    person = await kept.somebody()

    known = await kept.preferences.known(person.id)

    assert known == Known(person, Preferences(), frozenset({Channel.CHAT}))


async def test_of_nobody_nothing_is_known_and_nothing_changes(kept):
    assert await kept.preferences.known(uuid4()) is None
    assert await kept.preferences.change(uuid4(), SetEscalation()) is None


async def test_a_change_is_kept_and_told_with_what_was_before(kept):
    person, other = await kept.somebody(), await kept.somebody()

    altered = await kept.preferences.change(person.id, AddQuiet(range=NIGHT))

    assert (altered.before, altered.after) == (Preferences(), Preferences(quiet=(NIGHT,)))
    assert await preferred(kept, person) == altered.after
    assert await preferred(kept, other) == Preferences()


async def test_everything_that_can_be_preferred_is_kept_as_it_was_said(kept):
    person = await kept.somebody()
    changes = [
        AddQuiet(range=quiet("22:00", "07:00", frozenset({0, 4}))),
        SetEscalation(after=FIVE_MINUTES),
        ChangeWords(list="vip", words=("Ana Müller", "“Bo”")),
        OrderChannels(channels=(Channel.TELEGRAM, Channel.CHAT)),
    ]
    for change in changes:
        altered = await kept.preferences.change(person.id, change)

    assert await preferred(kept, person) == altered.after
    assert altered.after == Preferences(
        quiet=(quiet("22:00", "07:00", frozenset({0, 4})),),
        escalate_after=FIVE_MINUTES,
        vip=("Ana Müller", "“Bo”"),
        channels=(Channel.TELEGRAM, Channel.CHAT),
        weekend=WeekendRule.NORMAL,
    )


async def test_what_cannot_be_changes_nothing(kept):
    person = await kept.somebody()
    await kept.preferences.change(person.id, SetCalls(most=3))

    with pytest.raises(ImpossiblePreference):
        await kept.preferences.change(person.id, OrderChannels(channels=()))

    assert await preferred(kept, person) == Preferences(most_calls=3)


async def test_time_is_that_of_those_who_keep_it(kept):
    person = await kept.somebody()
    (altered) = await kept.preferences.change(person.id, SetEscalation())
    until = altered.at + timedelta(hours=1)
    await kept.preferences.change(person.id, StayAway(until=until))
    await kept.advance(timedelta(hours=2))

    with pytest.raises(ImpossiblePreference, match="has passed"):
        await kept.preferences.change(person.id, StayAway(until=until))


async def test_changes_at_the_same_time_all_count(kept):
    person = await kept.somebody()
    words = [ChangeWords(list="vip", words=(name,)) for name in ("Ana", "Bo", "Cleo", "Dan")]

    await asyncio.gather(*(kept.preferences.change(person.id, change) for change in words))

    assert sorted((await preferred(kept, person)).vip) == ["Ana", "Bo", "Cleo", "Dan"]


async def test_channels_are_those_of_good_addresses(kept):
    person = await kept.somebody()
    for address in ("telegram:7", "tel:+34600000000", "mailto:somebody@example.org"):
        await kept.people.link(person.id, address)
    await kept.people.mark_bad("mailto:somebody@example.org", "no such mailbox")

    known = await kept.preferences.known(person.id)

    assert known.reachable_by == {Channel.CHAT, Channel.TELEGRAM, Channel.SMS, Channel.CALL}


async def test_a_change_is_taken_back_in_order_with_the_others(kept):
    person = await kept.somebody()
    await kept.preferences.change(person.id, AddQuiet(range=NIGHT))
    await kept.people.move_to_zone(person.id, "Asia/Tokyo")
    await kept.preferences.change(person.id, SetEscalation())

    assert await kept.book.undo(person.id) == TakenBack("preferred")
    assert await preferred(kept, person) == Preferences(quiet=(NIGHT,))
    assert await kept.book.undo(person.id) == TakenBack("moved", zone="Europe/Madrid")
    assert await kept.book.undo(person.id) == TakenBack("preferred")
    assert await preferred(kept, person) == Preferences()
    assert await kept.book.undo(person.id) is None
