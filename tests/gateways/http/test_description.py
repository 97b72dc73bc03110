"""The gateway's own description, and strangers who try everything that it describes."""

from __future__ import annotations

import os
from urllib.parse import parse_qsl

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import checks
from twilio.request_validator import RequestValidator

from config.home import Home
from tests.gateways.http.gateway import TWILIO_TOKEN, running

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "15"))
"""For each operation; “make fuzz” tries many more."""

EXPECTED = [checks.not_a_server_error, checks.status_code_conformance]
TRYING = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
PAGES = {
    ("get", "/"),
    ("get", "/health"),
    ("get", "/journal"),
    ("get", "/login"),
    ("get", "/metrics"),
    ("get", "/openapi.json"),
    ("post", "/login"),
    ("post", "/logout"),
}


@pytest.fixture(scope="module")
def gateway(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("gateway") / "home").create()
    with running(home) as listening:
        sign_in(listening, home.secret("http-password"))
        yield listening


def sign_in(gateway, password):
    page = gateway.visitor.get(f"{gateway.url}/login", timeout=30).text
    token = page.partition('name="token" value="')[2].partition('"')[0]
    form = {"user": "owner", "password": password, "token": token}
    gateway.visitor.post(f"{gateway.url}/login", data=form, timeout=30)


@pytest.fixture(scope="module")
def description(gateway):
    return gateway.visitor.get(f"{gateway.url}/openapi.json", timeout=30).json()


@pytest.fixture(scope="module")
def described(gateway, description):
    loaded = schemathesis.openapi.from_dict(description)
    loaded.config.update(base_url=gateway.url)
    return loaded


def test_it_is_shown_only_to_who_is_signed_in(gateway, description):
    answer = requests.get(f"{gateway.url}/openapi.json", allow_redirects=False, timeout=30)

    assert answer.status_code == 303
    assert description["info"]["title"] == "Steward"


def test_every_route_is_described_and_nothing_else(gateway, description):
    told = {
        (method, path) for path, methods in description["paths"].items() for method in methods
    }
    offered = {(hook.method.lower(), hook.path) for hook in gateway.hooks}

    assert told == PAGES | offered
    assert ("post", "/twilio/message") in offered
    assert ("post", "/webhooks/sendgrid") in offered


def test_it_is_a_description_by_openapi(described):
    described.validate()


@pytest.fixture(scope="module")
def operations(described):
    return [operation.ok() for operation in described.get_all_operations()]


def test_whatever_a_stranger_sends_nothing_breaks(gateway, operations):
    for operation in operations:

        @TRYING
        @given(case=operation.as_strategy())
        def endures(case):
            answer = case.call(timeout=30, allow_redirects=False)
            case.validate_response(answer, checks=EXPECTED)

        endures()
        assert gateway.broken() == [], operation.label


def test_whatever_is_signed_by_twilio_nothing_breaks(gateway, operations):
    of_twilio = [operation for operation in operations if "/twilio/" in operation.path]
    assert of_twilio
    for operation in of_twilio:

        @TRYING
        @given(case=operation.as_strategy())
        def endures(case):
            request = signed_by_twilio(case)
            assert gateway.visitor.send(request, timeout=30).status_code < 500

        endures()
        assert gateway.broken() == [], operation.label


def signed_by_twilio(case):
    asked = case.as_transport_kwargs()
    request = requests.Request(**{key: asked[key] for key in ASKED if key in asked}).prepare()
    form = dict(parse_qsl(text_of(request.body), keep_blank_values=True))
    signature = RequestValidator(TWILIO_TOKEN).compute_signature(request.url, form)
    request.headers["X-Twilio-Signature"] = signature
    return request


def text_of(body):
    return body if isinstance(body, str) else (body or b"").decode(errors="replace")


ASKED = ("method", "url", "params", "data", "headers", "files", "json")
