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
    """What to say back to the person, where it was said.

    ``options`` may be chosen from by number.
    """

    act: Literal["utterance-answered"] = "utterance-answered"
    person_id: UUID
    text: str
    options: tuple[str, ...] = ()

    @classmethod
    def by(cls, reply: Reply, person_id: UUID) -> UtteranceAnswered:
        """Return a reply as a gateway says it."""
        asked = reply.question.options if reply.question else ()
        options = tuple(option.label for option in asked)
        return cls(person_id=person_id, text=reply.text, options=options)


class HearUtterance(Action[UtteranceAnswered]):
    """A gateway passes on what was said to it, and says the answer back.

    ``address`` is who spoke, in the gateway's own scheme (``telegram:``, ``tel:``).
    ``utterance_id`` is the same however often the gateway hears it. ``sent_as`` is what the
    gateway calls the message, and ``replaces`` what it called the one that this one corrects.
    """

    act: Literal["hear-utterance"] = "hear-utterance"
    utterance_id: UUID
    address: str
    text: str
    said_at: AwareDatetime
    sent_as: str | None = None
    replaces: str | None = None

    def about(self) -> tuple[str, ...]:
        """The utterance."""
        return (str(self.utterance_id),)


class Stranger(Reason):
    """The address is nobody's here. ``first`` tells that it was never refused before.

    It stays so for the utterance that it was refused for first, however often that is heard.
    """

    act: Literal["stranger"] = "stranger"
    first: bool


DIALOGUE: Final = Vocabulary(
    "dialogue", AnswerUtterance, Reply, HearUtterance, UtteranceAnswered, Stranger
)
