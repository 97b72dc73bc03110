"""Logs hold no texts of people and no secrets, whoever writes them."""

from __future__ import annotations

import json
import logging
import warnings

import pytest
import structlog

from config.logging import NEVER, configure
from ontology.errors import ServerError


@pytest.fixture(autouse=True)
def logging_as_before():
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in ("slixmpp", "spade", "asyncio")}
    yield
    for ours in root.handlers:
        ours.close()
    root.handlers[:], root.level = handlers, level
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)
    logging.captureWarnings(False)
    structlog.reset_defaults()


def lines(capsys):
    captured = capsys.readouterr()
    assert captured.out == ""
    return [json.loads(line) for line in captured.err.splitlines()]


def test_a_line_is_an_object_on_standard_error(capsys):
    configure("info")

    structlog.get_logger("agents.reminder").info("fired", occurrence="o-1")

    (line,) = lines(capsys)
    assert line["event"] == "fired"
    assert line["occurrence"] == "o-1"
    assert line["logger"] == "agents.reminder"
    assert line["level"] == "info"
    assert line["timestamp"].endswith("Z")


@pytest.mark.parametrize("key", sorted(NEVER))
def test_texts_and_secrets_are_dropped_by_the_name_of_their_key(capsys, key):
    configure("debug")

    structlog.get_logger("ours").info("said", **{key: "buy flowers"})
    logging.getLogger("theirs").info("said", extra={key: "buy flowers"})

    assert [line["event"] for line in lines(capsys)] == ["said", "said"]
    assert "flowers" not in capsys.readouterr().err


def test_libraries_that_print_stanzas_never_get_so_far(capsys):
    configure("debug")

    logging.getLogger("slixmpp.xmlstream").debug("SEND: <message>buy flowers</message>")
    logging.getLogger("sqlalchemy.engine.Engine").info("INSERT ... ['buy flowers']")
    logging.getLogger("slixmpp.xmlstream").warning("connection lost")

    assert [line["event"] for line in lines(capsys)] == ["connection lost"]


def test_an_exception_is_told_without_the_values_it_quotes(capsys):
    configure("info")

    try:
        int("buy flowers")
    except ValueError:
        structlog.get_logger("ours").exception("not a number")
        logging.getLogger("theirs").exception("not a number")

    for line in lines(capsys):
        assert line["exception"] == "ValueError"
        assert any("test_logging.py" in place for place in line["at"])
        assert "flowers" not in json.dumps(line)


def test_what_we_wrote_into_an_exception_ourselves_is_told(capsys):
    configure("info")

    structlog.get_logger("ours").error("no server", exc_info=ServerError("start it"))

    assert lines(capsys)[0]["reason"] == "start it"


def test_an_interactive_run_logs_into_a_file(capsys, tmp_path):
    configure("info", file=tmp_path / "steward.log")

    structlog.get_logger("ours").info("fired")

    assert lines(capsys) == []
    assert json.loads((tmp_path / "steward.log").read_text())["event"] == "fired"


def test_warnings_are_logged(capsys):
    configure("info")

    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn("old", UserWarning, stacklevel=1)

    assert lines(capsys)[0]["level"] == "warning"


def test_a_level_that_is_too_low_is_not_written(capsys):
    configure("warning")

    structlog.get_logger("ours").info("fired")

    assert lines(capsys) == []


def test_a_command_at_whose_log_a_person_looks_says_it_in_plain_words(capsys):
    configure("info", plain=True)

    log = structlog.get_logger("gateways.intents")
    log.info("intents learnt", utterances=4160, seconds=8.1)
    log.info("done", text="buy flowers")
    log.warning("intents not kept", reason="Read-only file system")

    assert capsys.readouterr().err.splitlines() == [
        "intents learnt (utterances 4160, seconds 8.1)",
        "done",
        "warning: intents not kept (reason Read-only file system)",
    ]
