from __future__ import annotations

import pytest

from ontology.policy.concepts import Preferences
from ontology.policy.judging import judge
from ontology.policy.mentions import mentioned, said_of
from tests.ontology.policy.situations import reminder


@pytest.mark.parametrize(
    ("listed", "text", "people", "found"),
    [
        (["urgent"], "URGENT: pay the rent", (), "urgent"),
        (["urgent"], "urgently pay", (), None),
        (["server down"], "the server down again", (), "server down"),
        (["server down"], "down with the server", (), None),
        (["Ana"], "lunch", ("ana@example.org",), "Ana"),
        (["Ana"], "banana bread", (), None),
        (["Müller"], "call MÜLLER", (), "Müller"),
        (["b", "a"], "a and b", (), "b"),
        ([], "anything", (), None),
        (["!"], "hey", (), None),
    ],
)
def test_a_matter_speaks_of_a_word_where_it_stands_whole(listed, text, people, found):
    assert mentioned(listed, said_of(reminder(text, people=people))) == found


@pytest.mark.parametrize(
    ("text", "by_mail_only", "deserves_calls"),
    [
        ("water the plants", False, False),
        ("urgent: pay the rent", False, True),
        ("call Ana", False, True),
        ("standup", True, False),
        ("urgent standup", True, False),
        ("server down at standup", False, True),
        ("standup with Ana", False, True),
    ],
)
def test_what_a_person_set_wins_over_our_own_words(text, by_mail_only, deserves_calls):
    preferences = Preferences(
        vip=("Ana",), internal=("standup",), urgent_words=("urgent", "server down")
    )

    judgement = judge(reminder(text), preferences)

    assert (judgement.by_mail_only, judgement.deserves_calls) == (by_mail_only, deserves_calls)
