"""What is sent to the open port by others than vendors, or by vendors more than once."""

from __future__ import annotations

import asyncio
from uuid import uuid4

import pytest

from ontology.notifications.concepts import Channel
from ontology.phone.concepts import About
from ontology.policy.changes import OrderChannels
from tests.acceptance.channels import Channels
from tests.acceptance.somebody import Somebody

pytestmark = [pytest.mark.acceptance, pytest.mark.asyncio(loop_scope="session")]

TIMES = 5
CALLED = OrderChannels(channels=(Channel.CALL, Channel.CHAT))


async def test_what_twilio_has_not_signed_is_refused_and_changes_nothing(channels: Channels):
    async with channels.somebody(CALLED) as ada:
        await ada.is_reminded("lock the shed")
        call = await ada.is_called()
        await ada.awaits_answer()
        before = await ada.attempts()
        routes = {
            call.url: call.form(),
            call.keys: call.form(Digits="1"),
            call.report_to: call.form(CallStatus="no-answer"),
            "/twilio/message": {"From": ada.number, "Body": "done", "MessageSid": "SM1"},
            "/twilio/voice": {"From": ada.number, "CallSid": call.sid},
            "/twilio/voice/keys": {"From": ada.number, "CallSid": call.sid, "Digits": "1"},
        }
        for path, form in routes.items():
            for signature in ("forged", "", "AAAA="):
                status, _ = await channels.posts(path, form, signature or "-")
                assert status == 403
            status, _ = await channels.posts(path, {**form, "Body": "x" * 200_000})
            assert status == 413
        good = channels.signature(call.keys, call.form(Digits="9"))
        assert (await channels.posts(call.keys, call.form(Digits="1"), good))[0] == 403
        assert await ada.attempts() == before
        assert "lock the shed" in await call.answered()


async def test_a_key_reported_five_times_at_once_is_pressed_once(channels: Channels):
    async with channels.somebody(CALLED) as ada:
        await ada.is_reminded("lock the shed")
        call = await ada.is_called()
        await ada.awaits_answer()
        said = await asyncio.gather(*(call.pressed("2") for _ in range(TIMES)))
        assert len(set(said)) == 1
        assert "comes again" in said[0]
        await ada.chain_is("acknowledged")
        await comes_again_once(ada)
        # Another time moves what was snoozed; what was snoozed is not done by the old call.
        assert "comes again" in await call.pressed("3")
        assert "snoozed already" in await call.pressed("1")
        await comes_again_once(ada)


async def comes_again_once(somebody: Somebody) -> None:
    query = """SELECT count(*) FROM occurrences WHERE person_id = $1
        AND state NOT IN ('snoozed', 'acknowledged', 'cancelled')"""
    assert await somebody.channels.database.value(query, somebody.id) == 1


async def test_reports_in_a_wrong_order_and_again_leave_what_is_known(channels: Channels):
    async with channels.somebody(CALLED) as ada:
        await ada.is_reminded("lock the shed")
        call = await ada.is_called()
        await ada.awaits_answer()
        for status in ("completed", "ringing", "in-progress", "queued", "busy-ish") * TIMES:
            await call.ends(status)
        await ada.stands("outcome = 'delivered' FROM attempts")
        await call.pressed("1")
        await ada.chain_is("acknowledged")
        for status in ("no-answer", "busy", "completed", "failed"):
            await call.ends(status)
        await channels.everything_is_worked_on()
        assert await ada.attempts() == [(0, "call", "acknowledged")]
        assert len(ada.calls) == 1


async def test_what_is_signed_but_means_nothing_is_refused_or_left(channels: Channels):
    async with channels.somebody(CALLED) as ada, channels.somebody(CALLED) as bob:
        await ada.is_reminded("lock the shed")
        call = await ada.is_called()
        await ada.awaits_answer()
        occurrence = call.url.rpartition("/")[2]
        strange = (
            f"{bob.id.hex}/0/{occurrence}",
            f"{About(ada.id, 7, (uuid4(),))}",
            "nobody/0/nothing",
            f"{ada.id.hex}/-1/{occurrence}",
            f"{ada.id.hex}/0/{'-'.join([occurrence] * 11)}",
        )
        for about in strange:
            for what, more in (
                ("keys/en-GB", {"Digits": "1"}),
                ("call/en-GB", {}),
                ("status/call", {"CallStatus": "failed"}),
                ("status/chat", {"CallStatus": "failed"}),
                ("status/pigeon", {"CallStatus": "failed"}),
                ("keys/en-GB", {"Digits": "#"}),
                ("keys/en-GB", {}),
            ):
                status, _ = await channels.posts(f"/twilio/{what}/{about}", call.form(**more))
                assert status in (200, 400)
        await channels.everything_is_worked_on()
        assert await ada.attempts() == [(0, "call", "sent")]
        assert "lock the shed" in await call.answered()
        for token in ("x", "x" * 5_000, "%00", "..%2f..", "ü"):
            for asked in (channels.opens, channels.presses):
                status, _ = await asked(f"{channels.url}/a/{token}")
                assert 400 <= status < 500
