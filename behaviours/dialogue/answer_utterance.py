"""Answering an utterance on request: read it, carry it out, word one reply."""

from __future__ import annotations

from behaviours.dialogue.carry_out import CarryOut
from behaviours.directory.find_providers import Acquaintances
from behaviours.fipa.exchange import Voice
from behaviours.fipa.request import RequestResponder
from ontology.dialogue.acts import DIALOGUE, AnswerUtterance, Reply
from ontology.dialogue.answers import as_answer
from ontology.dialogue.concepts import Context, Interpretation, OpenQuestion
from ontology.dialogue.interpreter import in_a_known_zone
from ontology.dialogue.ports import Interpreter
from ontology.dialogue.said import Said
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
        reading = self._read(action)
        carrying_out = CarryOut(action, self._voice, self._acquaintances)
        if action.replaces is not None:
            return await carrying_out.correct(action.replaces, reading)
        return await carrying_out.reply(reading)

    def _read(self, action: AnswerUtterance) -> Interpretation:
        question = action.question or OpenQuestion()
        context = Context(
            now=action.said_at,
            zone=action.person.zone,
            locale=action.person.locale,
            open_options=len(question.options),
        )
        reading = self._interpreter.interpret(action.text, context)[0]
        return as_answer(reading, question, Said.of(action.text, in_a_known_zone(context)))
