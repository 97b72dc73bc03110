"""Signatures, by the vectors that Twilio publishes with its libraries."""

from urllib.parse import urlencode

import pytest

from gateways.http.webhooks import Request
from gateways.twilio.signature import Forged, form_of

TOKEN = "12345"
URL = "https://mycompany.com/myapp.php?foo=1&bar=2"
FORM = {
    "CallSid": "CA1234567890ABCDE",
    "Digits": "1234",
    "From": "+14158675309",
    "To": "+18005551212",
    "Caller": "+14158675309",
}
SIGNATURE = "RSOYDt4T1cUTdK1PDd93/VVr8B8="
HASHED = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620"
HASHED_URL = f"{URL}&bodySHA256={HASHED}"
HASHED_BODY = b'{"property": "value", "boolean": true}'
HASHED_SIGNATURE = "a9nBmqA0ju/hNViExpshrM61xv4="


def request(url=URL, body=None, signature=SIGNATURE):
    body = urlencode(FORM).encode() if body is None else body
    headers = {} if signature is None else {"x-twilio-signature": signature}
    query = url.partition("?")[2]
    return Request(
        method="POST", url=url, path="/myapp.php", query=query, headers=headers, body=body
    )


@pytest.mark.parametrize(
    "url", [URL, URL.replace(".com", ".com:443"), URL.replace("mycompany.com", "mycompany.com")]
)
def test_the_published_signature_is_believed_with_and_without_port(url):
    assert form_of(request(url), TOKEN) == FORM


@pytest.mark.parametrize(
    "forged",
    [
        request(signature=None),
        request(signature=""),
        request(signature=SIGNATURE[:-2]),
        request(signature="ünsigned"),
        request(url=URL.replace("foo=1", "foo=2")),
        request(url=URL.replace("https", "http")),
        request(body=urlencode({**FORM, "Digits": "9"}).encode()),
        request(body=urlencode({**FORM, "Extra": "1"}).encode()),
        request(body=b""),
    ],
)
def test_anything_else_is_forged(forged):
    with pytest.raises(Forged):
        form_of(forged, TOKEN)


def test_a_hash_of_the_body_in_the_url_is_checked_against_the_raw_body():
    with pytest.raises(Forged):
        form_of(request(HASHED_URL, HASHED_BODY + b" ", HASHED_SIGNATURE), TOKEN)
