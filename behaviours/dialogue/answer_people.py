"""Having people answered: each utterance once, those of one person in order."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from uuid import UUID

import structlog

from behaviours.dialogue.send_chat import SendChat
from behaviours.directory.find_providers import Acquaintances
from behaviours.duty import Duty
from behaviours.fipa.exchange import Voice
from behaviours.fipa.request import request
from ontology.acl import Declined
from ontology.dialogue.acts import DIALOGUE, AnswerUtterance, Reply, UtteranceAnswered
from ontology.dialogue.concepts import ChatMessage, Utterance
from ontology.dialogue.ports import Inbox
from ontology.dialogue.wording import CANNOT_DECRYPT, CORRECTS_WHAT, SOMETHING_BROKE
from ontology.errors import NoAnswer, ServerError

log = structlog.get_logger(__name__)

ANSWER_WITHIN = 20.0
BREATH = 2.0
"""Seconds before a row of utterances over which something broke is taken up again."""

TRIES = 3
"""Times an utterance is asked again after the planner broke over it; silence does not count."""


class AnswerPeople(Duty):
    """Drives every utterance in the inbox, also of an earlier life, until it is answered."""

    def __init__(
        self,
        inbox: Inbox,
        chat: SendChat,
        voice: Voice,
        acquaintances: Acquaintances,
    ) -> None:
        self._inbox = inbox
        self._chat = chat
        self._voice = voice
        self._acquaintances = acquaintances
        self._waiting: dict[UUID, list[Utterance]] = defaultdict(list)
        self._under_way: dict[UUID, asyncio.Task[None]] = {}
        self._known: set[UUID] = set()
        self._awaited: dict[UUID, asyncio.Event] = {}
        self._look = asyncio.Event()
        self._look.set()

    def look(self) -> None:
        """Look into the inbox: something waits there."""
        self._look.set()

    def take(self, utterance: Utterance) -> None:
        """Put an utterance in its person's row."""
        if utterance.id in self._known:
            return
        self._known.add(utterance.id)
        self._waiting[utterance.person_id].append(utterance)
        if utterance.person_id not in self._under_way:
            self._under_way[utterance.person_id] = asyncio.create_task(
                self._answer_row(utterance.person_id)
            )

    async def answer_to(self, utterance: Utterance) -> UtteranceAnswered:
        """Return the answer to what was said elsewhere than in chat, once there is one."""
        answered = self._awaited.setdefault(utterance.id, asyncio.Event())
        while (answer := await self._inbox.answer_to(utterance)) is None:
            await answered.wait()
        self._wake(utterance.id)
        return answer

    async def once(self) -> None:
        """Take up everything that waits unanswered."""
        await self._look.wait()
        for utterance in await self._inbox.unanswered():
            self.take(utterance)
        self._look.clear()

    async def _answer_row(self, person_id: UUID) -> None:
        row = self._waiting[person_id]
        try:
            while row:
                await self._answer(row[0])
                self._wake(row[0].id)
                self._known.discard(row.pop(0).id)
        except Exception:
            log.exception("answering broke, taken up again from the inbox")
            await asyncio.sleep(BREATH)
            for utterance in row:
                self._known.discard(utterance.id)
            row.clear()
            self._look.set()
        finally:
            del self._under_way[person_id]

    def _wake(self, utterance_id: UUID) -> None:
        if awaited := self._awaited.pop(utterance_id, None):
            awaited.set()

    async def _answer(self, utterance: Utterance) -> None:
        reply = await self._reply(utterance)

        async def write() -> list[ChatMessage]:
            message = await self._inbox.answer(utterance, reply)
            return [message] if message else []

        while True:
            try:
                return await self._chat.say([utterance.id], write)
            except ServerError as error:
                log.warning("reply not kept yet, trying again", why=str(error))
                await asyncio.sleep(1.0)

    async def _reply(self, utterance: Utterance) -> Reply:
        broken = 0
        delay = 0.2
        while True:
            try:
                return await self._ask_planner(utterance, broken)
            except Declined as no:
                log.warning("the planner declined", why=repr(no.reason))
                broken += 1
            except (NoAnswer, ServerError) as error:
                log.warning("no reply yet, asking again", why=str(error))
            if broken == TRIES:
                return Reply(text=SOMETHING_BROKE)
            await asyncio.sleep(delay)
            delay = min(delay * 2, 5.0)

    async def _ask_planner(self, utterance: Utterance, broken: int) -> Reply:
        spoken_with = await self._inbox.spoken_with(utterance)
        if spoken_with is None or utterance.said_at is None:
            raise ServerError("the utterance has lost its person or its time")
        person, question = spoken_with
        if utterance.encrypted:
            return Reply(text=CANNOT_DECRYPT, question=question)
        replaced = None
        if utterance.replaces is not None:
            replaced = await self._inbox.replaced_by(utterance)
            if replaced is None:
                return Reply(text=CORRECTS_WHAT, question=question)
        planner, *_ = await self._acquaintances.offering(self._voice, "dialogue")
        return await request(
            self._voice,
            DIALOGUE,
            AnswerUtterance(
                utterance_id=utterance.id,
                person=person,
                text=utterance.text,
                said_at=utterance.said_at,
                question=question,
                replaces=replaced,
            ),
            to=planner,
            # Silence repeats the question; what broke is asked anew, or it would break again.
            conversation=f"{utterance.id}/{broken}" if broken else str(utterance.id),
            within=ANSWER_WITHIN,
        )
