"""What the planner needs in order to understand people."""

from __future__ import annotations

from typing import Protocol

from ontology.dialogue.concepts import Context, Interpretation


class Interpreter(Protocol):
    """Reads what a person typed."""

    def interpret(self, text: str, context: Context) -> tuple[Interpretation, ...]:
        """Return the readings of ``text``, likeliest first; never empty, never raises.

        What cannot be understood is one reading with intent ``unknown`` and confidence 0.
        """
        ...
