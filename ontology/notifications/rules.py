"""Which offer to deliver is the best."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ontology.acl import Content
from ontology.notifications.acts import DeliveryBid
from ontology.notifications.concepts import Channel

Worth = tuple[float, ...]
"""What a bid is worth; the greatest is the best."""


def worth(channels: Sequence[Channel]) -> Callable[[Content], Worth]:
    """Return what scores a bid for a step of these channels, the person's first choice first.

    Of one channel: there now before later, free before dear, quiet before loud, sooner before
    late. What is no bid for this step is worth nothing: an empty tuple.
    """

    def of(proposal: Content) -> Worth:
        if not isinstance(proposal, DeliveryBid) or proposal.channel not in channels:
            return ()
        return (
            -float(channels.index(proposal.channel)),
            float(proposal.reachable_now),
            -proposal.cost,
            -proposal.intrusiveness,
            -proposal.expected_delay,
        )

    return of
