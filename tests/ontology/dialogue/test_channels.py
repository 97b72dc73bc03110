"""By which channels, and how insistently, people want to be reached."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ontology.dialogue.concepts import Intent
from ontology.notifications.concepts import Channel
from ontology.policy.changes import OrderChannels, PreferChannel, SetCalls, SetEscalation
from tests.ontology.dialogue.reading import read, segments

CHAT, TELEGRAM, EMAIL = Channel.CHAT, Channel.TELEGRAM, Channel.EMAIL
SMS, WHATSAPP, CALL = Channel.SMS, Channel.WHATSAPP, Channel.CALL


def changed(said):
    (segment,) = segments(said)
    reading = segment.likeliest
    assert reading.intent is Intent.SET_CHANNEL
    assert reading.confidence == 1
    return reading.change


@pytest.mark.parametrize(
    ("said", "channel"),
    [
        ("remind me by e-mail", EMAIL),
        ("Please notify me on Telegram from now on", TELEGRAM),
        ("notify me by telegarm", TELEGRAM),
        ("use whatsapp", WHATSAPP),
        ("could you reach me by phone instead?", CALL),
        ("text me instead", SMS),
        ("call me instead", CALL),
        ("call me instead of texting", CALL),
        ("ring me from now on", CALL),
        ("send my reminders to my email", EMAIL),
        ("send reminders by sms", SMS),
        ("i prefer mail", EMAIL),
        ("switch to telegram please", TELEGRAM),
        ("use chat from now on", CHAT),
        ("telegram first", TELEGRAM),
        ("make telegram the default", TELEGRAM),
        ("set my channel to sms", SMS),
        ("turn on phone calls", CALL),
        ("enable whatsapp", WHATSAPP),
        ("email instead of chat", EMAIL),
    ],
)
def test_a_channel_is_preferred(said, channel):
    assert changed(said) == PreferChannel(channel=channel)


@pytest.mark.parametrize(
    ("said", "channel"),
    [
        ("don't use e-mail", EMAIL),
        ("dont use email any more", EMAIL),
        ("never call me", CALL),
        ("do not call me, ever", CALL),
        ("stop calling me", CALL),
        ("no more phone calls please", CALL),
        ("no calls", CALL),
        ("never phone me", CALL),
        ("don't ring me", CALL),
        ("stop emailing me", EMAIL),
        ("no e-mails please", EMAIL),
        ("don't remind me by sms", SMS),
        ("don't text me", SMS),
        ("turn off telegram notifications", TELEGRAM),
        ("disable whatsapp", WHATSAPP),
        ("stop sending me text messages", SMS),
        ("unsubscribe me from emails", EMAIL),
    ],
)
def test_a_channel_is_not_to_be_used(said, channel):
    assert changed(said) == PreferChannel(channel=channel, use=False)


@pytest.mark.parametrize(
    ("said", "channels"),
    [
        ("telegram first, then call", (TELEGRAM, CALL)),
        ("first chat, then email, then a call", (CHAT, EMAIL, CALL)),
        ("try chat first then sms", (CHAT, SMS)),
        ("chat, telegram, e-mail", (CHAT, TELEGRAM, EMAIL)),
        ("chat -> telegram -> phone", (CHAT, TELEGRAM, CALL)),
        ("channel order: telegram, chat, call", (TELEGRAM, CHAT, CALL)),
        ("use whatsapp, then chat", (WHATSAPP, CHAT)),
        ("reach me by telegram, then by e-mail and finally by phone", (TELEGRAM, EMAIL, CALL)),
        ("only by chat please", (CHAT,)),
        ("use chat only", (CHAT,)),
        ("just telegram", (TELEGRAM,)),
        ("only use e-mail", (EMAIL,)),
        ("remind me only by mail", (EMAIL,)),
    ],
)
def test_channels_have_an_order(said, channels):
    assert changed(said) == OrderChannels(channels=channels)


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("try the next channel after 5 minutes", 5),
        ("Escalate after 20 min, please", 20),
        ("if I don't answer, try the next channel after an hour", 60),
        ("if I don't reply within 15 minutes, try another channel", 15),
        ("wait half an hour before trying the next channel", 30),
        ("go on to the next channel after 90 seconds", 1.5),
        ("after 10 minutes without an answer, escalate", 10),
        ("don't escalate", None),
        ("never escalate please", None),
        ("do not try other channels", None),
        ("stop escalating", None),
    ],
)
def test_the_next_channel_goes_ahead_after_a_while_or_never(said, minutes):
    after = None if minutes is None else timedelta(minutes=minutes)
    assert changed(said) == SetEscalation(after=after)


@pytest.mark.parametrize(
    ("said", "most", "minutes"),
    [
        ("call me at most 3 times, 5 minutes apart", 3, 5),
        ("call me up to twice", 2, None),
        ("phone me only once", 1, None),
        ("at most four calls", 4, None),
        ("ring me no more than 2 times with 10 minutes between calls", 2, 10),
        ("leave 15 minutes between calls", None, 15),
        ("calls 10 min apart", None, 10),
        ("call me 3 times at most", 3, None),
        ("call me 2 times, 10 minutes apart", 2, 10),
    ],
)
def test_calls_are_counted_and_kept_apart(said, most, minutes):
    between = None if minutes is None else timedelta(minutes=minutes)
    assert changed(said) == SetCalls(most=most, between=between)


@pytest.mark.parametrize(
    "said",
    [
        "how do you reach me?",
        "where do my reminders go?",
        "which channels do I have?",
        "show my channels",
        "how will you notify me",
        "what channels can you use?",
    ],
)
def test_how_somebody_is_reached_is_asked_for(said):
    reading = read(said)
    assert reading.intent is Intent.SET_CHANNEL
    assert reading.change is None and reading.linking is None and reading.problem is None


@pytest.mark.parametrize(
    "said",
    [
        "call mum at 5",
        "text Ana tomorrow",
        "e-mail the report on monday",
        "call me tomorrow at 5",
        "remind me to call the bank tomorrow at 9",
        "mail the parcel tomorrow at 10",
        "remind me to use telegram tomorrow at 9",
        "don't forget to call Ana at 6pm",
        "ring the plumber at 3pm",
        "remind me in 5 minutes to try the next channel",
        "send an e-mail to Bob tomorrow at 9",
        "phone the school on friday",
        "turn off the phone at 10pm",
    ],
)
def test_to_call_or_write_to_somebody_is_a_reminder(said):
    reading = read(said)
    assert reading.intent is Intent.CREATE_REMINDER
    assert reading.change is None


def test_what_somebody_is_called_is_no_call():
    reading = read("call me Ishmael")
    assert (reading.intent, reading.text) == (Intent.SET_PREFERENCE, "Ishmael")
    assert reading.change is None
