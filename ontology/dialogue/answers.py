"""What an utterance means as the answer to what was asked last."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ontology.dialogue.ambiguous_times import worth_asking
from ontology.dialogue.concepts import (
    UNKNOWN,
    Intent,
    Interpretation,
    OpenQuestion,
    Problem,
    Segment,
)
from ontology.dialogue.deciding import CERTAIN
from ontology.dialogue.not_yet import NOT_YET
from ontology.dialogue.said import Said, beside, task, with_time
from ontology.time.tokens import fold
from ontology.time.zones import find_zone

_LEFT: Final = Interpretation(intent=Intent.NEVER_MIND)
_LEADING: Final = re.compile(
    r"(?:(?:no|make it|let'?s say|say|how about|what about|maybe|perhaps|for|on|from)"
    r"(?:,\s*|\s+))+"
)
_REQUEST: Final = re.compile(r"remind|\bwake me\b")
_NAMES_IT: Final = re.compile(r"\b(?:it|that|this)\b")
_WAKING: Final = frozenset({"wake up", "alarm"})
"""Texts of reminders that were asked for by "wake me" or "alarm" alone."""

_MAY_BE_A_TASK: Final = frozenset({Intent.UNKNOWN, Intent.OUT_OF_SCOPE, *NOT_YET})
"""Intents whose words are rather what to remind of, when that was asked."""
_ENDS: Final = frozenset({Intent.SNOOZE, Intent.SET_QUIET_HOURS})
"""Intents whose time is when something is over."""

_OF_A_REMINDER: Final = frozenset(
    {Intent.DONE, Intent.SNOOZE, Intent.CANCEL_REMINDER, Intent.CHANGE_REMINDER}
)


def as_answer(
    segments: tuple[Segment, ...], question: OpenQuestion, said: Said
) -> tuple[Segment, ...]:
    """Return what requests mean while this question stands open; themselves if no answer.

    A number chooses an option, "more" goes on with a list, and what was missing completes
    the reading that waits for it. Then "cancel" lets go of the question, not of a reminder.
    What was chosen is certain. What completes a reading may do so in several ways.
    """
    picked = tuple(_picked(each, question) for each in segments)
    if picked != segments:
        return picked
    if question.unfinished is not None:
        completed = _completed(question.unfinished, segments, said)
        if completed:
            return (Segment(text=said.text, readings=completed),)
    return tuple(_no_choice(each) for each in segments)


def _picked(segment: Segment, question: OpenQuestion) -> Segment:
    """Return what a request picks of what the question offers, itself if it picks nothing."""
    reading = segment.likeliest
    if reading.intent is Intent.SHOW_MORE and question.more is not None:
        return _sure(segment, question.more)
    if reading.intent is Intent.CHOOSE and reading.choice is not None:
        if 1 <= reading.choice <= len(question.options):
            return _sure(segment, question.options[reading.choice - 1].then)
        return segment
    if _agrees_to_cancel(segment, question):
        return _sure(segment, question.options[0].then)
    if (option := _option_named(reading, question)) is not None:
        return _sure(segment, option)
    bare = reading.intent is Intent.CANCEL_REMINDER and reading.target is None
    return _sure(segment, _LEFT) if bare and question.waits else segment


def _agrees_to_cancel(segment: Segment, question: OpenQuestion) -> bool:
    """Tell whether "cancel it" repeats what is asked: whether to cancel it.

    "Cancel" alone may just as well mean the question, and nothing is deleted on a guess.
    """
    if not question.confirms:
        return False
    asked = question.options[0].then
    said = next((each for each in segment.readings if each.intent is asked.intent), None)
    if said is None or asked.intent is not Intent.CANCEL_REMINDER:
        return False
    if said.target is None:
        return _NAMES_IT.search(fold(segment.text)) is not None
    return fold(said.target) == fold(asked.target or "")


def _option_named(reading: Interpretation, question: OpenQuestion) -> Interpretation | None:
    """Return what "cancel 2" picks where it was asked which one: the second option."""
    number = int(reading.target) if reading.target and reading.target.isdigit() else 0
    if question.confirms or not 1 <= number <= len(question.options):
        return None
    option = question.options[number - 1].then
    return option if option.intent is reading.intent and option.target_id else None


def _sure(segment: Segment, reading: Interpretation) -> Segment:
    certain = reading.model_copy(update={"confidence": 1.0})
    return Segment(text=segment.text, readings=(certain,))


def _no_choice(segment: Segment) -> Segment:
    chooses = segment.likeliest.intent is Intent.CHOOSE
    return Segment(text=segment.text, readings=(UNKNOWN,)) if chooses else segment


def _completed(
    unfinished: Interpretation, segments: Sequence[Segment], said: Said
) -> tuple[Interpretation, ...]:
    """Return the reading that waited, with what it lacked; none if this is something else."""
    match unfinished.problem:
        case Problem.NO_TEXT:
            return _with_text(unfinished, segments, said)
        case Problem.UNKNOWN_ZONE:
            zone = find_zone(said.text)
            return (Interpretation(intent=Intent.SET_ZONE, zone=zone),) if zone else ()
        case _:
            return _at_a_time(unfinished, said)


def _at_a_time(unfinished: Interpretation, said: Said) -> tuple[Interpretation, ...]:
    """Complete by a time alone; by all that it may be meant for, where that matters."""
    first = _timed(unfinished, said)
    if first is None:
        return ()
    others = (_timed(unfinished, otherwise) for otherwise in said.meant_otherwise())
    asked = (worth_asking(first, other, said.context) for other in others if other)
    return (first, *filter(None, asked))


def _timed(unfinished: Interpretation, said: Said) -> Interpretation | None:
    """Complete by "tomorrow at 9", "make it 5pm", "9" or "10 min", and nothing else with it."""
    leading = _LEADING.match(said.folded)
    words = said.text if leading is None else said.text[leading.end() :]
    waking = unfinished.text in _WAKING
    for spoken in (words, f"at {words}"):
        time = said.time_in(spoken, bare_durations=True, waking=waking)
        if time is None or said.rest or beside(spoken, time).strip(" .,!?"):
            continue
        rule = time.schedule.rule if time.schedule is not None else None
        fits = rule is None if unfinished.intent in _ENDS else not time.until
        return with_time(unfinished, time, said) if fits else None
    return None


def _with_text(
    unfinished: Interpretation, segments: Sequence[Segment], said: Said
) -> tuple[Interpretation, ...]:
    """Complete by what is no request, question or command of its own."""
    of_its_own = any(map(_is_of_its_own, segments)) or _REQUEST.search(said.folded)
    if of_its_own or said.folded.rstrip().endswith("?"):
        return ()
    text = task(said.text) + said.rest
    if not text:
        return ()
    needs_time = unfinished.intent is Intent.CREATE_REMINDER and unfinished.schedule is None
    problem = Problem.NO_TIME if needs_time else None
    return (unfinished.model_copy(update={"text": text, "problem": problem}),)


def _is_of_its_own(segment: Segment) -> bool:
    """Tell whether something else is wanted. A task that is only felt to be done is a task."""
    reading = segment.likeliest
    if reading.intent is Intent.CREATE_REMINDER:
        return reading.schedule is not None
    if reading.intent in _MAY_BE_A_TASK:
        return False
    return reading.confidence == 1 or (
        reading.confidence >= CERTAIN and reading.intent not in _OF_A_REMINDER
    )
