"""One side of one conversation with one peer, as a role sees it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import AbstractContextManager
from typing import Any, ClassVar, Protocol

from ontology.acl import Action, Content, Envelope, Question
from ontology.protocols import Protocol as InteractionProtocol
from ontology.vocabulary import Vocabulary


class Exchange(Protocol):
    """A conversation that stands open: what is said goes out, what is heard comes in order."""

    async def say(self, envelope: Envelope[Any]) -> None:
        """Send one message to the peer."""
        ...

    def unsay(self) -> None:
        """Take back what was said, as if this side had died: opened again, it begins anew."""
        ...

    async def hear(self, within: float) -> Envelope[Content] | None:
        """Return the next message of the peer, or None after ``within`` seconds.

        None also comes at once when the stream was cut and nothing sent before is sure to have
        arrived: the moment to say it again.
        """
        ...


class Voice(Protocol):
    """What a behaviour needs in order to speak first: a name, and conversations to open."""

    @property
    def name(self) -> str:
        """The bare JID this agent speaks as."""
        ...

    def open(self, peer: str, conversation: str) -> AbstractContextManager[Exchange]:
        """Open this side of a conversation with a peer (a bare JID)."""
        ...


class Role(ABC):
    """Answers one kind of opening. Subclasses are the protocols; theirs are the capabilities.

    ``opens`` is the act that opens the conversation, ``vocabulary`` the ontology it is from.
    """

    protocol: ClassVar[InteractionProtocol]
    vocabulary: ClassVar[Vocabulary]

    @property
    @abstractmethod
    def opens(self) -> type[Action[Any] | Question[Any] | Content]:
        """The content this role listens for."""

    @abstractmethod
    async def converse(self, opening: Envelope[Any], exchange: Exchange) -> None:
        """Carry the conversation from its opening to its end."""
