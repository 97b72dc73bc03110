"""What people say for each intent: a file each, a line each, written for this project.

Nine tenths are taught. The last tenth is never learnt nor tuned on; it tells how well the rest
was understood. Which tenth a line is in follows from the line alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from importlib.resources import files
from typing import Final, NamedTuple

from ontology.dialogue.concepts import Intent

TENTHS: Final = 10


class Utterance(NamedTuple):
    """A line and what the person who types it wants."""

    text: str
    intent: Intent


def all_utterances() -> tuple[Utterance, ...]:
    """Return every line of every file, intents in the order of their names.

    Raises:
        ValueError: a file is not named after an intent.
    """
    folder = files("ontology.dialogue") / "utterances"
    return tuple(
        Utterance(line, Intent(file.name.removesuffix(".txt")))
        for file in sorted(folder.iterdir(), key=lambda file: file.name)
        for line in file.read_text("utf-8").splitlines()
    )


def taught(utterances: Iterable[Utterance]) -> tuple[Utterance, ...]:
    """Return the nine tenths to learn from."""
    return tuple(said for said in utterances if share(said.text, TENTHS))


def held_out(utterances: Iterable[Utterance]) -> tuple[Utterance, ...]:
    """Return the tenth to be judged by."""
    return tuple(said for said in utterances if not share(said.text, TENTHS))


def share(text: str, shares: int, salt: str = "") -> int:
    """Return in which of so many equal shares a text belongs, from 0."""
    return int.from_bytes(hashlib.sha256((salt + text).encode()).digest()[:8], "big") % shares
