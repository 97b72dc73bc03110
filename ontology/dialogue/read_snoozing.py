"""Reading that what has fired shall come again: "snooze 15m", "until 5pm", "later"."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final

from ontology.dialogue.concepts import Intent, Interpretation, Problem
from ontology.dialogue.said import Said, beside, with_time
from ontology.dialogue.targets import means_all, target_of
from ontology.time.concepts import Schedule
from ontology.time.reading import TimeReading

USUAL_SNOOZE: Final = timedelta(minutes=10)
"""How long something waits that is only put off."""

_SNOOZE: Final = re.compile(
    r"(?:snooze|(?P<asked>(?:remind|tell|ask|ping|bug|nudge|alert|notify|wake) me"
    r" (?:(?:of |about )?(?:this|that|it) )?(?:again|later))|not (?:right |just )?now"
    r"|later|again)\b"
)
_ONLY_ALONE: Final = ("later", "again", "not now", "not right now", "not just now")
_WAIT: Final = re.compile(r"(?:give me|wait|another|for)\s")
_JOINT: Final = re.compile(r"(?:^|\s)(?:to|for|on|at|until|till|by|back)\s*$")
_A_WHILE: Final = re.compile(r"(?:for )?a (?:bit|while|moment)")
_MINUTES: Final = frozenset({"5", "10", "15", "20", "25", "30", "45", "60", "90"})
_LAST_NUMBER: Final = re.compile(r"(?:^|\bfor )([0-9]{1,2})$")
_LONGEST_WAIT: Final = 100


def read_snoozing(said: Said) -> Interpretation | None:
    """Read "snooze", "snooze 15m", "snooze the pills until 5pm", "later"."""
    match = _SNOOZE.match(said.folded)
    if match is None:
        return None
    if said.goes_back:
        return Interpretation(intent=Intent.SNOOZE, problem=Problem.NOT_AHEAD)
    words = said.text[match.end() :].strip(" .,!?")
    # Few have so many reminders: "snooze 15" means minutes.
    if match[0] == "snooze" and means_all(words) and said.time_in(words) is None:
        return Interpretation(intent=Intent.UNKNOWN, confidence=0)
    last = _LAST_NUMBER.search(words)
    if last is not None and last[1] in _MINUTES:
        words = f"{words} min"
    reading = said.time_in(words, bare_durations=True)
    if reading is not None:
        target = target_of(_JOINT.sub("", beside(words, reading)))
        if target is not None and match["asked"]:
            return None
        return snoozed_until(reading, target, said)
    if words and (match["asked"] or match[0] in _ONLY_ALONE):
        return None
    named = _JOINT.sub("", _A_WHILE.sub("", words))
    at = Schedule.once(said.context.now + USUAL_SNOOZE, said.context.zone)
    return Interpretation(intent=Intent.SNOOZE, target=target_of(named), schedule=at)


def read_bare_snooze(said: Said) -> Interpretation | None:
    """Read "10 min", "until 5pm", "till tomorrow": a time to wait and nothing else."""
    if len(said.folded) > _LONGEST_WAIT:
        return None
    wait = _WAIT.match(said.folded)
    words = said.text if wait is None else said.text[wait.end() :]
    reading = said.time_in(words, bare_durations=True)
    if reading is None or not (reading.until or reading.duration):
        return None
    if beside(words, reading).strip(" .,!?"):
        return None
    return snoozed_until(reading, None, said)


def snoozed_until(reading: TimeReading, target: str | None, said: Said) -> Interpretation:
    """Return a snooze until a time that was read; a repetition is none."""
    if reading.schedule is not None and reading.schedule.rule is not None:
        return Interpretation(intent=Intent.SNOOZE, target=target, problem=Problem.NO_TIME)
    return with_time(Interpretation(intent=Intent.SNOOZE, target=target), reading, said)
