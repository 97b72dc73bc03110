from __future__ import annotations

import pytest

from ontology.acl import Agreed
from ontology.notifications.acts import DeliveryBid
from ontology.notifications.concepts import Channel
from ontology.notifications.rules import worth


def bid(*, now=True, delay=1.0, cost=0.0):
    return DeliveryBid(channel=Channel.CHAT, reachable_now=now, expected_delay=delay, cost=cost)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (bid(now=True, delay=3_600.0), bid(now=False, delay=1.0)),
        (bid(delay=1.0), bid(delay=2.0)),
        (bid(cost=0.0), bid(cost=0.1)),
        (bid(delay=60.0), bid(delay=1.0, cost=1.0)),
        (bid(now=True, cost=5.0), bid(now=False, cost=0.0)),
        (bid(now=False, delay=1e6, cost=1e6), Agreed()),
    ],
    ids=["there now", "sooner", "free", "soon and free", "there for money", "any bid at all"],
)
def test_the_better_bid_is_worth_more(better, worse):
    assert worth(better) > worth(worse)
