"""Working days: weekends and the bank holidays of England and Wales are left out."""

from __future__ import annotations

from datetime import date

import pytest

from partners import rules


@pytest.mark.parametrize(
    ("year", "days"),
    [
        # As published: gov.uk/bank-holidays, England and Wales.
        (2024, "1-1 3-29 4-1 5-6 5-27 8-26 12-25 12-26"),
        (2025, "1-1 4-18 4-21 5-5 5-26 8-25 12-25 12-26"),
        (2026, "1-1 4-3 4-6 5-4 5-25 8-31 12-25 12-28"),
        (2027, "1-1 3-26 3-29 5-3 5-31 8-30 12-27 12-28"),
        (2021, "1-1 4-2 4-5 5-3 5-31 8-30 12-27 12-28"),
        (2016, "1-1 3-25 3-28 5-2 5-30 8-29 12-26 12-27"),
        (2028, "1-3 4-14 4-17 5-1 5-29 8-28 12-25 12-26"),
    ],
)
def test_it_knows_the_bank_holidays(year: int, days: str) -> None:
    published = {date(year, *map(int, day.split("-"))) for day in days.split()}
    assert rules.bank_holidays(year) == published


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 11, 20), 5, date(2026, 11, 27)),  # Friday to Friday
        (date(2026, 11, 21), 1, date(2026, 11, 23)),  # from a Saturday
        (date(2026, 12, 24), 1, date(2026, 12, 29)),  # Christmas, weekend, Boxing Day's substitute
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
        (date(2026, 4, 2), 5, date(2026, 4, 13)),  # Easter
        (date(2026, 11, 20), 0, date(2026, 11, 20)),
        (date(2026, 11, 21), 0, date(2026, 11, 23)),
    ],
)
def test_it_counts_working_days(start: date, days: int, end: date) -> None:
    assert rules.working_day_after(start, days) == end
