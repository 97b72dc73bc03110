"""What the assistant says: every reply in words, from what the agents answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from ontology.acl import Reason
from ontology.dialogue.concepts import Interpretation, Problem
from ontology.people.acts import NoSuchZone
from ontology.people.concepts import Person
from ontology.reminders.acts import (
    ChangedSince,
    ClosedAlready,
    Completed,
    EmptyText,
    Explanation,
    InThePast,
    NeverFires,
    NothingAhead,
    NothingFound,
    NothingToUndo,
    OccurrenceList,
    ReminderCancelled,
    ReminderChanged,
    ReminderCreated,
    ReminderList,
    Snoozed,
    TextTooLong,
    Undone,
)
from ontology.reminders.concepts import Occurrence, OccurrenceState, Reminder
from ontology.time.concepts import Schedule
from ontology.time.recurrence import next_after
from ontology.time.words import say_moment, say_schedule

SOMETHING_BROKE: Final = (
    "Something broke on my side. Please look with “list” what stands before you say it again; "
    "the log of Steward tells why."
)
CANNOT_DECRYPT: Final = (
    "I cannot read encrypted messages, so I did nothing. Please switch encryption (OMEMO, "
    "OpenPGP or OTR) off for me in your chat program, and say it again."
)
CORRECTS_WHAT: Final = (
    "I cannot tell which message you corrected, so I did nothing. "
    "Say it as a new message; “undo” takes back the last change."
)
CORRECTED_TOO_LATE: Final = (
    "It is too late to correct that message: something was changed after it, so I did "
    "nothing. Say what shall be different, for example “change 2 to 5pm” or “cancel 2”."
)
NOT_CORRECTED: Final = (
    "I cannot act on the corrected message, so everything stays as it was. "
    "Say it as a new message; “undo” takes back the last change."
)
NOTHING_CHANGED_YET: Final = "Nothing is changed yet."
NOT_UNDERSTOOD: Final = (
    "I did not understand that. Try for example “remind me tomorrow at 9 to call the bank”, "
    "or say “help”."
)
STRANGER: Final = (
    "I work for the people of this household only, and I do not know your address. "
    "Someone who runs this Steward can add it with “steward person link”."
)
NEVER_MIND: Final = "All right, I left everything as it is."
NO_MORE: Final = "There is no more to show. Say “list” to see your reminders."
PROBLEMS: Final[dict[Problem, str]] = {
    Problem.NO_TIME: "When? For example “tomorrow at 9” or “in 20 minutes”.",
    Problem.NO_END: "Until when? For example “monday” or “tomorrow at 9”.",
    Problem.NO_TEXT: "What shall I remind you of? For example “check the oven”.",
    Problem.NO_SUCH_TIME: "There is no such date or time. Try for example “tomorrow at 9”.",
    Problem.NEVER_FIRES: "That would never happen, so I did not keep it.",
    Problem.NO_SUCH_RULE: (
        "I cannot keep that as one repetition. Ask for each part of it as a reminder of "
        "its own."
    ),
    Problem.TOO_OFTEN: "That is too often: once a minute is the most. I did not keep it.",
    Problem.UNKNOWN_ZONE: (
        "I do not know that time zone. Which city are you in, or what is its name, "
        "for example “Europe/Madrid”?"
    ),
    Problem.NOT_AHEAD: "That is no time ahead. Say for example “in 10 minutes”.",
    Problem.UNKNOWN_EVENT: (
        "I cannot look up “{event}”, because I keep no calendar yet. Say the time itself, for "
        "example “remind me at 14:45 to {text}”."
    ),
}
PLAIN_REASONS: Final[dict[type[Reason], str]] = {
    EmptyText: PROBLEMS[Problem.NO_TEXT],
    NoSuchZone: PROBLEMS[Problem.UNKNOWN_ZONE],
    NothingToUndo: "There is nothing left to undo.",
    ChangedSince: CORRECTED_TOO_LATE,
    ClosedAlready: "That is done or cancelled already, so it does not come again.",
}
LACKING: Final[dict[type[Reason], Problem]] = {
    EmptyText: Problem.NO_TEXT,
    InThePast: Problem.NO_TIME,
    NeverFires: Problem.NO_TIME,
    NoSuchZone: Problem.UNKNOWN_ZONE,
}
"""What a person can still say, and nothing else, so that what was refused for this is done."""
SHOWN_TEXT: Final = 300
LONGEST_UTTERANCE: Final = 4_000
"""Characters of an utterance that are read; more is answered with what the limit is."""


def too_long() -> str:
    """Say that an utterance is longer than what is read."""
    return (
        f"That is too long for me: I read up to {LONGEST_UTTERANCE} characters at once. "
        "Nothing was kept."
    )


def quoted(text: str) -> str:
    """Return a text in quotes, shortened where it is long."""
    return f"“{text}”" if len(text) <= SHOWN_TEXT else f"“{text[: SHOWN_TEXT - 1]}…”"


class Wording:
    """Words for one person at one moment."""

    def __init__(self, person: Person, now: datetime) -> None:
        self._home = person.zone
        self._now = now

    def created(self, done: ReminderCreated) -> str:
        """Confirm with text, local date and time, and repetition."""
        return f"OK, I will remind you: {self.reminder(done.reminder)}."

    def changed(self, done: ReminderChanged) -> str:
        """Confirm how it stands now, and say so when it repeats no more."""
        ended = done.before.schedule.rule and not done.reminder.schedule.rule
        note = " It does not repeat any more; “undo” brings that back." if ended else ""
        return f"Changed: {self.reminder(done.reminder)}.{note}"

    def cancelled(self, done: ReminderCancelled) -> str:
        """Confirm, and name the way back."""
        return f"Cancelled: {self.reminder(done.reminder)}. Say “undo” to have it back."

    def snoozed(self, done: Snoozed) -> str:
        """Confirm when it comes again."""
        again = self.moment(done.occurrence.due_at, done.occurrence.zone)
        return f"Snoozed: {quoted(done.occurrence.text)} comes again {again}."

    def completed(self, done: Completed) -> str:
        """Confirm."""
        return f"Done: {quoted(done.occurrence.text)}."

    def undone(self, done: Undone) -> str:
        """Confirm what was taken back."""
        if done.zone is not None:
            here = self.moment(self._now, done.zone, home=done.zone)
            return f"Undone, your time zone is {done.zone} again; here it is {here}."
        if done.reminder is None:
            return "Undone, I tell you of things as I did before."
        took = {
            "created": "it is gone again",
            "cancelled": "it is back",
            "snoozed": "the snooze is off",
            "completed": "it is open again",
        }.get(done.what, "it stands as before")
        if done.what == "created":
            return f"Undone, {took}: {quoted(done.reminder.text)}."
        return f"Undone, {took}: {self.reminder(done.reminder)}."

    def listed(self, found: ReminderList) -> str:
        """List what will fire, the next first."""
        if not found.reminders:
            return "You have no reminders. Try “remind me tomorrow at 9 to call the bank”."
        count = "1 reminder" if found.total == 1 else f"{found.total} reminders"
        return self._page(f"You have {count}:", self._numbered(found), found.total, "later")

    def listed_more(self, found: ReminderList) -> str:
        """Go on with that list."""
        if not found.reminders:
            return NO_MORE
        return self._page(f"{found.total} more:", self._numbered(found), found.total, "later")

    def next_one(self, found: ReminderList) -> str:
        """Tell what fires next."""
        if not found.reminders:
            return "Nothing is coming up."
        return f"Next: {self.reminder(found.reminders[0])}."

    def missed(self, found: OccurrenceList) -> str:
        """List what was not acknowledged, the latest first."""
        if not found.occurrences:
            return "You missed nothing."
        heading = "Not done yet:" if found.total > 1 else "One thing is not done yet:"
        return self._page(heading, self._pointed(found), found.total, "earlier")

    def missed_more(self, found: OccurrenceList) -> str:
        """Go on with that list."""
        if not found.occurrences:
            return NO_MORE
        return self._page(f"{found.total} more:", self._pointed(found), found.total, "earlier")

    def explained(self, found: Explanation) -> str:
        """Tell how a reminder came about."""
        lines = found.lines or ("the journal holds nothing about it any more",)
        about = f"About {quoted(found.occurrence.text)}:"
        return "\n".join([about, *(f"- {line}" for line in lines)])

    def zone_set(self, zone: str, before: str, here: int) -> str:
        """Confirm with the time it is there; reminders already kept stay as they are."""
        now = self.moment(self._now, zone, home=zone)
        kept = " Your reminders keep the times and zones they were made with." if here else ""
        was = f" (it was {before})" if before != zone else ""
        return f"Your time zone is {zone} now{was}; here it is {now}.{kept}"

    def zone_is(self) -> str:
        """Tell the person's own zone, and how it is changed."""
        now = self.moment(self._now, self._home)
        return (
            f"Your time zone is {self._home}; here it is {now}. "
            "To change it, say for example “I'm in New York”."
        )

    def problem(self, reading: Interpretation) -> str:
        """Say why a reading that has a problem cannot be acted on."""
        assert reading.problem is not None
        event = reading.relation.event if reading.relation else "…"
        return PROBLEMS[reading.problem].format(text=reading.text or "…", event=event)

    def reason(self, no: Reason) -> str:
        """Say why something was not done."""
        match no:
            case TextTooLong():
                return (
                    f"That is too long for a reminder: {no.length} characters, and I keep "
                    f"{no.limit}. Nothing was kept."
                )
            case InThePast():
                at = self.moment(no.at, self._home)
                return f"That time has passed already ({at}), so nothing was changed."
            case NeverFires():
                return f"I did not keep that, because {no.complaint}."
            case NothingAhead():
                return (
                    f"{quoted(no.reminder.text)} has been told or cancelled already, and will "
                    "not come again: there is nothing left to change."
                )
            case NothingFound(target=None):
                return "There is nothing that this could mean right now."
            case NothingFound():
                return (
                    f"I find no reminder for {quoted(no.target or '')}. "
                    "Say “list” to see what there is."
                )
            case _:
                return PLAIN_REASONS.get(type(no), SOMETHING_BROKE)

    def choices(self, labels: Sequence[str], *, more: bool = False) -> str:
        """Ask which one is meant."""
        numbered = (f"{n}. {label}" for n, label in enumerate(labels, start=1))
        lines = ["Which one? Answer with its number.", *numbered]
        rest = (
            ["There are more that fit: say more of its words to see another."] if more else []
        )
        return "\n".join([*lines, *rest])

    def _numbered(self, found: ReminderList) -> list[str]:
        return [f"{each.number}. {self.in_list(each)}" for each in found.reminders]

    def _pointed(self, found: OccurrenceList) -> list[str]:
        return [f"- {self.occurrence(each)}" for each in found.occurrences]

    @staticmethod
    def _page(heading: str, lines: list[str], total: int, others: str) -> str:
        left = total - len(lines)
        ones = f"{others} one" if left == 1 else f"{others} ones"
        rest = [f"… and {left} {ones}: say “more”."] if left else []
        return "\n".join([heading, *lines, *rest])

    def reminder(self, reminder: Reminder) -> str:
        """Say a reminder with text, number and time."""
        return f"{self.in_list(reminder)} (number {reminder.number})"

    def occurrence(self, occurrence: Occurrence) -> str:
        """Say an occurrence with text and time."""
        told = "" if occurrence.state is not OccurrenceState.MISSED else ", not told in time"
        when = self.moment(occurrence.due_at, occurrence.zone)
        return f"{quoted(occurrence.text)} – {when}{told}"

    def moment(self, at: datetime, zone: str, home: str | None = None) -> str:
        """Say an instant on the clock of ``zone``, naming the zone when it is not home."""
        return say_moment(at, zone, self._now, home or self._home)

    def in_list(self, reminder: Reminder) -> str:
        """Say a reminder with text and time, where another number stands before it."""
        when = say_schedule(reminder.schedule, reminder.next_due, self._now, self._home)
        return f"{quoted(reminder.text)} – {when}"

    def schedule(self, schedule: Schedule) -> str:
        """Say a schedule that nobody keeps yet."""
        upcoming = next_after(schedule, self._now) if schedule.rule else schedule.first
        return say_schedule(schedule, upcoming, self._now, self._home)
