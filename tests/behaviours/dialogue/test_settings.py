"""How somebody is reached: changed, told, linked, and noted where it holds something back."""

from __future__ import annotations

from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest

from ontology.acl import Performative
from ontology.dialogue.concepts import Intent
from ontology.dialogue.settings_wording import NOT_KEPT, say_reach
from ontology.dialogue.slots import Linking
from ontology.notifications.concepts import Channel
from ontology.people.acts import (
    AddressLinked,
    AddressUnlinked,
    CodeIssued,
    CodeSent,
    IssueCode,
    LinkAddress,
    NoSuchAddress,
    NoSuchCode,
    NotSetUp,
    NotTheirs,
    RedeemCode,
    TooMany,
    UnlinkAddress,
)
from ontology.people.linking import say_linked
from ontology.policy.acts import (
    ChangePreferences,
    NoSuchRule,
    PlansDecided,
    PreferencesChanged,
    PreferencesTold,
    WhichPlans,
    WhichPreferences,
)
from ontology.policy.changes import ChangeWords, PreferChannel, SetQuiet, StayAway
from ontology.policy.concepts import Notice, Plan, Preferences, QuietRange, Step
from ontology.policy.wording import describe, describe_quiet
from ontology.reminders.acts import CreateReminder, ReminderCreated
from tests.behaviours.dialogue import planning
from tests.behaviours.dialogue.planning import (
    AT_NINE,
    ME,
    NOW,
    STRETCH,
    failed,
    informed,
)

NIGHT = QuietRange(start=time(22), end=time(7))
QUIET = Preferences(quiet=(NIGHT,))
STEPS = (Step(channels=(Channel.CHAT,), wait=timedelta(0)),)
UTC = ZoneInfo("UTC")


class Planner(planning.Planner):
    """A planner that knows the policy."""

    def __init__(self, intent, answers=None, **read):
        super().__init__(intent, answers, **read)
        self.known.providers["policy"] = "policy@localhost"


def linking(answers, **wish):
    return Planner(Intent.SET_CHANNEL, answers, linking=Linking(**wish))


async def test_a_change_is_made_by_the_policy_and_what_holds_now_is_said():
    change = SetQuiet(ranges=(NIGHT,))
    done = PreferencesChanged(before=Preferences(), after=QUIET)
    planner = Planner(
        Intent.SET_QUIET_HOURS, informed("change-preferences", done), change=change
    )
    assert await planner.says() == "Your quiet hours are now: 22:00–07:00 daily."
    assert planner.asked == [ChangePreferences(**ME, change=change)]


async def test_a_time_alone_says_until_when_nothing_is_told():
    until = StayAway(until=AT_NINE.first)
    after = Preferences(away_until=AT_NINE.first)
    done = PreferencesChanged(before=Preferences(), after=after)
    planner = Planner(
        Intent.SET_QUIET_HOURS, informed("change-preferences", done), schedule=AT_NINE
    )
    assert await planner.says() == "I hold everything back until Monday 2 March 2026, 09:00."
    assert planner.asked == [ChangePreferences(**ME, change=until)]


async def test_what_cannot_be_is_declined_in_the_words_of_the_policy():
    why = NoSuchRule(complaint="One channel has to stay, or I could not reach you at all.")
    change = PreferChannel(channel=Channel.CHAT, use=False)
    planner = Planner(Intent.SET_CHANNEL, failed("change-preferences", why), change=change)
    assert await planner.says() == why.complaint


async def test_quiet_hours_are_told():
    told = informed("which-preferences", PreferencesTold(preferences=QUIET))
    planner = Planner(Intent.SET_QUIET_HOURS, told)
    said = await planner.says()
    assert all(line in said for line in describe_quiet(QUIET, UTC, NOW))
    assert "Calls" not in said
    assert planner.asked == [WhichPreferences(**ME)]


async def test_settings_are_told_with_which_channels_are_usable_unlinked_or_not_set_up():
    told = PreferencesTold(preferences=QUIET, reachable_by=(Channel.CHAT, Channel.SMS))
    planner = Planner(Intent.SET_CHANNEL, informed("which-preferences", told))
    planner.known.providers |= {"chat": "a", "telegram": "b", "e-mail": "c"}
    said = await planner.says()
    assert all(line in said for line in describe(QUIET, UTC, NOW))
    assert "I can reach you by chat." in said
    assert "Not linked: telegram; say “link telegram”." in said
    assert "Not linked: e-mail; say “my e-mail is" in said
    assert "sms is not set up here: set STEWARD_TWILIO_ACCOUNT" in said
    assert "chat is not set up" not in said


def test_channels_of_one_number_are_linked_together():
    lines = say_reach((Channel.CHAT,), (Channel.CHAT, Channel.SMS, Channel.CALL))
    assert "Not linked: sms and call; say “my number is +34 600 111 222”." in lines


