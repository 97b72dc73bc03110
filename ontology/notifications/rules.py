"""Which offer to deliver is the best."""

from __future__ import annotations

from ontology.acl import Content
from ontology.notifications.acts import DeliveryBid


def worth(proposal: Content) -> float:
    """Score a bid: there now before later, sooner before late, free before dear."""
    if not isinstance(proposal, DeliveryBid):
        return float("-inf")
    there = 1_000_000.0 if proposal.reachable_now else 0.0
    return there - proposal.expected_delay - 100.0 * proposal.cost
