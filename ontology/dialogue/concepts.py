"""Readings of an utterance, and questions that are still open."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from ontology.reminders.concepts import Place
from ontology.time.concepts import Given, Schedule


class Intent(StrEnum):
    """What a person wants of the assistant."""

    CREATE_REMINDER = "create-reminder"
    LIST_REMINDERS = "list-reminders"
    SHOW_NEXT = "show-next"
    SHOW_MORE = "show-more"
    CANCEL_REMINDER = "cancel-reminder"
    CHANGE_REMINDER = "change-reminder"
    SNOOZE = "snooze"
    DONE = "done"
    UNDO = "undo"
    MISSED = "missed"
    SET_ZONE = "set-zone"
    WHY = "why"
    NEVER_MIND = "never-mind"
    HELP = "help"
    GREETING = "greeting"
    THANKS = "thanks"
    CHOOSE = "choose"
    UNKNOWN = "unknown"


class Problem(StrEnum):
    """Why a reading cannot be acted on although its intent is clear."""

    NO_TIME = "no-time"
    NO_TEXT = "no-text"
    NO_SUCH_TIME = "no-such-time"
    NEVER_FIRES = "never-fires"
    TOO_OFTEN = "too-often"
    UNKNOWN_ZONE = "unknown-zone"


class Interpretation(BaseModel):
    """One reading of an utterance.

    ``text`` is what is to be done, in the person's own spelling. ``target`` is the reminder
    meant, in the person's words, or None for "it", the latest. ``given`` tells which parts of
    ``schedule`` were said. ``end`` closes a span. ``choice`` counts from 1.
    ``after`` is where a list goes on.
    ``bare_hour`` tells that am or pm was not said. ``confidence`` runs from 0 to 1.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    intent: Intent
    confidence: float = Field(default=1.0, ge=0, le=1)
    text: str = ""
    schedule: Schedule | None = None
    given: frozenset[Given] = frozenset()
    bare_hour: bool = False
    end: AwareDatetime | None = None
    target: str | None = None
    target_id: str | None = None
    choice: int | None = None
    after: Place | None = None
    zone: str | None = None
    problem: Problem | None = None


class Option(BaseModel):
    """One numbered answer to an open question, and what is done when it is chosen."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: str
    then: Interpretation


class OpenQuestion(BaseModel):
    """What the assistant asked last, as long as nothing else was said.

    ``options`` are chosen from by number. ``more`` is what is done when more is asked for.
    ``unfinished`` waits for what its ``problem`` says it lacks.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    options: tuple[Option, ...] = ()
    more: Interpretation | None = None
    unfinished: Interpretation | None = None

    def after_telling(self) -> OpenQuestion:
        """Return what is still asked once a reminder was told: "10 min" is its answer then."""
        return self.model_copy(update={"unfinished": None})


class Context(BaseModel):
    """What a reader may know of the person who speaks.

    ``now`` is when it was said. ``open_options`` is how many numbered choices stand open.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    now: AwareDatetime
    zone: str
    locale: str = "en_GB"
    open_options: int = 0


class Utterance(BaseModel):
    """Something a person said, as the inbox keeps it.

    ``id`` follows from the stanza-id (XEP-0359) or, lacking one, from sender and message id:
    the same stanza heard twice is one utterance. ``address`` is the bare JID that spoke, and
    ``sent_as`` what its client calls the message: a client that is not sure sends it again.
    ``replaces`` is what the client called the message that this one corrects (XEP-0308). What
    is ``encrypted`` has no text that could be read.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: UUID
    person_id: UUID
    address: str
    text: str
    sent_as: str | None = None
    encrypted: bool = False
    replaces: str | None = None
    said_at: AwareDatetime | None = None


class ChatMessage(BaseModel):
    """Something to be said to a person in chat, once. ``key`` is its origin-id (XEP-0359)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: UUID
    person_id: UUID
    address: str
    body: str
