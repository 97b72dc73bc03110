"""Whatever a reminder says, it is text: no header, no markup, no property of a calendar."""

from __future__ import annotations

from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser

import vobject
from hypothesis import example, given
from hypothesis import strategies as st

from gateways.smtp.mime import as_bytes
from ontology.mail.wording import LONGEST_SUBJECT, clean
from tests.gateways.mail.writing import NOW, SENDER, mail_of, notification

HOSTILE = [
    "hello\r\nBcc: eve@example.org",
    "hello\r\n\r\n<h1>another mail</h1>",
    "hello\u2028Bcc: eve@example.org\x85X: y",
    "<script>alert(1)</script><img src='https://example.org/x.png'>",
    "{{ 7 * 7 }}{% include '/etc/passwd' %}",
    '"><a href="https://example.org">Done</a>',
    "pay; now, \\n\nEND:VEVENT\nBEGIN:VALARM\nACTION:AUDIO",
    "👩‍👩‍👧‍👦🏳️‍🌈🇪🇸 𝕒 🤷🏽‍♀️",
    "\u202eelif.exe",
    "half \ud83d of an emoji",
    "nothing\x00at\x07all\x1b[31m",
    "=?utf-8?q?=42cc?=",
    ".\r\n.\r\nQUIT",
    "long " * 2_000,
    "x" * 10_000,
    "😀" * 10_000,
    "",
    "\n\n",
]
EXPECTED = [
    *("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted"),
    *("List-Unsubscribe", "List-Unsubscribe-Post", "MIME-Version", "Content-Type"),
]


def written(text: str) -> bytes:
    return as_bytes(mail_of(notification(text)), SENDER, NOW)


def parsed(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=policy.SMTP)


def hostile(test: Callable[[str], None]) -> Callable[[], None]:
    """Run a test on these texts and on others."""
    for text in HOSTILE:
        test = example(text)(test)
    run: Callable[[], None] = given(st.text(max_size=400))(test)
    return run


@hostile
def test_a_mail_has_the_headers_it_is_to_have(text: str):
    mail = parsed(written(text))

    assert sorted(mail.keys()) == sorted(EXPECTED)
    assert mail["To"] == "ada@example.org"
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
    ]
    assert not mail.defects


@hostile
def test_a_mail_is_ascii_in_lines_that_every_server_takes(text: str):
    raw = written(text)

    assert raw.isascii()
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    assert b"\r" not in raw.replace(b"\r\n", b"")
    assert b"\n" not in raw.replace(b"\r\n", b"")


@hostile
def test_a_subject_is_one_line_of_a_bearable_length(text: str):
    subject = parsed(written(text))["Subject"]

    assert subject == mail_of(notification(text)).subject
    assert len(subject) <= LONGEST_SUBJECT + 2
    assert subject.startswith("⏰ ")
    assert not {"\r", "\n", "\0"} & set(subject)


class Seen(HTMLParser):
    """The elements of a page and the text of the first paragraph."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.first = ""
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.elements.append(tag)

    def handle_data(self, data):
        if self.elements[-1:] == ["p"] and self.elements.count("p") == 1:
            self.first += data


ELEMENTS = Seen(mail_of(notification("harmless")).html).elements


@hostile
def test_html_shows_the_text_and_nothing_that_it_says(text: str):
    seen = Seen(mail_of(notification(text)).html)

    assert seen.elements == ELEMENTS
    assert seen.first.strip() == clean(text).strip()


@hostile
def test_plain_text_says_it_as_it_is(text: str):
    said = parsed(written(text)).get_body(("plain",))

    assert said is not None
    lines = said.get_content().replace("\r\n", "\n")
    assert lines.startswith(clean(text).strip())


@hostile
def test_a_calendar_holds_one_event_with_the_text(text: str):
    calendar = mail_of(notification(text)).calendar

    assert calendar is not None
    read = vobject.readOne(calendar.decode())
    assert [each.name for each in read.components()] == ["VEVENT"]
    assert [each.name for each in read.vevent.components()] == []
    assert read.vevent.description.value == clean(text).strip()
