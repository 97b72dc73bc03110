"""Readings of an utterance, and questions that are still open."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Final, NamedTuple
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from ontology.dialogue.slots import Linking, Meeting, Relation
from ontology.policy.changes import Change
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
    PAUSE_REMINDER = "pause-reminder"
    SNOOZE = "snooze"
    DONE = "done"
    UNDO = "undo"
    MISSED = "missed"
    SET_ZONE = "set-zone"
    SET_PREFERENCE = "set-preference"
    SET_QUIET_HOURS = "set-quiet-hours"
    SET_CHANNEL = "set-channel"
    SHOW_AGENDA = "show-agenda"
    ADD_EVENT = "add-event"
    MOVE_EVENT = "move-event"
    CANCEL_EVENT = "cancel-event"
    FREE_BUSY = "free-busy"
    FIND_SLOT = "find-slot"
    ADD_TASK = "add-task"
    LIST_TASKS = "list-tasks"
    COMPLETE_TASK = "complete-task"
    REMEMBER = "remember"
    RECALL = "recall"
    FORGET = "forget"
    EXPORT_MEMORY = "export-memory"
    ASK_DOCUMENTS = "ask-documents"
    ADD_DOCUMENT = "add-document"
    BRIEFING = "briefing"
    WHY = "why"
    NEVER_MIND = "never-mind"
    HELP = "help"
    GREETING = "greeting"
    THANKS = "thanks"
    SMALL_TALK = "small-talk"
    CHOOSE = "choose"
    OUT_OF_SCOPE = "out-of-scope"
    UNKNOWN = "unknown"


class RankedIntent(NamedTuple):
    """An intent, and how probable it is that it is meant: from 0 to 1, calibrated."""

    intent: Intent
    probability: float


class Problem(StrEnum):
    """Why a reading cannot be acted on although its intent is clear."""

    NO_TIME = "no-time"
    NO_END = "no-end"
    NO_TEXT = "no-text"
    NO_SUCH_TIME = "no-such-time"
    NEVER_FIRES = "never-fires"
    TOO_OFTEN = "too-often"
    NO_SUCH_RULE = "no-such-rule"
    UNKNOWN_ZONE = "unknown-zone"
    UNKNOWN_EVENT = "unknown-event"
    NOT_AHEAD = "not-ahead"


class Interpretation(BaseModel):
    """One reading of an utterance.

    ``text`` is what is to be done, in the person's own spelling. ``target`` is the reminder
    meant, in the person's words, or None for "it", the latest. ``given`` tells which parts of
    ``schedule`` were said. ``end`` closes a span. ``choice`` counts from 1.
    ``left_over`` are words that say another time, which ``schedule`` does not hold.
    ``later`` is by how much a reminder is put off, less than nothing if it is to come earlier.
    ``after`` is where a list goes on. ``bare_hour`` tells that am or pm was not said.
    ``relation`` is a time that hangs on an event. ``change`` is of what the person prefers,
    ``linking`` of their addresses. ``confidence`` runs from 0 to 1.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    intent: Intent
    confidence: float = Field(default=1.0, ge=0, le=1)
    text: str = ""
    schedule: Schedule | None = None
    given: frozenset[Given] = frozenset()
    bare_hour: bool = False
    left_over: tuple[str, ...] = ()
    end: AwareDatetime | None = None
    later: timedelta | None = None
    target: str | None = None
    target_id: str | None = None
    choice: int | None = None
    after: Place | None = None
    zone: str | None = None
    change: Change | None = None
    linking: Linking | None = None
    meeting: Meeting | None = None
    relation: Relation | None = None
    problem: Problem | None = None


UNKNOWN: Final = Interpretation(intent=Intent.UNKNOWN, confidence=0)
"""The reading of what cannot be understood."""


class Segment(BaseModel):
    """A stretch of an utterance that asks for one thing.

    ``text`` would be understood by itself: what a stretch shares with the one before it is
    said again. ``readings`` are what it may mean, likeliest first, never none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    readings: tuple[Interpretation, ...] = Field(min_length=1)

    @property
    def likeliest(self) -> Interpretation:
        """The first reading."""
        return self.readings[0]


class Option(BaseModel):
    """One numbered answer to an open question, and what is done when it is chosen."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: str
    then: Interpretation


class OpenQuestion(BaseModel):
    """What the assistant asked last, as long as nothing else was said.

    ``options`` are chosen from by number; ``confirms`` tells that they are yes and no.
    ``more`` is what is done when more is asked for. ``unfinished`` waits for what its
    ``problem`` says it lacks. What it asks about corrects the utterance that it
    ``replaces``: what that changed is taken back with the answer, not before.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    options: tuple[Option, ...] = ()
    confirms: bool = False
    more: Interpretation | None = None
    unfinished: Interpretation | None = None
    replaces: UUID | None = None

    @property
    def waits(self) -> bool:
        """Whether it waits for an answer; that there is more to show does not."""
        return bool(self.options) or self.unfinished is not None

    def beside(self, other: OpenQuestion) -> OpenQuestion:
        """Return both as one. Only one of them may wait for an answer."""
        first, second = (self, other) if self.waits else (other, self)
        return first.model_copy(update={"more": first.more or second.more})

    def after_telling(self) -> OpenQuestion:
        """Return what is still asked once a reminder was told.

        "10 min" and "ok" are said to the reminder then; a number still chooses.
        """
        return self.model_copy(update={"unfinished": None, "confirms": False})


class Context(BaseModel):
    """What a reader may know of the person who speaks.

    ``now`` is when it was said. ``question`` is what was asked of them last, while that stands
    open. ``last_told`` is the text of the reminder told last, and ``kept`` are the texts of the
    reminders that are there, where these are looked up.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    now: AwareDatetime
    zone: str
    locale: str = "en_GB"
    question: OpenQuestion | None = None
    last_told: str | None = None
    kept: tuple[str, ...] | None = None


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
