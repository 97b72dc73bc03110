"""Answering an utterance on request: read it, carry it out, word one reply."""

from __future__ import annotations

from behaviours.dialogue.answer_segments import AnswerSegments
from behaviours.dialogue.ask_agents import AskAgents
from behaviours.directory.find_providers import Acquaintances
from behaviours.fipa.exchange import Voice
from behaviours.fipa.request import RequestResponder
from ontology.dialogue.acts import DIALOGUE, AnswerUtterance, Reply
from ontology.dialogue.concepts import Context
from ontology.dialogue.ports import Interpreter
from ontology.dialogue.wording import LONGEST_UTTERANCE, too_long


class AnswerUtteranceOnRequest(RequestResponder[AnswerUtterance, Reply]):
    """Keeps nothing: asked again, it asks the same of the same agents under the same names."""

    vocabulary = DIALOGUE
    action = AnswerUtterance

    def __init__(
        self, interpreter: Interpreter, voice: Voice, acquaintances: Acquaintances
    ) -> None:
        self._interpreter = interpreter
        self._voice = voice
        self._acquaintances = acquaintances

    async def perform(self, action: AnswerUtterance, asker: str) -> Reply:
        """Reply."""
        if len(action.text) > LONGEST_UTTERANCE:
            return Reply(text=too_long())
        context = Context(
            now=action.said_at,
            zone=action.person.zone,
            locale=action.person.locale,
            question=action.question,
        )
        segments = self._interpreter.interpret(action.text, context)
        ask = AskAgents(action.utterance_id, self._voice, self._acquaintances)
        return await AnswerSegments(action, ask).reply(segments)
