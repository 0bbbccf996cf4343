"""Dates, times and numbers as we say them."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

COUNTS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


def local(value: Any) -> Any:
    return (
        timezone.localtime(value)
        if isinstance(value, datetime.datetime) and timezone.is_aware(value)
        else value
    )


def on_day(value: datetime.date | None) -> str:
    """24 November; with the year only when it is not this year."""
    if not value:
        return ""
    value = local(value)
    year = "" if value.year == timezone.localdate().year else f" {value.year}"
    return f"{value.day} {value:%B}{year}"


def full_day(value: datetime.date | None) -> str:
    """24 November 2026."""
    return f"{local(value).day} {local(value):%B %Y}" if value else ""


def weekday(value: datetime.date | None) -> str:
    """Tuesday 24 November."""
    return f"{local(value):%A} {on_day(value)}" if value else ""


def at_time(value: datetime.datetime | datetime.time | None) -> str:
    """6pm, 6:30pm, midday, midnight."""
    if value is None or value == "":
        return ""
    value = local(value)
    if value.minute == 0 and value.hour in (0, 12):
        return "midday" if value.hour else "midnight"
    minutes = f":{value.minute:02}" if value.minute else ""
    return f"{value.hour % 12 or 12}{minutes}{'pm' if value.hour >= 12 else 'am'}"


def day_and_time(value: datetime.datetime | None) -> str:
    """Tuesday 24 November at 6pm."""
    return f"{weekday(value)} at {at_time(value)}" if value else ""


def number(value: Any) -> str:
    """18,240"""
    return f"{int(value):,}" if value is not None and value != "" else ""


def things(count: int) -> str:
    """'One thing needs', 'Three things need', '12 things need'."""
    word = COUNTS[count] if count < len(COUNTS) else str(count)
    return f"{word} thing needs" if count == 1 else f"{word} things need"


def initials(name: str) -> str:
    """AO for 'Amara Okafor', A for 'Amara'."""
    return "".join(part[0] for part in str(name).split()[:2]).upper()
