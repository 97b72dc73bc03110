"""The particulars of a meeting: with whom, where, how long."""

from __future__ import annotations

import re
from typing import Final

from ontology.dialogue.said import Said
from ontology.dialogue.slots import Meeting
from ontology.time.tokens import fold

_END: Final = r"(?=\s+(?:with|at|in|about|on|for|to)\b|\s*[.!?]*$)"
_WITH: Final = re.compile(rf"\bwith\s+(?P<people>(?!the\b|my\s+\w+\s+about).+?){_END}")
_AT: Final = re.compile(rf"\b(?:at|in)\s+(?P<place>.+?){_END}")
_FOR: Final = re.compile(
    r"\bfor\s+(?P<length>(?:(?:an?|half an?|one|two|three|[0-9.]+)\s*(?:and a half\s+)?"
    r"(?:h|hrs?|hours?|m|mins?|minutes?|days?)\b\s*(?:and\s+)?)+(?:and a half)?)"
)
_BETWEEN: Final = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*")


def meeting_in(text: str, said: Said) -> tuple[str, Meeting | None]:
    """Return what a meeting is called, and the particulars that were said of it.

    With whom stays in its name: "lunch with Anna" is what people call it.
    """
    folded = fold(text)
    lasting = None
    length = _FOR.search(folded)
    if length is not None:
        span = said.time_in(length["length"], bare_durations=True)
        if span is not None and span.duration and span.schedule is not None:
            lasting = span.schedule.first - said.context.now.replace(microsecond=0)
            text = f"{text[: length.start()].rstrip()}{text[length.end() :]}"
            folded = fold(text)
    with_whom = _WITH.search(folded)
    people = () if with_whom is None else _BETWEEN.split(text[slice(*with_whom.span("people"))])
    where = _AT.search(folded)
    place = None
    if where is not None:
        place = text[slice(*where.span("place"))].strip(" .,!?") or None
        text = f"{text[: where.start()].rstrip()}{text[where.end() :]}"
    if not people and place is None and lasting is None:
        return text, None
    return text, Meeting(people=tuple(people), place=place, lasting=lasting)
