"""How much a person may set, and how far: what is beyond is a slip, or an attack."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

MOST_RANGES: Final = 20
MOST_WORDS: Final = 50
LONGEST_WORD: Final = 60
MOST_LEAD_TIMES: Final = 6
LONGEST_LEAD: Final = timedelta(days=30)
LONGEST_TRAVEL: Final = timedelta(hours=12)
MOST_CALLS: Final = 10
LONGEST_ABSENCE: Final = timedelta(days=366)

WAIT: Final = (timedelta(minutes=1), timedelta(hours=24))
"""The shortest and the longest time without an answer after which the next channel is tried."""

BETWEEN_CALLS: Final = (timedelta(minutes=1), timedelta(hours=4))
