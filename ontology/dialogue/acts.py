"""Speech acts of the ``dialogue`` ontology: the assistant asks the planner for a reply."""

from __future__ import annotations

from typing import Final, Literal
from uuid import UUID

from pydantic import AwareDatetime

from ontology.acl import Action, Content, Reason
from ontology.dialogue.concepts import OpenQuestion
from ontology.people.concepts import Person
from ontology.vocabulary import Vocabulary


class Reply(Content):
    """What to say to the person, and the question it leaves open."""

    act: Literal["reply"] = "reply"
    text: str
    question: OpenQuestion | None = None


class AnswerUtterance(Action[Reply]):
    """Understand what a person said and do it; ``question`` is what was asked of them last.

    ``replaces`` is the utterance that this one corrects: what that changed, or an earlier
    correction of it, is taken back.
    """

    act: Literal["answer-utterance"] = "answer-utterance"
    utterance_id: UUID
    person: Person
    text: str
    said_at: AwareDatetime
    question: OpenQuestion | None = None
    replaces: UUID | None = None

    def about(self) -> tuple[str, ...]:
        """The utterance."""
        return (str(self.utterance_id),)


class UtteranceAnswered(Content):
    """What to say back where it was said; ``options`` may be chosen from by number."""

    act: Literal["utterance-answered"] = "utterance-answered"
    text: str
    options: tuple[str, ...] = ()


class HearUtterance(Action[UtteranceAnswered]):
    """A gateway passes on what was said to it, and says the answer back.

    ``address`` is who spoke, in the gateway's own scheme (``telegram:``, ``tel:``).
    ``utterance_id`` is the same however often the gateway hears it.
    """

    act: Literal["hear-utterance"] = "hear-utterance"
    utterance_id: UUID
    address: str
    text: str
    said_at: AwareDatetime

    def about(self) -> tuple[str, ...]:
        """The utterance."""
        return (str(self.utterance_id),)


class Stranger(Reason):
    """The address is nobody's here. ``first`` tells that it was never answered before."""

    act: Literal["stranger"] = "stranger"
    first: bool


DIALOGUE: Final = Vocabulary(
    "dialogue", AnswerUtterance, Reply, HearUtterance, UtteranceAnswered, Stranger
)
