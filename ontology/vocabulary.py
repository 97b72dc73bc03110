"""A vocabulary is one named ontology: the closed set of things that may be said in it."""

from __future__ import annotations

from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError

from ontology.acl import (
    Agreed,
    Content,
    Expired,
    NotAuthorised,
    NotChosen,
    NotUnderstood,
    Unexpected,
    UnknownContent,
    Withdrawn,
)
from ontology.errors import ForeignContent

COMMON_WORDS: Final[tuple[type[Content], ...]] = (
    Agreed,
    Withdrawn,
    NotChosen,
    UnknownContent,
    NotAuthorised,
    Expired,
    Unexpected,
)
"""Words every vocabulary holds, because every conversation may need them."""


SHOWN: Final = 300
"""Characters of what could not be read that a complaint repeats."""


class _Spoken(BaseModel):
    model_config = ConfigDict(extra="ignore")

    act: str


class Vocabulary:
    """Turns content into JSON and back, and knows no word outside its set."""

    def __init__(self, name: str, *words: type[Content]) -> None:
        self.name = name
        self._words = {
            word.model_fields["act"].default: word for word in (*words, *COMMON_WORDS)
        }

    def __contains__(self, act: str) -> bool:
        return act in self._words

    def encode(self, content: Content) -> str:
        """Write one utterance. A word from elsewhere is our own mistake: ForeignContent."""
        if not isinstance(content, self._words.get(content.act, ())):
            raise ForeignContent(f"{content.act!r} is not a word of {self.name!r}")
        return content.model_dump_json(exclude_none=True)

    def decode(self, text: str) -> Content:
        """Read one utterance, or raise :class:`NotUnderstood` with the complaint."""
        try:
            return self._words[_Spoken.model_validate_json(text).act].model_validate_json(text)
        except KeyError as error:
            complaint = f"{str(error.args[0])[:SHOWN]!r} is not a word of {self.name!r}"
            raise NotUnderstood(UnknownContent(complaint=complaint)) from error
        except (ValidationError, RecursionError) as error:
            complaint = str(error)[:SHOWN]
            raise NotUnderstood(UnknownContent(complaint=complaint)) from error
