"""When people meet, in London's time, clock changes included."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from users.clock import LONDON

MIN_MINUTES = 5
MAX_MINUTES = 240
ASK_AFTER = timedelta(hours=24)
# A run that was missed is made up for the next day; after that asking would only puzzle.
STOP_ASKING_AFTER = timedelta(hours=72)


def check_meeting_time(starts_at: datetime, ends_at: datetime) -> None:
    """Raises ValueError with a sentence when a meeting cannot have these times."""
    if ends_at <= starts_at:
        raise ValueError("End time must be after start time.")
    minutes = (ends_at - starts_at).total_seconds() / 60
    if minutes > MAX_MINUTES:
        raise ValueError("A meeting can last 4 hours at most. If you met twice, log it as two meetings.")
    if minutes < MIN_MINUTES:
        raise ValueError(f"A meeting lasts {MIN_MINUTES} minutes at least.")


def evening_before(starts_at: datetime) -> date:
    """The day in London on which people are reminded of a meeting."""
    return starts_at.astimezone(LONDON).date() - timedelta(days=1)


def is_worth_reminding(starts_at: datetime, changed_at: datetime, at: datetime) -> bool:
    """Is it the day before, or the day itself when nobody could remind them earlier? Never once it began."""
    today = at.astimezone(LONDON).date()
    if starts_at <= at:
        return False
    if evening_before(starts_at) == today:
        return True
    # Missed yesterday: the reminder still helps, unless the pair fixed the time only today.
    return starts_at.astimezone(LONDON).date() == today and changed_at.astimezone(LONDON).date() < today
