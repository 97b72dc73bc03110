"""Webhooks over HTTP as hostile and clumsy senders send them: refused, or one transition."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest

from config.home import Home
from gateways.http.webhooks import LONGEST_BODY
from gateways.sendgrid.events import SIGNATURE, TIMESTAMP
from gateways.sendgrid.request import NOTIFICATION, PERSON, STEP
from ontology.links import Purpose
from ontology.notifications.concepts import Outcome
from tests.gateways.http.gateway import FORM, JSON, running
from tests.gateways.twilio.colleagues import ADA

SMS = {"MessageSid": "SM1", "From": "+34600111222", "To": "+4930123456", "Body": "done"}
PILLS = UUID(int=7)


@pytest.fixture
def gateway(tmp_path):
    with running(Home(tmp_path / "home").create()) as listening:
        listening.colleagues.tell(7, "pills")
        yield listening
        assert listening.broken() == []


def report(event, number=1):
    return {
        "event": event,
        "email": "ada@example.org",
        "sg_event_id": f"event-{number}",
        "timestamp": 1772442000,
        NOTIFICATION: str(PILLS),
        PERSON: str(ADA),
        STEP: "0",
    }


def events(*reports):
    return json.dumps(reports).encode()


def posts(gateway):
    return [hook for hook in gateway.hooks if hook.method == "POST"]


def of(hook):
    """Return the path of a route with something in place of its parts."""
    return "/".join("x" if part.startswith("{") else part for part in hook.path.split("/"))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Twilio-Signature": ""},
        {"X-Twilio-Signature": "x" * 28},
        {"X-Twilio-Signature": "\xff\xfe"},
        {SIGNATURE: "", TIMESTAMP: ""},
        {SIGNATURE: "not base64!", TIMESTAMP: "1772442000"},
        {SIGNATURE: "MEUC", TIMESTAMP: "never"},
    ],
)
def test_what_is_not_signed_is_refused_by_every_route(gateway, headers):
    for hook in posts(gateway):
        answer = gateway.post(of(hook), b"", **headers, **{"Content-Type": hook.takes[0]})
        assert answer.status_code == 403, hook.path
    assert untouched(gateway.colleagues)


def test_what_is_too_long_is_refused_by_every_route(gateway):
    for hook in posts(gateway):
        too_long = b"x" * (hook.longest_body + 1)
        answer = gateway.post(of(hook), too_long, **{"Content-Type": hook.takes[0]})
        assert answer.status_code == 413, hook.path
        assert hook.longest_body >= LONGEST_BODY
    assert untouched(gateway.colleagues)


def untouched(colleagues):
    everything = colleagues.acknowledged, colleagues.noted, colleagues.heard, colleagues.changed
    return not any(everything)


def test_a_text_that_comes_five_times_at_once_is_heard_once(gateway):
    answers = at_once(lambda: gateway.from_twilio("/twilio/message", SMS))

    assert {answer.status_code for answer in answers} == {200}
    assert len(gateway.colleagues.heard) == 1


def test_a_text_signed_for_another_is_refused(gateway):
    genuine = gateway.from_twilio("/twilio/message", SMS).request
    forged = genuine.copy()
    forged.prepare_body({**SMS, "MessageSid": "SM2", "Body": "cancel all"}, None)

    assert gateway.visitor.send(forged, timeout=30).status_code == 403
    assert len(gateway.colleagues.heard) == 1


def test_a_report_that_comes_five_times_is_noted_once(gateway):
    answers = at_once(lambda: gateway.from_sendgrid(events(report("delivered"))))

    assert all(200 <= answer.status_code < 300 for answer in answers)
    waited_for(lambda: gateway.colleagues.noted)
    assert [action.outcome for action in gateway.colleagues.noted] == [Outcome.DELIVERED]


def test_reports_in_any_order_are_each_passed_on_once(gateway):
    both = events(report("bounce", 2), report("delivered", 1))
    for body in (events(report("bounce", 2)), both, both, events(report("delivered", 1))):
        assert gateway.from_sendgrid(body).ok

    waited_for(lambda: len(gateway.colleagues.noted) == 2)
    noted = sorted(action.outcome.value for action in gateway.colleagues.noted)
    assert noted == ["delivered", "failed"]


def test_a_link_that_is_pressed_five_times_at_once_acts_once(gateway):
    link = gateway.link(Purpose.DONE, PILLS)
    answers = at_once(lambda: gateway.post(link, b"", **{"Content-Type": FORM}))

    assert {answer.status_code for answer in answers} == {200}
    assert len(gateway.colleagues.acknowledged) == 1


def test_a_link_is_good_for_nothing_but_what_it_was_made_for(gateway):
    elsewhere = gateway.link(Purpose.DONE, UUID(int=8))
    answer = gateway.post(elsewhere, b"", **{"Content-Type": FORM})

    assert answer.status_code == 200
    assert "no such reminder" in answer.text
    assert untouched(gateway.colleagues)


def test_json_that_nests_without_end_is_refused(gateway):
    for body in (b"[" * 60_000, b'{"a":' * 10_000, b"[1e999999]", b'["\\ud800"]'):
        assert 200 <= gateway.from_sendgrid(body).status_code < 500
    answer = gateway.post("/webhooks/sendgrid", b"[]", **{"Content-Type": JSON})
    assert answer.status_code == 403


def at_once(call, times=5):
    with ThreadPoolExecutor(times) as pool:
        return [it.result() for it in [pool.submit(call) for _ in range(times)]]


def waited_for(look, within=10.0):
    until = time.monotonic() + within
    while not look():
        assert time.monotonic() < until
        time.sleep(0.02)
