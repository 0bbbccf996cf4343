"""Judgement about concerns: how urgent, and until when somebody must have acknowledged it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
WITHIN = {"danger": timedelta(minutes=15), "high": timedelta(hours=4)}
ABOUT_OUR_WORK = "work"
# Above so many open letters an hour strangers' concerns are told of together. None is ever turned away.
STRANGERS_AN_HOUR = 20


def urgency(*, in_danger: bool, about: str) -> str:
    """Danger when they say so; high unless it is only about how we work. When in doubt, sooner."""
    if in_danger:
        return "danger"
    return "other" if about == ABOUT_OUR_WORK else "high"


def answer_by(urgency: str, at: datetime, working_day_after: Callable[[date, int], date]) -> datetime:
    """When it goes to the deputy: 15 minutes, 4 hours, or the same hour of the next working day.

    What arrives on a day when nobody works counts from the start of the next working day.
    """
    if urgency in WITHIN:
        return at + WITHIN[urgency]
    local = at.astimezone(LONDON)
    first = working_day_after(local.date(), 0)
    clock = local.timetz().replace(tzinfo=None, fold=0)
    if first != local.date():
        clock = clock.replace(hour=0, minute=0, second=0, microsecond=0)
    return datetime.combine(working_day_after(first, 1), clock, LONDON)


def in_the_clear(text: str) -> str:
    """The words without what a database cannot keep. Nothing else is changed, and nothing is refused."""
    return "".join(
        c for c in text.replace("\r\n", "\n") if c in "\n\t" or (c >= " " and not "\ud800" <= c < "\ue000")
    ).strip()