async def test_another_preference_is_not_kept_and_that_is_said():
    planner = Planner(Intent.SET_PREFERENCE, text="24 hour clock")
    assert await planner.says() == NOT_KEPT
    assert planner.asked == []


async def test_telegram_is_linked_by_a_code_said_to_the_bot():
    planner = linking(
        informed("issue-code", CodeIssued(code="481516", minutes=10)),
        wish="link",
        scheme="telegram",
    )
    said = await planner.says()
    assert "481516" in said and "within 10 minutes" in said and "bot" in said
    assert planner.asked == [IssueCode(**ME, scheme="telegram")]


async def test_an_address_is_sent_a_code_that_is_told_here():
    address = "tel:+34600111222"
    sent = informed("link-address", CodeSent(address=address, minutes=10))
    planner = linking(sent, wish="link", scheme="tel", address=address)
    said = await planner.says()
    assert "+34600111222" in said and "within 10 minutes" in said
    assert planner.asked == [LinkAddress(**ME, address=address)]


async def test_an_address_that_was_not_said_is_asked_for():
    planner = linking({}, wish="link", scheme="tel")
    assert "my number is +34" in await planner.says()
    assert planner.asked == []


async def test_a_code_links_what_it_proves():
    linked = AddressLinked(address="mailto:ada@example.org")
    planner = linking(informed("redeem-code", linked), wish="prove", code="481516")
    assert await planner.says() == say_linked("mailto:ada@example.org")
    assert planner.asked == [RedeemCode(**ME, code="481516")]


@pytest.mark.parametrize(
    ("scheme", "gone", "said"),
    [
        ("telegram", ("telegram:4711",), "The Telegram account is unlinked"),
        ("tel", ("tel:+34600111222", "tel:+34600111223"), "and +34600111223 are unlinked"),
        ("mailto", ("mailto:ada@example.org",), "ada@example.org is unlinked"),
    ],
)
async def test_what_is_unlinked_is_named(scheme, gone, said):
    done = informed("unlink-address", AddressUnlinked(addresses=gone))
    planner = linking(done, wish="unlink", scheme=scheme)
    assert said in await planner.says()
    assert planner.asked == [UnlinkAddress(**ME, scheme=scheme)]


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (NoSuchAddress(complaint="“12” is no number"), "“12” is no number"),
        (NotTheirs(), "somebody else"),
        (TooMany(), "Please try again in an hour"),
        (NotSetUp(channel="sms"), "sms is not set up here: set STEWARD_TWILIO_ACCOUNT"),
    ],
)
async def test_why_an_address_is_not_linked_is_said(reason, said):
    answers = {"link-address": (Performative.REFUSE, reason)}
    planner = linking(answers, wish="link", scheme="tel", address="tel:12")
    assert said in await planner.says()


async def test_a_wrong_code_is_no_good():
    planner = linking(failed("redeem-code", NoSuchCode()), wish="prove", code="111111")
    assert "not good" in await planner.says()


class Made(Planner):
    """A planner that keeps a reminder, and asks a policy that answers so."""

    def __init__(self, decided=None, policy="policy@localhost"):
        answers = informed("create-reminder", ReminderCreated(reminder=STRETCH))
        if decided is not None:
            answers |= informed("which-plans", decided)
        super().__init__(Intent.CREATE_REMINDER, answers, text="stretch", schedule=AT_NINE)
        if policy is None:
            del self.known.providers["policy"]


def decided(later=timedelta(0), held_by=None):
    notice = Notice(at=AT_NINE.first + later, steps=STEPS, held_by=held_by)
    return PlansDecided(plans=(Plan(notices=(notice,)),), of=(0,))


async def test_a_reminder_in_quiet_hours_says_when_it_will_be_told():
    planner = Made(decided(timedelta(hours=2), "your quiet hours 22:00–11:00 daily"))
    confirmed, note = (await planner.says()).split("\n")
    assert confirmed.startswith("OK, I will remind you")
    assert "your quiet hours 22:00–11:00 daily" in note
    assert "11:00" in note and "always ring for stretch" in note
    made, asked = planner.asked
    assert isinstance(made, CreateReminder)
    assert isinstance(asked, WhichPlans) and asked.now == AT_NINE.first


@pytest.mark.parametrize("planner", [Made(decided()), Made(None), Made(None, policy=None)])
async def test_a_reminder_that_is_told_in_time_says_no_more(planner):
    assert "\n" not in await planner.says()


async def test_words_that_ring_are_confirmed():
    change = ChangeWords(list="ring_anyway", words=("medicine",))
    done = PreferencesChanged(
        before=Preferences(), after=Preferences(ring_anyway=("medicine",))
    )
    planner = Planner(
        Intent.SET_PREFERENCE, informed("change-preferences", done), change=change
    )
    assert "“medicine”" in await planner.says()
