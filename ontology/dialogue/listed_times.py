"""One task at several times: "remind me on monday, wednesday and friday to row".

Each time takes the place of the whole list in turn, so that what stands around it is shared. A
repetition that lists its days is one time, and stays one.
"""

from __future__ import annotations

import re
from typing import Final

from ontology.dialogue.concepts import Context
from ontology.dialogue.read_creation import request_in
from ontology.dialogue.said import Said, blanked, task
from ontology.time.concepts import Given
from ontology.time.read_daily_clocks import read_daily_clocks
from ontology.time.tokens import Line
from ontology.time.values import Clock

_JOINT: Final = re.compile(r"\s*(?:,\s*(?:and\s+)?|\s+and\s+|\s*&\s*)(?:then\s+)?")
_BARE: Final = re.compile(r"[0-9]{1,2}(?:[:.][0-9]{2})?(?=\s*$|\s*,|\s+(?:and|to|&)\b)")
_SHORT: Final = re.compile(r"(?:at |@ ?)?\b[0-9]{1,2}(?:[:.][0-9]{2})?$")
_UNSURE: Final = Clock(0, sure=False)
_MOST: Final = 8

Span = tuple[int, int]


def one_for_each_time(text: str, context: Context) -> tuple[str, ...]:
    """Return a request for a reminder once for each time it lists; itself if it lists none."""
    said = Said.of(text, context)
    request = request_in(said)
    if request is None or _JOINT.search(said.text) is None:
        return (text,)
    masked = blanked(said.text, request.start(), request.end())
    time = said.time_in(masked)
    if time is None or time.schedule is None or time.schedule.rule or time.end is not None:
        return (text,)
    listed = _list_at(said, masked, time.spans)
    if len(listed) < 2:
        return (text,)
    begin, end = listed[0][0], listed[-1][1]
    whole = said.time_in(masked[begin:end])
    if whole is not None and whole.spans == ((0, end - begin),) and not whole.left_over:
        # "friday, 27 november at 9"
        return (text,)
    before, after = masked[:begin], masked[end:]
    if _has_task(said, before) and _has_task(said, after):
        return (text,)
    items = [masked[start:stop] for start, stop in listed]
    days = _days_of(said, items)
    items = _by_one_clock(items, masked[begin:end])
    hour = _words_in(said, items[-1], "time") or _words_in(said, items[0], "time")
    spoken = (
        f"{said.text[:begin]}{_alone(said, item, day, hour)}{said.text[end:]}"
        for item, day in zip(items, days, strict=True)
    )
    return tuple(dict.fromkeys(spoken))


def _days_of(said: Said, items: list[str]) -> list[str]:
    """Return the words for the day of each time: its own, or that of the one before it.

    A day behind all of the hours is that of each: "at 5, 6 and 7pm tomorrow".
    """
    days = [_words_in(said, item, "date") for item in items]
    last = days[-1]
    if last and not any(days[:-1]) and items[-1].endswith(last):
        return [last] * len(items)
    return [next(filter(None, reversed(days[: place + 1])), "") for place in range(len(days))]


def _by_one_clock(items: list[str], words: str) -> list[str]:
    """Return the hours of a list by the half of the day, or the clock, that they share.

    "5, 6 and 7pm" are all after noon, "8 and 20" all of 24 hours.
    """
    line = Line(words)
    rows = (read_daily_clocks(line, at) for at in range(len(line)))
    clocks = next((row[0] for row in rows if row is not None and len(row[0]) == len(items)), ())
    return [
        _SHORT.sub(f"at {clock.hour:02}:{clock.minute:02}", item, count=1)
        if clock.sure
        else item
        for item, clock in zip(items, clocks or [_UNSURE] * len(items), strict=True)
    ]


def _list_at(said: Said, masked: str, spans: tuple[Span, ...]) -> list[Span]:
    """Return the list of times in which one of these spans stands."""
    # Of a list, the grammar takes one time only, and not always the first.
    for start in sorted({0, *(found.end() for found in re.finditer(r"\s+", masked))}):
        if not masked[start:].strip():
            break
        first = _time_at(said, masked, start)
        if first is None:
            continue
        listed = [first]
        while len(listed) < _MOST and (joint := _JOINT.match(masked, listed[-1][1])):
            # "in an hour and 15" is one length, of which nothing is listed.
            bare = not masked.startswith("in ", listed[-1][0])
            following = _time_at(said, masked, joint.end(), bare=bare)
            if following is None or not _are_alike(said, masked, listed[-1], following):
                break
            listed.append(following)
        if len(listed) > 1 and any(start <= begin < listed[-1][1] for begin, _ in spans):
            return listed
    return []


def _time_at(said: Said, masked: str, start: int, *, bare: bool = False) -> Span | None:
    """Return the time that begins here and no later; a bare number may be an hour in a list."""
    number = _BARE.match(masked, start)
    if number is not None:
        return number.span() if bare else None
    stretch = _JOINT.split(masked[start:], maxsplit=1)[0]
    time = said.time_in(stretch)
    if time is None or time.spans[0][0] != 0 or time.schedule is None:
        return None
    if time.schedule.rule is not None or time.duration and not stretch.startswith("in "):
        return None
    return start, start + time.spans[0][1]


def _are_alike(said: Said, masked: str, one: Span, two: Span) -> bool:
    """Tell two days or two hours from a day and its hour: "monday, 15:00" is one time."""
    return bool(_given(said, masked[slice(*one)]) & _given(said, masked[slice(*two)]))


def _given(said: Said, item: str) -> frozenset[Given]:
    time = said.time_in(f"at {item}" if _BARE.fullmatch(item) else item)
    return time.given if time is not None else frozenset()


def _alone(said: Said, item: str, day: str, hour: str) -> str:
    """Return a time of a list so that it stands by itself: with the day, or hour, it shares."""
    spoken = f"at {item}" if _BARE.fullmatch(item) else item
    given = _given(said, item)
    before = day if "date" not in given else ""
    behind = hour if "time" not in given else ""
    return " ".join(filter(None, (before, spoken, behind)))


def _words_in(said: Said, item: str, wanted: Given) -> str:
    """Return the words with which a time begins or ends that say its day, or hour, alone."""
    words = item.split()
    for length in range(len(words) - 1, 0, -1):
        for piece in (" ".join(words[:length]), " ".join(words[-length:])):
            time = said.time_in(piece)
            if time is not None and time.given == {wanted} and time.spans == ((0, len(piece)),):
                return piece
    return ""


def _has_task(said: Said, words: str) -> bool:
    """Tell whether more than a time is said in words beside the list."""
    time = said.time_in(words)
    left = list(words)
    for start, end in time.spans if time is not None else ():
        left[start:end] = " " * (end - start)
    return bool(task("".join(left)))
