"""Calls and texts over the wire; every request is checked by Twilio's own description."""

from uuid import UUID

import aiohttp
import pytest
from aiohttp import web

from gateways.twilio.telephone import Account, TwilioTelephone
from ontology.notifications.concepts import Channel, Outcome
from ontology.phone.concepts import About
from tests.vendors.twilio import ACCOUNT, API, TOKEN, hang_up, refusal, twilio

ADA = "+34600111222"
HERE = "https://steward.example"
ABOUT = About(UUID(int=1), 2, (UUID(int=3), UUID(int=4)))


@pytest.fixture
async def vendor():
    async with twilio() as server:
        yield server


def telephone_at(url, **changed):
    account = {
        "sid": ACCOUNT,
        "token": TOKEN,
        "number": "+4930123456",
        "whatsapp": "+14155238886",
        "url": url,
        "public_url": HERE,
    }
    return TwilioTelephone(Account(**{**account, **changed}))


async def test_a_call_is_placed_once_and_asks_us_what_to_say(vendor):
    posted = await telephone_at(vendor.url).call(ADA, "en-GB", ABOUT)

    assert posted.outcome is Outcome.SENT
    assert posted.reference == "CA" + f"{1:032x}"
    (form,) = vendor.placed("calls")
    assert form["To"] == [ADA]
    assert form["From"] == ["+4930123456"]
    assert form["Url"] == [f"{HERE}/twilio/call/en-GB/{ABOUT}"]
    assert form["StatusCallback"] == [f"{HERE}/twilio/status/call/{ABOUT}"]
    assert form["MachineDetection"] == ["Enable"]


@pytest.mark.parametrize(
    ("channel", "sender", "to"),
    [
        (Channel.SMS, "+4930123456", ADA),
        (Channel.WHATSAPP, "whatsapp:+14155238886", f"whatsapp:{ADA}"),
    ],
)
async def test_a_text_is_sent_from_the_channels_own_sender(vendor, channel, sender, to):
    text = "milk & <eggs> – 100 % 🥛"
    posted = await telephone_at(vendor.url).text(channel, ADA, text, ABOUT)

    assert posted.outcome is Outcome.SENT
    (form,) = vendor.placed("messages")
    assert (form["From"], form["To"], form["Body"]) == ([sender], [to], [text])
    assert form["StatusCallback"] == [f"{HERE}/twilio/status/{channel}/{ABOUT}"]


async def test_what_reports_on_nothing_has_no_callback(vendor):
    await telephone_at(vendor.url).text(Channel.SMS, ADA, "your code: 123 456")
    (form,) = vendor.placed("messages")
    assert "StatusCallback" not in form


async def test_hanging_up_ends_the_call_whatever_it_does(vendor):
    sid = "CA" + "ab" * 16
    await telephone_at(vendor.url).hang_up(sid)
    assert vendor.placed("call") == [{"Status": ["completed"]}]


@pytest.mark.parametrize(
    ("status", "seconds"),
    [(503, "7"), (503, "0.5"), *((429, each) for each in ("7", "0.5", None, "-1", "soon"))],
)
async def test_a_busy_server_is_left_alone_for_as_long_as_it_says(vendor, status, seconds):
    headers = {} if seconds is None else {"Retry_After": seconds}
    vendor.trouble = [refusal(status, **headers)]
    posted = await telephone_at(vendor.url).call(ADA, "en-GB", ABOUT)

    assert posted.is_put_off
    assert posted.again_after == {"7": 7.0, "0.5": 0.5}.get(seconds)
    assert vendor.placed("calls") == []


async def test_a_request_that_left_and_was_not_answered_is_unknown_and_made_once(vendor):
    vendor.trouble = [hang_up]
    posted = await telephone_at(vendor.url).call(ADA, "en-GB", ABOUT)

    assert posted.outcome is Outcome.UNKNOWN
    assert not posted.is_put_off
    assert len(vendor.placed("calls")) == 1


@pytest.mark.parametrize(
    "answer",
    [
        web.Response(status=201, text="not json"),
        web.json_response([], status=201),
        web.Response(status=201),
        refusal(500, 20500),
        refusal(503),
        refusal(503, Retry_After="soon"),
        web.Response(status=302, headers={"Location": "/elsewhere"}),
    ],
    ids=["text", "a list", "nothing", "500", "503", "503 soon", "elsewhere"],
)
async def test_an_answer_that_makes_no_sense_leaves_it_unknown(vendor, answer):
    vendor.trouble = [answer]
    posted = await telephone_at(vendor.url).call(ADA, "en-GB", ABOUT)
    assert posted.outcome is Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("code", "is_bad"), [(21211, True), (21614, True), (21608, False), (None, False)]
)
async def test_a_refusal_is_final_and_tells_a_bad_number(vendor, code, is_bad):
    vendor.trouble = [refusal(400, code)]
    posted = await telephone_at(vendor.url).text(Channel.SMS, ADA, "hello")
    assert posted.outcome is Outcome.FAILED
    assert (posted.is_bad_address, posted.is_put_off) == (is_bad, False)


async def test_a_wrong_token_is_told_without_showing_it(vendor):
    posted = await telephone_at(vendor.url, token="wrong secret").call(ADA, "en-GB", ABOUT)
    assert posted.outcome is Outcome.FAILED
    assert posted.why is not None
    assert "secret" not in posted.why


async def test_a_server_that_is_away_never_heard_of_it():
    posted = await telephone_at("http://127.0.0.1:9").call(ADA, "en-GB", ABOUT)
    assert posted.is_put_off


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("Calls.json", {"To": ADA}),
        ("Calls.json", {"To": ADA, "From": ADA, "Method": "PATCH"}),
        ("Calls/CA1.json", {"Status": "silenced"}),
        ("Messages.json", {"Body": "to nobody"}),
        ("Messages.json", {"To": ADA, "Colour": "red"}),
    ],
)
async def test_a_broken_request_is_found_out(vendor, path, form):
    url = f"{vendor.url}{API.format(AccountSid=ACCOUNT)}/{path}"
    signed = {"Authorization": aiohttp.encode_basic_auth(ACCOUNT, TOKEN)}
    async with (
        aiohttp.ClientSession(headers=signed) as session,
        session.post(url, data=form) as answer,
    ):
        assert answer.status == 400
