"""Mails over the wire to a real mail server, which may be slow, unwilling or gone."""

from __future__ import annotations

import ssl
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from config.ports import free_port
from gateways.certificates import Certificates
from gateways.smtp.address import Security, SmtpAddress
from gateways.smtp.server import SmtpServer
from ontology.mail.concepts import Mail
from ontology.notifications.concepts import Outcome
from ontology.notifications.posted import Posted
from tests.vendors.mail_server import PASSWORD, USER, mail_server

SENDER = "steward@example.org"
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
KEY = uuid4()
MAIL = Mail(
    message_id=f"<{KEY}@example.org>",
    to="ada@example.org",
    subject="⏰ stretch",
    text="stretch\n",
    html="<p>stretch</p>\n",
    calendar=b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
    headers={"Auto-Submitted": "auto-generated"},
)


def posting(server, *, security=Security.THIS_MACHINE, host="127.0.0.1", login=False, **more):
    address = SmtpAddress(host, server.port, security)
    if login:
        address = replace(address, username=USER, password=PASSWORD)
    return SmtpServer(address, SENDER, clock=lambda: NOW, **more)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    made = Certificates(tmp_path_factory.mktemp("certificates"), "localhost")
    made.renew()
    return made


@pytest.fixture(scope="module")
def tls(certificates):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates.server_file, certificates.server_key_file)
    return context


@pytest.fixture
def trust(certificates):
    return ssl.create_default_context(cafile=certificates.ca_file)


async def test_a_mail_is_handed_over_whole():
    async with mail_server() as server:
        posted = await posting(server).post(MAIL)

    assert posted == Posted.sent("2.0.0 queued as A1")
    ((envelope,), (mail,)) = server.envelopes, server.mails
    assert (envelope.mail_from, envelope.rcpt_tos) == (SENDER, ["ada@example.org"])
    assert mail["Subject"] == "⏰ stretch"
    assert mail["Message-ID"] == MAIL.message_id
    assert mail["From"] == "Steward <steward@example.org>"
    assert mail["To"] == "ada@example.org"
    assert mail["Date"] == "Mon, 02 Mar 2026 09:00:00 +0000"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_body(("plain",)).get_content().split() == ["stretch"]
    assert mail.get_body(("html",)).get_content().split() == ["<p>stretch</p>"]
    (attached,) = mail.iter_attachments()
    assert attached.get_content_type() == "text/calendar"
    assert attached["Content-Type"].params == {"method": "PUBLISH", "charset": "utf-8"}
    assert attached.get_payload(decode=True) == MAIL.calendar


async def test_repeated_it_is_the_same_mail():
    async with mail_server() as server:
        for _ in range(2):
            await posting(server).post(MAIL)

    first, second = server.mails
    assert first["Message-ID"] == second["Message-ID"]


@pytest.mark.parametrize("security", [Security.BY_STARTTLS, Security.FROM_THE_START])
async def test_it_goes_encrypted_and_with_a_login(security, tls, trust):
    wrapped = security is Security.FROM_THE_START
    async with mail_server(tls=tls, wrapped=wrapped, auth=True) as server:
        there = posting(server, security=security, host="localhost", login=True, tls=trust)
        posted = await there.post(MAIL)

    assert posted.outcome is Outcome.SENT
    assert server.users == [USER.encode()]
    if not wrapped:
        assert server.was_secure == [True]


@pytest.mark.parametrize("security", [Security.BY_STARTTLS, Security.FROM_THE_START])
async def test_a_server_that_cannot_prove_its_name_gets_nothing(security, tls):
    wrapped = security is Security.FROM_THE_START
    async with mail_server(tls=tls, wrapped=wrapped) as server:
        there = posting(server, security=security, host="localhost")
        posted = await there.post(MAIL)

    assert posted.is_put_off
    assert server.envelopes == []


async def test_a_server_that_offers_no_encryption_gets_nothing(trust):
    async with mail_server() as server:
        there = posting(server, security=Security.BY_STARTTLS, host="localhost", tls=trust)
        posted = await there.post(MAIL)

    assert posted.is_put_off
    assert "STARTTLS" in (posted.why or "")
    assert server.envelopes == []


async def test_a_wrong_password_may_be_mended_and_nothing_else_goes_through_meanwhile(
    tls, trust
):
    async with mail_server(tls=tls, auth=True) as server:
        address = SmtpAddress("localhost", server.port, Security.BY_STARTTLS, USER, "wrong")
        posted = await SmtpServer(address, SENDER, tls=trust).post(MAIL)

    assert posted.is_put_off
    assert posted.for_everybody
    assert (posted.why or "").startswith("535")


REPLIES = [
    ("CONNECT", "421 too busy", Posted.put_off("421 too busy")),
    ("CONNECT", "554 no service", Posted.put_off("554 no service")),
    ("MAIL", "451 later", Posted.put_off("451 later")),
    ("MAIL", "550 not you", Posted.refused("550 not you")),
    ("RCPT", "450 busy", Posted.put_off("450 busy", for_everybody=False)),
    ("RCPT", "550 5.1.1 nobody", Posted.refused("550 5.1.1 nobody", is_bad_address=True)),
    ("RCPT", "550 5.7.1 policy", Posted.refused("550 5.7.1 policy")),
    ("RCPT", "552 full", Posted.refused("552 full")),
    ("DATA", "452 no room", Posted.put_off("452 no room")),
    ("DATA", "554 spam", Posted.refused("554 spam")),
    ("DATA", "421 going down", Posted.put_off("421 going down")),
]


@pytest.mark.parametrize(
    ("command", "reply", "posted"), REPLIES, ids=[r for _, r, _ in REPLIES]
)
async def test_what_a_server_replies_decides_what_became_of_it(command, reply, posted):
    async with mail_server() as server:
        server.says[command] = reply

        assert await posting(server).post(MAIL) == posted
    assert server.envelopes == []


@pytest.mark.parametrize("command", ["CONNECT", "MAIL", "RCPT"])
async def test_a_connection_cut_before_the_mail_left_may_be_made_again(command):
    async with mail_server() as server:
        server.says[command] = None
        posted = await posting(server).post(MAIL)

    assert posted.is_put_off
    assert posted.outcome is Outcome.FAILED


async def test_a_connection_cut_when_the_mail_has_left_leaves_it_unknown():
    async with mail_server() as server:
        server.says["DATA"] = None
        posted = await posting(server).post(MAIL)

    assert posted.outcome is Outcome.UNKNOWN
    assert not posted.is_put_off


async def test_silence_when_the_mail_has_left_leaves_it_unknown():
    async with mail_server() as server:
        server.hangs = True
        posted = await posting(server, within=0.5).post(MAIL)

    assert posted.outcome is Outcome.UNKNOWN


async def test_what_was_accepted_stays_so_however_the_goodbye_ends():
    async with mail_server() as server:
        server.says["QUIT"] = None
        cut = await posting(server).post(MAIL)
        server.says["QUIT"] = "500 what?"
        odd = await posting(server).post(MAIL)

    assert cut.outcome is odd.outcome is Outcome.SENT


async def test_a_server_that_is_not_there_may_come():
    class Nobody:
        port = free_port("127.0.0.1")

    posted = await posting(Nobody).post(MAIL)

    assert posted.is_put_off
    assert posted.for_everybody


async def test_a_mail_that_cannot_be_written_is_refused_and_nobody_is_called():
    async with mail_server() as server:
        posted = await posting(server).post(
            replace(MAIL, subject="hello\r\nBcc: eve@example.org")
        )

    assert posted.outcome is Outcome.FAILED
    assert server.connections == 0
