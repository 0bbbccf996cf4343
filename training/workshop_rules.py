"""Judgement on workshops: which times make sense, when a place is still given away. No database, no clock."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from users.clock import LONDON

MIN_MINUTES, MAX_MINUTES = 15, 480
FURTHEST = timedelta(days=366)
MOST_PLACES = 500
LAST_CALL = timedelta(hours=2)
"""Nobody who waits is given a place later than this before the start: they would not hear of it in time."""


def why_not_these_times(starts_at: datetime, ends_at: datetime, at: datetime) -> tuple[str, str]:
    """Which field of the form is wrong, and a sentence that says what to do; two empty words if none is."""
    minutes = (ends_at - starts_at).total_seconds() / 60
    if minutes <= 0:
        return "ends", "End time must be after start time"
    if minutes < MIN_MINUTES:
        return "ends", f"A session lasts {MIN_MINUTES} minutes at least"
    if minutes > MAX_MINUTES:
        return "ends", f"A session can last {MAX_MINUTES // 60} hours at most. Make two of it"
    if starts_at <= at:
        return "on", "Choose a day and a time that are still to come"
    if starts_at > at + FURTHEST:
        return "on", "Choose a day in the next 12 months"
    return "", ""


def why_not_this_link(link: str) -> str:
    """A sentence that says what to do with the link of a call; nothing when it will do."""
    try:
        parts = urlsplit(link)
        is_good = parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        is_good = False
    if not is_good or any(c.isspace() for c in link):
        return "Enter the whole link, beginning with https://"
    return ""


def why_not_so_many(places: int, taken: int) -> str:
    if places < 1:
        return "There must be 1 place or more"
    if places > MOST_PLACES:
        return f"There can be {MOST_PLACES} places at most"
    if places < taken:
        people = "person has a place" if taken == 1 else "people have a place"
        return f"{taken} {people} already. Enter {taken} or more"
    return ""


def free_slot(taken: Collection[int], places: int) -> int | None:
    """The lowest number of a place that nobody has; None when there is none."""
    return next((slot for slot in range(1, places + 1) if slot not in taken), None)


def is_last_call(starts_at: datetime, at: datetime) -> bool:
    """Is it too late to give a place to somebody who waits?"""
    return at > starts_at - LAST_CALL


def day_before(starts_at: datetime) -> date:
    """The day in London on which people are reminded."""
    return starts_at.astimezone(LONDON).date() - timedelta(days=1)


def is_worth_reminding(starts_at: datetime, told_at: datetime, at: datetime) -> bool:
    """From the day before until it begins, unless we wrote to them on that day or later anyway."""
    before = day_before(starts_at)
    return at < starts_at and at.astimezone(LONDON).date() >= before > told_at.astimezone(LONDON).date()
