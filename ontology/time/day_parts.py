"""The parts of a day by name, and the hour that each means when it is said alone."""

from __future__ import annotations

from typing import Final

from ontology.time.values import PartOfDay

HOUR_OF_A_DAY: Final = 9
"""The hour that is meant when only a day was said."""

MORNING: Final = PartOfDay("morning", 0, 12, 9)
AFTERNOON: Final = PartOfDay("afternoon", 12, 20, 15)
EVENING: Final = PartOfDay("evening", 16, 24, 19)
NIGHT: Final = PartOfDay("night", 17, 29, 21)
NOON: Final = PartOfDay("noon", 10, 15, 12)

PARTS: Final[dict[str, PartOfDay]] = {
    **dict.fromkeys(("morning", "mornings", "morn", "mornin", "morningish"), MORNING),
    **dict.fromkeys(("afternoon", "afternoons", "arvo", "afternoonish"), AFTERNOON),
    **dict.fromkeys(("evening", "evenings", "eve", "eveningish"), EVENING),
    **dict.fromkeys(("night", "nights", "nite", "nighttime"), NIGHT),
    "daytime": PartOfDay("day", 8, 18, 10),
}
"""What can be said behind "in the", "tomorrow" or "this"."""

MEALS: Final[dict[str, PartOfDay]] = {
    **dict.fromkeys(
        ("breakfast", "breakfasttime", "brekkie"), PartOfDay("breakfast", 5, 11, 8)
    ),
    "brunch": PartOfDay("brunch", 9, 14, 11),
    **dict.fromkeys(("lunch", "lunchtime", "luncheon"), PartOfDay("lunch", 11, 15, 12)),
    **dict.fromkeys(("tea", "teatime"), PartOfDay("tea", 15, 19, 17)),
    **dict.fromkeys(
        ("dinner", "dinnertime", "supper", "suppertime"), PartOfDay("dinner", 16, 23, 19)
    ),
    **dict.fromkeys(("bedtime",), PartOfDay("bedtime", 19, 25, 22)),
    **dict.fromkeys(("sunrise", "dawn", "daybreak", "sunup"), PartOfDay("dawn", 4, 9, 6)),
    **dict.fromkeys(("sunset", "dusk", "sundown", "nightfall"), PartOfDay("dusk", 16, 23, 19)),
    "work": PartOfDay("work", 8, 18, 9),
    "school": PartOfDay("school", 8, 16, 9),
}
"""What can be said behind "at", "after" or "before"; ``at`` is when it begins."""

TIMES_OF_MEALS: Final = frozenset({"breakfast", "lunch", "tea", "dinner", "supper", "bed"})
"""What becomes a part of the day with "time" behind it."""

EARLY: Final = {
    "morning": PartOfDay("early morning", 0, 10, 7),
    "afternoon": PartOfDay("early afternoon", 12, 16, 13),
    "evening": PartOfDay("early evening", 16, 20, 18),
    "night": PartOfDay("early night", 18, 22, 20),
}
LATE: Final = {
    "morning": PartOfDay("late morning", 9, 12, 11),
    "afternoon": PartOfDay("late afternoon", 14, 19, 17),
    "evening": PartOfDay("late evening", 19, 24, 21),
    "night": PartOfDay("late night", 20, 28, 22),
}
MID: Final = {
    "morning": PartOfDay("mid-morning", 9, 12, 10),
    "afternoon": PartOfDay("mid-afternoon", 14, 17, 15),
    "evening": PartOfDay("mid-evening", 18, 22, 20),
    "day": NOON,
}
MODIFIED: Final = {
    "early": EARLY,
    "earlier": EARLY,
    "late": LATE,
    "later": LATE,
    "mid": MID,
    "middle": MID,
}
EARLY_IN_THE_DAY: Final = PartOfDay("early", 0, 12, 7)
LATE_IN_THE_DAY: Final = PartOfDay("late", 16, 28, 21)
MODIFIED_DAYS: Final = {"early": EARLY_IN_THE_DAY, "late": LATE_IN_THE_DAY}
END_OF_DAY: Final = PartOfDay("end of day", 12, 24, 17)
SAME_TIME: Final = PartOfDay("same time", 0, 24, 9)
"""Stands for the wall time that it is now."""
START_OF_DAY: Final = PartOfDay("start of day", 6, 12, 9)

AFTER: Final = {
    "breakfast": PartOfDay("after breakfast", 7, 12, 9),
    "brunch": PartOfDay("after brunch", 12, 16, 14),
    "lunch": PartOfDay("after lunch", 12, 17, 14),
    "tea": PartOfDay("after tea", 17, 22, 18),
    "dinner": PartOfDay("after dinner", 18, 24, 20),
    "work": PartOfDay("after work", 16, 22, 18),
    "dawn": PartOfDay("after dawn", 5, 10, 7),
    "dusk": PartOfDay("after dusk", 17, 24, 20),
    "school": PartOfDay("after school", 14, 18, 16),
}
BEFORE: Final = {
    "breakfast": PartOfDay("before breakfast", 4, 9, 7),
    "lunch": PartOfDay("before lunch", 9, 13, 11),
    "tea": PartOfDay("before tea", 13, 17, 16),
    "dinner": PartOfDay("before dinner", 15, 20, 18),
    "work": PartOfDay("before work", 5, 9, 8),
    "bedtime": PartOfDay("before bed", 18, 24, 21),
    "dawn": PartOfDay("before dawn", 3, 7, 5),
    "dusk": PartOfDay("before dusk", 15, 20, 18),
    "school": PartOfDay("before school", 5, 9, 8),
}
