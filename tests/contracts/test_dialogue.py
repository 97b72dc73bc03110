from datetime import UTC, datetime, timedelta
from uuid import uuid4

from ontology.dialogue.acts import Reply, UtteranceAnswered
from ontology.dialogue.concepts import (
    ChatMessage,
    Intent,
    Interpretation,
    OpenQuestion,
    Option,
    Problem,
    Utterance,
)
from ontology.dialogue.slots import Relation
from ontology.reminders.concepts import Place
from ontology.time.concepts import Schedule
from tests.contracts.reminding import SECOND, told

QUESTION = OpenQuestion(
    options=(Option(label="milk", then=Interpretation(intent=Intent.CANCEL_REMINDER)),)
)


def said_by(person, text="remind me", said_at=None, sent_as=None, **more):
    return Utterance(
        id=uuid4(),
        person_id=person.id,
        text=text,
        sent_as=sent_as,
        said_at=said_at,
        **{"address": "who@localhost", **more},
    )


def message_to(person, body="time to stretch"):
    return ChatMessage(key=uuid4(), person_id=person.id, address="who@localhost", body=body)


async def test_what_was_heard_twice_is_accepted_once(kept):
    utterance = said_by(await kept.somebody())

    assert await kept.inbox.accept(utterance, archived_as="a1")
    assert not await kept.inbox.accept(utterance, archived_as="a1")
    assert len(await kept.inbox.unanswered()) == 1


async def test_what_a_client_sent_again_because_it_was_not_sure_is_not_new(kept):
    person = await kept.somebody()
    assert await kept.inbox.accept(said_by(person, sent_as="m1"), archived_as="a1")
    await kept.advance(timedelta(minutes=9))

    assert not await kept.inbox.accept(said_by(person, sent_as="m1"), archived_as="a2")
    assert await kept.inbox.accept(said_by(person, sent_as="m2"), archived_as="a3")
    assert await kept.inbox.accept(said_by(person, "else", sent_as="m1"), archived_as="a4")
    assert await kept.inbox.accept(said_by(person), archived_as="a5")
    assert await kept.inbox.accept(said_by(person), archived_as="a6")


async def test_a_name_that_comes_again_much_later_is_another_message(kept):
    person = await kept.somebody()
    await kept.inbox.accept(said_by(person, sent_as="1"), archived_as=None)
    await kept.advance(timedelta(minutes=11))

    assert await kept.inbox.accept(said_by(person, sent_as="1"), archived_as=None)


async def test_what_waits_is_answered_in_the_order_it_was_accepted(kept):
    person = await kept.somebody()
    said = [said_by(person, text) for text in ("first", "second", "third")]
    for utterance in said:
        await kept.inbox.accept(utterance, archived_as=None)

    assert [waiting.text for waiting in await kept.inbox.unanswered()] == [
        "first",
        "second",
        "third",
    ]


async def test_an_utterance_without_a_time_gets_that_of_the_clock(kept):
    before = await kept.book.now()
    person = await kept.somebody()
    earlier = datetime(2020, 2, 29, 12, tzinfo=UTC)
    await kept.inbox.accept(said_by(person), archived_as=None)
    await kept.inbox.accept(said_by(person, said_at=earlier), archived_as=None)

    now, then = await kept.inbox.unanswered()
    assert before <= now.said_at <= await kept.book.now()
    assert then.said_at == earlier


async def test_catching_up_begins_after_what_was_accepted_last(kept):
    person = await kept.somebody()
    assert await kept.inbox.caught_up_to() is None
    await kept.inbox.accept(said_by(person), archived_as="a1")
    await kept.inbox.accept(said_by(person), archived_as="a2")
    await kept.inbox.accept(said_by(person), archived_as=None)

    assert await kept.inbox.caught_up_to() == "a2"


async def test_an_answer_is_a_chat_message_under_the_id_of_the_utterance(kept):
    utterance = said_by(await kept.somebody())
    await kept.inbox.accept(utterance, archived_as=None)

    message = await kept.inbox.answer(utterance, Reply(text="done"))

    assert message == ChatMessage(
        key=utterance.id,
        person_id=utterance.person_id,
        address=utterance.address,
        body="done",
    )
    assert [message for message, _ in await kept.outbox.unsettled()] == [message]
    assert await kept.inbox.unanswered() == []


async def test_a_second_answer_is_not_given(kept):
    utterance = said_by(await kept.somebody())
    await kept.inbox.accept(utterance, archived_as=None)
    await kept.inbox.answer(utterance, Reply(text="done"))

    assert await kept.inbox.answer(utterance, Reply(text="done twice")) is None
    assert len(await kept.outbox.unsettled()) == 1


async def test_what_was_said_to_a_gateway_is_answered_there_and_not_in_chat(kept):
    person = await kept.somebody()
    utterance = said_by(person, address="telegram:4711")
    await kept.inbox.accept(utterance, archived_as=None)
    assert await kept.inbox.answer_to(utterance) is None

    assert await kept.inbox.answer(utterance, Reply(text="which?", question=QUESTION)) is None
    assert await kept.inbox.answer(utterance, Reply(text="done twice")) is None

    answered = UtteranceAnswered(person_id=person.id, text="which?", options=("milk",))
    assert await kept.inbox.answer_to(utterance) == answered
    assert await kept.inbox.unanswered() == []
    assert await kept.outbox.unsettled() == []


