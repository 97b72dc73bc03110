"""Writes the part of the documentation that follows from the code: ``docs/what-to-say.md``.

``python -m tests.documentation`` writes it again; a test holds it to what is read.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from ontology.dialogue.concepts import Context, Intent, Interpretation
from ontology.dialogue.examples import TOPICS, Example
from ontology.dialogue.interpreter import PlainInterpreter
from ontology.time.recurrence import next_after
from ontology.time.words import say_schedule

WHAT_TO_SAY = Path(__file__).parent.parent / "docs" / "what-to-say.md"
ZONE = "Europe/Madrid"
SAID_AT = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)

_OPENING = """\
# What you can say

Written by `python -m tests.documentation` from the examples that the tests read; do not edit.

Steward understands short English. Capital letters do not matter, and “please” is welcome. A
request that lacks its time or its text, or names a time that cannot be, is answered with what
is missing; what is not understood at all is answered with an example, and nothing is stored.

- A day without a time means 09:00; the morning 09:00, the afternoon 15:00, the evening 19:00,
  the night 21:00.
- A bare hour (“at 9”) is the next one between 06:00 and midnight. With a day, 7 to 11 are
  before noon, and 12 to 6 after it.
- “friday” is the coming Friday, “next friday” the one in the week after this; weeks begin on
  Monday.
- 3/4 is the third of April, or in the USA the fourth of March.
- A length in hours and minutes is counted on the clock that never jumps; “tomorrow at 9” and
  “every day at 9” stay at nine when the clocks change.

The last column is what Steward made of it on {now}, in {zone}.
"""


def what_to_say() -> str:
    """Return the page."""
    now = SAID_AT.astimezone(ZoneInfo(ZONE)).strftime("%A %-d %B %Y, %H:%M")
    lines = [_OPENING.format(now=now, zone=ZONE)]
    for topic in TOPICS:
        lines += [
            f"## {topic.heading}",
            "",
            "| you say | what it does | what Steward makes of it |",
            "|---|---|---|",
        ]
        lines += [_row(example) for example in topic.examples]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _row(example: Example) -> str:
    segment, *_ = PlainInterpreter().interpret(example.say, Context(now=SAID_AT, zone=ZONE))
    return f"| {example.say} | {example.does} | {_made_of_it(segment.likeliest)} |"


def _made_of_it(reading: Interpretation) -> str:
    said = [f"“{reading.text}”"] if reading.text else []
    # What a change leaves alone is only known once the reminder is.
    if reading.schedule is not None and reading.intent is not Intent.CHANGE_REMINDER:
        upcoming = next_after(reading.schedule, SAID_AT)
        said.append(say_schedule(reading.schedule, upcoming, SAID_AT, ZONE))
    if reading.zone is not None:
        said.append(reading.zone)
    return " – ".join(said)


if __name__ == "__main__":
    WHAT_TO_SAY.write_text(what_to_say(), encoding="utf-8")
