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

import threading
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
        self._prepared = threading.Event()

    async def setup(self) -> None:
        """Get ready to read while roles and duties are taken up."""
        # What is learnt takes seconds once. Those who share this process go on meanwhile, and
        # a process that is to end does not wait for it.
        threading.Thread(target=self._prepare, name="preparation", daemon=True).start()
        await super().setup()

    def roles(self) -> Iterator[Role]:
        """Answer utterances."""
        yield AnswerUtteranceOnRequest(
            self._interpreter, self.conversations, self.acquaintances, self._prepared.is_set
        )

    def _prepare(self) -> None:
        try:
            self._interpreter.prepare()
        finally:
            self._prepared.set()
