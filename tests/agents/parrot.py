"""A planner that says what it hears, and phones that say things to the assistant."""

from __future__ import annotations

from typing import Any

from behaviours.fipa.request import RequestResponder
from ontology.dialogue.acts import DIALOGUE, AnswerUtterance, Reply
from ontology.dialogue.concepts import OpenQuestion
from tests.behaviours.xmpp.listening import Listener
from tests.clients.hearing import Account
from tests.servers import unique

ASSISTANT = "assistant@localhost"
SOON = 15.0


class Parrot(RequestResponder[AnswerUtterance, Reply]):
    """Stands in for the planner: says what it hears."""

    vocabulary = DIALOGUE
    action = AnswerUtterance

    def __init__(self) -> None:
        self.heard: list[AnswerUtterance] = []
        self.question: OpenQuestion | None = None

    async def perform(self, action: AnswerUtterance, asker: str) -> Reply:
        self.heard.append(action)
        return Reply(text=f"you said {action.text}", question=self.question)


def listening(account: Account, **options: Any) -> Listener:
    """A client of somebody, in a place of its own."""
    return Listener(account, resource=unique("phone"), **options)
