"""Hearing that nobody wants to be told of something any more."""

from __future__ import annotations

from collections.abc import Callable

from behaviours.fipa.request import RequestResponder
from behaviours.notifications.take_back import Over
from ontology.notifications.acts import (
    NOTIFICATIONS,
    NotificationsWithdrawn,
    WithdrawNotifications,
)


class WithdrawOnRequest(RequestResponder[WithdrawNotifications, NotificationsWithdrawn]):
    """Has it taken back at once. Only a hint: chains look at their occurrences themselves.

    No ledger: taken back twice is taken back once.
    """

    vocabulary = NOTIFICATIONS
    action = WithdrawNotifications

    def __init__(self, over: Callable[[Over], None], look: Callable[[], None]) -> None:
        self._over = over
        self._look = look

    async def perform(
        self, action: WithdrawNotifications, asker: str
    ) -> NotificationsWithdrawn:
        """Begin it; whoever asks need not wait for channels."""
        for id_ in action.ids:
            self._over(Over(id_, action.person_id, action.words))
        self._look()
        return NotificationsWithdrawn()
