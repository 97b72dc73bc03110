"""``steward understand`` shows how texts are read, and no line ever ends it."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from agents.commands.understand import TOGETHER, understand
from ontology.dialogue.interpreter import PlainInterpreter
from ontology.errors import SettingsError

ROOT = Path(__file__).resolve().parents[2]
AT = "2026-11-20T12:00:00+01:00"
GOOD = {"text": "remind me tomorrow at 9 to call mum", "reference_time": AT}


@pytest.fixture(autouse=True)
def by_rules_alone(monkeypatch):
    """Keep what is learnt, which takes its time, out of it."""
    monkeypatch.setattr("agents.platform.interpreter", PlainInterpreter)


@pytest.fixture
def answers(monkeypatch, capsys):
    """Answer lines, given as text, bytes or objects."""

    def answer(*lines):
        said = b"".join(
            line if isinstance(line, bytes) else f"{json.dumps(line)}\n".encode()
            for line in lines
        )
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(said)))
        assert understand(None, at=None, tz="Europe/Madrid", jsonl=True) == 0
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return answer


def test_a_reading_tells_intent_times_and_text(answers):
    (answer,) = answers(GOOD)
    assert answer == {
        "intent": "create-reminder",
        "confidence": 1.0,
        "start": "2026-11-21T09:00:00+01:00",
        "rrule": None,
        "end": None,
        "text": "call mum",
        "target": None,
        "problem": None,
    }


def test_a_span_has_an_end_and_a_repetition_a_rule(answers):
    span, every = answers(
        {"text": "remind me tomorrow from 3 to 5pm to paint", "reference_time": AT},
        {"text": "remind me every monday at 9 to plan", "reference_time": AT},
    )
    assert (span["start"], span["end"]) == (
        "2026-11-21T15:00:00+01:00",
        "2026-11-21T17:00:00+01:00",
    )
    assert every["rrule"] == "FREQ=WEEKLY;BYDAY=MO"


def test_what_else_was_asked_for_and_what_else_is_meant_is_told(answers):
    several, unsure = answers(
        {"text": "cancel 2 and remind me at 5pm to leave", "reference_time": AT},
        {"text": "remind me on 3/4 to pay", "reference_time": AT},
    )
    assert several["intent"] == "cancel-reminder"
    assert [each["text"] for each in several["also"]] == ["leave"]
    assert several["also"][0]["said"] == "remind me at 5pm to leave"
    assert [each["start"][:10] for each in unsure["alternatives"]] == ["2027-03-04"]


def test_a_time_is_told_also_where_nothing_is_asked(answers):
    (answer,) = answers({"text": "the meeting is tomorrow at 9am", "reference_time": AT})
    assert (answer["intent"], answer["start"]) == ("unknown", "2026-11-21T09:00:00+01:00")


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (b"not json\n", "cannot be read"),
        (b"\xff\xfe\x00\n", "cannot be read"),
        (b"[" * 100_000 + b"\n", "cannot be read"),
        ([], "has to be an object"),
        ("text", "has to be an object"),
        ({}, "has to be an object with a text"),
        ({"text": None}, "has to be an object with a text"),
        ({"text": 5}, "has to be an object with a text"),
        ({"text": "x", "tz": "Mars"}, "'Mars'"),
        ({"text": "x", "tz": 5}, "cannot be read"),
        ({"text": "x", "reference_time": "noon"}, "noon"),
        ({"text": "x", "reference_time": 5}, "cannot be read"),
    ],
)
def test_a_bad_line_is_answered_and_the_next_is_read(answers, line, complaint):
    bad, good = answers(line, GOOD)
    assert set(bad) == {"error", "line"}
    assert complaint in bad["error"]
    assert bad["line"] == 1
    assert good["text"] == "call mum"


@pytest.mark.parametrize("year", ["0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59+00:00"])
def test_the_ends_of_time_end_nothing(answers, year):
    for said in ("remind me tomorrow at 9 to eat", "in 3 days", "every monday", "snooze"):
        _, good = answers({"text": said, "reference_time": year}, GOOD)
        assert good["text"] == "call mum"


def test_half_a_surrogate_is_no_character_but_ends_nothing(answers):
    bad, good = answers(b'{"text": "remind me at 5pm to \\ud800 eat"}\n', GOOD)
    assert "eat" in bad["text"]
    assert good["text"] == "call mum"


def test_empty_lines_are_passed_over(answers):
    assert len(answers(b"\n", b"  \n", GOOD)) == 1


@pytest.mark.parametrize(("at", "tz"), [("noon", "UTC"), (None, "Mars")])
def test_a_single_text_with_a_wrong_time_or_zone_is_refused(at, tz):
    with pytest.raises(SettingsError):
        understand("list", at=at, tz=tz, jsonl=False)


def test_a_text_or_lines_are_needed():
    with pytest.raises(SettingsError, match="needs a text"):
        understand(None, at=None, tz="UTC", jsonl=False)


def test_many_lines_are_answered_in_their_order_and_a_bad_one_in_its_place(answers):
    tasks = [f"call {number}" for number in range(3 * TOGETHER)]
    lines = [json.dumps({"text": f"remind me tomorrow at 9 to {task}"}) for task in tasks]
    bad = 2 * TOGETHER
    lines[bad] = "{}"

    told = answers(*(f"{line}\n".encode() for line in lines))

    assert told[bad]["line"] == bad + 1
    assert [each.get("text") for each in told] == [*tasks[:bad], None, *tasks[bad + 1 :]]


def test_a_line_without_an_end_is_answered_at_the_end(answers):
    assert [each["text"] for each in answers(json.dumps(GOOD).encode())] == ["call mum"]


def test_lines_that_come_in_pieces_are_put_together(monkeypatch, capsys):
    line = f"{json.dumps(GOOD)}\n".encode()
    pieces = iter([line[:9], line[9:20], line[20:] + line + line[:5], line[5:], b""])

    class Trickle(io.BytesIO):
        def read1(self, size=-1):
            return next(pieces)

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(Trickle()))

    assert understand(None, at=None, tz="Europe/Madrid", jsonl=True) == 0
    assert len({*capsys.readouterr().out.splitlines()}) == 1


def test_an_answer_does_not_wait_for_the_next_line():
    command = subprocess.Popen(
        [sys.executable, "-m", "agents", "understand", "--jsonl"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    assert command.stdin is not None and command.stdout is not None
    for text in ("call mum", "feed the cat"):
        command.stdin.write(f'{{"text": "remind me tomorrow at 9 to {text}"}}\n')
        command.stdin.flush()
        assert json.loads(command.stdout.readline())["text"] == text
    out, _ = command.communicate(timeout=30)

    assert (command.returncode, out) == (0, "")
