"""Questions with numbered choices: asked where a reading is unsure, answered by a number."""

from __future__ import annotations

from collections.abc import Sequence

from ontology.dialogue.acts import Reply
from ontology.dialogue.concepts import Intent, Interpretation, OpenQuestion, Option, Problem
from ontology.dialogue.intended import intended
from ontology.dialogue.not_yet import NOT_YET, instead_of
from ontology.dialogue.wording import Wording, quoted
from ontology.reminders.concepts import Reminder

LEFT: Interpretation = Interpretation(intent=Intent.NEVER_MIND)


def ask_for(reading: Interpretation, text: str) -> Reply:
    """Say what a reading lacks, and let it wait for that."""
    return Reply(text=text, question=OpenQuestion(unfinished=reading))


def ask_which_time(readings: Sequence[Interpretation], say: Wording) -> Reply:
    """Ask which of several times is meant, each with its full local date.

    Another time answers it too.
    """
    labels = [
        say.schedule(each.schedule) if each.schedule is not None else intended(each, say)
        for each in readings
    ]
    text = readings[0].text
    about = f" for {quoted(text)}" if text else ""
    waiting = readings[0].model_copy(update={"schedule": None, "problem": Problem.NO_TIME})
    asked = f"Which time do you mean{about}? Answer with its number."
    return _asked(asked, labels, readings, unfinished=waiting)


def ask_whether_all(reading: Interpretation, say: Wording) -> Reply:
    """Ask before something is done that leaves out a time which was said beside it."""
    left = " and ".join(quoted(words) for words in reading.left_over)
    sure = reading.model_copy(update={"left_over": ()})
    question = f"I would {intended(reading, say)}, which leaves out {left}. Is that all?"
    labels = ["yes, only that", "no, I will say it again, one time after the other"]
    return _asked(question, labels, [sure, LEFT], confirms=True)


def ask_which_intent(readings: Sequence[Interpretation], say: Wording) -> Reply:
    """Ask what was wanted: the likeliest wishes in plain words, and the way out."""
    meant = (*readings, LEFT)
    labels = [*(intended(each, say) for each in readings), "none of these"]
    return _asked("I am not sure. Did you mean me to:", labels, meant)


def ask_whether(reading: Interpretation, found: Reminder, say: Wording) -> Reply:
    """Ask before this reminder is cancelled."""
    sure = reading.model_copy(update={"target_id": str(found.id)})
    return _asked(f"Cancel {say.in_list(found)}?", ["yes", "no"], [sure, LEFT], confirms=True)


def offer_instead(reading: Interpretation, say: Wording) -> Reply:
    """Say that it cannot be done yet, and offer what can."""
    not_yet = NOT_YET[reading.intent]
    instead = instead_of(reading)
    if instead is None:
        return Reply(text=str(not_yet))
    question = f"{not_yet.cannot} Shall I {intended(instead, say)} instead?"
    return _asked(question, ["yes", "no"], [instead, LEFT], confirms=True)


def _asked(
    question: str,
    labels: Sequence[str],
    meant: Sequence[Interpretation],
    *,
    confirms: bool = False,
    unfinished: Interpretation | None = None,
) -> Reply:
    options = tuple(
        Option(label=label, then=then) for label, then in zip(labels, meant, strict=True)
    )
    lines = [question, *(f"{n}. {label}" for n, label in enumerate(labels, start=1))]
    open_ = OpenQuestion(options=options, confirms=confirms, unfinished=unfinished)
    return Reply(text="\n".join(lines), question=open_)
