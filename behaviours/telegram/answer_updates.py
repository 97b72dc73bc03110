"""Answering what people say and press on Telegram, each update once."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from behaviours.telegram.say_on_telegram import SayOnTelegram
from ontology.acl import Declined
from ontology.arrivals import Arrival
from ontology.dialogue.acts import HearUtterance, Stranger
from ontology.errors import ServiceAway
from ontology.notifications.acts import AcknowledgeNotification
from ontology.notifications.concepts import Channel
from ontology.people.acts import NotTheirs, RedeemCode
from ontology.people.codes import TRIES, read_code
from ontology.people.concepts import Person
from ontology.people.ports import People
from ontology.telegram.buttons import Choice, read_choice
from ontology.telegram.concepts import HEARD, Place, Pressed, Said
from ontology.telegram.ports import Bot
from ontology.telegram.wording import (
    IN_GROUPS,
    LINKED,
    ONLY_TEXT,
    OVER,
    SOMEBODY_ELSES,
    STRANGER,
    WRONG_CODE,
    without_slash,
)
from ontology.web.ports import Agents

TYPING_AFTER: Final = 0.3
TYPING_FOR: Final = 4.5
"""Seconds after which an answer is shown to be coming, and after which it is shown again."""

MOST_STRANGERS: Final = 10_000


class AnswerUpdates:
    """Works on one arrival; working on it again says and changes nothing twice."""

    def __init__(self, bot: Bot, people: People, saying: SayOnTelegram, agents: Agents) -> None:
        self._bot = bot
        self._people = people
        self._saying = saying
        self._agents = agents
        self._wrong_codes: Counter[int] = Counter()

    async def work(self, arrival: Arrival) -> None:
        """Answer it. Raises NoAnswer and ServiceAway: then it is to be worked on again."""
        heard = HEARD.validate_json(arrival.body)
        if isinstance(heard, Pressed):
            await self._answer_button(heard, f"{arrival.source}/{arrival.id}")
        elif not heard.is_private:
            await self._answer_group(heard)
        else:
            await self._answer_words(heard)

    # Words.

    async def _answer_words(self, said: Said) -> None:
        person = await self._people.at(said.address)
        text = None if said.text is None else without_slash(said.text)
        if person is not None and text is None:
            await self._say(said, person, ONLY_TEXT)
        elif person is None and text is not None and (code := read_code(text)):
            await self._link(said, code)
        else:
            await self._hear(said, text or "")

    async def _hear(self, said: Said, text: str) -> None:
        hearing = HearUtterance(
            utterance_id=said.utterance_id,
            address=said.address,
            text=text,
            said_at=said.edited_at or said.at,
            sent_as=None if said.edited_at else said.name,
            replaces=said.name if said.edited_at else None,
        )
        try:
            async with self._typing(said.chat):
                answered = await self._agents.hear(hearing)
        except Declined as no:
            if isinstance(no.reason, Stranger) and no.reason.first:
                await self._say_to_stranger(said.chat, STRANGER)
            return
        posted = await self._saying.say(
            said.utterance_id, answered.person_id, said.chat, answered.text
        )
        if posted.is_put_off:
            raise ServiceAway(f"not answered yet: {posted.why}")

    async def _link(self, said: Said, code: str) -> None:
        redeeming = RedeemCode(code=code, address=said.address)
        try:
            await self._agents.redeem(redeeming, said.name)
        except Declined as no:
            await self._refuse_code(said, no)
            return
        person = await self._people.at(said.address)
        if person is not None:
            await self._say(said, person, LINKED)

    async def _refuse_code(self, said: Said, no: Declined) -> None:
        """Tell why, but not for ever: whoever guesses on is left without an answer."""
        if len(self._wrong_codes) > MOST_STRANGERS:
            self._wrong_codes.clear()
        self._wrong_codes[said.user] += 1
        if self._wrong_codes[said.user] > TRIES:
            return
        words = SOMEBODY_ELSES if isinstance(no.reason, NotTheirs) else WRONG_CODE
        await self._say_to_stranger(said.chat, words)

    async def _answer_group(self, said: Said) -> None:
        if await self._people.refuse_once(f"telegram:{said.chat}", said.name):
            await self._say_to_stranger(said.chat, IN_GROUPS)

    async def _say(self, said: Said, person: Person, text: str) -> None:
        posted = await self._saying.say(said.utterance_id, person.id, said.chat, text)
        if posted.is_put_off:
            raise ServiceAway(f"not answered yet: {posted.why}")

    async def _say_to_stranger(self, chat: int, text: str) -> None:
        posted = await self._bot.say(chat, text)
        if posted.is_put_off:
            raise ServiceAway(f"not answered yet: {posted.why}")

    @asynccontextmanager
    async def _typing(self, chat: int) -> AsyncIterator[None]:
        showing = asyncio.create_task(self._show_typing(chat))
        try:
            yield
        finally:
            showing.cancel()

    async def _show_typing(self, chat: int) -> None:
        await asyncio.sleep(TYPING_AFTER)
        while True:
            await self._bot.show_typing(chat)
            await asyncio.sleep(TYPING_FOR)

    # Buttons.

    async def _answer_button(self, pressed: Pressed, key: str) -> None:
        choice = read_choice(pressed.data)
        person = await self._people.at(pressed.address)
        if choice is None or person is None or not pressed.is_private:
            await self._bot.confirm(pressed.callback, OVER)
            return
        try:
            words = await self._acknowledge(choice, person, pressed, key)
        except Declined:
            words = OVER
        await self._bot.confirm(pressed.callback, words)
        if pressed.message is not None:
            shown = None if pressed.text is None else f"{pressed.text}\n{words}"
            await self._bot.edit(Place(pressed.chat, pressed.message), shown)

    async def _acknowledge(
        self, choice: Choice, person: Person, pressed: Pressed, key: str
    ) -> str:
        acknowledged = await self._agents.acknowledge(
            AcknowledgeNotification(
                id=choice.id,
                person_id=person.id,
                channel=Channel.TELEGRAM,
                answer=choice.answer,
                said_at=pressed.at,
                until=choice.until(pressed.at),
            ),
            key,
        )
        return acknowledged.words


def lane_of(arrival: Arrival) -> str:
    """Return whose turn an update is: those of one chat are answered in order."""
    return str(HEARD.validate_json(arrival.body).chat)
