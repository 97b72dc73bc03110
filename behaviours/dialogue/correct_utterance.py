"""Correcting an utterance: take back what it changed, then do what is said instead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from behaviours.dialogue.answer_segments import AnswerSegments
from behaviours.dialogue.ask_agents import AskAgents
from ontology.acl import Declined, Unexpected
from ontology.dialogue.acts import AnswerUtterance, Reply
from ontology.dialogue.concepts import Intent, Segment
from ontology.dialogue.deciding import Verdict, decide
from ontology.dialogue.not_yet import NOT_YET
from ontology.dialogue.wording import NOT_CORRECTED, NOTHING_CHANGED_YET, Wording
from ontology.reminders.acts import REMINDERS, NothingToUndo, UndoLast

_NOT_OURS: Final = frozenset({Intent.UNKNOWN, Intent.OUT_OF_SCOPE, Intent.SMALL_TALK})

MOST_TAKEN_BACK: Final = 50
"""Changes of one utterance; more than these cannot be undone anyway."""


class CorrectUtterance:
    """Puts what is said in place of what an earlier utterance brought about."""

    def __init__(
        self, asked: AnswerUtterance, ask: AskAgents, answering: AnswerSegments
    ) -> None:
        self._asked = asked
        self._ask = ask
        self._answering = answering
        self._say = Wording(asked.person, asked.said_at)

    async def correct(self, replaced: UUID, segments: Sequence[Segment]) -> Reply:
        """Take back all that this utterance changed, and reply to what is said instead.

        That is done only if it is sure what is meant; until then all stays as it was.
        Raises NoAnswer, and Declined when an agent broke.
        """
        if not all(map(_is_sure, segments)):
            return await self._asked_first(replaced, segments)
        try:
            undone = await self._take_back(replaced)
        except Declined as no:
            if isinstance(no.reason, Unexpected):
                raise
            return self._nothing_done(self._say.reason(no.reason))
        if undone and all(each.likeliest.intent is Intent.UNDO for each in segments):
            return Reply(text="\n".join(undone))
        done = await self._answering.reply(segments)
        return done.model_copy(update={"text": "\n".join([*undone, done.text])})

    async def _asked_first(self, replaced: UUID, segments: Sequence[Segment]) -> Reply:
        """Ask for what is not sure, to be taken back and done with the answer."""
        if len(segments) > 1 or not _can_be_asked(segments[0]):
            return self._nothing_done(NOT_CORRECTED)
        asked = await self._answering.reply(segments)
        if asked.question is None:
            return self._nothing_done(NOT_CORRECTED)
        question = asked.question.model_copy(update={"replaces": replaced})
        return Reply(text=f"{NOTHING_CHANGED_YET} {asked.text}", question=question)

    def _nothing_done(self, text: str) -> Reply:
        """Say why; what was asked before can still be answered."""
        return Reply(text=text, question=self._asked.question)

    async def _take_back(self, replaced: UUID) -> list[str]:
        """Undo each change that an utterance made, and say so.

        Raises Declined: something else was changed since.
        """
        undone: list[str] = []
        act = UndoLast(person_id=self._asked.person.id, by=replaced)
        try:
            for _ in range(MOST_TAKEN_BACK):
                done = await self._ask.request("reminders", REMINDERS, act)
                undone.append(self._say.undone(done))
        except Declined as no:
            if isinstance(no.reason, Unexpected) or not (
                undone or isinstance(no.reason, NothingToUndo)
            ):
                raise
        return undone


def _is_sure(segment: Segment) -> bool:
    decision = decide(segment.readings)
    best = decision.readings[0]
    acts = decision.verdict is Verdict.ACT and best.problem is None
    return acts and best.intent not in _NOT_OURS and best.intent not in NOT_YET


def _can_be_asked(segment: Segment) -> bool:
    return decide(segment.readings).readings[0].intent not in _NOT_OURS
