"""What the doctor asks of others, and what it makes of their answers."""

from __future__ import annotations

import datetime as dt
import socket

import pytest

from gateways.certificates import Certificates
from gateways.checking import asking, public_address, vendors
from tests.gateways.checking.vendor import vendor_listening

TOKEN = "12345:secret"
NUMBER = "+4930123456"
ACCOUNT = "AC" + "0" * 32
BASE = f"/2010-04-01/Accounts/{ACCOUNT}"
HERE = "https://steward.example.org"


@pytest.fixture
async def vendor():
    async with vendor_listening() as listening:
        yield listening


@pytest.fixture
def nowhere():
    """The URL of a port at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    return f"http://127.0.0.1:{port}"


def told(findings):
    return [(it.works, it.said) for it in findings]


def me(name="a_bot"):
    return (200, {"ok": True, "result": {"username": name}})


def hook(url=""):
    return (200, {"ok": True, "result": {"url": url}})


@pytest.mark.parametrize(
    ("get_me", "webhook", "works", "said"),
    [
        (me(), hook(), True, "the bot is @a_bot"),
        ((401, {"ok": False}), hook(), False, "the token is not accepted"),
        (me(), hook("https://elsewhere.example"), False, "@a_bot sends its updates elsewhere"),
        (
            (502, "<html>"),
            hook(),
            False,
            "an answer of status 502 that says nothing we know",
        ),
        ((200, [1]), hook(), False, "an answer of status 200 that says nothing we know"),
        (me(), (500, ""), False, "an answer of status 500 that says nothing we know"),
    ],
)
async def test_a_telegram_bot(vendor, get_me, webhook, works, said):
    vendor.answers = {
        f"/bot{TOKEN}/getMe": get_me,
        f"/bot{TOKEN}/getWebhookInfo": webhook,
    }
    (finding,) = await vendors.telegram(TOKEN, vendor.url)

    assert (finding.works, finding.said) == (works, said)
    assert "secret" not in finding.said + finding.mend


def number(**urls):
    return (200, {"incoming_phone_numbers": [urls] if urls else []})


RIGHT = {"sms_url": f"{HERE}/twilio/message", "voice_url": f"{HERE}/twilio/voice"}


@pytest.mark.parametrize(
    ("account", "numbers", "public", "works", "said"),
    [
        ("active", number(**RIGHT), HERE, True, "messages and calls come to Steward"),
        ("suspended", number(**RIGHT), HERE, False, "the account is suspended"),
        ("active", number(), HERE, False, "the account has no such number"),
        ("active", number(**RIGHT), None, False, "Twilio cannot reach Steward"),
        (
            "active",
            number(**RIGHT | {"sms_url": "https://demo.twilio.com"}),
            HERE,
            False,
            "what people send to it does not come to Steward",
        ),
        ("active", (500, {}), HERE, False, "an answer of status 500 that says nothing we know"),
    ],
)
async def test_a_twilio_account_and_its_number(vendor, account, numbers, public, works, said):
    vendor.answers = {
        f"{BASE}.json": (200, {"status": account}),
        f"{BASE}/IncomingPhoneNumbers.json": numbers,
    }
    findings = await vendors.twilio(
        ACCOUNT, "secret", vendor.url, number=NUMBER, public_url=public
    )

    assert told(findings)[-1] == (works, said)
    for request in vendor.asked:
        assert request.headers["Authorization"].startswith("Basic ")
    if len(vendor.asked) == 2:
        assert vendor.asked[1].query["PhoneNumber"] == NUMBER


async def test_a_twilio_token_that_is_not_accepted(vendor):
    vendor.answers = {f"{BASE}.json": (401, {"code": 20003})}
    findings = await vendors.twilio(ACCOUNT, "secret", vendor.url)

    assert told(findings) == [(False, "account and token are not accepted")]


@pytest.mark.parametrize(
    ("answer", "works", "said"),
    [
        ((200, {"scopes": ["mail.send"]}), True, "the key may send mail"),
        ((200, {"scopes": ["stats.read"]}), False, "the key may not send mail"),
        ((401, {"errors": []}), False, "the key is not accepted"),
        ((200, "hello"), False, "an answer of status 200 that says nothing we know"),
    ],
)
async def test_a_key_of_sendgrid(vendor, answer, works, said):
    vendor.answers = {"/v3/scopes": answer}
    findings = await vendors.sendgrid("secret", vendor.url, event_key=True, public=True)

    assert told(findings) == [(works, said)]
    assert vendor.asked[0].headers["Authorization"] == "Bearer secret"


async def test_bounces_that_nobody_tells_of_are_named(vendor):
    vendor.answers = {"/v3/scopes": (200, {"scopes": ["mail.send"]})}
    findings = await vendors.sendgrid("secret", vendor.url, event_key=False, public=True)

    assert told(findings)[1] == (False, "bounces are not told to Steward")


async def test_who_cannot_be_reached_is_named_without_what_is_secret(nowhere):
    for findings in (
        await vendors.telegram(TOKEN, nowhere),
        await vendors.twilio(ACCOUNT, "secret", nowhere, number=NUMBER),
        await vendors.sendgrid("secret", nowhere, event_key=True, public=False),
        await public_address.public_address(nowhere, "token"),
    ):
        (finding,) = findings
        assert finding.said.startswith("no connection (")
        assert "secret" not in finding.said + finding.mend


async def test_who_does_not_answer_in_time_is_given_up(monkeypatch):
    monkeypatch.setattr(asking, "SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        told = await asking.ask(f"http://127.0.0.1:{silent.getsockname()[1]}/")

    assert told.why == "no answer in 0.2 s"


HEALTH = (200, {"status": "ok"})


@pytest.mark.parametrize(
    ("answers", "works", "said"),
    [
        ({"/health": HEALTH, "/a/token": (410, "")}, True, "Steward is reached there"),
        ({"/health": HEALTH, "/a/token": (403, "")}, False, "another Steward answers there"),
        (
            {"/health": (200, {"status": "failing"}), "/a/token": (410, "")},
            True,
            "Steward is reached there",
        ),
        ({"/health": (200, "nginx")}, False, None),
        ({}, False, None),
    ],
)
async def test_the_public_address_has_to_lead_to_this_very_steward(
    vendor, answers, works, said
):
    vendor.answers = answers
    finding, *_ = await public_address.public_address(vendor.url, "token")

    assert finding.works is works
    assert said is None or finding.said == said


async def test_a_proxy_that_hides_who_comes_from_outside_is_named(vendor):
    vendor.answers = {"/health": (200, {"status": "ok", "parts": {}})}
    assert not (await public_address._closed(vendor.url)).works

    vendor.answers = {"/health": HEALTH}
    assert (await public_address._closed(vendor.url)).works


def test_a_certificate_that_runs_out_soon_or_cannot_be_read_is_named(tmp_path, monkeypatch):
    kept = Certificates(tmp_path, "localhost")
    assert public_address.kept_certificate(kept.server_file) == []

    kept.renew()
    (finding,) = public_address.kept_certificate(kept.server_file)
    assert finding.works
    monkeypatch.setattr(public_address, "RUNS_OUT", dt.timedelta(days=900))
    (finding,) = public_address.kept_certificate(kept.server_file)
    assert finding.mend == "start Steward anew: it is renewed then"

    kept.server_file.write_text("nonsense")
    (finding,) = public_address.kept_certificate(kept.server_file)
    assert finding.said == "it cannot be read"
