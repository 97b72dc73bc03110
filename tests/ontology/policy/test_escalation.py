from __future__ import annotations

import pytest

from ontology.policy.concepts import Preferences
from ontology.policy.escalation import steps_by
from tests.ontology.policy.situations import CALL, CHAT, EMAIL, MINUTE, TELEGRAM


@pytest.mark.parametrize(
    ("channels", "preferences", "calls", "steps"),
    [
        ((CHAT,), {}, False, [((CHAT,), 10)]),
        ((CHAT, EMAIL), {}, False, [((CHAT,), 10), ((EMAIL,), 10)]),
        ((CHAT, EMAIL), {"escalate_after": 3 * MINUTE}, False, [((CHAT,), 3), ((EMAIL,), 3)]),
        ((CHAT, CALL), {}, False, [((CHAT,), 10), ((CALL,), 5), ((CALL,), 5)]),
        ((CALL, CHAT), {"most_calls": 1}, False, [((CALL,), 5), ((CHAT,), 10)]),
        ((CALL,), {"most_calls": 3, "between_calls": 2 * MINUTE}, False, [((CALL,), 2)] * 3),
        # Who wants no escalation is told once, by whatever can.
        ((CHAT, EMAIL), {"escalates": False}, False, [((CHAT, EMAIL), 0)]),
        ((CALL, CHAT), {"escalates": False}, False, [((CALL, CHAT), 0)]),
        # But a VIP is always worth a call.
        ((CHAT, TELEGRAM, CALL), {"escalates": False}, True,
         [((CHAT, TELEGRAM), 10), ((CALL,), 5), ((CALL,), 5)]),
        ((CHAT, TELEGRAM), {"escalates": False}, True, [((CHAT, TELEGRAM), 0)]),
        ((CALL,), {"escalates": False}, True, [((CALL,), 0)]),
    ],
)  # fmt: skip
def test_channels_become_steps_and_calls_are_repeated(channels, preferences, calls, steps):
    found = steps_by(channels, Preferences(**preferences), calls=calls)

    assert [(step.channels, step.wait / MINUTE) for step in found] == steps
