"""How each is timed: small work several times, and the middle one counts."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import TypeVar

Answer = TypeVar("Answer")
TIMES, ENOUGH = 7, 2.0  # runs at most; seconds after which there is no further one


def timed(work: Callable[[], Answer]) -> tuple[float, Answer]:
    """Seconds of `work`, the median of up to seven runs, and its answer."""
    runs: list[float] = []
    while len(runs) < TIMES and sum(runs) < ENOUGH:
        start = perf_counter()
        answer = work()
        runs.append(perf_counter() - start)
    return median(runs), answer
