"""Links that act: what they say comes back, and nobody else can make one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.errors import ExpiredLink, ForeignLink, ForgedLink
from ontology.links import ANSWERS, Link, LinkKeys, Purpose, answer_of, read, signed
from ontology.notifications.concepts import Acknowledgement

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
KEYS = LinkKeys.of("a secret")
LINK = Link(Purpose.DONE, uuid4(), uuid4(), NOW + timedelta(days=7))


@given(
    purpose=st.sampled_from(Purpose),
    person=st.uuids(),
    subject=st.uuids(),
    seconds=st.integers(1, 10**9),
)
def test_a_link_says_what_was_signed(
    purpose: Purpose, person: UUID, subject: UUID, seconds: int
):
    link = Link(purpose, person, subject, NOW + timedelta(seconds=seconds))
    token = signed(link, KEYS)

    assert read(token, KEYS, NOW) == link
    assert len(token) <= 123
    assert token.replace(".", "").replace("-", "").replace("_", "").isalnum()


def test_every_single_character_that_is_changed_is_noticed():
    token = signed(LINK, KEYS)
    for place, was in enumerate(token):
        for other in {"A", "B", "-", ".", "=", "é"} - {was}:
            with pytest.raises(ForgedLink):
                read(f"{token[:place]}{other}{token[place + 1 :]}", KEYS, NOW)


@given(st.text(max_size=300))
def test_what_is_no_token_is_forged(text: str):
    with pytest.raises(ForgedLink):
        read(text, KEYS, NOW)


@pytest.mark.parametrize("change", [str.upper, lambda token: token + "=", lambda t: t + "\n"])
def test_a_token_is_written_in_one_way_only(change):
    with pytest.raises(ForgedLink):
        read(change(signed(LINK, KEYS)), KEYS, NOW)


def test_another_home_cannot_sign():
    with pytest.raises(ForgedLink):
        read(signed(LINK, LinkKeys.of("another secret")), KEYS, NOW)


def test_the_name_of_a_key_does_not_make_a_signature_good():
    forged = signed(LINK, LinkKeys.of("another secret"))

    with pytest.raises(ForgedLink):
        read(f"{KEYS.current}{forged[8:]}", KEYS, NOW)


def test_a_link_is_good_until_its_time_and_not_longer():
    token = signed(LINK, KEYS)

    assert read(token, KEYS, LINK.expires_at - timedelta(seconds=1)) == LINK
    with pytest.raises(ExpiredLink, match="2026-03-09"):
        read(token, KEYS, LINK.expires_at)


def test_a_link_is_good_for_its_purpose_only():
    with pytest.raises(ForeignLink):
        read(signed(LINK, KEYS), KEYS, NOW, {Purpose.UNSUBSCRIBE})


def test_after_the_key_was_changed_earlier_links_are_good_as_long_as_their_key_is_kept():
    token = signed(LINK, KEYS)
    rotated = LinkKeys.of("a new secret", "a secret")

    assert read(token, rotated, NOW) == LINK
    assert signed(LINK, rotated) != token
    with pytest.raises(ForgedLink):
        read(token, LinkKeys.of("a new secret"), NOW)


def test_an_id_of_a_key_tells_nothing_of_the_key():
    assert "secret" not in KEYS.current
    assert LinkKeys.of("a secret").current == KEYS.current
    assert LinkKeys.of("a secret.").current != KEYS.current


@pytest.mark.parametrize(
    ("purpose", "answer"),
    [
        (Purpose.DONE, (Acknowledgement.DONE, None)),
        (Purpose.SNOOZE_10M, (Acknowledgement.SNOOZE, NOW + timedelta(minutes=10))),
        (Purpose.SNOOZE_1H, (Acknowledgement.SNOOZE, NOW + timedelta(hours=1))),
        (Purpose.TOMORROW, (Acknowledgement.SNOOZE, NOW + timedelta(days=1))),
    ],
)
def test_a_purpose_is_an_answer(purpose: Purpose, answer):
    assert answer_of(purpose, NOW, "UTC") == answer


def test_the_answers_are_all_purposes_but_the_end_of_mails():
    assert set(ANSWERS) == set(Purpose) - {Purpose.UNSUBSCRIBE}
    with pytest.raises(ForeignLink):
        answer_of(Purpose.UNSUBSCRIBE, NOW, "UTC")


@pytest.mark.parametrize(
    ("now", "tomorrow"),
    [
        ("2026-03-28T09:00", "2026-03-29T09:00"),
        ("2026-03-28T02:30", "2026-03-29T03:30"),
        ("2026-10-24T02:30", "2026-10-25T02:30"),
    ],
    ids=["over a change of clocks", "into the gap", "into the hour that comes twice"],
)
def test_tomorrow_is_the_same_time_by_the_clock_of_the_person(now: str, tomorrow: str):
    berlin = ZoneInfo("Europe/Berlin")

    _, until = answer_of(
        Purpose.TOMORROW, datetime.fromisoformat(now).replace(tzinfo=berlin), "Europe/Berlin"
    )

    assert until == datetime.fromisoformat(tomorrow).replace(tzinfo=berlin).astimezone(UTC)