async def test_a_question_asked_on_one_channel_is_open_on_every_other(kept):
    person = await kept.somebody()
    in_chat = await kept.inbox.accept(said_by(person), archived_as=None)
    elsewhere = said_by(person, "1", address="telegram:4711")
    elsewhere = await kept.inbox.accept(elsewhere, archived_as=None)

    await kept.inbox.answer(in_chat, Reply(text="which?", question=QUESTION))
    assert await kept.inbox.spoken_with(elsewhere) == (person, QUESTION)
    await kept.inbox.answer(elsewhere, Reply(text="done"))
    assert await kept.inbox.spoken_with(in_chat) == (person, None)


async def test_what_was_answered_in_chat_is_no_gateways_to_say(kept):
    utterance = said_by(await kept.somebody())
    await kept.inbox.accept(utterance, archived_as=None)
    await kept.inbox.answer(utterance, Reply(text="done"))

    assert await kept.inbox.answer_to(utterance) is None


async def test_a_question_is_open_until_the_next_answer(kept):
    one, other = await kept.somebody(), await kept.somebody()
    first, second, third, others = [
        await kept.inbox.accept(said_by(person), archived_as=None)
        for person in (one, one, one, other)
    ]

    await kept.inbox.answer(first, Reply(text="which?", question=QUESTION))
    assert await kept.inbox.spoken_with(second) == (one, QUESTION)
    assert await kept.inbox.spoken_with(others) == (other, None)

    await kept.inbox.answer(second, Reply(text="done"))
    assert await kept.inbox.spoken_with(third) == (one, None)


async def test_all_that_a_question_holds_is_kept(kept):
    person = await kept.somebody()
    utterance = await kept.inbox.accept(said_by(person), archived_as=None)
    at = Schedule.once(datetime(2026, 3, 4, 9, tzinfo=UTC), "Europe/Madrid")
    place = Place(due=at.first, among=7)
    before = Relation(before=True, months=0, days=0, seconds=900, event="standup")
    question = OpenQuestion(
        options=(
            Option(
                label="4 March",
                then=Interpretation(
                    intent=Intent.CREATE_REMINDER,
                    text="pay",
                    schedule=at,
                    given=frozenset({"date"}),
                    bare_hour=True,
                    end=at.first,
                ),
            ),
        ),
        confirms=True,
        more=Interpretation(intent=Intent.LIST_REMINDERS, after=place),
        unfinished=Interpretation(
            intent=Intent.CREATE_REMINDER, relation=before, problem=Problem.UNKNOWN_EVENT
        ),
        replaces=uuid4(),
    )

    await kept.inbox.answer(utterance, Reply(text="which?", question=question))

    assert await kept.inbox.spoken_with(utterance) == (person, question)


async def test_what_was_missing_is_not_waited_for_once_a_reminder_was_told(kept):
    person = await kept.somebody()
    unfinished = Interpretation(intent=Intent.CREATE_REMINDER, text="stretch")
    question = OpenQuestion(options=QUESTION.options, unfinished=unfinished)
    await told(kept, person)
    await kept.advance(SECOND)
    asked = await kept.inbox.accept(said_by(person), archived_as=None)
    await kept.inbox.answer(asked, Reply(text="when?", question=question))

    assert await kept.inbox.spoken_with(asked) == (person, question)
    await told(kept, await kept.somebody())
    before = await kept.inbox.accept(said_by(person), archived_as=None)
    assert await kept.inbox.spoken_with(before) == (person, question)
    await kept.advance(SECOND)
    await told(kept, person)
    after = await kept.inbox.accept(said_by(person), archived_as=None)
    assert await kept.inbox.spoken_with(after) == (person, QUESTION)
    # Said before the reminder was due, and answered after it: by nobody who had read it.
    assert await kept.inbox.spoken_with(before) == (person, question)


async def test_what_was_encrypted_is_kept_as_such(kept):
    person = await kept.somebody()
    await kept.inbox.accept(said_by(person, "", encrypted=True), archived_as=None)
    await kept.inbox.accept(said_by(person, replaces="m1"), archived_as=None)

    sealed, correction = await kept.inbox.unanswered()
    assert (sealed.encrypted, sealed.replaces) == (True, None)
    assert (correction.encrypted, correction.replaces) == (False, "m1")


async def test_messages_are_put_once_and_in_order(kept):
    person = await kept.somebody()
    messages = [message_to(person, str(number)) for number in range(20)]

    assert await kept.outbox.put(messages[:10]) == messages[:10]
    assert await kept.outbox.put(messages) == messages[10:]
    assert [message for message, _ in await kept.outbox.unsettled()] == messages


async def test_what_the_server_has_is_settled(kept):
    person = await kept.somebody()
    messages = [message_to(person) for _ in range(3)]
    await kept.outbox.put(messages)

    await kept.outbox.settle([messages[0].key, messages[2].key])
    await kept.outbox.settle([messages[0].key])

    ((left, began),) = await kept.outbox.unsettled()
    assert left == messages[1]
    assert began <= await kept.book.now()


async def test_nothing_put_is_nothing_new(kept):
    assert await kept.outbox.put([]) == []
    await kept.outbox.settle([])
    assert await kept.outbox.unsettled() == []


async def test_any_character_that_a_person_can_type_is_kept(kept):
    person = await kept.somebody()
    text = "caffè ☕ 'quoted' \"twice\" \\ %_ $1 :name \n\t 你好 👩‍👩‍👧"
    await kept.inbox.accept(said_by(person, text), archived_as=None)
    message = message_to(person, text)
    await kept.outbox.put([message])

    assert (await kept.inbox.unanswered())[0].text == text
    assert (await kept.outbox.unsettled())[0][0].body == text
