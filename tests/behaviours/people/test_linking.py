from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from ontology.acl import Declined, Failed, Refused
from ontology.people.acts import (
    AddressLinked,
    AddressMarked,
    AddressUnlinked,
    CodeSent,
    IssueCode,
    LinkAddress,
    MarkAddress,
    NoSuchAddress,
    NoSuchCode,
    NoSuchPerson,
    NotSetUp,
    NotTheirs,
    RedeemCode,
    TooMany,
    UnlinkAddress,
)
from ontology.people.codes import GOOD_FOR, PER_HOUR, TRIES
from tests.behaviours.people.linking import desk

pytestmark = pytest.mark.usefixtures("virtual_time")

NUMBER = "tel:+34600111222"


async def declines(at, action, no=Declined, conversation=None):
    with pytest.raises(no) as declined:
        await at.ask(action, conversation)
    return declined.value.reason


def another(code):
    """A code that is not this one."""
    return f"{(int(code) + 1) % 1_000_000:06}"


async def test_a_code_sent_to_an_address_links_it_when_the_person_says_it():
    async with desk("sms") as at:
        person = await at.somebody()

        sent = await at.ask(LinkAddress(person_id=person.id, address="tel:+34 600 111 222"))
        assert sent == CodeSent(address=NUMBER, minutes=10)
        ((said,), (code,)) = at.postman.said.values(), at.postman.codes
        assert (said.address, said.channel) == (NUMBER, "sms")
        assert await at.people.at(NUMBER) is None

        linked = await at.ask(RedeemCode(code=f"{code[:3]} {code[3:]}", person_id=person.id))
        assert linked == AddressLinked(address=NUMBER)
        assert await at.people.at(NUMBER) == person
        assert at.told == []  # the person is just being answered


async def test_a_code_said_from_an_account_links_it_and_is_told_of_in_chat():
    async with desk("telegram") as at:
        person = await at.somebody()
        issued = await at.ask(IssueCode(person_id=person.id, scheme="telegram"))

        linked = await at.ask(RedeemCode(code=issued.code, address="telegram:4711"))

        assert linked == AddressLinked(address="telegram:4711")
        assert await at.people.addresses(person.id, "telegram") == ["telegram:4711"]
        assert at.told == [
            "✓ The Telegram account is linked: reminders can reach you there now."
        ]
        assert issued.code not in repr([row.digest for row in at.codes.rows.values()])


async def test_a_request_said_again_in_another_life_sends_the_same_code_once():
    async with desk("e-mail") as at:
        person = await at.somebody()
        action = LinkAddress(person_id=person.id, address="mailto:ada@example.org")
        first = await at.ask(action, "c1")
        at.begin()

        assert await at.ask(action, "c1") == first
        assert len(at.postman.said) == len(at.codes.rows) == 1

        issuing = IssueCode(person_id=person.id, scheme="telegram")
        at.channels = ("telegram",)
        at.begin()
        issued = await at.ask(issuing, "c2")
        at.begin()
        assert await at.ask(issuing, "c2") == issued


async def test_a_code_said_again_in_another_life_is_answered_alike_and_told_of_once():
    async with desk("telegram") as at:
        person = await at.somebody()
        issued = await at.ask(IssueCode(person_id=person.id, scheme="telegram"))
        redeeming = RedeemCode(code=issued.code, address="telegram:4711")
        first = await at.ask(redeeming, "c1")
        at.begin()

        assert await at.ask(redeeming, "c1") == first
        assert len(at.told) == 1


async def test_a_code_that_another_account_says_after_it_was_redeemed_links_nothing():
    async with desk("telegram") as at:
        person = await at.somebody()
        issued = await at.ask(IssueCode(person_id=person.id, scheme="telegram"))
        await at.ask(RedeemCode(code=issued.code, address="telegram:4711"))

        replay = RedeemCode(code=issued.code, address="telegram:12")
        assert await declines(at, replay) == NoSuchCode()
        assert await at.people.at("telegram:12") is None


async def test_of_two_accounts_that_say_a_code_at_once_one_is_linked():
    async with desk("telegram") as at:
        person = await at.somebody()
        issued = await at.ask(IssueCode(person_id=person.id, scheme="telegram"))
        both = [RedeemCode(code=issued.code, address=f"telegram:{n}") for n in (1, 2)]

        answers = await asyncio.gather(*map(at.ask, both), return_exceptions=True)

        assert {type(answer) for answer in answers} == {AddressLinked, Failed}
        assert len(await at.people.addresses(person.id, "telegram")) == 1


