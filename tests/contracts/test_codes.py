import asyncio
from datetime import timedelta
from uuid import uuid4

from ontology.people.codes import GOOD_FOR, PER_HOUR, TRIES, Code

RIGHT, WRONG = b"right", b"wrong"
SECOND = timedelta(seconds=1)


def sent_to(person, address="tel:+34600111222"):
    return Code(uuid4(), person.id, "tel", address)


def to_be_said_by(person):
    return Code(uuid4(), person.id, "telegram")


async def test_a_code_that_was_sent_is_redeemed_by_the_person_it_is_for(kept):
    person, other = await kept.somebody(), await kept.somebody()
    code = sent_to(person)
    assert await kept.codes.issue(code, RIGHT)

    assert await kept.codes.redeem_for(other.id, RIGHT) is None
    assert await kept.codes.redeem_from("tel:+34600111222", RIGHT) is None
    assert await kept.codes.redeem_for(person.id, RIGHT) == code


async def test_a_code_to_be_said_elsewhere_is_redeemed_from_there(kept):
    person = await kept.somebody()
    code = to_be_said_by(person)
    await kept.codes.issue(code, RIGHT)

    assert await kept.codes.redeem_for(person.id, RIGHT) is None
    assert await kept.codes.redeem_from("whatsapp:+34600111222", RIGHT) is None
    assert await kept.codes.redeem_from("telegram:4711", RIGHT) == code


async def test_a_code_is_redeemed_once_but_a_repeat_hears_the_same(kept):
    person = await kept.somebody()
    code = to_be_said_by(person)
    await kept.codes.issue(code, RIGHT)
    await kept.codes.redeem_from("telegram:4711", RIGHT)

    assert await kept.codes.redeem_from("telegram:4711", RIGHT) == code
    assert await kept.codes.redeem_from("telegram:12", RIGHT) is None
    await kept.advance(GOOD_FOR)
    assert await kept.codes.redeem_from("telegram:4711", RIGHT) is None


async def test_of_two_who_redeem_a_code_at_once_one_does(kept):
    person = await kept.somebody()
    await kept.codes.issue(to_be_said_by(person), RIGHT)

    redeemed = await asyncio.gather(
        *(kept.codes.redeem_from(f"telegram:{number}", RIGHT) for number in range(1, 9))
    )

    assert len([code for code in redeemed if code]) == 1


async def test_a_code_is_good_for_ten_minutes(kept):
    person = await kept.somebody()
    early, late = sent_to(person), sent_to(person)
    await kept.codes.issue(early, RIGHT)
    await kept.advance(GOOD_FOR - SECOND)
    assert await kept.codes.redeem_for(person.id, RIGHT) == early

    await kept.codes.issue(late, RIGHT)
    await kept.advance(GOOD_FOR)
    assert await kept.codes.redeem_for(person.id, RIGHT) is None


async def test_whoever_guesses_spoils_every_code_that_could_have_been_meant(kept):
    person, other = await kept.somebody(), await kept.somebody()
    await kept.codes.issue(to_be_said_by(person), RIGHT)
    await kept.codes.issue(to_be_said_by(other), b"the other's")
    await kept.codes.issue(sent_to(person), b"sent")
    for number in range(TRIES):
        assert await kept.codes.redeem_from(f"telegram:{number + 1}", WRONG) is None

    assert await kept.codes.redeem_from("telegram:4711", RIGHT) is None
    assert await kept.codes.redeem_from("telegram:4711", b"the other's") is None
    assert await kept.codes.redeem_for(person.id, b"sent") is not None


async def test_one_try_less_spoils_nothing(kept):
    person = await kept.somebody()
    code = sent_to(person)
    await kept.codes.issue(code, RIGHT)
    for _ in range(TRIES - 1):
        await kept.codes.redeem_for(person.id, WRONG)

    assert await kept.codes.redeem_for(person.id, RIGHT) == code


async def test_a_code_that_two_people_have_at_once_is_nobodys(kept):
    for person in (await kept.somebody(), await kept.somebody()):
        await kept.codes.issue(to_be_said_by(person), RIGHT)

    assert await kept.codes.redeem_from("telegram:4711", RIGHT) is None


async def test_a_person_is_given_few_codes_an_hour(kept):
    person, other = await kept.somebody(), await kept.somebody()
    issued = [sent_to(person) for _ in range(PER_HOUR)]
    for code in issued:
        assert await kept.codes.issue(code, RIGHT)

    assert not await kept.codes.issue(sent_to(person), RIGHT)
    assert not await kept.codes.issue(to_be_said_by(person), RIGHT)
    assert await kept.codes.issue(sent_to(other), RIGHT)
    assert await kept.codes.issue(issued[0], RIGHT)  # a repeat is none more
    await kept.advance(timedelta(hours=1))
    assert await kept.codes.issue(sent_to(person), RIGHT)


async def test_who_asks_for_many_at_once_is_given_no_more(kept):
    person = await kept.somebody()

    issued = await asyncio.gather(
        *(kept.codes.issue(sent_to(person), RIGHT) for _ in range(PER_HOUR + 3))
    )

    assert sum(issued) == PER_HOUR
