"""Judgement about days: which of them people here work on."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from dateutil.easter import easter

MONDAY, SATURDAY = 0, 5


@lru_cache(maxsize=64)
def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of England and Wales in `year`; one on a weekend is kept on the next free weekday.

    Computed from the standing rules; a day proclaimed once, such as a coronation, is not among them.
    """
    sunday = easter(year)
    days = {
        sunday - timedelta(days=2),  # Good Friday
        sunday + timedelta(days=1),  # Easter Monday
        _monday_from(date(year, 5, 1)),  # early May
        _monday_from(date(year, 5, 25)),  # spring: the last Monday of May
        _monday_from(date(year, 8, 25)),  # summer: the last Monday of August
    }
    # Christmas before Boxing Day: when both fall on a weekend the first substitute is Christmas's.
    for day in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        while day.weekday() >= SATURDAY or day in days:
            day += timedelta(days=1)
        days.add(day)
    return frozenset(days)


def is_working_day(day: date) -> bool:
    """Monday to Friday, and no bank holiday."""
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year)


def working_day_after(start: date, days: int) -> date:
    """The working day that is `days` working days after `start`; for 0, `start` or the next working day."""
    day = start
    while not is_working_day(day) and not days:
        day += timedelta(days=1)
    for _ in range(days):
        day += timedelta(days=1)
        while not is_working_day(day):
            day += timedelta(days=1)
    return day


def _monday_from(day: date) -> date:
    return day + timedelta(days=(MONDAY - day.weekday()) % 7)
