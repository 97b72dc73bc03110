"""Several requests in one message are cut apart, and nothing else is."""

from __future__ import annotations

import pytest

from ontology.dialogue.concepts import Intent
from tests.ontology.dialogue.reading import segments, when


def heard(said: str) -> list[tuple[str, str | None]]:
    """Return what is to be done, or which is meant, and when."""
    readings = [segment.likeliest for segment in segments(said)]
    return [(each.text or each.target or each.intent.value, when(each)) for each in readings]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "remind me to call mum at 5 and to buy milk at 6",
            [("call mum", "11-20 17:00"), ("buy milk", "11-20 18:00")],
        ),
        (
            "remind me to call mum at 5pm. Remind me to buy milk at 6pm.",
            [("call mum", "11-20 17:00"), ("buy milk", "11-20 18:00")],
        ),
        (
            "remind me to call mum at 1, buy milk at 2 and pay the rent at 3",
            [
                ("call mum", "11-20 13:00"),
                ("buy milk", "11-20 14:00"),
                ("pay the rent", "11-20 15:00"),
            ],
        ),
        (
            "remind me to feed the cat at 8pm and the dog at 9pm",
            [("feed the cat", "11-20 20:00"), ("the dog", "11-20 21:00")],
        ),
        (
            "tomorrow remind me to call mum at 9 and pay rent at 10",
            [("call mum", "11-21 09:00"), ("pay rent", "11-21 10:00")],
        ),
        (
            "remind me tomorrow at 9 to call mum and at 10 to pay rent",
            [("call mum", "11-21 09:00"), ("pay rent", "11-21 10:00")],
        ),
        (
            "every day remind me to take pills at 8 and feed the cat at 9",
            [
                ("take pills", "11-21 08:00 FREQ=DAILY"),
                ("feed the cat", "11-21 09:00 FREQ=DAILY"),
            ],
        ),
        (
            "remind me on monday at 9 to call Ann and on tuesday at 10 to call Bob",
            [("call Ann", "11-23 09:00"), ("call Bob", "11-24 10:00")],
        ),
        (
            "remind me in 10 minutes to check the oven and in 20 minutes to take it out",
            [("check the oven", "11-20 12:10"), ("take it out", "11-20 12:20")],
        ),
        (
            "remind me tomorrow at 9 to call mum and to pay rent",
            [("call mum", "11-21 09:00"), ("pay rent", "11-21 09:00")],
        ),
        (
            "wake me at 7 and remind me tomorrow at 8 to leave",
            [("wake up", "11-21 07:00"), ("leave", "11-21 08:00")],
        ),
        (
            "cancel the dentist one and remind me on monday to ring them",
            [("dentist", None), ("ring them", "11-23 09:00")],
        ),
        (
            "snooze 10 min and remind me tomorrow to call mum",
            [("snooze", "11-20 12:10"), ("call mum", "11-21 09:00")],
        ),
        ("done and snooze the pills 15 min", [("done", None), ("pills", "11-20 12:15")]),
        ("cancel 2 and 3", [("2", None), ("3", None)]),
        ("cancel two and three", [("2", None), ("3", None)]),
        ("done with 2, 3 and 5", [("2", None), ("3", None), ("5", None)]),
        ("list, then undo", [("list-reminders", None), ("undo", None)]),
        (
            "remind me at 5 to call Bob and cancel 2",
            [("call Bob", "11-20 17:00"), ("2", None)],
        ),
        (
            "add milk to my list and remind me at 5 to buy it",
            [("milk", None), ("buy it", "11-20 17:00")],
        ),
        (
            "remind me at 7pm on monday and thursday to row",
            [("row", "11-23 19:00"), ("row", "11-26 19:00")],
        ),
        (
            "remind me to row on monday and friday",
            [("row", "11-23 09:00"), ("row", "11-27 09:00")],
        ),
        (
            "remind me tomorrow at 8am and 8pm to take the pills",
            [("take the pills", "11-21 08:00"), ("take the pills", "11-21 20:00")],
        ),
        (
            "remind me on the 3rd and on the 5th to pay",
            [("pay", "12-03 09:00"), ("pay", "12-05 09:00")],
        ),
        (
            "remind me on monday, wednesday and friday at 7pm to row",
            [("row", "11-23 19:00"), ("row", "11-25 19:00"), ("row", "11-20 19:00")],
        ),
        (
            "remind me at 5, 6 and 7 to drink water",
            [("drink water", f"11-20 {hour}:00") for hour in (17, 18, 19)],
        ),
        (
            "remind me to feed the cat at 8pm and at 9pm the dog",
            [("feed the cat", "11-20 20:00"), ("the dog", "11-20 21:00")],
        ),
        (
            "remind me on monday and tuesday to row and remind me at 5 to eat",
            [("row", "11-23 09:00"), ("row", "11-24 09:00"), ("eat", "11-20 17:00")],
        ),
        (
            "dentist next tuesday 3pm, and buy flowers friday 10am",
            [("dentist", "11-24 15:00"), ("buy flowers", "11-27 10:00")],
        ),
        (
            "call Bob at 5 and pay the rent at 6",
            [("call Bob", "11-20 17:00"), ("pay the rent", "11-20 18:00")],
        ),
        (
            "in 10 min check the oven and in 20 min take it out",
            [("check the oven", "11-20 12:10"), ("take it out", "11-20 12:20")],
        ),
        ("wake me at 6 and at 7", [("wake up", "11-21 06:00"), ("wake up", "11-21 07:00")]),
        ("hi, thanks! remind me at 5 to leave", [("leave", "11-20 17:00")]),
        (
            "remind me at 17:00 to call mum and to buy milk at 18:00",
            [("call mum", "11-20 17:00"), ("buy milk", "11-20 18:00")],
        ),
        (
            "remind me every monday at 9 and every friday at 5pm to row",
            [
                ("row", "11-23 09:00 FREQ=WEEKLY;BYDAY=MO"),
                ("row", "11-20 17:00 FREQ=WEEKLY;BYDAY=FR"),
            ],
        ),
        (
            "get up every weekday at 7 and weekends at 9",
            [
                ("get up", "11-23 07:00 FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
                ("get up", "11-21 09:00 FREQ=WEEKLY;BYDAY=SA,SU"),
            ],
        ),
        ("remind me at 5 to eat; cancel the gym", [("eat", "11-20 17:00"), ("gym", None)]),
        ("remind me at 5 to eat. Thank you!", [("eat", "11-20 17:00")]),
        ("move 2 to friday and 3 to saturday", [("2", "11-27 09:00"), ("3", "11-21 09:00")]),
        (
            "move the dentist to friday, the plumber to monday and the gym to 5pm",
            [("dentist", "11-27 09:00"), ("plumber", "11-23 09:00"), ("gym", "11-20 17:00")],
        ),
        (
            "move 1 to monday, 2 to tuesday and 3 to wednesday",
            [("1", "11-23 09:00"), ("2", "11-24 09:00"), ("3", "11-25 09:00")],
        ),
        ("rename the gym to swim and the dentist to teeth", [("swim", None), ("teeth", None)]),
        ("2 and 3 are done", [("2", None), ("3", None)]),
        ("mark 2, 3 and 5 as done", [("2", None), ("3", None), ("5", None)]),
        (
            "snooze the gym for 10 min and the laundry for 20",
            [("gym", "11-20 12:10"), ("laundry", "11-20 12:20")],
        ),
        (
            "* gym at 6pm\n* shower at 7pm\n* sleep at 10pm",
            [("gym", "11-20 18:00"), ("shower", "11-20 19:00"), ("sleep", "11-20 22:00")],
        ),
        (
            "set reminders for 5pm and 6pm to drink",
            [("drink", "11-20 17:00"), ("drink", "11-20 18:00")],
        ),
        (
            "cancel the gym; move the dentist to friday; list",
            [("gym", None), ("dentist", "11-27 09:00"), ("list-reminders", None)],
        ),
        ("cancel the dentist and the plumber", [("dentist", None), ("plumber", None)]),
        (
            "cancel the dentist, the plumber and my gym reminder",
            [("dentist", None), ("plumber", None), ("gym", None)],
        ),
        ("done with the pills and the dishes", [("pills", None), ("dishes", None)]),
        (
            "snooze the pills and the gym for 20 minutes",
            [("pills", "11-20 12:20"), ("gym", "11-20 12:20")],
        ),
        (
            "snooze 2 and the gym until 5pm",
            [("2", "11-20 17:00"), ("gym", "11-20 17:00")],
        ),
    ],
)
def test_each_request_is_heard(said, expected):
    assert heard(said) == expected


