from __future__ import annotations

from datetime import date

import pytest

from ontology.policy.concepts import Preferences
from ontology.policy.public_holidays import has_known_holidays, is_public_holiday
from ontology.policy.rest_days import rest_day, work_begins
from tests.ontology.policy.situations import MADRID, at


@pytest.mark.parametrize(
    ("day", "locale"),
    [
        (date(2026, 12, 25), "de_DE"),
        (date(2026, 10, 3), "de_DE.UTF-8"),
        (date(2027, 3, 26), "de-DE"),
        (date(2026, 7, 14), "fr_FR"),
        (date(2026, 10, 12), "es_ES"),
        (date(2027, 4, 27), "nl_NL"),
        (date(2026, 11, 26), "en_US"),
        # Independence Day of 2026 is a Saturday: the Friday before is observed.
        (date(2026, 7, 3), "en_US"),
        # New Year's Day of 2028 is a Saturday: observed in the year before.
        (date(2027, 12, 31), "en_US"),
        # Boxing Day of 2026 is a Saturday; Christmas and Boxing Day of 2027 fill a weekend.
        (date(2026, 12, 28), "en_GB"),
        (date(2027, 12, 27), "en_GB"),
        (date(2027, 12, 28), "en_GB"),
        (date(2026, 5, 25), "en_GB"),
    ],
)
def test_a_public_holiday_is_known(day, locale):
    assert is_public_holiday(day, locale)


@pytest.mark.parametrize(
    ("day", "locale"),
    [
        (date(2026, 12, 24), "de_DE"),
        (date(2026, 7, 14), "en_GB"),
        (date(2026, 12, 29), "en_GB"),
        (date(2026, 12, 25), "xx_XX"),
        (date(2026, 12, 25), ""),
    ],
)
def test_another_day_is_none(day, locale):
    assert not is_public_holiday(day, locale)


def test_whose_holidays_are_known_can_be_asked():
    assert has_known_holidays("pt_PT")
    assert not has_known_holidays("pt")


@pytest.mark.parametrize(
    ("day", "holidays", "why"),
    [
        (date(2026, 11, 20), True, None),
        (date(2026, 11, 21), False, "weekend"),
        (date(2026, 11, 22), True, "weekend"),
        (date(2026, 12, 25), False, None),
        (date(2026, 12, 25), True, "public holiday"),
    ],
)
def test_holidays_are_days_of_rest_for_who_wants_it(day, holidays, why):
    assert rest_day(day, Preferences(holidays=holidays), "es_ES") == why


@pytest.mark.parametrize(
    ("now", "holidays", "work"),
    [
        ("2026-11-21 09:00", True, "2026-11-23 00:00"),
        ("2026-11-20 09:00", True, "2026-11-20 00:00"),
        # 8 December is a Tuesday and a holiday.
        ("2026-12-08 09:00", True, "2026-12-09 00:00"),
        ("2026-12-25 09:00", False, "2026-12-25 00:00"),
        ("2026-12-25 09:00", True, "2026-12-28 00:00"),
        # The night in which the clocks go back, and forward.
        ("2026-10-25 09:00", True, "2026-10-26 00:00"),
        ("2027-03-28 09:00", False, "2027-03-29 00:00"),
    ],
)
def test_work_begins_at_midnight_on_the_persons_own_clock(now, holidays, work):
    found = work_begins(at(now), Preferences(holidays=holidays), MADRID, "es_ES")

    assert found == at(work)
