"""Speech acts of the ``notifications`` ontology.

The reminder agent requests :class:`NotifyPeople` of the notifier; the notifier calls every
provider of a channel for proposals and awards :class:`DeliverMessages` to the best bid.
"""

from __future__ import annotations

from typing import Final, Literal
from uuid import UUID

from ontology.acl import Action, Content, Reason
from ontology.notifications.concepts import Attempted, Notification
from ontology.vocabulary import Vocabulary


def _ids(notifications: tuple[Notification, ...]) -> tuple[str, ...]:
    occurrences = [str(item.id) for item in notifications]
    reminders = dict.fromkeys(str(item.reminder_id) for item in notifications)
    return (*occurrences, *reminders)


class PeopleNotified(Content):
    """What became of each notification."""

    act: Literal["people-notified"] = "people-notified"
    outcomes: tuple[Attempted, ...]

    def about(self) -> tuple[str, ...]:
        """The occurrences."""
        return tuple(str(outcome.id) for outcome in self.outcomes)


class NotifyPeople(Action[PeopleNotified]):
    """Tell people what fell due, each notification once however often it is offered."""

    act: Literal["notify-people"] = "notify-people"
    notifications: tuple[Notification, ...]

    def about(self) -> tuple[str, ...]:
        """The occurrences and their reminders."""
        return _ids(self.notifications)


class CallForDelivery(Content):
    """Who can reach this person now? The texts are told to the winner alone."""

    act: Literal["call-for-delivery"] = "call-for-delivery"
    person_id: UUID
    count: int


class DeliveryBid(Content):
    """An offer: whether the person is there, the delay expected in seconds, cost (0: free)."""

    act: Literal["delivery-bid"] = "delivery-bid"
    channel: str
    reachable_now: bool
    expected_delay: float
    cost: float


class DeliverMessages(Content):
    """The award: deliver these to the person."""

    act: Literal["deliver-messages"] = "deliver-messages"
    notifications: tuple[Notification, ...]

    def about(self) -> tuple[str, ...]:
        """The occurrences and their reminders."""
        return _ids(self.notifications)


class MessagesDelivered(Content):
    """What became of each message on this channel."""

    act: Literal["messages-delivered"] = "messages-delivered"
    channel: str
    outcomes: tuple[Attempted, ...]

    def about(self) -> tuple[str, ...]:
        """The occurrences."""
        return tuple(str(outcome.id) for outcome in self.outcomes)


class BounceNoted(Content):
    """The attempt counts as failed."""

    act: Literal["bounce-noted"] = "bounce-noted"


class NoteBounce(Action[BounceNoted]):
    """A notification that counted as sent has come back; ``why`` is a condition of RFC 6120."""

    act: Literal["note-bounce"] = "note-bounce"
    id: UUID
    person_id: UUID
    channel: str
    why: str

    def about(self) -> tuple[str, ...]:
        """The occurrence."""
        return (str(self.id),)


class NothingSent(Reason):
    """No notification of this id was sent to the person on this channel."""

    act: Literal["nothing-sent"] = "nothing-sent"


class CannotReach(Reason):
    """This channel knows no address of the person."""

    act: Literal["cannot-reach"] = "cannot-reach"


class NoChannel(Reason):
    """Nobody offered to deliver."""

    act: Literal["no-channel"] = "no-channel"


NOTIFICATIONS: Final = Vocabulary(
    "notifications",
    *(NotifyPeople, PeopleNotified, CallForDelivery, DeliveryBid),
    *(DeliverMessages, MessagesDelivered, CannotReach, NoChannel),
    *(NoteBounce, BounceNoted, NothingSent),
)
