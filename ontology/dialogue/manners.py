"""Replies that need nobody to be asked: manners, help, and what lies outside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ontology.dialogue.concepts import Intent
from ontology.dialogue.examples import help_text
from ontology.dialogue.wording import NEVER_MIND, NO_MORE
from ontology.people.concepts import Person

_SAID: Final[dict[Intent, Callable[[Person], str]]] = {
    Intent.HELP: lambda _: help_text(),
    Intent.GREETING: lambda who: f"Hello {who.name}. What shall I remind you of?",
    Intent.THANKS: lambda _: "You are welcome.",
    Intent.NEVER_MIND: lambda _: NEVER_MIND,
    Intent.SHOW_MORE: lambda _: NO_MORE,
    Intent.SMALL_TALK: lambda _: (
        "I am no good at chatting, but I never forget a reminder: try “remind me tomorrow at 9 "
        "to call the bank”, or say “help”."
    ),
    Intent.OUT_OF_SCOPE: lambda _: (
        "I cannot do that. I keep reminders: try “remind me tomorrow at 9 to call the bank”, "
        "or say “help”."
    ),
}


def mannerly(intent: Intent, person: Person) -> str | None:
    """Return what to say to this intent by itself, None where it asks for something."""
    say = _SAID.get(intent)
    return say(person) if say is not None else None
