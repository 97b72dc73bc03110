"""Which readings by rules are open: made from a verb that may be meant for something else.

"move 2 to friday" and "move the milk reminder" can only mean reminders, "move the barbecue" may
mean the party. Alone, the rules take it for a reminder, which is all there is; a classifier may
know better. To cancel is not open: nothing but a reminder with these words goes, and "undo"
brings it back.
"""

from __future__ import annotations

import re
from typing import Final

from ontology.dialogue.concepts import Intent, Interpretation
from ontology.dialogue.said import Said

_OF_A_TARGET: Final = frozenset({Intent.CHANGE_REMINDER, Intent.DONE})
_REMINDER: Final = re.compile(r"\b(?:remind\w*|alarms?|wake|snooze|timer)\b")
_CHANGED: Final = re.compile(r"\b(?:instead|rather than|earlier|later)\b")


def is_open(reading: Interpretation, said: Said) -> bool:
    """Tell whether another reading than that of the rules is to be asked for."""
    if reading.confidence < 1:
        return True
    named = _REMINDER.search(said.folded) is not None
    if reading.intent in _OF_A_TARGET:
        return reading.target is not None and not reading.target.isdigit() and not named
    if reading.intent is Intent.CREATE_REMINDER:
        return not named or _CHANGED.search(said.folded) is not None
    return False
