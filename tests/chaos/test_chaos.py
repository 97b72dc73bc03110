"""The short form of the chaos run, and that its judge is a strict one."""

from __future__ import annotations

import logging

import pytest

from tests.chaos.plans import SHORT
from tests.chaos.requests import Request, tally
from tests.chaos.run import run
from tests.chaos.verdict import judge
from tests.clients.hearing import Heard

REQUEST = Request("create", "near00001", "remind me …", "ann", rings=True)
CONFIRMED = Heard("assistant@x", "OK, I will remind you: “do task near00001”, today.")
RUNG = Heard("assistant@x", "⏰ do task near00001")


@pytest.mark.chaos
async def test_nothing_is_lost_and_nothing_doubled_whatever_is_killed(tmp_path):
    report = await run(SHORT, tmp_path / "home", logging.getLogger(__name__).info)
    assert report.faults.total() >= 20
    assert report.is_clean, report.text()


def test_a_clean_run_is_clean():
    assert judge([REQUEST], {"ann": [tally([CONFIRMED, RUNG])] * 2}).is_clean


def test_a_reminder_that_one_client_did_not_hear_is_lost():
    assert judge([REQUEST], {"ann": [tally([CONFIRMED, RUNG]), tally([CONFIRMED])]}).lost == 1


def test_a_request_without_an_answer_is_lost():
    assert judge([REQUEST], {"ann": [tally([RUNG])]}).lost == 1


def test_what_is_heard_twice_is_doubled():
    verdict = judge([REQUEST], {"ann": [tally([CONFIRMED, CONFIRMED, RUNG, RUNG, RUNG])]})
    assert (verdict.confirmations_doubled, verdict.deliveries_doubled) == (1, 2)


def test_what_rings_without_a_promise_is_found():
    promised_nothing = Request("create", "near00001", "…", "ann", rings=False)
    assert judge([promised_nothing], {"ann": [tally([CONFIRMED, RUNG])]}).unconfirmed == 1
    assert judge([], {"ann": [tally([RUNG])]}).unconfirmed == 1
