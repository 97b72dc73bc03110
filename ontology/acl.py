"""FIPA ACL as plain values: performatives, envelopes, and the honest ways to say no.

Source: FIPA SC00061 (message structure) and SC00037 (communicative acts).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Generic, Literal, TypeVar
from uuid import uuid4

from pydantic import BaseModel, ConfigDict

from ontology.errors import StewardError

R_co = TypeVar("R_co", bound="Content", covariant=True)
A = TypeVar("A", bound="Content")
C_co = TypeVar("C_co", bound="Content", covariant=True)


class Performative(StrEnum):
    """What the speaker is doing by speaking (SC00037)."""

    REQUEST = "request"
    QUERY_REF = "query-ref"
    SUBSCRIBE = "subscribe"
    CANCEL = "cancel"
    CFP = "cfp"
    PROPOSE = "propose"
    ACCEPT_PROPOSAL = "accept-proposal"
    REJECT_PROPOSAL = "reject-proposal"
    AGREE = "agree"
    REFUSE = "refuse"
    INFORM = "inform"
    FAILURE = "failure"
    NOT_UNDERSTOOD = "not-understood"


class Content(BaseModel):
    """Anything that may travel inside an envelope."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    act: str

    def about(self) -> tuple[str, ...]:
        """Ids of the reminders, occurrences and utterances spoken of; the journal's index."""
        return ()


class Action(Content, Generic[R_co]):
    """Something one agent may ask another to do; ``R_co`` is what is true once it is done."""


class Question(Content, Generic[R_co]):
    """Something one agent may ask another to tell; ``R_co`` is the answer."""


class Reason(Content):
    """Why an agent would not, or could not, act."""


class Agreed(Content):
    """An agreement carries nothing but itself."""

    act: Literal["agreed"] = "agreed"


class Withdrawn(Content):
    """What a cancel says of a subscription, and what confirms that it has ended."""

    act: Literal["withdrawn"] = "withdrawn"


class NotChosen(Content):
    """What a reject-proposal says: somebody else was given the work."""

    act: Literal["not-chosen"] = "not-chosen"


class UnknownContent(Reason):
    """Told, with the parser's own words, when content does not fit the vocabulary."""

    act: Literal["unknown-content"] = "unknown-content"
    complaint: str


class NotAuthorised(Reason):
    """Told to an agent that may not say this here (see :mod:`ontology.permissions`)."""

    act: Literal["not-authorised"] = "not-authorised"


class Unexpected(Reason):
    """Told when an action broke in a way nobody planned for; the details stay in our log."""

    act: Literal["unexpected"] = "unexpected"


class Expired(Reason):
    """Told when a subscription ends because nobody renewed it."""

    act: Literal["expired"] = "expired"


def new_message_id() -> str:
    """Return a reply-with: unique for every message ever sent."""
    return uuid4().hex


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope(Generic[C_co]):
    """One message of one conversation (SC00061).

    ``sender`` and ``receiver`` are bare JIDs. ``message_id`` is the reply-with that an answer
    names as its ``in_reply_to``. ``reply_by`` is an aware instant.
    """

    performative: Performative
    protocol: str
    ontology: str
    conversation: str
    sender: str
    receiver: str
    content: C_co
    message_id: str = field(default_factory=new_message_id)
    in_reply_to: str | None = None
    reply_by: datetime | None = None

    def answer(self, performative: Performative, content: A) -> Envelope[A]:
        """Speak back within the same conversation."""
        return Envelope(
            performative=performative,
            protocol=self.protocol,
            ontology=self.ontology,
            conversation=self.conversation,
            sender=self.receiver,
            receiver=self.sender,
            content=content,
            in_reply_to=self.message_id,
        )


class Declined(StewardError):
    """Base of every answer that is not a result. Carries the reason it will be told with."""

    performative: Performative

    def __init__(self, reason: Reason) -> None:
        super().__init__(repr(reason))
        self.reason = reason


class Refused(Declined):
    """The agent understood, and will not."""

    performative = Performative.REFUSE


class Failed(Declined):
    """The agent agreed, tried, and could not."""

    performative = Performative.FAILURE


class NotUnderstood(Declined):
    """The agent could not make sense of what it was told."""

    performative = Performative.NOT_UNDERSTOOD


DECLINATIONS: dict[Performative, type[Declined]] = {
    no.performative: no for no in (Refused, Failed, NotUnderstood)
}
"""How an initiator raises again what a responder declined with."""
