"""The words of a mail: what is told, when it was due, and nothing that is no writing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from ontology.links import ANSWERS
from ontology.mail.wording import LABELS, LONGEST_SUBJECT, clean, notes_of, subject_of
from ontology.notifications.concepts import Notification

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def notification(text: str = "stretch", late: timedelta = timedelta(0), **changed):
    return Notification(
        id=uuid4(),
        reminder_id=uuid4(),
        person_id=uuid4(),
        text=text,
        zone="UTC",
        due_at=NOW,
        claimed_at=NOW + late,
        **changed,
    )


@pytest.mark.parametrize("text", ["a\tb", "a\n\nb", "e\u0301", "👩‍👩‍👧", "مرحبا", "שלום"])
def test_what_is_writing_stays(text):
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\u2028b\u2029c\x85d\x0be\x0cf", "a\nb\nc\nd\ne\nf"),
        ("a\x00b\x1b[0m\x7f", "ab[0m"),
        ("\u202eelif.exe\u202c \u2066x\u2069", "elif.exe x"),
        ("\ud83d half", " half"),
    ],
)
def test_what_is_no_writing_is_left_out(text, left):
    assert clean(text) == left


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("take the pills", "⏰ take the pills"),
        ("take\nthe\r\n pills ", "⏰ take the pills"),
        ("\x00\n", "⏰ a reminder"),
        ("x" * LONGEST_SUBJECT, f"⏰ {'x' * LONGEST_SUBJECT}"),
        ("x" * (LONGEST_SUBJECT + 1), f"⏰ {'x' * (LONGEST_SUBJECT - 1)}…"),
    ],
)
def test_a_subject_is_one_line_and_not_too_long(text, subject):
    assert subject_of(notification(text)) == subject


@pytest.mark.parametrize(
    ("late", "changed", "notes"),
    [
        (timedelta(seconds=60), {}, ("Due today, Monday 2 March, 18:00.",)),
        (
            timedelta(hours=3),
            {},
            ("Late: this was due today, Monday 2 March, 18:00.",),
        ),
        (
            timedelta(hours=3),
            {"held_by": "your quiet hours 17:00–20:00"},
            ("Due today, Monday 2 March, 18:00; held by your quiet hours 17:00–20:00.",),
        ),
        (
            timedelta(0),
            {"skipped": 1},
            ("Due today, Monday 2 March, 18:00.", "It fell due once more since then."),
        ),
    ],
    ids=["in time", "late", "held", "skipped"],
)
def test_when_it_was_due_is_said_on_the_persons_own_clock(late, changed, notes):
    assert notes_of(notification(late=late, **changed), "Asia/Tokyo") == notes


def test_every_answer_has_a_label():
    assert list(LABELS) == list(ANSWERS)
