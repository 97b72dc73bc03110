"""Whatever is said, and however much at once: it is answered, soon, and nothing gets lost."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ontology.dialogue.concepts import (
    Context,
    Intent,
    Interpretation,
    OpenQuestion,
    Option,
    Segment,
)
from ontology.dialogue.deciding import decide
from ontology.dialogue.interpreter import PlainInterpreter
from ontology.dialogue.wording import LONGEST_UTTERANCE
from tests.fakes.classifying import ToldClassifier
from tests.ontology.dialogue.reading import MADRID, NOW, segments

ASKED = OpenQuestion(
    options=(Option(label="it", then=Interpretation(intent=Intent.UNDO)),), confirms=True
)
WORDS = st.sampled_from(
    [
        *(
            "remind me",
            "to call mum",
            "at 5",
            "tomorrow",
            "on monday",
            "and",
            ",",
            ". ",
            "then",
        ),
        *(
            "cancel",
            "2",
            "the dentist",
            "done",
            "snooze",
            "10 min",
            "meeting",
            "with Ann",
            "in",
        ),
        *("my calendar", "add milk", "to my list", "what's", "my", "is", "that", "remember"),
        *("forget", "notify me", "by", "telegram", "quiet hours", "until", "8am and 8pm", "or"),
        *(
            "every day",
            "-5 minutes",
            "3/4",
            "next friday",
            "before",
            "the party",
            "\u200b",
            "🍕",
        ),
        *(
            "move it",
            "no",
            "yes",
            "never mind",
            "brief me",
            "find",
            "an hour",
            "for",
            "why",
            "?",
        ),
    ]
)


def is_sound(heard: tuple[Segment, ...]) -> bool:
    for segment in heard:
        likeliest, *_ = segment.readings
        assert all(0 <= each.confidence <= 1 for each in segment.readings)
        assert decide(segment.readings).readings
        assert likeliest.text.isprintable() or "\n" in likeliest.text or "\t" in likeliest.text
        if likeliest.intent is Intent.CREATE_REMINDER and likeliest.problem is None:
            assert likeliest.text and likeliest.schedule is not None
    return bool(heard)


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, max_size=14).map(" ".join), st.sampled_from([None, ASKED]))
def test_any_mixture_is_read(said, question):
    assert is_sound(segments(said, question))


@settings(max_examples=200, deadline=None)
@given(
    st.lists(WORDS, max_size=10).map(" ".join),
    st.sampled_from(list(Intent)),
    st.floats(0, 1),
)
def test_any_mixture_can_be_filled_into_any_intent(said, intent, probability):
    interpreter = PlainInterpreter(ToldClassifier((intent, probability)))
    for segment in interpreter.interpret(said, Context(now=NOW, zone=MADRID)):
        assert decide(segment.readings).readings


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=120), st.text(max_size=60), st.text(max_size=60))
def test_any_characters_are_read_among_words(one, two, three):
    assert segments(one)
    assert segments(f"remind me {two} at 5 and {three} at 6")
    assert segments(f"move {two} to {three}")


ENDLESS = {
    "reminders": "remind me at 5 to a and at 6 to b and ",
    "commas": "a, ",
    "sentences": "cancel 2. ",
    "meetings": "schedule a meeting with Ann at noon in ",
    "lists": "add a to my list to my list ",
    "facts": "remember that my is my is ",
    "quiet": "no notifications after before ",
    "questions": "what's my what's on my ",
    "emoji": "🍕👨‍👩‍👧 ",
    "right to left": "\u202eتذكير \u200f",
    "control": "\x00\x1b[31m",
    "invisible": "\u200b\u2060",
    "articles": "the my our ",
    "drops": "drop the of my tasks about ",
}


@pytest.mark.parametrize("piece", ENDLESS.values(), ids=ENDLESS.keys())
@pytest.mark.parametrize("length", [300, 600, LONGEST_UTTERANCE, 10_000])
def test_nothing_takes_long(piece, length):
    said = (piece * (length // len(piece) + 1))[:length]
    took: list[float] = []
    for _ in range(3):
        began = process_time()
        assert segments(said)
        took.append(process_time() - began)
        if took[-1] < 0.05:
            break
    assert min(took) < 0.05


@pytest.mark.parametrize(
    "said", ["🍕", "👨‍👩‍👧", "!?", "…", "\u200b", "\u202e", "٣", "你好", "שלום"]
)
def test_what_has_no_words_of_ours_does_nothing(said):
    (segment,) = segments(said)
    assert segment.likeliest.intent in (Intent.UNKNOWN, Intent.HELP)
