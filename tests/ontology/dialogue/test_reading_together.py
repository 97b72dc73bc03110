"""Many texts read at once are read as each by itself, and ask the classifier once."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import chain

from ontology.dialogue.concepts import Context, Intent
from ontology.dialogue.interpreter import PlainInterpreter
from tests.fakes.classifying import ToldClassifier

NOON = Context(now=datetime(2026, 11, 20, 12, tzinfo=UTC), zone="Europe/London")
SURE = "remind me tomorrow at 9 to call mum"
SEVERAL = "cancel 2 and remind me at 5pm to leave"
OPEN = "move the barbecue to 8"
STRANGE = ("which pages mention mould", "I parked on level 3", "thanks a bunch, pal")
TEXTS = (SURE, STRANGE[0], SEVERAL, "", OPEN, *STRANGE[1:], "buy oats tomorrow at 7", "grmpf")


class CountingClassifier(ToldClassifier):
    """Notes how often it was asked."""

    times = 0

    def classify(self, texts):
        self.times += 1
        return super().classify(texts)


def told():
    return CountingClassifier((Intent.ASK_DOCUMENTS, 0.7), (Intent.CHANGE_REMINDER, 0.2))


def test_texts_read_together_are_read_as_alone():
    interpreter = PlainInterpreter(told())

    together = interpreter.interpret_all([(text, NOON) for text in TEXTS])

    assert together == [interpreter.interpret(text, NOON) for text in TEXTS]


def test_each_text_is_read_in_its_own_context():
    summer = NOON.model_copy(update={"now": datetime(2026, 6, 1, 12, tzinfo=UTC)})
    gone = NOON.model_copy(update={"zone": "Atlantis/Poseidonis"})

    read = PlainInterpreter().interpret_all([(SURE, NOON), (SURE, summer), (SURE, gone)])

    schedules = [segment.likeliest.schedule for segment in chain.from_iterable(read)]
    assert [schedule and schedule.first.isoformat() for schedule in schedules] == [
        "2026-11-21T09:00:00+00:00",
        "2026-06-02T08:00:00+00:00",
        "2026-11-21T09:00:00+00:00",
    ]


def test_the_classifier_is_asked_once_and_never_of_what_rules_are_sure_of():
    classifier = told()

    PlainInterpreter(classifier).interpret_all([(text, NOON) for text in TEXTS])

    assert classifier.times == 1
    assert {*STRANGE, OPEN} <= set(classifier.asked)
    assert not {SURE, "cancel 2", ""} & set(classifier.asked)


def test_the_classifier_is_not_asked_of_nothing():
    classifier = told()

    PlainInterpreter(classifier).interpret_all([(SURE, NOON), (SEVERAL, NOON)])

    assert classifier.times == 0


def test_no_texts_have_no_readings():
    assert PlainInterpreter(told()).interpret_all([]) == []
