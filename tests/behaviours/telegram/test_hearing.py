from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from ontology.errors import NoAnswer, ServerError
from ontology.notifications.posted import Posted
from ontology.people.codes import TRIES
from ontology.telegram.splitting import LONGEST
from ontology.telegram.wording import (
    IN_GROUPS,
    LINKED,
    ONLY_TEXT,
    STRANGER,
    WRONG_CODE,
)
from tests.behaviours.telegram.talking import ADA, CODE, Desk, desk
from tests.fakes.telegram import AT, away

pytestmark = pytest.mark.usefixtures("virtual_time")


async def test_what_a_person_writes_is_answered():
    async with desk() as at:
        await at.somebody()
        said = at.bot.writes(ADA, "hello")
        await asyncio.sleep(1)

        assert at.bot.sees(ADA) == ["you said hello"]
        (heard,) = at.agents.heard
        assert (heard.utterance_id, heard.address) == (said.utterance_id, "telegram:4711")
        assert (heard.said_at, heard.sent_as) == (AT, said.name)


async def test_an_update_that_comes_again_is_answered_once():
    async with desk() as at:
        await at.somebody()
        said = at.bot.writes(ADA, "hello")
        (update,) = at.bot.waiting
        await asyncio.sleep(1)
        at.bot.hears(said, update.id)
        at.bot.hears(said)  # under another id, too
        await asyncio.sleep(1)

        assert at.bot.sees(ADA) == ["you said hello"]


async def test_updates_out_of_order_are_answered_in_the_order_they_were_sent():
    at = Desk()
    await at.somebody()
    for text in ("one", "two", "three"):
        at.bot.writes(ADA, text)
    at.bot.waiting.reverse()
    async with desk(at):
        await asyncio.sleep(1)

    assert at.bot.sees(ADA) == ["you said one", "you said two", "you said three"]


async def test_nobody_waits_for_somebody_elses_answer():
    async def slow_for_ada(action):
        if action.address == f"telegram:{ADA}":
            await asyncio.sleep(60)

    async with desk() as at:
        await at.somebody()
        await at.somebody(12)
        at.agents.before_hearing = slow_for_ada
        at.bot.writes(ADA, "hard")
        at.bot.writes(12, "quick")
        await asyncio.sleep(1)

        assert at.bot.sees(12) == ["you said quick"]
        assert at.bot.sees(ADA) == []


async def test_an_answer_that_takes_its_time_is_shown_to_be_coming():
    async def slow(action):
        await asyncio.sleep(10)

    async with desk() as at:
        await at.somebody()
        at.bot.writes(ADA, "quick")
        await asyncio.sleep(1)
        assert at.bot.typing == []

        at.agents.before_hearing = slow
        at.bot.writes(ADA, "slow")
        await asyncio.sleep(12)
        assert at.bot.typing == [ADA, ADA, ADA]


async def test_only_what_is_committed_is_confirmed():
    async with desk() as at:
        await at.somebody()
        keep, at.arrivals.keep = at.arrivals.keep, _no_database
        at.bot.writes(ADA, "hello")
        (update,) = at.bot.waiting
        await asyncio.sleep(5)
        assert not any(at.bot.offsets)

        at.arrivals.keep = keep
        await asyncio.sleep(1)
        assert update.id + 1 in at.bot.offsets
        assert at.bot.sees(ADA) == ["you said hello"]


async def _no_database(_):
    raise ServerError("no database")


async def test_a_new_life_goes_on_where_the_last_one_committed():
    async with desk() as first:
        await first.somebody()
        first.bot.writes(ADA, "one")
        (update,) = first.bot.waiting
        await asyncio.sleep(0.1)
    first.bot.offsets.clear()
    first.bot.writes(ADA, "two")

    async with desk(first) as second:
        await asyncio.sleep(1)
        assert second.bot.offsets[0] == update.id + 1
        assert second.bot.sees(ADA) == ["you said one", "you said two"]


