"""What an utterance means as the answer to what was asked last."""

from __future__ import annotations

import re
from typing import Final

from ontology.dialogue.concepts import Intent, Interpretation, OpenQuestion, Problem
from ontology.dialogue.said import Said, task, with_time, without
from ontology.time.zones import find_zone

_UNKNOWN: Final = Interpretation(intent=Intent.UNKNOWN, confidence=0)
_LEADING: Final = re.compile(
    r"(?:(?:make it|let'?s say|say|how about|what about|maybe|perhaps|for|on|from)\s+)+"
)
_REQUEST: Final = re.compile(r"remind|\bwake me\b")
_WAKING: Final = frozenset({"wake up", "alarm"})
"""Texts of reminders that were asked for by "wake me" or "alarm" alone."""


def as_answer(reading: Interpretation, question: OpenQuestion, said: Said) -> Interpretation:
    """Return what a reading means while this question stands open; itself if it answers none.

    A number chooses an option, "more" goes on with a list, and what was missing completes
    the reading that waits for it. Then "cancel" lets go of the question, not of a reminder.
    """
    if reading.intent is Intent.SHOW_MORE:
        return question.more or reading
    if reading.intent is Intent.CHOOSE and reading.choice is not None:
        if 1 <= reading.choice <= len(question.options):
            return question.options[reading.choice - 1].then
        return _UNKNOWN
    asked = bool(question.options) or question.unfinished is not None
    if asked and reading.intent is Intent.CANCEL_REMINDER and reading.target is None:
        return Interpretation(intent=Intent.NEVER_MIND)
    if question.unfinished is None:
        return reading
    return _completed(question.unfinished, reading, said) or reading


def _completed(
    unfinished: Interpretation, reading: Interpretation, said: Said
) -> Interpretation | None:
    """Return the reading that waited, with what it lacked; None if this is something else."""
    match unfinished.problem:
        case Problem.NO_TEXT:
            return _with_text(unfinished, reading, said)
        case Problem.UNKNOWN_ZONE:
            zone = find_zone(said.text)
            return Interpretation(intent=Intent.SET_ZONE, zone=zone) if zone else None
        case _:
            return _at_a_time(unfinished, said)


def _at_a_time(unfinished: Interpretation, said: Said) -> Interpretation | None:
    """Complete by "tomorrow at 9", "make it 5pm", "9" or "10 min", and nothing else with it."""
    leading = _LEADING.match(said.folded)
    words = said.text if leading is None else said.text[leading.end() :]
    waking = unfinished.text in _WAKING
    for spoken in (words, f"at {words}"):
        time = said.time_in(spoken, bare_durations=True, waking=waking)
        if time is None or said.rest or without(spoken, time.spans).strip(" .,!?"):
            continue
        rule = time.schedule.rule if time.schedule is not None else None
        fits = rule is None if unfinished.intent is Intent.SNOOZE else not time.until
        return with_time(unfinished, time) if fits else None
    return None


def _with_text(
    unfinished: Interpretation, reading: Interpretation, said: Said
) -> Interpretation | None:
    """Complete by what is no request, question or command of its own."""
    of_its_own = reading.intent is not Intent.UNKNOWN or _REQUEST.search(said.folded)
    if of_its_own or said.folded.rstrip().endswith("?"):
        return None
    text = task(said.text) + said.rest
    if not text:
        return None
    needs_time = unfinished.intent is Intent.CREATE_REMINDER and unfinished.schedule is None
    problem = Problem.NO_TIME if needs_time else None
    return unfinished.model_copy(update={"text": text, "problem": problem})
