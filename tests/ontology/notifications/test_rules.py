from __future__ import annotations

import pytest

from ontology.acl import Agreed
from ontology.notifications.acts import DeliveryBid
from ontology.notifications.concepts import Channel
from ontology.notifications.rules import worth

ORDER = (Channel.TELEGRAM, Channel.CHAT, Channel.CALL)


def bid(channel=Channel.CHAT, *, now=True, delay=1.0, cost=0.0, loud=0.0):
    return DeliveryBid(
        channel=channel,
        reachable_now=now,
        expected_delay=delay,
        cost=cost,
        intrusiveness=loud,
    )


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (bid(Channel.TELEGRAM, now=False, delay=1e6, cost=1.0, loud=1.0), bid()),
        (bid(now=True, delay=3_600.0), bid(now=False, delay=1.0)),
        (bid(now=True, cost=5.0), bid(now=False, cost=0.0)),
        (bid(cost=0.0, delay=60.0), bid(cost=0.1, delay=1.0)),
        (bid(loud=0.0, delay=60.0), bid(loud=1.0, delay=1.0)),
        (bid(delay=1.0), bid(delay=2.0)),
        (bid(now=False, delay=1e6, cost=1e6, loud=1.0), Agreed()),
        (bid(now=False, delay=1e6, cost=1e6, loud=1.0), bid(Channel.SMS)),
    ],
    ids=[
        *("the first choice", "there now", "there for money", "free", "quiet", "sooner"),
        *("any bid at all", "of this step"),
    ],
)
def test_the_better_bid_is_worth_more(better, worse):
    of = worth(ORDER)
    assert of(better) > of(worse)
