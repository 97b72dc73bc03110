"""Who may look: sessions end, attempts slow down. With a clock of our own."""

from __future__ import annotations

import pytest

from gateways.http import access as module
from gateways.http.access import Access, Sessions, Throttle


class Clock:
    def __init__(self):
        self.now = 1_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def test_a_session_is_open_until_it_is_closed(clock):
    sessions = Sessions(clock)
    key = sessions.open()
    assert sessions.is_open(key)
    sessions.close(key)
    assert not sessions.is_open(key)


def test_a_session_ends_when_nobody_looks_for_half_an_hour(clock):
    sessions = Sessions(clock)
    key = sessions.open()
    clock.now += module.IDLE_SECONDS - 1
    assert sessions.is_open(key)
    clock.now += module.IDLE_SECONDS - 1
    assert sessions.is_open(key)
    clock.now += module.IDLE_SECONDS + 1
    assert not sessions.is_open(key)


def test_a_session_ends_after_half_a_day_however_busy_it_is(clock):
    sessions = Sessions(clock)
    key = sessions.open()
    for _ in range(int(module.LIFETIME_SECONDS // 600)):
        clock.now += 600
        assert sessions.is_open(key)
    clock.now += 600
    assert not sessions.is_open(key)


def test_sessions_do_not_pile_up_and_the_one_unused_longest_goes_first(clock):
    sessions = Sessions(clock)
    first, second = sessions.open(), sessions.open()
    clock.now += 1
    assert sessions.is_open(first)
    for _ in range(module.MOST_SESSIONS - 1):
        sessions.open()
    assert sessions.is_open(first)
    assert not sessions.is_open(second)


def test_five_wrong_attempts_are_free_then_each_waits_longer_up_to_a_minute(clock):
    throttle = Throttle(clock)
    waits = []
    for _ in range(40):
        throttle.failed()
        waits.append(throttle.wait())
        clock.now += waits[-1]
    assert waits[:4] == [0.0] * 4
    assert waits[4:9] == [1.0, 2.0, 4.0, 8.0, 16.0]
    assert waits[-1] == module.LONGEST_WAIT


def test_the_right_password_forgives_the_wrong_ones(clock):
    access = Access("right", clock)
    for _ in range(4):
        assert access.sign_in("owner", "wrong") is None
    assert access.sign_in("owner", "right")
    access.sign_in("owner", "wrong")
    assert access.throttle.wait() == 0


@pytest.mark.parametrize(
    ("user", "password"),
    [
        ("owner", "Right"),
        ("Owner", "right"),
        ("", ""),
        ("owner", "right\0"),
        ("owner", "\ud800"),
    ],
)
def test_only_the_very_user_and_password_open_a_session(user, password):
    assert Access("right").sign_in(user, password) is None


def test_a_form_token_is_good_for_its_own_cookie_only():
    access = Access("right")
    token = access.form_token("mine")
    assert access.is_form_token(token, "mine")
    assert not access.is_form_token(token, "yours")
    assert not access.is_form_token("", "mine")
    assert not Access("right").is_form_token(token, "mine")