@pytest.mark.parametrize(
    "said",
    [
        "remind me to buy bread and butter at 5",
        "remind me every monday and friday at 9 to row",
        "remind me at 5pm to buy milk, eggs and bread",
        "remind me to call mum and dad at 5",
        "remind me at 5 to meet Bob at 6 and Ann at 7",
        "remind me at 5 to call Bob and cancel the subscription",
        "remind me to talk to Ann and to Bob at 5",
        "remind me tomorrow at 9 to clean up, then rest",
        "cancel the milk and eggs",
        "rename 2 to milk and eggs",
        "remember that Ann and Bob are vegan",
        "remind me at 5 to read chapter 3. It is short.",
        "remind me every day at 8am and 8pm to take the pills",
        "remind me to swim every mon, wed and fri at 18:00",
        "remind me to call mum at 5 and buy 6 eggs",
        "dentist on monday, 15:00",
        "buy milk, eggs and bread tomorrow at 9",
        "remind me twice a day, 8am and 8pm, to put in the eye drops",
        "remind me tomorrow between 3 and 5 to call Bob",
        "remind me every evening, 10 times, to read",
        "thanks, great",
        "cancel my fish and chips reminder",
        "cancel the cat and dog",
        "rename 2 to cats and the dogs",
        "remind me at 5 to talk to Ann and to Bob at 6",
        "remind me at 5 to read chapter 3; it is short",
    ],
)
def test_one_request_is_left_in_one_piece(said):
    (segment,) = segments(said)
    assert segment.text == said
    assert segment.likeliest.intent is not Intent.UNKNOWN


def test_no_part_is_lost_however_many_there_are():
    said = " and ".join(f"cancel reminder {n}" for n in range(1, 21))
    heard_of = " ".join(segment.text for segment in segments(said))
    assert all(f"reminder {n}" in heard_of for n in range(1, 21))


def test_every_part_stands_by_itself():
    for segment in segments("tomorrow remind me to call mum at 9, and to pay rent at 10"):
        (again,) = segments(segment.text)
        assert again == segment
