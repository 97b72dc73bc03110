"""What an utterance means as the answer to what was asked last."""

from __future__ import annotations

from typing import Final

from ontology.dialogue.concepts import Intent, Interpretation, OpenQuestion

_UNKNOWN: Final = Interpretation(intent=Intent.UNKNOWN, confidence=0)


def as_answer(reading: Interpretation, question: OpenQuestion) -> Interpretation:
    """Return what a reading means while this question stands open; itself if it answers none.

    A number chooses an option, and "more" goes on with a list.
    """
    if reading.intent is Intent.SHOW_MORE:
        return question.more or reading
    if reading.intent is Intent.CHOOSE and reading.choice is not None:
        if 1 <= reading.choice <= len(question.options):
            return question.options[reading.choice - 1].then
        return _UNKNOWN
    return reading
