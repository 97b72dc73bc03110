"""Parts of the day in a text: "in the morning", "late afternoon", "after lunch", "tonight"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ontology.time.day_parts import (
    AFTER,
    AFTERNOON,
    BEFORE,
    EARLY_IN_THE_DAY,
    END_OF_DAY,
    LATE_IN_THE_DAY,
    MEALS,
    MID,
    MODIFIED,
    MORNING,
    NIGHT,
    PARTS,
    START_OF_DAY,
    TIMES_OF_MEALS,
)
from ontology.time.read_which import read_shift
from ontology.time.tokens import Line
from ontology.time.values import DayOffset, Moment, PartOfDay

ALL_DAY: Final = PartOfDay("all day", 0, 24, 9)
_FIRST_THING: Final = PartOfDay("first thing", 5, 11, 8)
_LAST_THING: Final = PartOfDay("last thing", 18, 24, 22)
_ABBREVIATED: Final = {
    **dict.fromkeys(("eod", "cob", "eob", "eop"), END_OF_DAY),
    **dict.fromkeys(("bod", "sod"), START_OF_DAY),
}
_EDGES: Final = {
    "end": END_OF_DAY,
    "close": END_OF_DAY,
    "beginning": START_OF_DAY,
    "start": START_OF_DAY,
    "middle": MID["day"],
}
_HALVES: Final = {"a": MORNING, "p": AFTERNOON}
_WHOLE_DAYS: Final = frozenset({"day", "business", "play", "workday", "work", "today"})
_BEFORE_THE: Final = frozenset({"in", "during", "by", "for", "until"})
_MODIFIERS: Final = frozenset({"early", "late", "mid", "earlier", "later"})
TONIGHT: Final = frozenset({"tonight", "tonite", "2night", "tonigt", "tonigth"})
STARTERS: Final = frozenset(
    {*PARTS, *MEALS, *_ABBREVIATED, *_MODIFIERS, *TONIGHT, "first", "last", "all", "end"}
    | {"close", "beginning", "start", "middle", "after", "before", "bed"}
)

Found = tuple[Moment, int]


def read_part_of_day(line: Line, at: int, *, before: str, beside: bool) -> Found | None:
    """Read a part of the day.

    ``before`` is the word that announced it, "" without one; ``beside`` tells that a day or a
    wall time stands right before, so that "morning" alone is enough.
    """
    word = line.word(at)
    if word in TONIGHT:
        return _moment(NIGHT, today=True), at + 1
    return (
        _abbreviated(line, at)
        or _said_in_full(line, at)
        or _this(line, at)
        or _meal(line, at, before=before, beside=beside)
        or _modified(line, line.skip(at, "the"), beside=beside)
        or _plain(line, at, before=before, beside=beside)
    )


def _moment(part: PartOfDay, *, today: bool = False) -> Moment:
    return Moment(day=DayOffset(0) if today else None, part=part)


def _abbreviated(line: Line, at: int) -> Found | None:
    part = _ABBREVIATED.get(line.word(line.skip(at, "the")))
    return (_moment(part), line.skip(at, "the") + 1) if part is not None else None


def _said_in_full(line: Line, at: int) -> Found | None:
    """Read "end of the day", "first thing", "all day"."""
    edge = _edge(line, line.skip(at, "the"))
    if edge is not None:
        return edge
    if line.says(at, "all", "day"):
        return _moment(ALL_DAY), line.skip(at + 2, "long")
    if line.word(at) not in ("first", "last") or line.word(at + 1) != "thing":
        return None
    part = _FIRST_THING if line.word(at) == "first" else _LAST_THING
    for words in (("in", "the", "morning"), ("in", "the", "evening"), ("at", "night")):
        if line.says(at + 2, *words):
            return _moment(part), at + 2 + len(words)
    return _moment(part), at + 2


def _edge(line: Line, at: int) -> Found | None:
    """Read "end of the day", "close of business", "middle of the afternoon"."""
    word = line.word(at)
    if word not in _EDGES or line.word(at + 1) != "of":
        return None
    behind = line.skip(at + 2, "the", "my", "this")
    inner = line.word(behind)
    if inner in _WHOLE_DAYS:
        return _moment(_EDGES[word]), behind + 1 + line.says(behind, "business", "day")
    if word == "middle" and inner in PARTS:
        return _moment(MID.get(PARTS[inner].name, PARTS[inner])), behind + 1
    return None


def _this(line: Line, at: int) -> Found | None:
    """Read "this morning", "last night", "later this evening", "late tonight"."""
    begin = line.skip(at, *_MODIFIERS)
    modified = MODIFIED.get(line.word(at), {}) if begin > at else {}
    if line.word(begin) in TONIGHT and begin > at:
        return _moment(modified.get("night", NIGHT), today=True), begin + 1
    shift = read_shift(line, begin)
    if shift is None or (line.word(begin) == "the" and shift[0] != 1):
        return None
    behind = line.skip(shift[2], "late", "early")
    if behind > shift[2]:
        modified = MODIFIED[line.word(shift[2])]
    part = PARTS.get(line.word(behind)) or _named_meal(line, behind)
    if part is None or part.name in ("work", "school"):
        return None
    part = modified.get(part.name, part)
    days = shift[0] if shift[0] <= 0 else 1
    return Moment(day=DayOffset(days), part=part), _behind_meal(line, behind)


def _named_meal(line: Line, at: int) -> PartOfDay | None:
    part = MEALS.get(line.word(at))
    if part is not None and part.name in ("lunch", "dinner", "breakfast", "tea"):
        whole = line.word(at).endswith("time")
        return part if whole or line.word(at + 1) == "time" else None
    return part


def _behind_meal(line: Line, at: int) -> int:
    if line.word(at) in TIMES_OF_MEALS and line.word(at + 1) == "time":
        return at + 2
    return at + 1


def _meal(line: Line, at: int, *, before: str, beside: bool) -> Found | None:
    """Read "after lunch", "at dinner", "lunchtime", "dinner time", "before bed"."""
    word = line.word(at)
    if word in ("after", "before"):
        behind = line.skip(at + 1, "the", "my")
        name = "bedtime" if line.word(behind) == "bed" else ""
        meal = MEALS.get(line.word(behind))
        part = (AFTER if word == "after" else BEFORE).get(name or (meal.name if meal else ""))
        if part is None:
            return None
        return _moment(part), _behind_meal(line, behind)
    part = MEALS.get(word)
    if part is None:
        if word == "bed" and line.word(at + 1) == "time":
            return _moment(MEALS["bedtime"]), at + 2
        return None
    if part.name in ("work", "school"):
        return None
    whole = word.endswith("time") or line.word(at + 1) == "time" and word in TIMES_OF_MEALS
    always = word in ("sunrise", "sunset", "dusk", "dawn", "nightfall", "daybreak")
    always = always and line.word(at - 1) != "the"
    beside = beside or line.word(at + 1) in ("tomorrow", "today", "on")
    if whole or before in ("at", "around", "by") or (always and (beside or before)):
        return _moment(part), _behind_meal(line, at)
    return None


def _modified(line: Line, at: int, *, beside: bool) -> Found | None:
    """Read "late afternoon", "early in the morning", and "late" behind a day."""
    word = line.word(at)
    if word not in MODIFIED:
        return None
    behind = line.skip(at + 1, "-")
    if line.says(behind, "in", "the"):
        behind += 2
    elif line.says(behind, "at", "night"):
        behind += 1
    part = PARTS.get(line.word(behind))
    if part is not None or line.word(behind) == "day":
        name = part.name if part is not None else "day"
        found = MODIFIED[word].get(name)
        if found is not None:
            return _moment(found), behind + 1
        return None
    if (
        beside
        and word in ("early", "late")
        and line.kind(at + 1) in ("", "mark")
        or beside
        and (word in ("early", "late") and line.word(at + 1) in ("to", "and"))
    ):
        return _moment(EARLY_IN_THE_DAY if word == "early" else LATE_IN_THE_DAY), at + 1
    return None


def _plain(line: Line, at: int, *, before: str, beside: bool) -> Found | None:
    """Read "in the morning", "at night", and beside a day plain "morning" or "am"."""
    if line.kind(at) == "meridiem":
        ends = beside and (line.kind(at + 1) in ("", "mark") or line.word(at + 1) == "to")
        return (_moment(_HALVES[line.word(at)[0]]), at + 1) if ends else None
    skips = before in _BEFORE_THE or line.word(at + 2) == "of"
    behind = line.skip(at, "the") if skips else at
    word = line.word(behind)
    part = PARTS.get(word)
    if part is None:
        return None
    of_day = line.word(behind + 1) == "of"
    announced = behind > at or (before == "at" and part is NIGHT)
    announced = announced or before in ("during", "by", "until")
    if not (announced or beside or of_day):
        return None
    end = behind + 1
    if line.says(end, "-", "ish"):
        end += 2
    return Moment(part=replace(part)), end
