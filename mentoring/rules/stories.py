"""How a match is told: months, days to go, whether two logs tell the same story."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

SAME_LENGTH_WITHIN = 30  # minutes by which two people may remember a meeting differently
SMALL = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True)
class Month:
    """One month of a match."""

    label: str
    has_met: bool
    is_now: bool


def strip_of_months(start: date, months: int, held_on: Collection[date], today: date) -> list[Month]:
    """The months of a match from its first, and in which of them the two have met."""
    met = {(day.year, day.month) for day in held_on}
    strip = []
    for n in range(months):
        year, month = divmod(start.month - 1 + n, 12)
        key = (start.year + year, month + 1)
        strip.append(Month(f"{date(*key, 1):%b}", key in met, key == (today.year, today.month)))
    return strip


def in_days(day: date, today: date) -> str:
    """How far off a day is, in words."""
    days = (day - today).days
    if days <= 0:
        return "today"
    if days == 1:
        return "tomorrow"
    if days < 14:
        return f"in {SMALL[days] if days < len(SMALL) else days} days"
    return f"in {days // 7} weeks"


def count(n: int) -> str:
    """A small number as it begins a sentence."""
    return SMALL[n].capitalize() if n < len(SMALL) else str(n)


def greeting(hour: int) -> str:
    return "Good morning" if hour < 12 else "Good afternoon" if hour < 18 else "Good evening"


def agree(one: tuple[str, int | None], other: tuple[str, int | None]) -> bool:
    """Do two logs, each an outcome and its minutes, tell the same story."""
    if one[0] != other[0]:
        return False
    if one[1] is None or other[1] is None:
        return True
    return abs(one[1] - other[1]) <= SAME_LENGTH_WITHIN


def next_free_days(mask: int, today: date, most: int = 4) -> list[tuple[date, str]]:
    """The next days, and parts of the day, on which both are free; `mask` is the 21 slots of a week."""
    parts = ("morning", "afternoon", "evening")
    found: list[tuple[date, str]] = []
    for ahead in range(2, 30):
        day = today + timedelta(days=ahead)
        found += [(day, name) for p, name in enumerate(parts) if mask >> (3 * day.weekday() + p) & 1]
        if len(found) >= most:
            break
    return found[:most]
