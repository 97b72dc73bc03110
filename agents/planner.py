"""The planner understands what a person said, asks the agents that can, and words one reply.

FIPA contract, ontology ``dialogue``

=================  ================  ==========================  ======================
protocol           asked for         answers                     declines
=================  ================  ==========================  ======================
fipa-request       AnswerUtterance   Reply
=================  ================  ==========================  ======================

It keeps nothing. The acts it asks of others are named after the utterance, so that an
utterance answered again after a crash has its effect once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

from agents.base import BaseAgent
from behaviours.dialogue.answer_utterance import AnswerUtteranceOnRequest
from behaviours.fipa.exchange import Role
from behaviours.journal import WriteJournal
from behaviours.xmpp.stream import Account
from ontology.dialogue.ports import Interpreter
from ontology.permissions import AgentName


class PlannerAgent(BaseAgent):
    """Reads utterances and has them carried out."""

    name_on_platform = AgentName.PLANNER
    services = ("dialogue",)

    def __init__(
        self, account: Account, *, journal: WriteJournal, interpreter: Interpreter
    ) -> None:
        super().__init__(account, journal=journal)
        self._interpreter = interpreter
        self._prepared: asyncio.Task[None] | None = None

    async def setup(self) -> None:
        """Get ready to read while roles and duties are taken up."""
        # What is learnt takes seconds once, and those who share this process go on meanwhile.
        self._prepared = asyncio.create_task(asyncio.to_thread(self._interpreter.prepare))
        await super().setup()

    async def stop(self) -> None:
        """Leave the preparation to itself."""
        if self._prepared is not None:
            self._prepared.cancel()
        await super().stop()

    def roles(self) -> Iterator[Role]:
        """Answer utterances."""
        yield AnswerUtteranceOnRequest(
            self._interpreter, self.conversations, self.acquaintances, self._is_prepared
        )

    def _is_prepared(self) -> bool:
        return self._prepared is None or self._prepared.done()
