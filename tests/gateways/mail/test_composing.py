"""What a mail says, and that it says the same again."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

from gateways.mail.composing import ANSWERS_FOR, UNSUBSCRIBES_FOR
from ontology.links import ANSWERS, Link, Purpose, read
from ontology.mail.concepts import Told
from ontology.notifications.concepts import attempt_key
from tests.gateways.mail.writing import ADA, HERE, KEYS, NOW, composer, mail_of, notification

TOKEN = re.compile(rf"{HERE}/a/([\w.-]+)")


def links_in(text: str) -> list[Link]:
    return [read(token, KEYS, NOW) for token in TOKEN.findall(text)]


def test_text_and_html_hold_the_same_words_and_the_same_links():
    item = notification("take the pills")
    mail = mail_of(item)

    assert mail.subject == "⏰ take the pills"
    for part in (mail.text, mail.html):
        assert "take the pills" in part
        assert "Due today, Monday 2 March, 10:00." in part
        assert "These links work until Monday 9 March, 10:00." in part
        assert [link.purpose for link in links_in(part)] == [*ANSWERS, Purpose.UNSUBSCRIBE]
    for label in ("Done", "Snooze 10 min", "Snooze 1 h", "Tomorrow"):
        assert f"{label}: {HERE}/a/" in mail.text
        assert f">{label}</a>" in mail.html


def test_links_are_for_this_person_and_this_notification_for_a_week():
    item = notification()
    *answers, unsubscribe = links_in(mail_of(item).text)

    assert answers == [
        Link(purpose, ADA.id, item.id, item.claimed_at + ANSWERS_FOR) for purpose in ANSWERS
    ]
    assert unsubscribe == Link(
        Purpose.UNSUBSCRIBE, ADA.id, ADA.id, item.claimed_at + UNSUBSCRIBES_FOR
    )


def test_a_mail_programme_can_end_the_mails_by_itself():
    mail = mail_of(notification())

    (link,) = links_in(mail.headers["List-Unsubscribe"])
    assert mail.headers["List-Unsubscribe"].startswith("<https:")
    assert link.purpose is Purpose.UNSUBSCRIBE
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_without_a_public_address_there_are_no_links_and_it_says_what_to_do_instead():
    mail = mail_of(notification(), public_url=None)

    for part in (mail.text, mail.html):
        assert "http" not in part
        assert "tell Steward in chat: “done”" in part
    assert mail.headers == {"Auto-Submitted": "auto-generated"}


def test_nothing_is_loaded_from_elsewhere():
    html = mail_of(notification()).html

    assert not re.search(r"<(?:img|link|script|iframe|style)|url\(|src=", html)


def test_the_same_attempt_makes_the_same_mail_and_another_step_another():
    item = notification()

    assert mail_of(item) == mail_of(item)
    assert mail_of(item, step=2).message_id != mail_of(item).message_id
    assert mail_of(item, step=2).message_id == f"<{attempt_key(item.id, 2)}@example.org>"
    assert mail_of(item, step=2).told == Told(notification_id=item.id, person_id=ADA.id, step=2)


def test_what_is_to_be_noted_stands_in_both_parts():
    mail = mail_of(notification(claimed_at=NOW + timedelta(hours=3), skipped=4))

    for part in (mail.text, mail.html):
        assert "Late: this was due today, Monday 2 March, 10:00." in part
        assert "It fell due 4 times more since then." in part


def test_a_text_is_mailed_as_it_is_and_to_a_stranger_too_for_it_holds_no_link():
    key = uuid4()
    mail = composer().text(key, "ada@example.org", "Your code is 123456.")

    assert mail.text == "Your code is 123456.\n"
    assert "Your code is 123456." in mail.html
    assert mail.message_id == f"<{key}@example.org>"
    assert (mail.told, mail.calendar) == (None, None)
    assert HERE not in mail.text + mail.html
    assert mail.headers == {"Auto-Submitted": "auto-generated"}
    assert "123456" not in mail.subject
