from uuid import uuid4

import pytest

from ontology.errors import AddressTaken


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
