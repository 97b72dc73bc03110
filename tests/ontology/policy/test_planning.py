from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ontology.notifications.concepts import Channel
from ontology.policy.concepts import (
    LeadTimes,
    Matter,
    MatterKind,
    Preferences,
    QuietRange,
    WeekendRule,
)
from ontology.policy.planning import plan, plan_all
from ontology.policy.quiet_hours import quiet_until
from ontology.policy.situation import Situation
from tests.ontology.policy.situations import (
    CALL,
    CHAT,
    HOUR,
    MINUTE,
    NIGHT,
    NOON,
    TELEGRAM,
    at,
    event,
    reminder,
    situation,
)

WORDS = ["Ana", "urgent", "standup", "hospital", "pills"]
lists = st.lists(st.sampled_from(WORDS), max_size=2).map(tuple)
wall = st.times().map(lambda t: time(t.hour, t.minute))
ranges = st.builds(
    QuietRange, start=wall, end=wall, days=st.frozensets(st.integers(0, 6), min_size=1)
)
instants = st.integers(0, 15 * 365 * 1440).map(
    lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
leads = st.lists(st.timedeltas(timedelta(0), timedelta(days=3)), min_size=1, max_size=3)
preferences = st.builds(
    Preferences,
    channels=st.lists(st.sampled_from(Channel), unique=True).map(tuple),
    quiet=st.lists(ranges, max_size=3).map(tuple),
    weekend=st.sampled_from(WeekendRule),
    holidays=st.booleans(),
    away_until=st.none() | instants,
    urgent_words=lists,
    vip=lists,
    internal=lists,
    ring_anyway=lists,
    escalates=st.booleans(),
    most_calls=st.integers(0, 10),
    lead_times=st.builds(LeadTimes, event=leads.map(tuple), task=leads.map(tuple)),
)
matters = st.builds(
    Matter,
    kind=st.sampled_from(MatterKind),
    text=st.sampled_from(WORDS) | st.text(max_size=20),
    starts_at=instants,
    place=st.none() | st.just("here"),
    people=lists,
)
situations = st.builds(
    Situation,
    preferences=preferences,
    zone=st.sampled_from(["Europe/Madrid", "Asia/Kathmandu", "Pacific/Apia"]).map(ZoneInfo),
    locale=st.sampled_from(["es_ES", "en_GB", "en"]),
    now=instants,
    reachable_by=st.frozensets(st.sampled_from(Channel)),
)


@settings(max_examples=300)
@given(matters, situations)
def test_whatever_the_rules_a_plan_tells_of_the_matter_and_keeps_to_quiet_hours(matter, here):
    notices = plan(matter, here).notices

    assert notices
    times = [notice.at for notice in notices]
    assert times == sorted(set(times))
    assert times[0] >= here.now
    for notice in notices:
        assert 1 <= len(notice.steps) <= len(Channel) + 10
        assert all(step.wait >= timedelta(0) for step in notice.steps)
        assert all(notice.reasons)
        held = quiet_until(notice.at, here.preferences.quiet, here.zone)
        away = here.preferences.away_until
        breaches = [why for why in notice.reasons if why.startswith("in spite of")]
        if held is not None:
            assert "your quiet hours" in breaches[0]
        if away is not None and notice.at < away:
            assert "your being away" in breaches[0]


@settings(max_examples=200)
@given(matters, situations)
def test_calls_are_for_who_asked_for_them_and_for_what_is_worth_it(matter, here):
    called = any(CALL in s.channels for n in plan(matter, here).notices for s in n.steps)
    listed = (*here.preferences.vip, *here.preferences.urgent_words)
    said = f"{matter.text} {' '.join(matter.people)}".casefold()
    worth_it = any(word.casefold() in said for word in listed)
    forbidden = not here.preferences.most_calls
    only = here.reachable_by <= {CALL}

    if called and not only:
        assert CALL in here.preferences.channels or worth_it
    if called:
        assert not forbidden


@settings(max_examples=50)
@given(st.lists(matters, max_size=8), situations)
def test_plans_of_many_are_the_plans_of_each(several, here):
    plans, of = plan_all(several, here)

    assert [plans[place] for place in of] == [plan(matter, here) for matter in several]
    assert len(set(plans)) == len(plans)


def test_a_reminder_in_quiet_hours_waits_for_their_end():
    due = at("2026-11-20 23:00")
    (notice,) = plan(reminder(starts_at=due), situation(due, quiet=(NIGHT,))).notices

    assert notice.at == at("2026-11-21 07:00")
    assert notice.reasons[0] == "it is due"
    assert notice.reasons[1].startswith("held back until Sat 21 Nov, 07:00: your quiet hours")


def test_thousands_due_at_once_share_a_plan():
    due = [reminder(f"task {n}", starts_at=NOON - timedelta(seconds=n % 7)) for n in range(100)]

    plans, of = plan_all(due, situation(NOON))

    assert len(plans) == 1
    assert set(of) == {0}


def test_a_vip_is_tried_everywhere_and_then_called():
    here = situation(vip=("Ana",), reachable_by=frozenset({CHAT, TELEGRAM, CALL}))

    (notice,) = plan(reminder("call Ana"), here).notices

    assert [step.channels for step in notice.steps] == [(CHAT,), (TELEGRAM,), (CALL,), (CALL,)]
    assert notice.reasons[-1].endswith("and then a call: “Ana” is a VIP")


@pytest.mark.parametrize(
    ("begins", "told"),
    [
        # Half an hour before is in the night, and so is its beginning.
        ("2026-11-22 06:30", ["2026-11-21 07:00"]),
        # Nothing else is left: it is told late rather than never.
        ("2026-11-21 06:30", ["2026-11-21 07:00"]),
        ("2026-11-22 12:00", ["2026-11-21 12:00", "2026-11-22 11:30"]),
        ("2026-11-22 07:30", ["2026-11-21 07:30", "2026-11-22 07:00"]),
    ],
)
def test_what_would_be_told_after_it_began_is_left_out_where_it_was_told_before(begins, told):
    here = situation(quiet=(NIGHT,))

    assert [notice.at for notice in plan(event(at(begins)), here).notices] == [*map(at, told)]


def test_two_notices_held_until_the_same_instant_are_one():
    here = situation(
        at("2026-11-20 22:30"),
        quiet=(NIGHT,),
        lead_times=LeadTimes(event=(9 * HOUR, 8 * HOUR + 30 * MINUTE)),
    )

    (notice,) = plan(event(at("2026-11-21 08:00")), here).notices

    assert notice.at == at("2026-11-21 07:00")
    assert notice.reasons[0].startswith("8 hours 30 minutes before")