async def test_ids_that_begin_anew_after_a_quiet_week_are_heard():
    async with desk() as at:
        await at.somebody()
        at.bot.writes(ADA, "before")
        await asyncio.sleep(60)
        at.bot.hears(at.bot.writes(ADA, "after"), 3)
        at.bot.waiting.pop(-2)
        await asyncio.sleep(60)

        assert at.bot.sees(ADA) == ["you said before", "you said after"]


@pytest.mark.parametrize("dies_at", ["hear", "say", "after"])
async def test_what_a_life_that_was_killed_had_taken_in_is_answered_once(dies_at):
    async def die(*_):
        await asyncio.sleep(3600)

    first = Desk()
    await first.somebody()
    if dies_at == "hear":
        first.agents.before_hearing = die
    elif dies_at == "say":
        first.dispatches.begin = die
    else:
        first.arrivals.settle = die
    async with desk(first) as life:
        life.bot.writes(ADA, "hello")
        await asyncio.sleep(5)
    first.agents.before_hearing = None
    for port, name in ((first.dispatches, "begin"), (first.arrivals, "settle")):
        port.__dict__.pop(name, None)

    async with desk(first) as second:
        await asyncio.sleep(5)
        assert second.bot.sees(ADA) == ["you said hello"]
        assert await second.arrivals.unsettled("telegram:99") == []


async def test_a_message_that_may_have_left_in_an_earlier_life_is_not_said_again():
    first = Desk()
    person = await first.somebody()
    async with desk(first) as life:
        said = life.bot.writes(ADA, "hello")
        await life.dispatches.begin(said.utterance_id, "telegram", person.id)
        await asyncio.sleep(5)

        assert life.bot.sees(ADA) == []
        assert await life.arrivals.unsettled("telegram:99") == []


async def test_while_nobody_answers_what_was_said_waits():
    silent = [True]

    async def maybe(action):
        if silent:
            raise NoAnswer("nobody")

    async with desk() as at:
        await at.somebody()
        at.agents.before_hearing = maybe
        at.bot.writes(ADA, "hello")
        await asyncio.sleep(60)
        assert at.bot.sees(ADA) == []

        silent.clear()
        await asyncio.sleep(10)
        assert at.bot.sees(ADA) == ["you said hello"]


async def test_telegram_is_left_alone_for_as_long_as_it_says():
    async with desk() as at:
        await at.somebody()
        at.bot.fates = [Posted.put_off("too many", again_after=30.0)]
        at.bot.writes(ADA, "hello")
        await asyncio.sleep(29)
        assert at.bot.sees(ADA) == []
        await asyncio.sleep(10)
        assert at.bot.sees(ADA) == ["you said hello"]


async def test_after_trouble_updates_are_asked_for_again_ever_more_slowly():
    async with desk() as at:
        await asyncio.sleep(1)
        at.bot.offsets.clear()
        at.bot.troubles = [away() for _ in range(6)]
        at.bot.hears(None)
        await asyncio.sleep(0.4)
        assert len(at.bot.offsets) == 1
        await asyncio.sleep(31.2)  # 0.5 + 1 + 2 + 4 + 8 + 16 s
        assert len(at.bot.offsets) == 7


async def test_how_long_telegram_wants_to_be_left_alone_with_updates_is_obeyed():
    async with desk() as at:
        await asyncio.sleep(1)
        at.bot.troubles = [away(40.0)]
        at.bot.hears(None)
        before = len(at.bot.offsets)
        await asyncio.sleep(39)
        assert len(at.bot.offsets) == before + 1
        await asyncio.sleep(2)
        assert len(at.bot.offsets) > before + 1


async def test_who_blocks_the_bot_is_reported_and_not_written_to_again():
    async with desk() as at:
        await at.somebody()
        at.bot.fates = [Posted.refused("blocked", is_bad_address=True)]
        at.bot.writes(ADA, "hello")
        await asyncio.sleep(60)

        assert at.bad.reported == [("telegram:4711", "blocked")]
        assert at.bot.sees(ADA) == []


