"""Whether it matters which of two times was meant, so much that the person is asked.

Most of what could be meant in two ways is not worth a question: "at 9" is the next nine
o'clock that makes sense. These are: an hour that is upon us or has just passed, a date whose
day and month may be exchanged, a "next friday" when this friday is near, and the name of a zone
whose summer time may or may not be meant.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from ontology.dialogue.concepts import Context, Intent, Interpretation

OTHERWISE: Final = 0.8
"""How likely the other time is, as a share of the likeliest."""

_CHANGE: Final = Intent.CHANGE_REMINDER
_UPON_US: Final = timedelta(minutes=5)
_NEAR: Final = timedelta(days=2)
_WEEK: Final = timedelta(days=7)


def worth_asking(
    likeliest: Interpretation, other: Interpretation, context: Context
) -> Interpretation | None:
    """Return the other reading, less likely, if the person is to be asked; else None."""
    first, second = likeliest.schedule, other.schedule
    if first is None or second is None or first == second or other.problem is not None:
        return None
    if other.intent is not likeliest.intent or first.rule is not None:
        return None
    now, zone_meant = context.now, first.start.date() == second.start.date()
    if second.first <= now:
        return None
    if likeliest.bare_hour and first.start.time() != second.start.time():
        # Of a change, the hour nearer to the old one is meant, which is not known here.
        said_alone = "date" not in likeliest.given and likeliest.intent is not _CHANGE
        asked = said_alone and _is_upon_us(first.first - now, second.first - now)
    elif zone_meant:
        asked = True
    elif abs(first.first - second.first) <= _WEEK + timedelta(hours=1):
        asked = min(first.first, second.first) - now <= _NEAR
    else:
        asked = True
    if not asked:
        return None
    return other.model_copy(update={"confidence": likeliest.confidence * OTHERWISE})


def _is_upon_us(first: timedelta, second: timedelta) -> bool:
    """Tell whether the hour strikes within minutes, or did within the last ones."""
    half_a_day = timedelta(hours=12)
    to_the_hour = min(first, second) % half_a_day
    return to_the_hour <= _UPON_US or half_a_day - to_the_hour <= _UPON_US
