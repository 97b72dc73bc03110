from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from uuid import uuid4

import pytest

from behaviours.dialogue.answer_people import TRIES, AnswerPeople
from behaviours.dialogue.send_chat import SendChat
from behaviours.directory.find_providers import Acquaintances
from ontology.acl import Performative, Unexpected
from ontology.dialogue.acts import AnswerUtterance, Reply
from ontology.dialogue.concepts import Intent, Interpretation, OpenQuestion, Option, Utterance
from ontology.dialogue.wording import CANNOT_DECRYPT, CORRECTS_WHAT, SOMETHING_BROKE
from ontology.errors import ServerError
from ontology.people.concepts import Person
from tests.behaviours.duties import on_duty
from tests.conversing import Oracle
from tests.fakes.chat import FakeChat
from tests.fakes.dialogue import FakeInbox
from tests.fakes.people import FakePeople

pytestmark = pytest.mark.usefixtures("virtual_time")

PLANNER = "planner@localhost"
QUESTION = OpenQuestion(
    options=(Option(label="milk", then=Interpretation(intent=Intent.HELP)),)
)


def parrot(said):
    """A planner that says what it hears."""
    return Performative.INFORM, Reply(text=f"you said {said.content.text}")


class Desk:
    """People, an inbox, a chat, and a planner that answers as it is told to."""

    def __init__(self, answer, inbox=None):
        self.people = FakePeople()
        self.inbox = inbox or FakeInbox(people=self.people)
        self.inbox.people = self.people
        self.chat = FakeChat()
        self.sending = SendChat(self.inbox.outbox, self.chat)
        self.answer = answer
        self.planner = Oracle(self._answer, "assistant@localhost")
        known = Acquaintances()
        known.learn("dialogue", (PLANNER,))
        self.answering = AnswerPeople(self.inbox, self.sending, self.planner, known)

    def _answer(self, said):
        # The directory does not answer.
        return self.answer(said) if type(said.content) is AnswerUtterance else None

    async def somebody(self):
        person = Person(id=uuid4(), name="somebody", zone="UTC")
        await self.people.add(person, f"{person.id}@localhost")
        return person

    async def hears(self, person, text, **more):
        utterance = Utterance(
            id=uuid4(), person_id=person.id, address=f"{person.id}@localhost", text=text, **more
        )
        kept = await self.inbox.accept(utterance, archived_as=None)
        self.answering.take(kept)
        return kept

    @property
    def said(self):
        return [body for _, body in self.chat.taken]

    @property
    def asked(self):
        return [each for each in self.planner.asked if type(each.content) is AnswerUtterance]

    @property
    def conversations(self):
        return [envelope.conversation for envelope in self.asked]


@asynccontextmanager
async def desk(answer=parrot, inbox=None):
    made = Desk(answer, inbox)
    async with on_duty(made.sending, made.answering):
        await made.sending.recover()
        yield made


async def test_what_is_said_is_answered_to_where_it_was_said():
    async with desk() as at:
        person = await at.somebody()
        heard = await at.hears(person, "hello")
        await asyncio.sleep(1)

        assert at.chat.taken == [(heard.address, "you said hello")]
        (asked,) = at.asked
        assert asked.receiver == PLANNER
        assert asked.conversation == str(heard.id)
        assert asked.content.person == person
        assert not at.inbox.waiting
        assert not at.inbox.outbox.open


async def test_what_is_encrypted_is_answered_and_asked_of_nobody():
    async with desk() as at:
        await at.hears(await at.somebody(), "", encrypted=True)
        await asyncio.sleep(1)

        assert at.said == [CANNOT_DECRYPT]
        assert at.asked == []


async def test_the_planner_is_told_what_a_message_corrects():
    async with desk() as at:
        person = await at.somebody()
        first = await at.hears(person, "strech", sent_as="m1")
        await at.hears(person, "stretch", replaces="m1")
        await asyncio.sleep(1)

        assert [each.content.replaces for each in at.asked] == [None, first.id]


async def test_a_correction_of_nobody_knows_what_is_told_so_and_asked_of_nobody():
    async with desk() as at:
        await at.hears(await at.somebody(), "stretch", replaces="m1")
        await asyncio.sleep(1)

        assert at.said == [CORRECTS_WHAT]
        assert at.asked == []


@pytest.mark.parametrize("unread", [{"encrypted": True}, {"replaces": "m1"}])
async def test_what_is_not_read_leaves_a_question_open(unread):
    question = OpenQuestion(unfinished=Interpretation(intent=Intent.CREATE_REMINDER, text="x"))
    async with desk() as at:
        person = await at.somebody()
        at.inbox.questions[person.id] = question
        at.inbox.asked_at[person.id] = at.inbox.now()
        await at.hears(person, "", **unread)
        await asyncio.sleep(1)

        assert len(at.said) == 1
        assert at.inbox.questions[person.id] == question


