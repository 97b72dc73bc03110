"""How a message opens, before its words count: bullets, slashes, and slips in its first word.

Only a first word that commands is mended, and only by a slip of the fingers: neighbours that
changed places, a letter left out, a letter typed twice. Another letter makes another word:
"cancer" is no "cancel".
"""

from __future__ import annotations

import re
from typing import Final

from ontology.time.tokens import fold

_MONTH: Final = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
BULLET: Final = (
    rf"(?:[-*+•·‣◦–—]|>+|[0-9]{{1,2}}(?:\)|\.(?!\s*{_MONTH})))[ \t]+(?=[^\W\d_]|[/\"“])"
)
"""What stands before an entry of a list; "1. december" is a day."""

_BULLET: Final = re.compile(rf"\s*{BULLET}", re.I)
_ADDRESS: Final = re.compile(r"\s*@(?=steward\b)", re.I)
_SLASH: Final = re.compile(r"\s*[/!](?P<word>[a-z]+)(?P<me>(?: (?:me|us)\b)?)", re.I)
_REMIND: Final = re.compile(r"(?P<word>[a-z]{2,8}) (?:me|em|mee)\b")
_TWO: Final = re.compile(r"^ 2(?= [a-z])")
_SHORT: Final = frozenset({"rem", "rmd", "rmnd", "rmind"})
_COMMANDS: Final = (
    *("cancel", "delete", "remove", "snooze", "undo", "list", "done", "help", "move"),
    *("change", "rename", "postpone", "reschedule", "remind"),
)
_BRACKETS: Final = {"(": ")", "[": "]", '"': '"', "“": "”", "«": "»", "*": "*"}
_FIRST: Final = re.compile(r"[a-z]{4,11}\b")
_SHORTEST: Final = 4


def without_marks(text: str) -> str:
    """Return a text without the bullet, slash or at sign that it opens with."""
    text = _without_brackets(text)
    bullet = _BULLET.match(text)
    text = text[bullet.end() :] if bullet is not None else text
    address = _ADDRESS.match(text)
    text = text[address.end() :] if address is not None else text
    slash = _SLASH.match(text)
    if slash is None:
        return text
    me = " me" if fold(slash["word"]) == "remind" and not slash["me"] else slash["me"]
    return f"{slash['word']}{me}{text[slash.end() :]}"


def _without_brackets(text: str) -> str:
    """Return a text that stands between marks as a whole without them."""
    stripped = text.strip()
    whole = len(stripped) > 1 and _BRACKETS.get(stripped[0]) == stripped[-1]
    inner = stripped[1:-1] if whole else ""
    return inner if inner and not set(inner) & {stripped[0], stripped[-1]} else text


def without_slips(text: str) -> str:
    """Return a text whose first word is the command that it was meant to be."""
    folded = fold(text[:40])
    asked = _REMIND.match(folded)
    if asked is not None and asked[0] != "remind me" and _is_remind(asked["word"]):
        return f"remind me{_TWO.sub(' to', text[asked.end() :])}"
    first = _FIRST.match(folded)
    if first is None or first[0] in _COMMANDS:
        return text
    meant = next((each for each in _COMMANDS if _is_slip(first[0], each)), None)
    return text if meant is None else f"{meant}{text[first.end() :]}"


def _is_remind(word: str) -> bool:
    if word in _SHORT or _is_slip(word, "remind"):
        return True
    other = sum(one != two for one, two in zip(word, "remind", strict=False))
    more = any(word[:i] + word[i + 1 :] == "remind" for i in range(len(word)))
    return more or (len(word) == len("remind") and other <= 1)


def _is_slip(typed: str, meant: str) -> bool:
    """Tell whether a word is another one but for one slip."""
    if len(typed) == len(meant):
        at = next((i for i, (a, b) in enumerate(zip(typed, meant, strict=True)) if a != b), 0)
        swapped = typed[:at] + typed[at + 1 : at + 2] + typed[at : at + 1] + typed[at + 2 :]
        return typed != meant and swapped == meant
    if len(typed) == len(meant) - 1:
        left_out = range(1, len(meant))
        is_long = len(typed) >= _SHORTEST
        return is_long and any(meant[:i] + meant[i + 1 :] == typed for i in left_out)
    twice = (i for i in range(1, len(typed)) if typed[i] == typed[i - 1])
    return any(typed[:i] + typed[i + 1 :] == meant for i in twice)
