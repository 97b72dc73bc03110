"""What "it" and "this" mean as a task: the reminder that was told last."""

from __future__ import annotations

import re
from typing import Final

from ontology.dialogue.concepts import Interpretation, Problem

_BACK: Final = re.compile(
    r"(?:(?:do )?(?:it|this|that)|(?:the )?same(?: thing| one)?|(?:this|that) (?:one|thing))"
    r"[.!?]*",
    re.I,
)


def refers_back(reading: Interpretation) -> bool:
    """Tell whether the task of a reading is only pointed at, and not known."""
    return reading.problem is Problem.NO_TEXT and _BACK.fullmatch(reading.text) is not None


def with_what_is_meant(reading: Interpretation, told: str | None) -> Interpretation:
    """Return a reading whose task is what was told last, where it is only pointed at.

    Where nothing was told, or the reader does not know, the task is missing.
    """
    if _BACK.fullmatch(reading.text) is None:
        return reading
    if told is None:
        return reading.model_copy(update={"problem": Problem.NO_TEXT})
    return reading.model_copy(update={"text": told})
