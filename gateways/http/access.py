"""Who may look: one password, sessions that end, attempts that slow down.

Pure of HTTP, so that every rule can be tested with a clock of one's own.
"""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

USER: Final = "owner"

FREE_ATTEMPTS: Final = 5
"""Wrong passwords before the next attempt has to wait."""

LONGEST_WAIT: Final = 60.0
"""Seconds; a waiting owner must get in again in bearable time."""

IDLE_SECONDS: Final = 30 * 60.0
LIFETIME_SECONDS: Final = 12 * 3600.0
MOST_SESSIONS: Final = 50

Clock = Callable[[], float]


class Throttle:
    """Lets a few wrong attempts pass, then makes each further one wait twice as long.

    It counts for everybody together: on loopback all callers look alike.
    """

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._failures = 0
        self._not_before = 0.0

    def wait(self) -> float:
        """Return the seconds until an attempt is heard again; 0 when it is heard now."""
        return max(0.0, self._not_before - self._clock())

    def failed(self) -> None:
        """Count a wrong attempt."""
        self._failures += 1
        if self._failures >= FREE_ATTEMPTS:
            # Bounded before it is raised: 2.0 ** 1024 is an error.
            doublings = min(self._failures - FREE_ATTEMPTS, 10)
            self._not_before = self._clock() + min(2.0**doublings, LONGEST_WAIT)

    def succeeded(self) -> None:
        """Forget the wrong attempts."""
        self._failures = 0
        self._not_before = 0.0


@dataclass
class _Session:
    began: float
    seen: float


class Sessions:
    """Who is signed in, in memory only: a restart signs everybody out."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._open: dict[str, _Session] = {}

    def open(self) -> str:
        """Begin a session and return its id, 256 random bits."""
        now = self._clock()
        self._open = {key: it for key, it in self._open.items() if not self._is_over(it)}
        while len(self._open) >= MOST_SESSIONS:
            del self._open[min(self._open, key=lambda key: self._open[key].seen)]
        key = secrets.token_urlsafe(32)
        self._open[key] = _Session(began=now, seen=now)
        return key

    def is_open(self, key: str) -> bool:
        """Whether this session stands; looking at it keeps it from going idle."""
        session = self._open.get(key)
        if session is None:
            return False
        if self._is_over(session):
            del self._open[key]
            return False
        session.seen = self._clock()
        return True

    def close(self, key: str) -> None:
        """End a session."""
        self._open.pop(key, None)

    def _is_over(self, session: _Session) -> bool:
        now = self._clock()
        return now - session.seen > IDLE_SECONDS or now - session.began > LIFETIME_SECONDS


class Access:
    """The password, the sessions it opens and the tokens that forms carry."""

    def __init__(self, password: str, clock: Clock = time.monotonic) -> None:
        self.throttle = Throttle(clock)
        self.sessions = Sessions(clock)
        self._password = password
        self._key = secrets.token_bytes(32)

    def sign_in(self, user: str, password: str) -> str | None:
        """Return the id of a new session, or None where user or password is wrong.

        The caller asks the throttle first.
        """
        # Both are compared, always: the time taken must not tell which one was wrong.
        right_user = _same(user, USER)
        right_password = _same(password, self._password)
        if not (right_user and right_password):
            self.throttle.failed()
            return None
        self.throttle.succeeded()
        return self.sessions.open()

    def form_token(self, cookie: str) -> str:
        """Return what a form shown to the holder of this cookie carries against CSRF."""
        return hmac.digest(self._key, cookie.encode(), "sha256").hex()

    def is_form_token(self, token: str, cookie: str) -> bool:
        """Whether a form was shown to the holder of this cookie."""
        return _same(token, self.form_token(cookie))


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(errors="replace"), other.encode(errors="replace"))
