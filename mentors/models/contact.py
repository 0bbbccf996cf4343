"""On which days a mentor has met somebody under 18: known upstairs, needed where staff decide on a check."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

Days = Callable[[Any, datetime], list[date]]
_days: list[Days] = []


def register_contact_days(days: Days) -> None:
    """Let the floor that knows meetings say it."""
    _days[:] = [days]


def contact_days(mentor: Any, at: datetime) -> list[date]:
    """The days in the 30 up to today on which this mentor met somebody under 18, the earliest first."""
    return _days[0](mentor, at) if _days else []