async def test_one_person_is_answered_in_order_and_nobody_waits_for_another():
    def slow_for_one(said):
        return None if said.content.text == "hard" else parrot(said)

    async with desk(slow_for_one) as at:
        one, two = await at.somebody(), await at.somebody()
        await at.hears(one, "hard")
        await at.hears(one, "easy")
        await at.hears(two, "quick")
        await asyncio.sleep(10)
        assert at.said == ["you said quick"]

        at.answer = parrot
        await asyncio.sleep(60)
        assert at.said == ["you said quick", "you said hard", "you said easy"]


async def test_the_next_is_asked_with_the_question_that_the_last_reply_left_open():
    def asking(said):
        return Performative.INFORM, Reply(text="which?", question=QUESTION)

    async with desk(asking) as at:
        person = await at.somebody()
        await at.hears(person, "cancel it")
        await at.hears(person, "1")
        await asyncio.sleep(1)

        assert [each.content.question for each in at.asked] == [None, QUESTION]


async def test_a_silent_planner_is_asked_again_in_the_same_conversation_until_it_answers():
    async with desk(lambda _: None) as at:
        heard = await at.hears(await at.somebody(), "hello")
        await asyncio.sleep(300)
        assert at.said == []

        at.answer = parrot
        await asyncio.sleep(30)

        assert at.said == ["you said hello"]
        assert set(at.conversations) == {str(heard.id)}
        assert len(at.conversations) < 100


async def test_a_planner_that_breaks_is_asked_anew_and_then_answers():
    broken = [(Performative.FAILURE, Unexpected()), (Performative.REFUSE, Unexpected())]

    def breaking(said):
        return broken.pop() if broken else parrot(said)

    async with desk(breaking) as at:
        heard = await at.hears(await at.somebody(), "hello")
        await asyncio.sleep(30)

        assert at.said == ["you said hello"]
        assert at.conversations == [str(heard.id), f"{heard.id}/1", f"{heard.id}/2"]


async def test_a_planner_that_breaks_every_time_is_given_up_with_an_honest_word():
    async with desk(lambda _: (Performative.FAILURE, Unexpected())) as at:
        person = await at.somebody()
        await at.hears(person, "hello")
        await asyncio.sleep(60)
        assert at.said == [SOMETHING_BROKE]
        assert len(at.conversations) == TRIES

        at.answer = parrot
        await at.hears(person, "again")
        await asyncio.sleep(10)
        assert at.said == [SOMETHING_BROKE, "you said again"]


async def test_what_an_earlier_life_left_unanswered_is_answered():
    people = FakePeople()
    inbox = FakeInbox(people=people)
    made = Desk(parrot, inbox)
    person = await made.somebody()
    for text in ("one", "two"):
        utterance = Utterance(
            id=uuid4(), person_id=person.id, address="somebody@localhost", text=text
        )
        await inbox.accept(utterance, archived_as=None)

    async with on_duty(made.sending, made.answering):
        await made.sending.recover()
        await asyncio.sleep(1)

    assert made.said == ["you said one", "you said two"]


async def test_what_is_taken_twice_is_answered_once():
    async with desk() as at:
        heard = await at.hears(await at.somebody(), "hello")
        at.answering.take(heard)
        at.answering.look()
        await asyncio.sleep(60)

        assert at.said == ["you said hello"]
        assert len(at.asked) == 1


async def test_a_reply_that_cannot_be_kept_yet_is_kept_and_said_later():
    class LostInbox(FakeInbox):
        is_there = False

        async def answer(self, utterance, reply):
            if not self.is_there:
                raise ServerError("no database")
            return await super().answer(utterance, reply)

    async with desk(inbox=LostInbox()) as at:
        await at.hears(await at.somebody(), "hello")
        await asyncio.sleep(60)
        assert at.said == []

        at.inbox.is_there = True
        await asyncio.sleep(10)

        assert at.said == ["you said hello"]
        assert len(at.asked) == 1


async def test_an_answer_that_breaks_every_time_is_not_retried_in_haste():
    class BrokenInbox(FakeInbox):
        async def answer(self, utterance, reply):
            if utterance.text == "poison":
                raise ValueError("cannot be kept")
            return await super().answer(utterance, reply)

    async with desk(inbox=BrokenInbox()) as at:
        await at.hears(await at.somebody(), "poison")
        await at.hears(await at.somebody(), "hello")
        for _ in range(500):
            await asyncio.sleep(0)

        assert at.said == ["you said hello"]
        assert len(at.asked) < 10
