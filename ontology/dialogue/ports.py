"""What the assistant and the planner need in order to hear, understand and answer people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from ontology.dialogue.acts import Reply, UtteranceAnswered
from ontology.dialogue.concepts import (
    ChatMessage,
    Context,
    OpenQuestion,
    RankedIntent,
    Segment,
    Utterance,
)
from ontology.people.concepts import Person


class Interpreter(Protocol):
    """Reads what a person typed."""

    def interpret(self, text: str, context: Context) -> tuple[Segment, ...]:
        """Return what ``text`` asks for, in the order said; never empty, never raises.

        Each segment has its readings, likeliest first. What cannot be understood is one
        reading with intent ``unknown`` and confidence 0.
        """
        ...

    def prepare(self) -> None:
        """Get ready to read at once, which may take seconds.

        Left out, the first text that needs it waits. May run beside ``interpret``, in another
        thread.
        """
        ...


class BatchInterpreter(Interpreter, Protocol):
    """Reads many texts in less time than one after another."""

    def interpret_all(
        self, requests: Sequence[tuple[str, Context]]
    ) -> Sequence[tuple[Segment, ...]]:
        """Return for each text what :meth:`interpret` would, in their order, in less time.

        The confidence may differ from it by what rounding makes of a sum.
        """
        ...


class IntentClassifier(Protocol):
    """Tells what a request wants that no rule reads, from requests it was taught."""

    def classify(self, texts: Sequence[str]) -> Sequence[tuple[RankedIntent, ...]]:
        """Return for each text all intents, likeliest first; never raises.

        The answers are as many as the texts, in their order, and each is that of its text
        alone: others beside it only save time. The probabilities of a text sum to 1. Where it
        is far from all that was taught, the first is ``unknown``, and the others share the
        rest.
        """
        ...

    def prepare(self) -> None:
        """Get ready to answer at once, as an interpreter does."""
        ...


class Inbox(Protocol):
    """What people said, kept before it is acknowledged to the server."""

    async def accept(
        self, utterance: Utterance, *, archived_as: str | None
    ) -> Utterance | None:
        """Commit an utterance and return it as it is kept, or None if it is not new.

        Not new is also the same text from the same address, sent under the same name within
        ten minutes of the first.

        ``archived_as`` is its id in our archive (XEP-0313), kept as the place to catch up from.
        An utterance without ``said_at`` gets the database's time. One that corrects a
        correction is kept as replacing what that replaced: some clients name the last
        message, others the first (XEP-0308).
        """
        ...

    async def caught_up_to(self) -> str | None:
        """Return the archive id of the utterance accepted last, None at the very start."""
        ...

    async def unanswered(self) -> Sequence[Utterance]:
        """Return what waits for an answer, the oldest first; ``said_at`` is always set."""
        ...

    async def answer(self, utterance: Utterance, reply: Reply) -> ChatMessage | None:
        """Commit the reply and the chat message that will carry it, in one transaction.

        The message's key is the utterance's id. Return None if it was answered before, and if
        it was said elsewhere than in chat: then it is the gateway that says the answer.
        """
        ...

    async def answer_to(self, utterance: Utterance) -> UtteranceAnswered | None:
        """Return what was answered to what was said elsewhere than in chat, None until then."""
        ...

    async def replaced_by(self, utterance: Utterance) -> UUID | None:
        """Return the id of the utterance that this one, as it was kept, corrects, or None.

        That is the latest accepted before it, from the same address, that was sent as what
        this one replaces: the first one, however often it was corrected.
        """
        ...

    async def spoken_with(
        self, utterance: Utterance
    ) -> tuple[Person, OpenQuestion | None] | None:
        """Return who said this and the question left open by the reply given last to them.

        A reminder told since then, and due before this was said, leaves of it what
        :meth:`OpenQuestion.after_telling` says.
        """
        ...


class Outbox(Protocol):
    """What is to be said in chat, written before it is tried and closed after it."""

    async def put(self, messages: Sequence[ChatMessage]) -> Sequence[ChatMessage]:
        """Commit messages as being attempted and return those that are new, in order."""
        ...

    async def settle(self, keys: Sequence[UUID]) -> None:
        """Commit that the server has these messages."""
        ...

    async def unsettled(self) -> Sequence[tuple[ChatMessage, datetime]]:
        """Return attempts not known to have arrived, the oldest first, with when they began."""
        ...
