"""Messages that correct earlier ones (XEP-0308), and what they may take back."""

from __future__ import annotations

from uuid import uuid4

from ontology.dialogue.concepts import Utterance
from ontology.ledger import under_conversation
from tests.contracts.reminding import remind, texts


async def hear(kept, person, *, address="who@localhost", **more):
    """Accept an utterance and return it as it is kept."""
    said = Utterance(id=uuid4(), person_id=person.id, text="x", address=address, **more)
    return await kept.inbox.accept(said, archived_as=None)


async def remind_by(kept, person, utterance, text="stretch"):
    with under_conversation(f"{utterance.id}:1"):
        return await remind(kept, person, text)


async def test_what_is_corrected_is_the_first_message_however_often_it_is_corrected(kept):
    person = await kept.somebody()
    first = await hear(kept, person, sent_as="m1")
    await hear(kept, person, sent_as="m2")
    # Some clients name the message before, others always the first; one may do both.
    corrections = [
        await hear(kept, person, sent_as=f"m{number}", replaces=replaced)
        for number, replaced in ((3, "m1"), (4, "m1"), (5, "m4"), (6, "m1"))
    ]

    for each in corrections:
        assert await kept.inbox.replaced_by(each) == first.id


async def test_nobody_corrects_what_is_unknown_or_said_by_another_or_from_elsewhere(kept):
    person, other = await kept.somebody(), await kept.somebody()
    await hear(kept, person, sent_as="m1")
    for utterance in (
        await hear(kept, person, replaces="m9"),
        await hear(kept, other, replaces="m1"),
        await hear(kept, person, replaces="m1", address="else@localhost"),
    ):
        assert await kept.inbox.replaced_by(utterance) is None


async def test_what_cannot_be_told_apart_is_not_corrected_the_second_time_either(kept):
    person = await kept.somebody()
    await hear(kept, person, sent_as=None)

    for _ in range(2):
        correction = await hear(kept, person, replaces="a1")
        assert await kept.inbox.replaced_by(correction) is None


async def test_only_the_utterance_that_made_the_last_change_can_take_it_back(kept):
    person = await kept.somebody()
    one, other = await hear(kept, person), await hear(kept, person)
    await remind_by(kept, person, one)
    with under_conversation(f"{other.id}:2"):
        await kept.people.move_to_zone(person.id, "Asia/Tokyo")

    assert await kept.book.undo(person.id, one.id) is None
    assert await kept.book.changed_since(person.id, one.id)
    assert (await kept.book.undo(person.id, other.id)).what == "moved"
    assert not await kept.book.changed_since(person.id, other.id)
    assert await kept.book.undo(person.id, other.id) is None
    assert (await kept.book.undo(person.id, one.id)).what == "created"
    assert not await kept.book.changed_since(person.id, one.id)


async def test_what_a_correction_changed_is_taken_back_by_the_next_and_nothing_before_it(kept):
    person = await kept.somebody()
    await remind_by(kept, person, await hear(kept, person), "before")
    first = await hear(kept, person, sent_as="m1")
    made_by_which = [
        first,
        await hear(kept, person, sent_as="m2", replaces="m1"),
        await hear(kept, person, sent_as="m3", replaces="m2"),
    ]
    # Whichever of them made the change: those before and after it changed nothing.
    for made_by in made_by_which:
        await remind_by(kept, person, made_by)
        assert (await kept.book.undo(person.id, first.id)).what == "created"
        assert await kept.book.undo(person.id, first.id) is None
    assert await texts(kept, person) == ["before"]
    assert not await kept.book.changed_since(person.id, first.id)


async def test_what_an_answer_completed_was_changed_after_the_message_that_lacked_it(kept):
    person = await kept.somebody()
    asked, answered = await hear(kept, person), await hear(kept, person)
    await remind_by(kept, person, answered)

    assert await kept.book.undo(person.id, asked.id) is None
    assert await kept.book.changed_since(person.id, asked.id)


async def test_what_others_change_does_not_matter(kept):
    person, other = await kept.somebody(), await kept.somebody("Other")
    mine = await hear(kept, person, sent_as="m1")
    theirs = await hear(kept, other, sent_as="m1")
    await remind_by(kept, other, theirs)

    assert not await kept.book.changed_since(person.id, mine.id)
    assert not await kept.book.changed_since(person.id, theirs.id)
    assert await kept.book.undo(person.id, theirs.id) is None
