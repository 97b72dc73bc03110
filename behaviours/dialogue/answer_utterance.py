"""Answering an utterance on request: read it, carry it out, word one reply."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from behaviours.dialogue.answer_segments import AnswerSegments
from behaviours.dialogue.ask_agents import AskAgents
from behaviours.dialogue.correct_utterance import CorrectUtterance
from behaviours.dialogue.find_named import names_kept
from behaviours.directory.find_providers import Acquaintances
from behaviours.fipa.exchange import Voice
from behaviours.fipa.request import RequestResponder
from ontology.dialogue.acts import DIALOGUE, AnswerUtterance, Reply
from ontology.dialogue.anaphora import refers_back
from ontology.dialogue.answers import as_answer
from ontology.dialogue.concepts import Context, Intent, OpenQuestion, Segment
from ontology.dialogue.interpreter import in_a_known_zone
from ontology.dialogue.naming import turns_on_names
from ontology.dialogue.ports import Interpreter
from ontology.dialogue.said import Said
from ontology.dialogue.wording import LONGEST_UTTERANCE, too_long
from ontology.reminders.acts import REMINDERS, WhichMissed


class AnswerUtteranceOnRequest(RequestResponder[AnswerUtterance, Reply]):
    """Keeps nothing: asked again, it asks the same of the same agents under the same names."""

    vocabulary = DIALOGUE
    action = AnswerUtterance

    def __init__(
        self,
        interpreter: Interpreter,
        voice: Voice,
        acquaintances: Acquaintances,
        is_prepared: Callable[[], bool] = lambda: True,
    ) -> None:
        self._interpreter = interpreter
        self._is_prepared = is_prepared
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
        ask = AskAgents(action.utterance_id, self._voice, self._acquaintances)
        heard = await self._read(action.text, context)
        if any(refers_back(segment.likeliest) for segment in heard):
            told = await self._told_last(action, ask)
            context = context.model_copy(update={"last_told": told})
            heard = await self._read(action.text, context)
        if any(turns_on_names(segment.readings) for segment in heard):
            kept = await names_kept(ask, action.person.id)
            context = context.model_copy(update={"kept": kept})
            heard = await self._read(action.text, context)
        question = action.question or OpenQuestion()
        meant = as_answer(heard, question, Said.of(action.text, in_a_known_zone(context)))
        replaced = action.replaces
        if meant != heard and meant[0].likeliest.intent is not Intent.NEVER_MIND:
            replaced = replaced or question.replaces
        answering = AnswerSegments(action, ask)
        if replaced is None:
            return await answering.reply(meant)
        return await CorrectUtterance(action, ask, answering).correct(replaced, meant)

    async def _read(self, text: str, context: Context) -> tuple[Segment, ...]:
        """Read in milliseconds; beside the loop while the interpreter gets ready."""
        if self._is_prepared():
            return self._interpreter.interpret(text, context)
        return await asyncio.to_thread(self._interpreter.interpret, text, context)

    @staticmethod
    async def _told_last(action: AnswerUtterance, ask: AskAgents) -> str | None:
        question = WhichMissed(person_id=action.person.id, limit=1)
        found = (await ask.query("reminders", REMINDERS, question)).occurrences
        return found[0].text if found else None
