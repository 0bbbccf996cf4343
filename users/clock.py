"""Moments in London: a day and a time of day as people here say them, clock changes included."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def in_london(day: date, clock: time) -> datetime:
    """That moment in London. Raises ValueError with a sentence for an hour that the clocks skip or repeat."""
    first = datetime.combine(day, clock, LONDON)
    second = first.replace(fold=1)
    if first.utcoffset() == second.utcoffset():
        return first
    if first.utcoffset() < second.utcoffset():  # type: ignore[operator]
        raise ValueError("The clocks go forward that night, so there is no such hour. Choose another time")
    raise ValueError("The clocks go back that night, so that hour comes twice. Choose another time")
