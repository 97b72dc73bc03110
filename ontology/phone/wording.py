"""What is spoken on the phone, and what stands in an SMS."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ontology.notifications.concepts import Notification
from ontology.notifications.wording import say_notification

LONGEST_SPOKEN: Final = 600
"""Characters of a text that are read out; nobody listens to more."""

LONGEST_TEXT: Final = 1500
"""Characters of a text message; Twilio takes 1,600."""

_KEYS: Final = (
    "Press 1 if that is done, 2 for ten more minutes, 3 to be called again in one hour, "
    "or 9 to hear it again."
)
NOTHING_LEFT: Final = "This is Steward. There is nothing left to say: it is done. Good bye."
STRANGER: Final = "This is Steward, a private assistant. I do not know your number. Good bye."
NOTED: Final = "Thank you, I have noted that. Good bye."
GOOD_BYE: Final = "Good bye."
NOT_A_KEY: Final = "That key means nothing here."
OVER_ALREADY: Final = "That is over already."
STILL_THERE: Final = "I did not hear a key. I will try again in another way. Good bye."
SOMETHING_BROKE: Final = "Something went wrong here. Your reminder is safe in chat. Good bye."

ANSWERS: Final = "Answer “done”, or “snooze 20 min”."


def say_call(texts: Sequence[str]) -> str:
    """Return what is spoken when a person picks up."""
    if len(texts) == 1:
        return f"Hello, this is Steward with a reminder: {_spoken(texts[0])}. {_KEYS}"
    each = ". ".join(f"{n}: {_spoken(text)}" for n, text in enumerate(texts, 1))
    return f"Hello, this is Steward with {len(texts)} reminders. {each}. {_KEYS}"


def say_to_caller(answer: str) -> str:
    """Return what is spoken to a person who calls us."""
    return (
        f"Hello, this is Steward. {_spoken(answer)}. Press 1 if the last reminder is done, "
        "2 for ten more minutes, 3 for one more hour, or 9 to hear what is next."
    )


def say_text(notification: Notification, zone: str) -> str:
    """Return the words of a text message."""
    return f"{shortened(say_notification(notification, zone))}\n{ANSWERS}"


def shortened(text: str, most: int = LONGEST_TEXT) -> str:
    """Return a text in at most so many characters."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _spoken(text: str) -> str:
    return shortened(" ".join(text.split()), LONGEST_SPOKEN).rstrip(".!?…")
