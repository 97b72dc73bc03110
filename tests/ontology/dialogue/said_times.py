"""Times that people say, and when they are: said on Friday 20 November 2026 at noon in Madrid.

Each is a phrase with the local start of its next time, and the end where it has one. The tests
read them, and docs/understanding.md lists them.
"""

from __future__ import annotations

from typing import Final

Phrase = tuple[str, str, str | None]

SAID_TIMES: Final[dict[str, tuple[Phrase, ...]]] = {
    "Days": (
        ("tomorrow at 9", "2026-11-21 09:00", None),
        ("on friday", "2026-11-27 09:00", None),
        ("monday week", "2026-11-30 09:00", None),
        ("on the 3rd", "2026-12-03 09:00", None),
        ("24 December at 18:30", "2026-12-24 18:30", None),
        ("2027-01-15", "2027-01-15 09:00", None),
        ("the last friday of the month", "2026-11-27 09:00", None),
        ("the first monday of march", "2027-03-01 09:00", None),
        ("new year's eve", "2026-12-31 09:00", None),
        ("easter monday", "2027-03-29 09:00", None),
    ),
    "Hours": (
        ("at 5pm", "2026-11-20 17:00", None),
        ("at 17.30", "2026-11-20 17:30", None),
        ("at 15h30", "2026-11-20 15:30", None),
        ("at half past 3", "2026-11-20 15:30", None),
        ("at quarter to six", "2026-11-20 17:45", None),
        ("20 to 5", "2026-11-20 16:40", None),
        ("at noon tomorrow", "2026-11-21 12:00", None),
        ("tomorrow at 9am PT", "2026-11-21 18:00", None),
        ("tomorrow at 10:00 Tokyo time", "2026-11-21 02:00", None),
    ),
    "Lengths": (
        ("in 20 minutes", "2026-11-20 12:20", None),
        ("in an hour and a half", "2026-11-20 13:30", None),
        ("in 2h30", "2026-11-20 14:30", None),
        ("in a fortnight", "2026-12-04 12:00", None),
        ("2 days before 24 december", "2026-12-22 09:00", None),
    ),
    "Spans": (
        ("tomorrow from 3 to 5pm", "2026-11-21 15:00", "2026-11-21 17:00"),
        ("between 9 and 11 on monday", "2026-11-23 09:00", "2026-11-23 11:00"),
        ("tomorrow morning", "2026-11-21 09:00", "2026-11-21 12:00"),
        ("all day tomorrow", "2026-11-21 09:00", "2026-11-22 00:00"),
    ),
    "Again and again": (
        ("every weekday at 8:30", "2026-11-23 08:30", None),
        ("every other friday at 4pm", "2026-11-20 16:00", None),
        ("every mon, wed and fri at 18:00", "2026-11-20 18:00", None),
        ("twice a day at 8am and 8pm", "2026-11-20 20:00", None),
        ("every 6 hours", "2026-11-20 18:00", None),
        ("every 30 minutes between 9am and 5pm", "2026-11-20 12:30", None),
        ("every first monday of the month", "2026-12-07 09:00", None),
        ("every month on the 3rd at 10", "2026-12-03 10:00", None),
        ("every year on 24 december", "2026-12-24 09:00", None),
        ("mon wed fri at 7am", "2026-11-23 07:00", None),
        ("every day this week at 7pm", "2026-11-20 19:00", None),
        ("6-hourly", "2026-11-20 18:00", None),
        ("the next 4 mondays at 9", "2026-11-23 09:00", None),
        ("every day except sunday", "2026-11-21 09:00", None),
        ("every tuesday starting next week", "2026-11-24 09:00", None),
        ("every day for the next 5 days", "2026-11-21 09:00", None),
        ("every week until the end of april", "2026-11-27 09:00", None),
    ),
}
