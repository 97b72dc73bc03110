"""Mails over the wire to a server that answers as SendGrid describes itself."""

from __future__ import annotations

import base64
import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from config.logging import TAMED
from config.ports import free_port
from gateways.sendgrid.request import request_of
from gateways.sendgrid.server import SendGrid
from ontology.notifications.concepts import Outcome
from ontology.notifications.posted import Posted
from tests.gateways.mail.test_hostile_texts import HOSTILE
from tests.gateways.mail.writing import ADA, SENDER, composer, mail_of, notification
from tests.vendors.sendgrid import KEY, Described, sendgrid

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ITEM = notification("take the pills")
MAIL = mail_of(ITEM, step=1)


def posting(url, **more):
    return SendGrid(KEY, url, SENDER, clock=lambda: NOW, **more)


async def test_a_mail_is_handed_over_whole():
    async with sendgrid() as there:
        posted = await posting(there.url).post(MAIL)

    assert posted == Posted.sent("message-1")
    (sent,) = there.sent
    assert sent["from"] == {"email": SENDER, "name": "Steward"}
    assert sent["subject"] == "⏰ take the pills"
    assert [each["type"] for each in sent["content"]] == ["text/plain", "text/html"]
    assert [each["value"] for each in sent["content"]] == [MAIL.text, MAIL.html]
    assert sent["headers"] == {**MAIL.headers, "Message-ID": MAIL.message_id}
    (attached,) = sent["attachments"]
    assert base64.b64decode(attached["content"]) == MAIL.calendar
    (envelope,) = sent["personalizations"]
    assert envelope["to"] == [{"email": "ada@example.org"}]
    assert envelope["custom_args"] == {
        "steward_notification": str(ITEM.id),
        "steward_person": str(ADA.id),
        "steward_step": "1",
    }


async def test_links_are_not_rewritten_and_nobody_is_watched_reading():
    assert request_of(MAIL, SENDER)["tracking_settings"] == {
        "click_tracking": {"enable": False, "enable_text": False},
        "open_tracking": {"enable": False},
        "subscription_tracking": {"enable": False},
    }


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_every_text_makes_a_request_that_fits_the_description(text):
    described = Described()

    assert described.complaints(request_of(mail_of(notification(text)), SENDER)) == []
    said = composer().text(ITEM.id, "ada@example.org", text or "hello")
    assert described.complaints(request_of(said, SENDER)) == []


@pytest.mark.parametrize(
    "broken",
    [
        {"personalizations": [{}]},
        {"from": {"name": "Steward"}},
        {"from": {"email": SENDER, "phone": "1"}},
        {"subject": ""},
        {"content": [{"type": "text/plain"}]},
        {"attachments": [{"filename": "reminder.ics"}]},
        {"tracking_settings": {"click_tracking": {"enable": "no"}}},
        {"text": "hello"},
    ],
    ids=str,
)
async def test_a_broken_request_does_not_fit_the_description(broken):
    assert Described().complaints({**request_of(MAIL, SENDER), **broken})


async def test_a_request_that_does_not_fit_is_refused_by_the_local_server_too():
    async with sendgrid() as there:
        posted = await posting(there.url).post(replace(MAIL, subject=""))

    assert posted.outcome is Outcome.FAILED
    assert not posted.is_put_off
    assert there.sent == []


async def test_an_address_that_sendgrid_calls_wrong_is_a_bad_address():
    async with sendgrid() as there:
        posted = await posting(there.url).post(replace(MAIL, to="nobody"))

    assert (posted.outcome, posted.is_bad_address) == (Outcome.FAILED, True)


IN_A_MINUTE = format_datetime(NOW + timedelta(seconds=60), usegmt=True)
ANSWERS = [
    (429, {"Retry-After": "7"}, 7.0),
    (429, {"Retry-After": IN_A_MINUTE}, 60.0),
    (429, {"Retry-After": "0"}, 0.0),
    (429, {"X-RateLimit-Reset": str(int(NOW.timestamp()) + 9)}, 9.0),
    (429, {"Retry-After": "soon"}, None),
    (429, {}, None),
    (503, {"Retry-After": "20"}, 20.0),
    (500, {}, None),
    (502, {}, None),
    (401, {}, None),
    (403, {}, None),
    (404, {}, None),
]


@pytest.mark.parametrize(("status", "headers", "after"), ANSWERS)
async def test_what_may_go_better_later_is_put_off_for_as_long_as_it_was_said(
    status, headers, after
):
    async with sendgrid() as there:
        there.answers = [(status, headers)]
        posted = await posting(there.url).post(MAIL)

    assert posted == Posted.put_off(f"{status} as scripted", again_after=after)


@pytest.mark.parametrize("status", [400, 413, 415])
async def test_what_will_never_go_better_is_refused(status):
    async with sendgrid() as there:
        there.answers = [(status, {})]

        assert await posting(there.url).post(MAIL) == Posted.refused(f"{status} as scripted")


@pytest.mark.parametrize("answer", [None, (504, {}), (408, {})], ids=str)
async def test_what_may_have_been_taken_is_unknown(answer):
    async with sendgrid() as there:
        there.answers = [answer]
        posted = await posting(there.url).post(MAIL)

    assert posted.outcome is Outcome.UNKNOWN
    assert not posted.is_put_off


@pytest.mark.parametrize("patience", [{"silence": 0.2}, {"within": 0.2, "silence": 0.4}])
async def test_silence_is_unknown(patience):
    async with sendgrid() as there:
        there.answers = ["silence"]
        posted = await posting(there.url, **patience).post(MAIL)

    assert posted.outcome is Outcome.UNKNOWN


async def test_a_service_that_is_not_there_may_come():
    posted = await posting(f"http://127.0.0.1:{free_port('127.0.0.1')}").post(MAIL)

    assert posted.is_put_off
    assert posted.for_everybody


async def test_a_wrong_key_may_be_mended():
    async with sendgrid() as there:
        posted = await SendGrid("wrong", there.url, SENDER).post(MAIL)

    assert posted.is_put_off
    assert there.sent == []


@pytest.mark.parametrize("tamed", [False, True])
async def test_neither_key_nor_text_are_logged_though_the_library_would(tamed, caplog):
    for name, level in TAMED.items():
        caplog.set_level(level if tamed else logging.NOTSET, logger=name)
    caplog.set_level(logging.DEBUG)
    async with sendgrid() as there:
        await posting(there.url).post(MAIL)

    assert (KEY in caplog.text) is not tamed
    assert ("pills" in caplog.text) is not tamed
