from datetime import timedelta
from uuid import uuid4

import pytest

from ontology.errors import AddressTaken, NotAnAddress


async def test_a_person_is_known_by_every_address_linked(kept):
    person = await kept.somebody()
    await kept.people.link(person.id, "second@localhost")

    assert await kept.people.at("second@localhost") == person
    assert await kept.people.person(person.id) == person
    first, second = await kept.people.addresses(person.id)
    assert (first, second) == (f"{person.id}@localhost", "second@localhost")


async def test_an_address_is_the_same_in_upper_and_lower_case(kept):
    person = await kept.somebody()
    await kept.people.link(person.id, "Second@LocalHost")

    assert await kept.people.at("SECOND@localhost") == person


async def test_an_address_of_any_scheme_is_known_however_it_is_written(kept):
    person = await kept.somebody()
    await kept.people.link(person.id, "tel:+34 600 111 222")

    assert await kept.people.at("tel:+34600111222") == person
    assert await kept.people.at("tel:0034600111222") == person
    assert await kept.people.at("whatsapp:+34600111222") is None


async def test_what_is_no_address_is_not_linked_and_nobody_is_there(kept):
    person = await kept.somebody()

    with pytest.raises(NotAnAddress):
        await kept.people.link(person.id, "tel:600")
    assert await kept.people.at("tel:600") is None
    assert await kept.people.refuse_once("tel:600")
    assert not await kept.people.refuse_once("tel:600")


async def test_addresses_are_asked_for_by_their_scheme(kept):
    person = await kept.somebody()
    for address in ("telegram:4711", "mailto:a@example.org", "telegram:12"):
        await kept.people.link(person.id, address)

    assert await kept.people.addresses(person.id) == [f"{person.id}@localhost"]
    assert await kept.people.addresses(person.id, "telegram") == [
        "telegram:4711",
        "telegram:12",
    ]
    assert await kept.people.addresses(person.id, "tel") == []
    assert await kept.people.addresses(person.id, scheme="mailto") == ["mailto:a@example.org"]


async def test_a_bad_address_is_the_persons_but_nothing_is_sent_there(kept):
    person = await kept.somebody()
    await kept.people.link(person.id, "telegram:4711")

    marked = await kept.people.mark_bad("telegram:4711", "blocked")

    assert marked.person_id == person.id
    assert await kept.people.addresses(person.id, "telegram") == []
    assert await kept.people.at("telegram:4711") == person
    assert await kept.people.everybody() == [
        (person, [f"{person.id}@localhost", "telegram:4711"])
    ]


async def test_an_address_is_bad_since_it_was_marked_first(kept):
    person = await kept.somebody()
    await kept.people.link(person.id, "telegram:4711")
    first = await kept.people.mark_bad("telegram:4711", "blocked")
    await kept.advance(timedelta(hours=1))

    assert await kept.people.mark_bad("telegram:4711", "gone") == first
    assert await kept.people.mark_bad("telegram:12", "gone") is None


async def test_a_bad_address_is_good_once_it_is_linked_anew_or_heard_from(kept):
    person = await kept.somebody()
    await kept.people.link(person.id, "telegram:4711")
    for mend in (
        kept.people.mark_good("telegram:4711"),
        kept.people.link(person.id, "telegram:4711"),
    ):
        before = await kept.people.mark_bad("telegram:4711", "blocked")
        await mend
        assert await kept.people.addresses(person.id, "telegram") == ["telegram:4711"]
        await kept.advance(timedelta(hours=1))
        assert await kept.people.mark_bad("telegram:4711", "blocked") != before
        await kept.people.mark_good("telegram:4711")


async def test_addresses_of_a_scheme_are_let_go_together(kept):
    person, other = await kept.somebody(), await kept.somebody()
    for address in ("telegram:4711", "telegram:12", "mailto:a@example.org"):
        await kept.people.link(person.id, address)
    await kept.people.link(other.id, "telegram:5")

    gone = await kept.people.unlink(person.id, "telegram")

    assert sorted(gone) == ["telegram:12", "telegram:4711"]
    assert await kept.people.unlink(person.id, "telegram") == []
    assert await kept.people.at("telegram:4711") is None
    assert await kept.people.at("telegram:5") == other
    assert await kept.people.addresses(person.id, "mailto") == ["mailto:a@example.org"]
    await kept.people.link(other.id, "telegram:4711")


async def test_the_first_chat_address_is_never_let_go(kept):
    person = await kept.somebody()
    await kept.people.link(person.id, "second@localhost")

    assert await kept.people.unlink(person.id, "xmpp") == ["second@localhost"]
    assert await kept.people.unlink(person.id, "xmpp") == []
    assert await kept.people.addresses(person.id) == [f"{person.id}@localhost"]


async def test_nobody_is_at_an_address_of_a_stranger(kept):
    assert await kept.people.at("stranger@localhost") is None


async def test_linking_twice_is_linking_once(kept):
    person = await kept.somebody()
    await kept.people.link(person.id, "second@localhost")
    await kept.people.link(person.id, "second@localhost")

    assert len(await kept.people.addresses(person.id)) == 2


async def test_an_address_of_somebody_else_is_taken(kept):
    one, other = await kept.somebody(), await kept.somebody()
    await kept.people.link(one.id, "shared@localhost")

    with pytest.raises(AddressTaken, match="shared@localhost"):
        await kept.people.link(other.id, "shared@localhost")
    with pytest.raises(AddressTaken):
        await kept.people.add(other.model_copy(update={"id": uuid4()}), "shared@localhost")
    assert await kept.people.at("shared@localhost") == one


async def test_adding_the_same_person_again_changes_nothing(kept):
    person = await kept.somebody()
    await kept.people.add(person, f"{person.id}@localhost")

    assert await kept.people.everybody() == [(person, [f"{person.id}@localhost"])]


async def test_everybody_is_listed_by_name(kept):
    second, first = await kept.somebody("Second"), await kept.somebody("First")

    assert [person for person, _ in await kept.people.everybody()] == [first, second]


async def test_a_person_moves_to_another_zone(kept):
    person = await kept.somebody(zone="Europe/Madrid")
    await kept.people.move_to_zone(person.id, "Asia/Tokyo")

    moved = await kept.people.person(person.id)
    assert moved == person.model_copy(update={"zone": "Asia/Tokyo"})


async def test_a_stranger_is_refused_for_the_first_time_only_once(kept):
    assert await kept.people.refuse_once("stranger@localhost")
    assert not await kept.people.refuse_once("stranger@localhost")
    assert await kept.people.refuse_once("another@localhost")


async def test_a_stranger_asked_again_for_the_same_is_refused_for_the_first_time_still(kept):
    assert await kept.people.refuse_once("telegram:4711", "the first words")
    assert await kept.people.refuse_once("telegram:4711", "the first words")
    assert not await kept.people.refuse_once("telegram:4711", "more words")
    assert not await kept.people.refuse_once("telegram:4711")