async def test_whoever_guesses_too_often_does_not_even_get_in_with_the_right_code():
    async with desk("telegram", "sms") as at:
        person = await at.somebody()
        issued = await at.ask(IssueCode(person_id=person.id, scheme="telegram"))
        await at.ask(LinkAddress(person_id=person.id, address=NUMBER))
        (sent,) = at.postman.codes
        for number in range(TRIES):
            address = f"telegram:{number + 1}"
            guess = RedeemCode(code=another(issued.code), address=address)
            assert await declines(at, guess) == NoSuchCode()
            guess = RedeemCode(code=another(sent), person_id=person.id)
            assert await declines(at, guess) == NoSuchCode()

        right = RedeemCode(code=issued.code, address="telegram:4711")
        assert await declines(at, right) == NoSuchCode()
        right = RedeemCode(code=sent, person_id=person.id)
        assert await declines(at, right) == NoSuchCode()


async def test_a_code_is_too_old_after_ten_minutes():
    async with desk("telegram") as at:
        person = await at.somebody()
        issued = await at.ask(IssueCode(person_id=person.id, scheme="telegram"))
        await at.clock.advance(GOOD_FOR)

        late = RedeemCode(code=issued.code, address="telegram:4711")
        assert await declines(at, late) == NoSuchCode()


async def test_what_is_no_code_is_no_try():
    async with desk("telegram") as at:
        person = await at.somebody()
        issued = await at.ask(IssueCode(person_id=person.id, scheme="telegram"))
        for text in ("", "hello", "12345", "1234567", "'; DROP TABLE codes"):
            for _ in range(TRIES):
                no = RedeemCode(code=text, address="telegram:4711")
                assert await declines(at, no) == NoSuchCode()

        assert await at.ask(RedeemCode(code=issued.code, address="telegram:4711"))


async def test_a_code_of_another_person_links_nothing():
    async with desk("sms") as at:
        person, other = await at.somebody(), await at.somebody("Bob")
        await at.ask(LinkAddress(person_id=person.id, address=NUMBER))
        (code,) = at.postman.codes

        theft = RedeemCode(code=code, person_id=other.id)
        assert await declines(at, theft) == NoSuchCode()
        assert await at.people.at(NUMBER) is None


async def test_an_address_of_somebody_else_is_not_linked():
    async with desk("sms", "telegram") as at:
        person, other = await at.somebody(), await at.somebody("Bob")
        await at.people.link(other.id, NUMBER)
        await at.people.link(other.id, "telegram:4711")

        link = LinkAddress(person_id=person.id, address=NUMBER)
        assert await declines(at, link, Refused) == NotTheirs()
        assert at.postman.said == {}
        issued = await at.ask(IssueCode(person_id=person.id, scheme="telegram"))
        redeem = RedeemCode(code=issued.code, address="telegram:4711")
        assert await declines(at, redeem) == NotTheirs()


async def test_an_address_linked_by_somebody_else_meanwhile_stays_theirs():
    async with desk("sms") as at:
        person, other = await at.somebody(), await at.somebody("Bob")
        await at.ask(LinkAddress(person_id=person.id, address=NUMBER))
        await at.people.link(other.id, NUMBER)

        redeem = RedeemCode(code=at.postman.codes[0], person_id=person.id)
        assert await declines(at, redeem) == NotTheirs()
        assert await at.people.at(NUMBER) == other


@pytest.mark.parametrize(
    ("address", "channel"),
    [
        ("mailto:ada@example.org", "e-mail"),
        (NUMBER, "sms"),
        ("whatsapp:+34600111222", "whatsapp"),
    ],
)
async def test_a_channel_that_nobody_serves_is_told_to_be_not_set_up(address, channel):
    async with desk() as at:
        person = await at.somebody()

        link = LinkAddress(person_id=person.id, address=address)
        assert await declines(at, link, Refused) == NotSetUp(channel=channel)
        issue = IssueCode(person_id=person.id, scheme="telegram")
        assert await declines(at, issue, Refused) == NotSetUp(channel="telegram")
        assert at.codes.rows == {}


