"""What comes in from outside is kept once, worked on in order, and answered alike again."""

from __future__ import annotations

import pytest

from ontology.arrivals import Arrival
from storage.arrivals import PostgresArrivals
from tests.fakes.arrivals import FakeArrivals


@pytest.fixture(params=["fake", "real"])
def arrivals(request):
    if request.param == "fake":
        return FakeArrivals()
    return PostgresArrivals(request.getfixturevalue("database"))


def sms(id_, body="{}"):
    return Arrival("sms", id_, body)


async def test_a_repeat_is_told_apart_from_what_is_new(arrivals):
    assert await arrivals.keep([sms("a", "1"), sms("b", "2")]) == [sms("a", "1"), sms("b", "2")]
    assert await arrivals.keep([sms("b", "other"), sms("c", "3")]) == [sms("c", "3")]
    assert (await arrivals.kept("sms", "b")).body == "2"
    assert await arrivals.kept("call", "b") is None


async def test_what_waits_comes_in_the_order_of_arrival_and_leaves_when_it_is_settled(arrivals):
    await arrivals.keep([sms("b"), sms("a"), sms("c")])
    await arrivals.settle("sms", ["a"], "done")

    assert [it.id for it in await arrivals.unsettled("sms")] == ["b", "c"]
    assert [it.id for it in await arrivals.unsettled("sms", limit=1)] == ["b"]
    assert await arrivals.latest("sms") == "c"
    assert await arrivals.latest("call") is None


async def test_the_first_answer_stands(arrivals):
    await arrivals.keep([sms("a")])
    assert (await arrivals.kept("sms", "a")).settled is False
    await arrivals.settle("sms", ["a"], "done")
    await arrivals.settle("sms", ["a"], "again")

    kept = await arrivals.kept("sms", "a")
    assert (kept.settled, kept.answer) == (True, "done")