async def test_an_answer_of_which_nobody_knows_what_became_is_not_said_again():
    async with desk() as at:
        await at.somebody()
        at.bot.fates = [Posted.unknown("no answer")]
        at.bot.writes(ADA, "hello")
        await asyncio.sleep(60)

        assert at.bot.sees(ADA) == []
        assert at.bot.fates == []


async def test_a_long_answer_comes_in_several_messages_each_once():
    async with desk() as at:
        await at.somebody()
        at.bot.fates = [None, Posted.put_off("too many", again_after=30.0)]
        at.bot.writes(ADA, "word " * 1700)
        await asyncio.sleep(60)

        seen = at.bot.sees(ADA)
        assert len(seen) == 3
        assert all(len(text) <= LONGEST for text in seen)
        assert " ".join(seen).split() == ["you", "said"] + ["word"] * 1700


async def test_an_edited_message_corrects_what_it_said_before():
    async with desk() as at:
        await at.somebody()
        said = at.bot.writes(ADA, "strech")
        later = AT + timedelta(minutes=1)
        at.bot.writes(ADA, "stretch", message=said.message, edited_at=later)
        await asyncio.sleep(1)

        first, second = at.agents.heard
        assert (first.sent_as, first.replaces) == (said.name, None)
        assert (second.sent_as, second.replaces) == (None, said.name)
        assert second.said_at == later


async def test_a_picture_is_told_to_be_nothing_to_read():
    async with desk() as at:
        await at.somebody()
        at.bot.writes(ADA, None)
        await asyncio.sleep(1)

        assert at.bot.sees(ADA) == [ONLY_TEXT]
        assert at.agents.heard == []


async def test_a_command_is_heard_as_words():
    async with desk() as at:
        await at.somebody()
        at.bot.writes(ADA, "/start")
        at.bot.writes(ADA, "/remind me in 1 minute to stretch")
        await asyncio.sleep(1)

        texts = [heard.text for heard in at.agents.heard]
        assert texts == ["hello", "remind me in 1 minute to stretch"]


async def test_a_stranger_gets_one_polite_answer_and_then_silence():
    async with desk() as at:
        for text in ("/start", "hello?", None, "is anybody there"):
            at.bot.writes(ADA, text)
        await asyncio.sleep(5)

        assert at.bot.sees(ADA) == [STRANGER]


async def test_a_group_gets_one_polite_answer_and_then_silence():
    async with desk() as at:
        await at.somebody()
        for text in ("hello", CODE, "remind me in 1 minute"):
            at.bot.writes(ADA, text, chat=-100, is_private=False)
        await asyncio.sleep(5)

        assert at.bot.sees(-100) == [IN_GROUPS]
        assert at.agents.heard == at.agents.redeemed == []


@pytest.mark.parametrize("typed", ["123456", "123 456", "/start 123456"])
async def test_a_code_links_the_account_that_says_it(typed):
    async with desk() as at:
        at.agents.owner = await at.somebody(None)
        at.bot.writes(ADA, "/start")
        at.bot.writes(ADA, typed)
        at.bot.writes(ADA, "hello")
        await asyncio.sleep(5)

        assert at.bot.sees(ADA) == [STRANGER, LINKED, "you said hello"]


async def test_who_guesses_codes_is_left_without_an_answer_in_the_end():
    async with desk() as at:
        for number in range(TRIES * 3):
            at.bot.writes(ADA, f"{number:06}")
        await asyncio.sleep(5)

        assert at.bot.sees(ADA) == [WRONG_CODE] * TRIES
        assert len(at.agents.redeemed) == TRIES * 3


async def test_a_number_that_a_known_person_says_is_no_guess():
    async with desk() as at:
        await at.somebody()
        at.bot.writes(ADA, CODE)
        await asyncio.sleep(1)

        assert at.bot.sees(ADA) == [f"you said {CODE}"]
        assert at.agents.redeemed == []
