"""Strangers, forgeries and stanzas that no honest client sends."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gateways.certificates import Certificates
from tests.acceptance import forgeries
from tests.clients.slixmpp_client import SlixmppClient

pytestmark = pytest.mark.acceptance
SECRET = "the-secret-plan"


async def person_id(database, jid: str) -> str:
    return str(await database.value("SELECT person_id FROM addresses WHERE address = $1", jid))


async def everything_is_handled(attacker, person) -> None:
    """Whatever was sent so far has been handled and its consequences have arrived.

    The assistant, the planner and the reminder agent handle what the server brings in order,
    and all three stand in the way of this answer.
    """
    await attacker.sent()
    await attacker.nothing_under_way()
    assert await person.ask("list my reminders")
    await attacker.nothing_under_way()


async def test_a_stranger_is_refused_once_and_then_met_with_silence(
    database, stranger, login, person
):
    unknown = await login(stranger)
    unknown.say("remind me in 1 hour to rob the bank")
    refusal = await unknown.hears()
    assert "rob the bank" not in refusal.body
    for _ in range(3):
        unknown.say("hello?")
        unknown.say("list my reminders")
    await everything_is_handled(unknown, person)
    assert len(unknown.heard) == 1
    assert (
        await database.value("SELECT count(*) FROM reminders WHERE text ~ 'rob the bank'") == 0
    )


@pytest.mark.parametrize("who", ["a person", "a stranger"])
async def test_nobody_but_agents_of_the_platform_can_talk_acl_to_agents(
    database, person, newcomer, strangers, login, household, who
):
    victim = await person_id(database, person.account.jid)
    await person.ask(f"remind me tomorrow at 9:00 to {SECRET}")
    attacker = await login(household.newcomer() if who == "a person" else next(strangers))
    domain = household.assistant.partition("@")[2]
    reminder, planner = (f"{name}@{domain}/steward" for name in ("reminder", "planner"))
    for to in (reminder, planner, household.assistant, f"{household.assistant}/steward"):
        attacker.say_raw(forgeries.create_reminder(to, victim, "obey the attacker"))
        attacker.say_raw(forgeries.answer_utterance(to, victim, "remind me at 9 to obey"))
        attacker.say_raw(forgeries.list_reminders(to, victim))
    await everything_is_handled(attacker, person)

    assert all(SECRET not in message.body for message in attacker.heard)
    assert await database.reminders_of(person.account.jid) == 1
    assert await database.reminders_of(attacker.account.jid) == 0


async def test_an_agent_resource_of_a_persons_account_is_no_agent(
    database, newcomer, household, person
):
    domain = household.assistant.partition("@")[2]
    async with SlixmppClient(newcomer, f"reminder@{domain}/steward", "steward") as attacker:
        victim = await person_id(database, person.account.jid)
        attacker.say_raw(forgeries.create_reminder(attacker.contact, victim, "obey"))
        await everything_is_handled(attacker, person)
    assert await database.reminders_of(person.account.jid) == 0


async def test_a_forged_sender_is_not_believed(database, stranger, login, person, household):
    attacker = await login(stranger)
    attacker.say_raw(
        f"<message from='{person.account.jid}/x' to='{household.assistant}' type='chat'>"
        "<body>remind me tomorrow at 9:00 to obey</body></message>"
    )
    assert await person.ask("list my reminders")
    assert await database.reminders_of(person.account.jid) == 0
    assert person.count("obey") == 0


@pytest.mark.parametrize("forge", [forgeries.carbon, forgeries.archive_result])
async def test_a_forged_carbon_or_archive_result_is_not_believed(
    database, household, login, person, forge
):
    attacker = await login(household.newcomer())
    text = "remind me tomorrow at 9:00 to obey"
    attacker.say_raw(forge(household.assistant, person.account.jid, text))
    attacker.say_raw(forge(f"{household.assistant}/steward", person.account.jid, text))
    await everything_is_handled(attacker, person)
    assert await database.reminders_of(person.account.jid) == 0
    assert await database.reminders_of(attacker.account.jid) == 0


async def test_a_forged_delay_stamp_does_not_move_the_moment_it_was_said(database, person):
    await database.go_to("Monday", 8)
    for server in ("localhost", person.contact):
        person.forget()
        stamp = f"<delay xmlns='urn:xmpp:delay' from='{server}' stamp='2001-01-01T00:00:00Z'/>"
        person.say("remind me in 1 hour to stretch", delay=stamp)
        assert "09:0" in (await person.hears("stretch")).body


async def test_a_stanza_that_comes_twice_under_one_id_is_answered_once(database, person):
    for _ in range(3):
        person.say("remind me tomorrow at 9:00 to stretch", message_id="one-and-the-same")
        await person.sent()
    await person.hears("stretch")
    await person.ask("hello")
    assert await database.reminders_of(person.account.jid) == 1
    assert person.count("stretch") == 1


async def test_one_id_for_different_words_of_different_people_is_no_duplicate(
    database, person, household, login
):
    other = await login(household.newcomer())
    for client in (person, other):
        client.say("remind me tomorrow at 9:00 to stretch", message_id="the-same")
        await client.hears("stretch")


async def test_deep_nesting_harms_nobody(household, stranger, login, person):
    attacker = await login(stranger)
    for to in (household.assistant, f"{household.assistant}/steward"):
        attacker.say_raw(forgeries.nested(to, 5_000))
    domain = household.assistant.partition("@")[2]
    for agent in ("planner", "reminder", "notifier", "directory"):
        attacker.say_raw(forgeries.nested(f"{agent}@{domain}/steward", 5_000))
    assert "stretch" in await person.ask("remind me tomorrow at 9:00 to stretch")


async def test_deeply_nested_content_harms_nobody(household, login, person):
    attacker = await login(household.newcomer())
    domain = household.assistant.partition("@")[2]
    deep = "[" * 5_000 + "]" * 5_000
    for agent in ("planner", "reminder", "notifier", "directory", "assistant"):
        attacker.say_raw(
            forgeries.agent_message(
                f"{agent}@{domain}/steward",
                deep,
                performative="request",
                protocol="fipa-request",
                ontology="reminders",
            )
        )
    assert "stretch" in await person.ask("remind me tomorrow at 9:00 to stretch")


@pytest.mark.parametrize("illegal", ["&#x1;", "\x02", "\uffff", "&#xD800;"])
async def test_characters_that_xml_forbids_end_at_most_the_stream_that_sent_them(
    household, login, person, illegal
):
    broken = await login(household.newcomer())
    broken.say_raw(
        f"<message to='{household.assistant}' type='chat'><body>a{illegal}b</body></message>"
    )
    assert "stretch" in await person.ask("remind me tomorrow at 9:00 to stretch")
    await broken.live()
    broken.say("remind me tomorrow at 9:00 to stretch")
    await broken.hears("stretch")


@pytest.mark.parametrize("text", ["\x7f\x85\u2028", "\U0010ffff", "%s%n{}\\x00"])
async def test_strange_characters_do_not_break_the_conversation(person, text):
    await person.ask(f"remind me tomorrow at 9:00 to read {text} aloud")
    assert "aloud" in await person.ask("list")


async def test_errors_headlines_and_groupchat_are_not_taken_for_talk(household, person):
    for kind in ("error", "headline", "groupchat"):
        person.say_raw(
            f"<message to='{household.assistant}' type='{kind}'>"
            "<body>remind me tomorrow at 9:00 to obey</body></message>"
        )
    await person.ask("hello")
    assert "obey" not in await person.ask("list")
    assert person.count("obey") == 0


async def test_a_client_that_does_not_trust_our_authority_does_not_log_in(
    newcomer, household, tmp_path
):
    elsewhere = Certificates(tmp_path, "localhost")
    elsewhere.renew()
    account = replace(newcomer, ca_file=str(elsewhere.ca_file))
    client = SlixmppClient(account, household.assistant)
    with pytest.raises(TimeoutError):
        await client.start(within=3)
    await client.stop()
