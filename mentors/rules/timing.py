"""When somebody is to be reminded. Only the nearest reminder counts, so that a late run doubles nothing."""

from __future__ import annotations

import calendar
from collections.abc import Collection
from datetime import date

CHECK_REMINDERS = (90, 60, 30, 7)  # days before a DBS check lapses
REFERENCE_REMINDERS = (5, 10)  # days after a referee was asked
NUDGES = (7, 14)  # days after sign-up, while the application is not sent
PAUSES = (1, 3, 6)  # months


def reminder_before(
    days_left: int, told_at: int | None, days: Collection[int] = CHECK_REMINDERS
) -> int | None:
    """Which reminder is due with so many days left, after the one `told_at` days before; else None."""
    passed = [d for d in days if days_left <= d]
    if not passed or days_left <= 0:
        return None
    due = min(passed)
    return due if told_at is None or due < told_at else None


def reminder_after(days_gone: int, told_on: int, days: Collection[int]) -> int | None:
    """Which reminder is due after so many days, after the one for day `told_on` (0: none); else None."""
    due = max((d for d in days if days_gone >= d), default=0)
    return due if due > told_on else None


def months_after(on: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month."""
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    return date(year, month + 1, min(on.day, calendar.monthrange(year, month + 1)[1]))
