"""What leaves this house is begun once per key and channel, and ends once."""

from __future__ import annotations

import asyncio
from uuid import uuid4

import pytest

from ontology.notifications.concepts import Channel, Outcome
from ontology.notifications.ports import Dispatch
from storage.dispatches import PostgresDispatches
from tests.fakes.dispatches import FakeDispatches
from tests.fakes.people import FakePeople

SENT = Dispatch(Outcome.SENT, "a1")


@pytest.fixture
def dispatches(kept, request):
    if isinstance(kept.people, FakePeople):
        return FakeDispatches()
    return PostgresDispatches(request.getfixturevalue("database"))


@pytest.fixture
async def person_id(kept):
    return (await kept.somebody()).id


async def test_the_first_to_begin_may_send_and_all_others_hear_how_it_stands(
    dispatches, person_id
):
    key = uuid4()

    assert await dispatches.begin(key, Channel.EMAIL, person_id) is None
    assert await dispatches.begin(key, Channel.EMAIL, person_id) == Dispatch(Outcome.UNKNOWN)
    await dispatches.end(key, Channel.EMAIL, SENT)
    assert await dispatches.begin(key, Channel.EMAIL, person_id) == SENT


async def test_of_many_who_begin_at_once_one_may_send(dispatches, person_id):
    key = uuid4()

    begun = await asyncio.gather(
        *(dispatches.begin(key, Channel.SMS, person_id) for _ in range(8))
    )

    assert begun.count(None) == 1


async def test_channels_do_not_know_each_others_keys(dispatches, person_id):
    key = uuid4()
    await dispatches.begin(key, Channel.EMAIL, person_id)

    assert await dispatches.begin(key, Channel.SMS, person_id) is None


@pytest.mark.parametrize("outcome", [Outcome.FAILED, Outcome.UNKNOWN, Outcome.SENT])
async def test_the_first_end_stands(dispatches, person_id, outcome):
    key, end = uuid4(), Dispatch(outcome, "a1", "for a reason")
    await dispatches.begin(key, Channel.EMAIL, person_id)
    await dispatches.end(key, Channel.EMAIL, end)
    await dispatches.end(key, Channel.EMAIL, Dispatch(Outcome.SENT, "a2"))
    await dispatches.forget(key, Channel.EMAIL)

    assert await dispatches.begin(key, Channel.EMAIL, person_id) == end


async def test_what_surely_never_left_may_be_begun_again(dispatches, person_id):
    key = uuid4()
    await dispatches.begin(key, Channel.EMAIL, person_id)
    await dispatches.forget(key, Channel.EMAIL)

    assert await dispatches.begin(key, Channel.EMAIL, person_id) is None


async def test_a_key_is_one_persons(dispatches, person_id, kept):
    key, other = uuid4(), (await kept.somebody()).id
    await dispatches.begin(key, Channel.EMAIL, person_id)

    stands = await dispatches.begin(key, Channel.EMAIL, other)

    assert stands.outcome is Outcome.FAILED


async def test_what_they_call_it_outside_leads_back_to_it_once_it_has_ended(
    dispatches, person_id
):
    key = uuid4()
    await dispatches.begin(key, Channel.CALL, person_id)
    assert await dispatches.referred("a1", Channel.CALL) is None
    await dispatches.end(key, Channel.CALL, SENT)

    assert await dispatches.referred("a1", Channel.CALL) == (key, person_id)
    assert await dispatches.referred("a1", Channel.SMS) is None
    assert await dispatches.referred("a2", Channel.CALL) is None
