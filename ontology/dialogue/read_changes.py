"""Reading what is to become of a reminder: cancel, change, rename, snooze, done, why."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final

from ontology.dialogue.concepts import Intent, Interpretation, Problem
from ontology.dialogue.said import Said, task, without
from ontology.dialogue.targets import means_all, target_of
from ontology.time.concepts import Schedule
from ontology.time.reading import TimeReading

USUAL_SNOOZE: Final = timedelta(minutes=10)
"""How long something waits that is only put off."""

_CANCEL: Final = re.compile(
    r"(?:(?:cancel|delete|remove|drop|scrap|clear|get rid of)\b"
    r"|stop reminding me\b(?: (?:to|about|of)\b)?|(?:stop|forget)\b(?=.*\breminder\b)"
    r"|forget(?= (?:it|that|#?[0-9]+)[.!]?$))"
)
_RENAME: Final = re.compile(
    r"(?:rename|(?:change|edit|update) the (?:text|wording|name) (?:of|for|in))\b"
    r"(?P<target>.*?)\s(?:to|into|as)\s(?P<text>.+)",
    re.DOTALL,
)
_CHANGE: Final = re.compile(
    r"(?P<verb>change|move|reschedule|shift|push|bring|postpone|delay|update|edit|make)\b"
    r"(?:\sthe (?:time|date) (?:of|for)\b)?"
)
_MAY_HAVE_TEXT: Final = ("change", "update", "edit")
_PUT_OFF: Final = ("postpone", "delay", "push")
_BY: Final = re.compile(r"(?:^|\s)(?:by|back|forward|for)(?:\s+by)?\s*$")
_JOINT: Final = re.compile(r"(?:^|\s)(?:to|for|on|at|into|until|till|be|back|forward)\s*$")
_SNOOZE: Final = re.compile(
    r"(?:snooze|remind me again|tell me again|ask me again|remind me later|ask me later"
    r"|not now|later|again)\b"
)
_DONE: Final = re.compile(
    r"(?:(?:it'?s |i'?m |i am |all |that'?s |that is )?(?:done|finished)\b(?: with| doing)?"
    r"|(?:i(?:'?ve| have)? )?(?:already )?(?:did|done|finished|completed)\b"
    r"|complete\b|tick off\b|check off\b)"
)
_DID_WHAT: Final = re.compile(r"(?:i )?(?:already )?did\b(?! (?:it|that|this)\b)")
_MARKED: Final = re.compile(r"mark\s(?P<target>.+?)\s?(?:as )?(?:done|finished|completed?)\W*")
_IS_DONE: Final = re.compile(r"(?P<target>.{1,80}?)\s(?:(?:is|are|was|were) )?(?:all )?done\W*")
_LONGEST_DONE: Final = 160
_LONGEST_WAIT: Final = 100
_MINUTES: Final = frozenset({"5", "10", "15", "20", "25", "30", "45", "60", "90"})
_WHY: Final = re.compile(
    r"why\b(?: (?:this|that|now|was that|is that)(?: reminder| one)?)?"
    r"(?: (?:did|do|are|were|have) you\b.{0,40}?"
    r"(?:remind|tell|told|ping|wake|write|message|send|sent)\w*(?: me)?"
    r"(?: (?:of|about|to|this|that|it|now))?)?"
)


def read_cancelling(said: Said) -> Interpretation | None:
    """Read "cancel 2", "delete the dentist reminder", "stop reminding me to stretch"."""
    match = _CANCEL.match(said.folded)
    if match is None:
        return None
    words = said.text[match.end() :]
    # Nothing may be deleted by a word that is not meant for one reminder.
    if means_all(words):
        return Interpretation(intent=Intent.UNKNOWN, confidence=0)
    return Interpretation(intent=Intent.CANCEL_REMINDER, target=target_of(words))


def read_renaming(said: Said) -> Interpretation | None:
    """Read "rename the dentist to orthodontist", "change the text of 2 to buy oat milk"."""
    match = _RENAME.match(said.folded)
    if match is None:
        return None
    text = task(said.text[slice(*match.span("text"))]) + said.rest
    return Interpretation(
        intent=Intent.CHANGE_REMINDER,
        target=target_of(said.text[slice(*match.span("target"))]),
        text=text,
        problem=None if text else Problem.NO_TEXT,
    )


def read_changing(said: Said) -> Interpretation | None:
    """Read "change the dentist to 5pm", "move it to tomorrow at 9", "move 2 to friday"."""
    match = _CHANGE.match(said.folded)
    if match is None:
        return None
    verb, words = match["verb"], said.text[match.end() :]
    if means_all(words):
        return Interpretation(intent=Intent.UNKNOWN, confidence=0)
    changed = _changed_time(said, words)
    if changed is None:
        return (
            _changed_text(words, said) if verb in _MAY_HAVE_TEXT else _without_time(verb, words)
        )
    reading, left = changed
    if reading.duration and verb in _PUT_OFF:
        return _put_off(reading, target_of(_BY.sub("", left)))
    if reading.duration and _BY.search(left):
        return _without_time(verb, left)
    target, text = left, ""
    if verb in _MAY_HAVE_TEXT:
        target, _, text = left.partition(" to ")
    target = _JOINT.sub("", target)
    return _with_time(
        Interpretation(
            intent=Intent.CHANGE_REMINDER, target=target_of(target), text=task(text)
        ),
        reading,
    )


def read_snoozing(said: Said) -> Interpretation | None:
    """Read "snooze", "snooze 15m", "snooze the pills until 5pm", "later"."""
    match = _SNOOZE.match(said.folded)
    if match is None:
        return None
    words = said.text[match.end() :].strip(" .,!?")
    # Few have so many reminders: "snooze 15" means minutes.
    if words in _MINUTES:
        words = f"{words} min"
    reading = said.time_in(words, bare_durations=True)
    if reading is None:
        if match[0] in ("later", "again", "not now") and words:
            return None
        return _snoozed(said, target_of(_BY.sub("", words)))
    target = target_of(_JOINT.sub("", _BY.sub("", without(words, reading.spans))))
    return _snooze_until(reading, target)


def read_bare_snooze(said: Said) -> Interpretation | None:
    """Read "10 min", "until 5pm", "till tomorrow": a time to wait and nothing else."""
    if len(said.folded) > _LONGEST_WAIT:
        return None
    reading = said.time_in(said.text, bare_durations=True)
    if reading is None or not (reading.until or reading.duration):
        return None
    if without(said.text, reading.spans).strip(" .,!?"):
        return None
    return _snooze_until(reading, None)


def read_completing(said: Said) -> Interpretation | None:
    """Read "done", "done 2", "done with the pills", "mark 3 as done"."""
    if len(said.folded) > _LONGEST_DONE or _DID_WHAT.match(said.folded):
        return None
    marked = _MARKED.fullmatch(said.folded) or _IS_DONE.fullmatch(said.folded)
    match = _DONE.match(said.folded)
    if match is not None:
        words = said.text[match.end() :]
    elif marked is not None:
        words = said.text[slice(*marked.span("target"))]
    else:
        return None
    if means_all(words):
        return Interpretation(intent=Intent.UNKNOWN, confidence=0)
    return Interpretation(intent=Intent.DONE, target=target_of(words))


def read_why(said: Said) -> Interpretation | None:
    """Read "why did you remind me?", "why the dentist?"."""
    match = _WHY.match(said.folded)
    if match is None:
        return None
    words = said.text[match.end() :].strip(" ?!.")
    if words and "remind" not in match[0]:
        return None
    return Interpretation(intent=Intent.WHY, target=target_of(words))


def _changed_time(said: Said, words: str) -> tuple[TimeReading, str] | None:
    """Return the time behind the last "to", else any time; and the words that are left."""
    head, to, tail = words.rpartition(" to ")
    if to:
        for spoken in (tail, f"at {tail}"):
            reading = said.time_in(spoken)
            if reading is not None and not without(spoken, reading.spans).strip(" .,!"):
                return reading, head
    reading = said.time_in(words, bare_durations=True)
    return (reading, without(words, reading.spans)) if reading is not None else None


def _changed_text(words: str, said: Said) -> Interpretation | None:
    target, to, text = words.partition(" to ")
    if not to or not task(text):
        return _without_time("change", words)
    return Interpretation(
        intent=Intent.CHANGE_REMINDER, target=target_of(target), text=task(text) + said.rest
    )


def _without_time(verb: str, words: str) -> Interpretation | None:
    if verb in ("make", "bring", "push"):
        return None
    return Interpretation(
        intent=Intent.CHANGE_REMINDER,
        target=target_of(_JOINT.sub("", words)),
        problem=Problem.NO_TIME,
    )


def _put_off(reading: TimeReading, target: str | None) -> Interpretation:
    """Put off what has fired; when any other comes is not known here."""
    if target is None:
        return _snooze_until(reading, None)
    return Interpretation(intent=Intent.CHANGE_REMINDER, target=target, problem=Problem.NO_TIME)


def _snoozed(said: Said, target: str | None) -> Interpretation:
    at = Schedule.once(said.context.now + USUAL_SNOOZE, said.context.zone)
    return Interpretation(intent=Intent.SNOOZE, target=target, schedule=at)


def _snooze_until(reading: TimeReading, target: str | None) -> Interpretation:
    if reading.schedule is not None and reading.schedule.rule is not None:
        return Interpretation(intent=Intent.SNOOZE, target=target, problem=Problem.NO_TIME)
    return _with_time(Interpretation(intent=Intent.SNOOZE, target=target), reading)


def _with_time(meant: Interpretation, reading: TimeReading) -> Interpretation:
    problem = Problem(reading.problem) if reading.problem is not None else None
    return meant.model_copy(
        update={"schedule": reading.schedule, "given": reading.given, "problem": problem}
    )
