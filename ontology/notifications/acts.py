"""Speech acts of the ``notifications`` ontology.

The reminder agent requests :class:`NotifyPeople` of the notifier; the notifier calls every
provider of a channel for proposals and awards :class:`DeliverMessages` to the best bid. What a
channel learns later it reports by :class:`NoteOutcome`; what a person answers on it, by
:class:`AcknowledgeNotification`. Where nobody needs to be told any more, the notifier has every
channel take back what it can (:class:`CloseDelivery`).
"""

from __future__ import annotations

from typing import Final, Literal
from uuid import UUID

from pydantic import AwareDatetime

from ontology.acl import Action, Content, Reason
from ontology.notifications.concepts import (
    Acknowledgement,
    Attempted,
    Channel,
    Notification,
    Outcome,
)
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
    """Who can reach this person now, by one of these channels, the preferred first?

    The texts are told to the winner alone.
    """

    act: Literal["call-for-delivery"] = "call-for-delivery"
    person_id: UUID
    count: int
    channels: tuple[Channel, ...] = (Channel.CHAT,)


class DeliveryBid(Content):
    """An offer to deliver by the first channel of the call that the bidder serves.

    Tells whether the person is there now, the delay expected in seconds, the cost (0: free,
    1: a phone call) and the intrusiveness (0: a mail that waits, 1: a phone that rings).
    """

    act: Literal["delivery-bid"] = "delivery-bid"
    channel: Channel
    reachable_now: bool
    expected_delay: float
    cost: float
    intrusiveness: float = 0.0


class DeliverMessages(Content):
    """The award: deliver these to the person, by the channel that was bid.

    A channel knows each of them by :func:`attempt_key` of ``step``, and delivers it once
    however often it is awarded. ``reasons`` say in words why by this channel and now.
    """

    act: Literal["deliver-messages"] = "deliver-messages"
    notifications: tuple[Notification, ...]
    channel: Channel = Channel.CHAT
    step: int = 0
    reasons: tuple[str, ...] = ()

    def about(self) -> tuple[str, ...]:
        """The occurrences and their reminders."""
        return _ids(self.notifications)


class MessagesDelivered(Content):
    """What became of each message on this channel."""

    act: Literal["messages-delivered"] = "messages-delivered"
    channel: Channel
    outcomes: tuple[Attempted, ...]

    def about(self) -> tuple[str, ...]:
        """The occurrences."""
        return tuple(str(outcome.id) for outcome in self.outcomes)


class OutcomeNoted(Content):
    """What became of the attempt is kept; news older than what was known changed nothing."""

    act: Literal["outcome-noted"] = "outcome-noted"


class NoteOutcome(Action[OutcomeNoted]):
    """A channel has learnt later what became of an attempt: it arrived, came back, was busy.

    ``why`` is a condition in the channel's own words (RFC 6120 for chat).
    """

    act: Literal["note-outcome"] = "note-outcome"
    id: UUID
    person_id: UUID
    channel: Channel
    outcome: Outcome
    step: int | None = None
    why: str = ""

    def about(self) -> tuple[str, ...]:
        """The occurrence."""
        return (str(self.id),)


class NothingSent(Reason):
    """No notification of this id was sent to the person on this channel."""

    act: Literal["nothing-sent"] = "nothing-sent"


class NotificationAcknowledged(Content):
    """The answer is kept, and every other channel stops; ``words`` confirm it."""

    act: Literal["notification-acknowledged"] = "notification-acknowledged"
    words: str
    until: AwareDatetime | None = None


class AcknowledgeNotification(Action[NotificationAcknowledged]):
    """The person answered a notification by a key, a button or a link of a channel."""

    act: Literal["acknowledge-notification"] = "acknowledge-notification"
    id: UUID
    person_id: UUID
    channel: Channel
    answer: Acknowledgement
    said_at: AwareDatetime
    until: AwareDatetime | None = None

    def about(self) -> tuple[str, ...]:
        """The occurrence."""
        return (str(self.id),)


class NotificationsWithdrawn(Content):
    """Nobody is told of them any more."""

    act: Literal["notifications-withdrawn"] = "notifications-withdrawn"


class WithdrawNotifications(Action[NotificationsWithdrawn]):
    """Nobody wants to hear of these any more: stop every channel.

    The occurrences themselves say so too, and are looked at before every attempt; asking only
    makes it quick. ``words`` say what happened, to be shown where they were told.
    """

    act: Literal["withdraw-notifications"] = "withdraw-notifications"
    person_id: UUID
    ids: tuple[UUID, ...]
    words: str

    def about(self) -> tuple[str, ...]:
        """The occurrences."""
        return tuple(map(str, self.ids))


class DeliveryClosed(Content):
    """The channel has taken back what it could: it rings no more, its buttons are gone."""

    act: Literal["delivery-closed"] = "delivery-closed"


class CloseDelivery(Action[DeliveryClosed]):
    """Take back what this channel is delivering or has delivered; ``words`` say why."""

    act: Literal["close-delivery"] = "close-delivery"
    id: UUID
    person_id: UUID
    channel: Channel
    step: int
    words: str
    reference: str | None = None

    def about(self) -> tuple[str, ...]:
        """The occurrence."""
        return (str(self.id),)


class TextSaid(Content):
    """The channel has the text."""

    act: Literal["text-said"] = "text-said"


class SayText(Action[TextSaid]):
    """Say a text to a person, once however often it is asked, outside of any plan.

    ``key`` names it. Without ``address`` it goes where the channel reaches the person best;
    with it, to that address only, which need not be verified yet.
    """

    act: Literal["say-text"] = "say-text"
    key: UUID
    person_id: UUID
    channel: Channel
    text: str
    address: str | None = None


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
    *(NoteOutcome, OutcomeNoted, NothingSent),
    *(AcknowledgeNotification, NotificationAcknowledged),
    *(WithdrawNotifications, NotificationsWithdrawn, CloseDelivery, DeliveryClosed),
    *(SayText, TextSaid),
)
