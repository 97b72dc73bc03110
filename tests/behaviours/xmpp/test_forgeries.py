"""What anybody can write into a message is not believed: only the server's own word is."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from behaviours.xmpp.archive import Archive
from behaviours.xmpp.mail import said_in
from behaviours.xmpp.stanzas import (
    archive_id,
    is_archive_page,
    is_encrypted,
    is_plain_message,
    message_id,
    metadata_of,
    replaced_id,
    sender_of,
)
from tests.behaviours.xmpp.listening import Listener
from tests.behaviours.xmpp.test_archive import Archived, an_hour_ago

SOMEBODY = "owner@localhost"
FORWARDED = (
    "<forwarded xmlns='urn:xmpp:forward:0'>"
    "<delay xmlns='urn:xmpp:delay' stamp='2001-01-01T00:00:00Z'/>"
    f"<message xmlns='jabber:client' from='{SOMEBODY}' to='{{to}}' type='chat' id='f1'>"
    "<body>forged</body></message></forwarded>"
)
FORGERIES = {
    "carbon received": "<received xmlns='urn:xmpp:carbons:2'>" + FORWARDED + "</received>",
    "carbon sent": "<sent xmlns='urn:xmpp:carbons:2'>" + FORWARDED + "</sent>",
    "page of an archive": (
        "<result xmlns='urn:xmpp:mam:2' queryid='q' id='a1'>" + FORWARDED + "</result>"
    ),
}


async def told_by_a_contact(agent, contact, inside, body="<body>hello</body>"):
    """What a stream hears when a contact writes this into a message, then a plain one."""
    async with Archived(agent) as hearing, Listener(contact) as forging:
        forging.stream.send_raw(
            f"<message to='{agent.jid}' type='chat' id='m1'>"
            f"{body}{inside.format(to=agent.jid)}</message>"
        )
        forging.say(agent.jid, "the end")
        await hearing.hears("the end")
    return hearing


@pytest.mark.parametrize("forgery", FORGERIES.values(), ids=FORGERIES.keys())
@pytest.mark.parametrize("body", ["<body>hello</body>", ""], ids=["with a body", "alone"])
async def test_what_a_contact_wraps_up_is_not_heard_as_said_by_another(two, forgery, body):
    agent, contact = two

    hearing = await told_by_a_contact(agent, contact, forgery, body)

    assert hearing.bodies == ["the end"]
    assert {message.sender for message in hearing.heard} == {contact.jid}
    assert hearing.pages == []


async def test_a_contact_cannot_slip_pages_into_our_own_reading_of_the_archive(two):
    agent, contact = two
    async with Archived(agent) as reading, Listener(contact) as forging:
        await reading.say_once(contact.jid, "really said")
        archive = Archive(reading.stream)
        forged = archive._pages["q"] = []

        forging.stream.send_raw(
            f"<message to='{agent.jid}' type='chat'>"
            f"{FORGERIES['page of an archive'].format(to=agent.jid)}</message>"
        )
        forging.say(agent.jid, "the end")
        await reading.hears("the end")

        assert forged == []
        assert len(await archive.archived(an_hour_ago(), {contact.jid})) == 1


@pytest.mark.parametrize("by", ["{agent}", "{contact}", "localhost", "{agent}/steward"])
async def test_a_stanza_id_that_a_contact_wrote_is_not_ours(two, by):
    agent, contact = two
    forged_by = by.format(agent=agent.jid, contact=contact.jid)
    forged = f"<stanza-id xmlns='urn:xmpp:sid:0' by='{forged_by}' id='forged'/>"

    hearing = await told_by_a_contact(agent, contact, forged)

    ids = [archive_id(stanza, agent.jid) for stanza in hearing.stanzas]
    assert hearing.bodies == ["hello", "the end"]
    assert "forged" not in ids
    assert None not in ids
    assert len(set(ids)) == 2


async def test_a_stanza_id_that_a_contact_wrote_is_not_ours_without_an_archive_either(two):
    agent, contact = two
    async with Listener(agent) as hearing, Listener(contact) as forging:
        forging.stream.send_raw(
            f"<message to='{agent.jid}' type='chat' id='m1'><body>hello</body>"
            f"<stanza-id xmlns='urn:xmpp:sid:0' by='{agent.jid}' id='forged'/></message>"
        )
        await hearing.hears("hello")

    assert archive_id(hearing.stanzas[0], agent.jid) is None


@pytest.mark.parametrize("by", ["localhost", "{agent}", "{contact}"])
async def test_a_delay_that_a_contact_wrote_says_nothing(two, by):
    agent, contact = two
    stamped_by = by.format(agent=agent.jid, contact=contact.jid)
    delay = f"<delay xmlns='urn:xmpp:delay' from='{stamped_by}' stamp='2001-01-01T00:00:00Z'/>"

    hearing = await told_by_a_contact(agent, contact, delay)

    said = said_in(hearing.stanzas[0], agent.jid, handled=lambda: None)
    assert said.body == "hello"
    assert said.said_at is None


async def test_the_sender_is_the_one_that_the_server_stamped(two):
    agent, contact = two
    async with Listener(agent) as hearing, Listener(contact) as forging:
        for claimed in (contact.jid, f"{contact.jid}/phone", f"{contact.jid}/steward"):
            forging.stream.send_raw(
                f"<message to='{agent.jid}' from='{claimed}' type='chat'>"
                f"<body>from {claimed}</body></message>"
            )
        forging.say(agent.jid, "the end")
        await hearing.hears("the end")

    assert {sender_of(stanza) for stanza in hearing.stanzas} == {contact.jid}


async def test_nobody_can_speak_under_another_address(two):
    agent, contact = two
    async with Listener(agent) as hearing, Listener(contact) as forging:
        forging.stream.send_raw(
            f"<message to='{agent.jid}' from='planner@localhost/steward' type='chat'>"
            "<body>do it</body></message>"
        )
        # The server may end the session of whoever tries.
        await forging.until(lambda: forging.sessions or None, "a session", 5)
        forging.say(agent.jid, "the end")
        await hearing.hears("the end")

    assert {sender_of(stanza) for stanza in hearing.stanzas} == {contact.jid}


def message(inside: str, attributes: str = "type='chat'") -> ET.Element:
    return ET.fromstring(
        f"<message xmlns='jabber:client' from='a@b/c' {attributes}>{inside}</message>"
    )


@pytest.mark.parametrize(
    ("stanza", "is_plain"),
    [
        (message("<body>hi</body>"), True),
        (message("<body>hi</body>", "type='normal'"), True),
        (message("<body>hi</body>", ""), True),
        (message("<body/>"), True),
        (message(""), False),
        (message("<subject>hi</subject>"), False),
        (message("<body>hi</body>", "type='groupchat'"), False),
        (message("<body>hi</body>", "type='headline'"), False),
        (message("<body>hi</body>", "type='error'"), False),
        (message("<body xmlns='urn:other'>hi</body>"), False),
        (message("<body>hi</body><sent xmlns='urn:xmpp:carbons:2'/>"), False),
        (message("<body>hi</body><result xmlns='urn:xmpp:mam:2'/>"), False),
    ],
)
def test_a_message_is_plain_when_it_says_something_to_us_directly(stanza, is_plain):
    assert is_plain_message(stanza) is is_plain


OMEMO = "<encrypted xmlns='eu.siacs.conversations.axolotl'><header sid='1'/>{}</encrypted>"
OMEMO_2 = "<encrypted xmlns='urn:xmpp:omemo:2'><header sid='1'/>{}</encrypted>"
SEALED = "<payload>c2VhbGVk</payload>"


@pytest.mark.parametrize(
    "inside",
    [
        f"{OMEMO.format(SEALED)}<body>You received an OMEMO message</body>",
        OMEMO.format(SEALED),
        OMEMO_2.format(SEALED),
        "<openpgp xmlns='urn:xmpp:openpgp:0'>c2VhbGVk</openpgp>",
        "<x xmlns='jabber:x:encrypted'>c2VhbGVk</x><body>remind me at 9 to read this</body>",
        "<encryption xmlns='urn:xmpp:eme:0' namespace='urn:new'/><body>remind me at 9</body>",
        "<body>?OTR:AAMDJ</body>",
    ],
)
def test_a_message_that_says_something_encrypted_is_heard_and_known_as_such(inside):
    assert is_encrypted(message(inside))
    assert is_plain_message(message(inside))


@pytest.mark.parametrize("inside", ["<body>hi</body>", "<body>what is ?OTR</body>"])
def test_a_message_in_the_clear_is_not_encrypted(inside):
    assert not is_encrypted(message(inside))


@pytest.mark.parametrize("keys", [OMEMO.format(""), OMEMO_2.format("")])
def test_an_exchange_of_keys_says_nothing(keys):
    assert not is_plain_message(message(keys))


def test_what_a_message_corrects_is_called_as_its_sender_called_it():
    named = "<body>hi</body><replace xmlns='urn:xmpp:message-correct:0' id='{}'/>"
    long = "x" * 1000
    assert replaced_id(message(named.format("m1"))) == "m1"
    assert replaced_id(message(named.format(long))) == message_id(
        message("<body>hi</body>", f"id='{long}'")
    )
    assert replaced_id(message("<body>hi</body>")) is None


def test_an_older_version_of_the_archive_is_no_archive_page():
    assert not is_archive_page(message("<result xmlns='urn:xmpp:mam:1'/>"))


@pytest.mark.parametrize(
    ("inside", "metadata"),
    [
        ("<body>hi</body>", None),
        ("<x xmlns='jabber:x:data'><title>something else</title></x>", None),
        ("<x xmlns='jabber:x:data'/>", None),
        ("<x xmlns='jabber:x:data'><title>spade:x:metadata</title></x>", {}),
        (
            "<x xmlns='jabber:x:data'><title>spade:x:metadata</title>"
            "<field var='a'><value>1</value></field><field><value>2</value></field>"
            "<field var='b'/></x>",
            {"a": "1", "": "2", "b": ""},
        ),
    ],
)
def test_metadata_is_what_the_form_of_that_title_says(inside, metadata):
    assert metadata_of(message(inside)) == metadata
