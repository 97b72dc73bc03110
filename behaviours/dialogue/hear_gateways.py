"""Hearing, on request, what people said to a gateway: Telegram, a text message."""

from __future__ import annotations

from behaviours.dialogue.answer_people import AnswerPeople
from behaviours.fipa.request import RequestResponder
from ontology.acl import Refused
from ontology.dialogue.acts import DIALOGUE, HearUtterance, Stranger, UtteranceAnswered
from ontology.dialogue.concepts import Utterance
from ontology.dialogue.ports import Inbox
from ontology.dialogue.wording import LONGEST_UTTERANCE
from ontology.people.addresses import XMPP, scheme_of
from ontology.people.concepts import Person
from ontology.people.ports import People


class HearGatewaysOnRequest(RequestResponder[HearUtterance, UtteranceAnswered]):
    """Commits what was said, has it answered in its person's row, and passes the answer on.

    No ledger: the inbox knows an utterance by its id, and keeps what was answered to it.
    """

    vocabulary = DIALOGUE
    action = HearUtterance

    def __init__(self, people: People, inbox: Inbox, answer_people: AnswerPeople) -> None:
        self._people = people
        self._inbox = inbox
        self._answer_people = answer_people

    async def perform(self, action: HearUtterance, asker: str) -> UtteranceAnswered:
        """Take it in, and wait for the answer. Refuses what a stranger says."""
        person = await self._person(action)
        await self._people.mark_good(action.address)
        said = Utterance(
            id=action.utterance_id,
            person_id=person.id,
            address=action.address,
            text=action.text.replace("\0", " ")[: LONGEST_UTTERANCE + 1],
            said_at=action.said_at,
            sent_as=action.sent_as,
            replaces=action.replaces,
        )
        kept = await self._inbox.accept(said, archived_as=None)
        if kept is not None:
            self._answer_people.take(kept)
        else:
            self._answer_people.look()
        return await self._answer_people.answer_to(said)

    async def _person(self, action: HearUtterance) -> Person:
        if scheme_of(action.address) == XMPP:
            # What is said in chat comes by chat, with the server's stamp.
            raise Refused(Stranger(first=False))
        person = await self._people.at(action.address)
        if person is None:
            occasion = str(action.utterance_id)
            first = await self._people.refuse_once(action.address, occasion)
            raise Refused(Stranger(first=first))
        return person