async def test_where_no_text_messages_are_sent_a_number_is_called():
    async with desk("call") as at:
        person = await at.somebody()
        await at.ask(LinkAddress(person_id=person.id, address=NUMBER))

        assert [said.channel for said in at.postman.said.values()] == ["call"]


@pytest.mark.parametrize(
    "address", ["tel:600", "ada@example.org", "telegram:4711", "mailto:ada", "sip:ada@x.org"]
)
async def test_no_code_is_sent_to_what_is_no_address_that_takes_one(address):
    async with desk("sms", "e-mail", "telegram") as at:
        person = await at.somebody()

        link = LinkAddress(person_id=person.id, address=address)
        assert isinstance(await declines(at, link, Refused), NoSuchAddress)


async def test_no_code_is_issued_for_accounts_that_take_one_or_for_nobody():
    async with desk("sms", "telegram") as at:
        person = await at.somebody()

        issue = IssueCode(person_id=person.id, scheme="tel")
        assert isinstance(await declines(at, issue, Refused), NoSuchAddress)
        issue = IssueCode(person_id=uuid4(), scheme="telegram")
        assert await declines(at, issue, Refused) == NoSuchPerson()
        link = LinkAddress(person_id=uuid4(), address=NUMBER)
        assert await declines(at, link, Refused) == NoSuchPerson()


async def test_an_address_to_which_nothing_can_be_sent_is_told():
    async with desk("sms") as at:
        person = await at.somebody()
        at.postman.refuses = True

        link = LinkAddress(person_id=person.id, address=NUMBER)
        reason = await declines(at, link)
        assert reason == NoSuchAddress(complaint=f"nothing can be sent to {NUMBER}")


async def test_a_person_is_given_five_codes_an_hour():
    async with desk("sms", "telegram") as at:
        person = await at.somebody()
        link = LinkAddress(person_id=person.id, address=NUMBER)
        for _ in range(PER_HOUR):
            await at.ask(link)

        assert await declines(at, link, Refused) == TooMany()
        issue = IssueCode(person_id=person.id, scheme="telegram")
        assert await declines(at, issue, Refused) == TooMany()
        assert len(at.postman.said) == PER_HOUR
        await at.clock.advance(timedelta(hours=1))
        await at.ask(link)


async def test_a_code_needs_somebody_who_says_it():
    async with desk("sms") as at:
        person = await at.somebody()
        for nobody in (
            RedeemCode(code="123456"),
            RedeemCode(code="123456", person_id=person.id, address="telegram:4711"),
            RedeemCode(code="123456", address=NUMBER),
            RedeemCode(code="123456", address="ada@localhost"),
        ):
            assert await declines(at, nobody) == NoSuchCode()


async def test_addresses_are_let_go_and_a_repeat_hears_the_same():
    async with desk() as at:
        person = await at.somebody()
        await at.people.link(person.id, NUMBER)
        unlink = UnlinkAddress(person_id=person.id, scheme="tel")

        assert await at.ask(unlink, "c1") == AddressUnlinked(addresses=(NUMBER,))
        assert await at.ask(unlink, "c1") == AddressUnlinked(addresses=(NUMBER,))
        assert isinstance(await declines(at, unlink), NoSuchAddress)


async def test_the_last_chat_address_stays():
    async with desk() as at:
        person = await at.somebody()

        unlink = UnlinkAddress(person_id=person.id, scheme="xmpp")
        reason = await declines(at, unlink)
        assert reason == NoSuchAddress(complaint="the last chat address stays")
        assert await at.people.addresses(person.id) == [f"{person.id}@localhost"]


async def test_that_an_address_went_bad_is_told_in_chat_once():
    async with desk() as at:
        person = await at.somebody()
        await at.people.link(person.id, "mailto:ada@example.org")
        mark = MarkAddress(address="mailto:ada@example.org", why="mailbox full")

        for _ in range(3):
            assert await at.ask(mark) == AddressMarked()

        assert at.told == [
            "The mail address ada@example.org takes nothing any more (mailbox full). "
            "I send nothing there until you link it again."
        ]
        assert await at.people.addresses(person.id, "mailto") == []


async def test_neither_an_address_of_nobody_nor_one_of_chat_goes_bad():
    async with desk() as at:
        person = await at.somebody()
        for address in (NUMBER, f"{person.id}@localhost"):
            mark = MarkAddress(address=address, why="gone")
            assert isinstance(await declines(at, mark), NoSuchAddress)
        assert at.told == []
