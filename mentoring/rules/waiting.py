"""How long people wait, said honestly."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

ENOUGH = 8  # with fewer than this many matches a range would be a guess


def weeks_waited(waits: Sequence[timedelta]) -> tuple[int, int] | None:
    """Weeks within which half, and three in four, were matched; None when there are too few to tell.

    Weeks are rounded up: nobody should be told less than they will wait.
    """
    if len(waits) < ENOUGH:
        return None
    ordered = sorted(max(wait, timedelta(0)) for wait in waits)
    return _weeks(ordered[(len(ordered) - 1) // 2]), _weeks(ordered[-(-3 * len(ordered) // 4) - 1])


def waiting_words(waits: Sequence[timedelta], place: str) -> str:
    """The sentence on the waiting page."""
    weeks = weeks_waited(waits)
    if weeks is None:
        return (
            f"We have not matched enough people in {place} lately to say how long it takes. "
            "We’ll write to you after two weeks, a month and two months, with or without news."
        )
    half, most = weeks
    if half == most:
        return (
            f"Of the last {len(waits)} people matched in {place}, three in four waited {_say(most)} or less."
        )
    return (
        f"Of the last {len(waits)} people matched in {place}, half waited {_say(half)} or less, "
        f"and three in four waited {_say(most)} or less."
    )


def _weeks(wait: timedelta) -> int:
    return max(1, -(-wait // timedelta(days=7)))


def _say(weeks: int) -> str:
    return "a week" if weeks == 1 else f"{weeks} weeks"
