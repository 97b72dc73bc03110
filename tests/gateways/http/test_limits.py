from __future__ import annotations

import pytest

from gateways.http import limits as module
from gateways.http.limits import Limits, Rate

A, B = "192.0.2.1", "192.0.2.2"


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def calls(limits, remote, times):
    return [limits.wait(remote) for _ in range(times)]


def test_as_many_at_once_as_allowed_then_one_at_a_time(clock):
    limits = Limits(Rate(2, 3), Rate(1000, 1000), clock)

    assert calls(limits, A, 4) == [0, 0, 0, pytest.approx(0.5)]
    clock.now += 0.5
    assert calls(limits, A, 2) == [0, pytest.approx(0.5)]
    clock.now += 10
    assert calls(limits, A, 4) == [0, 0, 0, pytest.approx(0.5)]


def test_a_call_that_has_to_wait_does_not_make_the_next_wait_longer(clock):
    limits = Limits(Rate(2, 1), Rate(1000, 1000), clock)
    calls(limits, A, 1)

    assert calls(limits, A, 5) == [pytest.approx(0.5)] * 5


def test_callers_are_told_apart_and_held_together(clock):
    limits = Limits(Rate(1, 2), Rate(1, 3), clock)

    assert calls(limits, A, 2) == [0, 0]
    assert limits.wait(A) > 0
    assert limits.wait(B) == 0
    assert limits.wait(B) > 0


def test_of_ipv6_a_whole_network_is_one_caller(clock):
    limits = Limits(Rate(1, 1), Rate(1000, 1000), clock)

    assert limits.wait("2001:db8::1") == 0
    assert limits.wait("2001:db8::2") > 0
    assert limits.wait("2001:db8:0:1::1") == 0
    assert limits.wait("fe80::1%eth0") == 0
    assert limits.wait("not:an:address") == 0


def test_only_so_many_callers_are_remembered(clock, monkeypatch):
    monkeypatch.setattr(module, "MOST_CALLERS", 2)
    limits = Limits(Rate(1, 1), Rate(1000, 1000), clock)
    for remote in (A, B, "192.0.2.3"):
        limits.wait(remote)

    assert limits.wait(B) > 0
    assert limits.wait(A) == 0
