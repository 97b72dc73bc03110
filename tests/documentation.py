"""Writes the page that follows from the code: ``docs/understanding.md``.

``python -m tests.documentation`` writes it again; a test holds it to what is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from ontology.dialogue.asking_back import (
    ask_whether,
    ask_which_intent,
    ask_which_time,
    offer_instead,
)
from ontology.dialogue.concepts import Context, Intent, Interpretation, Segment
from ontology.dialogue.deciding import decide
from ontology.dialogue.examples import LATER, TOPICS, Example, Topic
from ontology.dialogue.interpreter import PlainInterpreter
from ontology.dialogue.not_yet import NOT_YET
from ontology.dialogue.wording import NOT_UNDERSTOOD, Wording
from ontology.people.concepts import Person
from ontology.policy.changing import apply
from ontology.policy.concepts import Preferences
from ontology.policy.wording import say_change
from ontology.reminders.concepts import Reminder
from ontology.time.concepts import Schedule
from ontology.time.reading import Setting, read_time
from ontology.time.recurrence import next_after
from ontology.time.words import say_moment, say_schedule
from tests.ontology.dialogue.said_times import SAID_TIMES

PAGE = Path(__file__).parent.parent / "docs" / "understanding.md"
ZONE = "Europe/Madrid"
SAID_AT = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
NOBODY = UUID(int=0)
SAY = Wording(Person(id=NOBODY, name="you", zone=ZONE), SAID_AT)

_OPENING = """\
# What you can say

Written by `python -m tests.documentation` from the examples and tables that the tests read; do
not edit.

Steward understands short English. Capital letters do not matter, and “please” is welcome. A
request that lacks its time or its text, or names a time that cannot be, is answered with what
is missing, and then that alone is enough: “tomorrow at 9”. What is not understood at all is
answered with an example, and nothing is stored. Correcting your last message in your chat
program takes back what it did, and does what it says now. Encrypted messages cannot be read.
Several requests in one message are done one by one: what one of them lacks is asked for, and
“undo” takes back the last of them.

- A day without a time means 09:00; the morning 09:00, the afternoon 15:00, the evening 19:00,
  the night 21:00.
- A bare hour (“at 9”) is the next one between 06:00 and midnight. With a day, 7 to 11 are
  before noon, and 12 to 6 after it.
- “friday” is the coming Friday, “next friday” the one in the week after this; weeks begin on
  Monday.
- 3/4 is the third of April, or in the USA the fourth of March: you are asked.
- A length in hours and minutes is counted on the clock that never jumps; “tomorrow at 9” and
  “every day at 9” stay at nine when the clocks change.

The last column is what Steward made of it on {now}, in {zone}.
"""

_DOUBTS = """\
Nothing is done on a guess, and nothing is deleted on less than certainty. Questions are
answered by number; one of yes and no also by “yes” or “no”, and any of them by “never mind”."""


def page() -> str:
    """Return the page."""
    now = SAID_AT.astimezone(ZoneInfo(ZONE)).strftime("%A %-d %B %Y, %H:%M")
    lines = [_OPENING.format(now=now, zone=ZONE)]
    for topic in TOPICS:
        lines += _topic(topic)
    lines += ["## Times", ""]
    for heading, phrases in SAID_TIMES.items():
        lines += [f"### {heading}", "", "| you say | it is |", "|---|---|"]
        lines += [f"| {said} | {_time(said)} |" for said, _, _ in phrases]
        lines.append("")
    lines += ["## When it is not sure what you mean", "", _DOUBTS, ""]
    for doubt, reply in _doubts():
        lines += [f"{doubt}:", "", "```text", *reply.split("\n"), "```", ""]
    lines += [
        f"## {LATER.heading}",
        "",
        "| you say | it is about | the answer |",
        "|---|---|---|",
        *(f"| {each.say} | {each.does} | {NOT_YET[each.intent]} |" for each in LATER.examples),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _topic(topic: Topic) -> Iterator[str]:
    yield from (f"## {topic.heading}", "")
    yield from ("| you say | what it does | what Steward makes of it |", "|---|---|---|")
    yield from (_row(example) for example in topic.examples)
    yield ""


def _row(example: Example) -> str:
    made = "; ".join(
        filter(None, (_made_of_it(each.likeliest) for each in _heard(example.say)))
    )
    return f"| {example.say} | {example.does} | {made} |"


def _heard(said: str) -> tuple[Segment, ...]:
    return PlainInterpreter().interpret(said, Context(now=SAID_AT, zone=ZONE))


def _made_of_it(reading: Interpretation) -> str:
    said = [f"“{reading.text}”"] if reading.text else []
    # What a change leaves alone is only known once the reminder is.
    if reading.schedule is not None and reading.intent is not Intent.CHANGE_REMINDER:
        said.append(SAY.schedule(reading.schedule))
    if reading.zone is not None:
        said.append(reading.zone)
    if reading.change is not None:
        after = apply(reading.change, Preferences(internal=("retro",)), SAID_AT, "en_GB")
        said.append(say_change(reading.change, after, ZoneInfo(ZONE)))
    return " – ".join(said)


def _time(said: str) -> str:
    reading = read_time(said, Setting(SAID_AT, ZONE))
    assert reading is not None and reading.schedule is not None
    upcoming = next_after(reading.schedule, SAID_AT) or reading.schedule.first
    words = say_schedule(reading.schedule, upcoming, SAID_AT, ZONE)
    if reading.end is None:
        return words
    return f"{words} – until {say_moment(reading.end, ZONE, SAID_AT, ZONE)}"


def _doubts() -> Iterator[tuple[str, str]]:
    """Yield what leaves a doubt, and the question that is asked."""
    said = "remind me on 3/4 to pay the rent"
    yield (
        f"Which of two times is meant, as in “{said}”",
        ask_which_time(decide(_heard(said)[0].readings).readings, SAY).text,
    )
    unsure = Interpretation(intent=Intent.CANCEL_REMINDER, confidence=0.7, target="dentist")
    at = Schedule.once(SAID_AT.replace(hour=16), ZONE)
    dentist = Reminder(
        id=NOBODY, person_id=NOBODY, number=1, text="dentist", schedule=at, next_due=at.first
    )
    yield (
        "Whether a reminder is to be cancelled that was not named in plain words",
        ask_whether(unsure, dentist, SAY).text,
    )
    likely = (
        Interpretation(intent=Intent.LIST_REMINDERS),
        Interpretation(intent=Intent.MISSED),
    )
    yield "What is wanted at all", ask_which_intent(likely, SAY).text
    said = "book a meeting with Anna tomorrow at 3pm"
    yield (
        f"What cannot be done yet, as in “{said}”",
        offer_instead(_heard(said)[0].likeliest, SAY).text,
    )
    yield "What nothing is known about", NOT_UNDERSTOOD


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
