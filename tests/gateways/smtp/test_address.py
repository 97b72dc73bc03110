"""Where the mail server is: what leaves this machine is encrypted, whatever a URL says."""

from __future__ import annotations

import pytest

from gateways.smtp.address import Security, SmtpAddress
from ontology.errors import SettingsError

S = Security


@pytest.mark.parametrize(
    ("url", "host", "port", "security"),
    [
        ("smtp://mail.example.org", "mail.example.org", 587, S.BY_STARTTLS),
        ("smtp://mail.example.org:25", "mail.example.org", 25, S.BY_STARTTLS),
        ("smtps://mail.example.org", "mail.example.org", 465, S.FROM_THE_START),
        ("smtp://192.0.2.1:2525/", "192.0.2.1", 2525, S.BY_STARTTLS),
        ("smtp://localhost", "localhost", 25, S.THIS_MACHINE),
        ("smtp://127.0.0.1:1025", "127.0.0.1", 1025, S.THIS_MACHINE),
        ("smtp://[::1]:1025", "::1", 1025, S.THIS_MACHINE),
        ("smtps://localhost", "localhost", 465, S.FROM_THE_START),
        ("smtp://localhost.example.org", "localhost.example.org", 587, S.BY_STARTTLS),
    ],
)
def test_a_url_says_where_and_how(url, host, port, security):
    at = SmtpAddress.of(url)

    assert (at.host, at.port, at.security) == (host, port, security)
    assert (at.username, at.password) == (None, None)


def test_a_login_may_hold_anything():
    at = SmtpAddress.of("smtp://ada%40example.org:p%40ss%2Fw%C3%B6rd@mail.example.org")

    assert (at.username, at.password) == ("ada@example.org", "p@ss/wörd")
    assert "wörd" not in repr(at)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mail.example.org:587",
        "http://mail.example.org",
        "smtp://",
        "smtp://user@mail.example.org",
        "smtp://user:secret@mail.example.org:port",
        "smtp://user:secret@mail.example.org:99999",
        "smtp://user:secret@mail.example.org/inbox",
        "smtp://user:secret@mail.example.org?starttls=no",
        "smtp://[user:secret@mail.example.org",
    ],
)
def test_a_wrong_url_is_told_in_one_line_without_its_password(url):
    with pytest.raises(SettingsError, match=r"^STEWARD_SMTP_URL is wrong: [^\n]+$") as wrong:
        SmtpAddress.of(url)
    assert "secret" not in str(wrong.value)
