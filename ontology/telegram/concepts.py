"""What a bot hears, as it is kept until it was worked on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter

from ontology.people.addresses import TELEGRAM


class _Heard(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    chat: int
    user: int
    is_private: bool

    @property
    def address(self) -> str:
        """Who spoke."""
        return f"{TELEGRAM}:{self.user}"


class Said(_Heard):
    """A message. Without a ``text`` it is a picture, a voice, a place.

    ``bot`` is which of several bots heard it: each counts its messages anew. One that was
    ``edited_at`` some time corrects what it said before.
    """

    heard: Literal["said"] = "said"
    bot: int
    message: int
    at: AwareDatetime
    text: str | None = None
    edited_at: AwareDatetime | None = None

    @property
    def name(self) -> str:
        """What the message is called, before and after it was edited."""
        return f"telegram:{self.bot}/{self.chat}/{self.message}"

    @property
    def utterance_id(self) -> UUID:
        """The same for the same words, however often they come."""
        edited = f"/{self.edited_at.isoformat()}" if self.edited_at else ""
        return uuid5(NAMESPACE_URL, f"{self.name}{edited}")


class Pressed(_Heard):
    """A button under a message of ours, whose ``text`` it is if Telegram still knows it.

    Telegram does not say when: ``at`` is when we heard of it.
    """

    heard: Literal["pressed"] = "pressed"
    callback: str
    message: int | None
    data: str
    at: AwareDatetime
    text: str | None = None


Heard = Said | Pressed

HEARD: TypeAdapter[Heard] = TypeAdapter(Annotated[Heard, Field(discriminator="heard")])
"""Reads what was kept as JSON."""


@dataclass(frozen=True, slots=True)
class Update:
    """One thing that Telegram reports; ``heard`` is None where it is nothing to us."""

    id: int
    heard: Heard | None


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message. ``data`` comes back when it is pressed, 64 bytes at most."""

    label: str
    data: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message stands: what an attempt is referred to by."""

    chat: int
    message: int

    def __str__(self) -> str:
        return f"{self.chat}/{self.message}"

    @classmethod
    def of(cls, reference: str | None) -> Place | None:
        """Read what :meth:`__str__` wrote; None for anything else."""
        chat, slash, message = (reference or "").partition("/")
        try:
            return cls(int(chat), int(message)) if slash else None
        except ValueError:
            return None
