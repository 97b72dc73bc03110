from __future__ import annotations

from dataclasses import replace

import pytest

from ontology.policy.channel_order import ways
from ontology.policy.concepts import WeekendRule
from tests.ontology.policy.situations import (
    CALL,
    CHAT,
    EMAIL,
    EVERYWHERE,
    NOON,
    PLAIN,
    SMS,
    TELEGRAM,
    at,
    situation,
)

VIP = replace(PLAIN, vip="Ana")
URGENT = replace(PLAIN, urgent="urgent")
INTERNAL = replace(PLAIN, internal="standup")
SATURDAY = at("2026-11-21 12:00")
MAIL_ONLY = situation(weekend=WeekendRule.EMAIL_ONLY)
ORDER = (CHAT, TELEGRAM, EMAIL)


@pytest.mark.parametrize(
    ("judgement", "preferences", "missing", "channels"),
    [
        (PLAIN, {}, set(), ORDER),
        (PLAIN, {}, {TELEGRAM}, (CHAT, EMAIL)),
        (PLAIN, {"channels": (CALL, CHAT)}, set(), (CALL, CHAT)),
        (PLAIN, {"channels": (CALL, CHAT), "most_calls": 0}, set(), (CHAT,)),
        (PLAIN, {"channels": (SMS,)}, set(), (SMS,)),
        # Who cannot be reached as they wish is reached all the same, by what rings least.
        (PLAIN, {"channels": (SMS,)}, {SMS}, (CHAT,)),
        (PLAIN, {"channels": (SMS,)}, EVERYWHERE, (CHAT,)),
        (VIP, {}, set(), (*ORDER, CALL)),
        (VIP, {"channels": (CALL, CHAT)}, set(), (CALL, CHAT)),
        (VIP, {}, {CALL}, ORDER),
        (VIP, {"most_calls": 0}, set(), ORDER),
        (VIP, {"escalates": False}, set(), (*ORDER, CALL)),
        (URGENT, {}, set(), (*ORDER, CALL)),
        (URGENT, {"most_calls": 0}, set(), ORDER),
        (URGENT, {"escalates": False}, set(), ORDER),
        (INTERNAL, {}, set(), (EMAIL,)),
        (INTERNAL, {"channels": (CALL, CHAT)}, {EMAIL}, (CHAT,)),
        (replace(INTERNAL, urgent="urgent"), {}, set(), (EMAIL,)),
        (replace(INTERNAL, vip="Ana"), {}, set(), (*ORDER, CALL)),
    ],
)
def test_a_persons_order_is_kept_as_far_as_it_reaches_them(
    judgement, preferences, missing, channels
):
    here = situation(reachable_by=EVERYWHERE - missing, **preferences)

    assert ways(NOON, judgement, here)[0] == channels


@pytest.mark.parametrize(
    ("judgement", "channels"),
    [
        (PLAIN, (EMAIL,)),
        (URGENT, (EMAIL,)),
        (VIP, (*ORDER, CALL)),
        (replace(PLAIN, ring_anyway="hospital"), ORDER),
    ],
)
def test_a_weekend_by_mail_only_gives_way_to_people_and_words_of_the_persons_own(
    judgement, channels
):
    assert ways(SATURDAY, judgement, MAIL_ONLY)[0] == channels
    assert ways(NOON, PLAIN, MAIL_ONLY)[0] == ORDER


@pytest.mark.parametrize(
    ("judgement", "preferences", "missing", "why"),
    [
        (PLAIN, {}, set(), "by chat, telegram then e-mail, as you order channels"),
        (PLAIN, {"channels": (SMS,)}, {SMS}, "by chat: no channel that you chose reaches you"),
        (VIP, {}, {TELEGRAM, EMAIL},
         "by chat, as you order channels, and then a call: “Ana” is a VIP"),
        (URGENT, {}, {TELEGRAM, EMAIL},
         "by chat, as you order channels, and then a call: it is “urgent”"),
        (INTERNAL, {}, set(), "by e-mail only: “standup” is an internal topic"),
        (INTERNAL, {}, {EMAIL},
         "by chat only, for want of an e-mail address: “standup” is an internal topic"),
    ],
)  # fmt: skip
def test_it_is_said_why_by_these_channels(judgement, preferences, missing, why):
    here = situation(reachable_by=EVERYWHERE - missing, **preferences)

    assert ways(NOON, judgement, here)[1] == why


def test_it_is_said_that_the_weekend_is_for_mail():
    said = ways(SATURDAY, PLAIN, MAIL_ONLY)[1]

    assert said == "by e-mail only: you want nothing else on a weekend"
