"""What is enough to enter a list: so many topics, sectors and times in common, for who costs so much.

A pair's points are bounded by how much of the three heaviest components they have in common and the most
that all else could add. A way is a number of topics and a number of sectors (and, for the finer sieve, of
times) with the dearest class of people for whom that would be enough. A way that a lesser one covers is left
out.
"""

from __future__ import annotations

from typing import Any

from numba import njit

from matching.engine.kernels.planes import BEYOND, GATE_OF, N_COUNTED
from matching.engine.kernels.prices import CLASSES, NO_CLASS, STEEPEST

# The components that are sieved by, and up to how many bits in common are told apart; the last of these
# levels stands for itself and all above.
LEVELS = (3, 2, 4)
if any(BEYOND[: len(LEVELS)]):
    raise AssertionError("the first components count from the first bit on")
TABLES = (0, LEVELS[0] + 1, LEVELS[0] + LEVELS[1] + 2, sum(LEVELS) + 3)  # where each one's words begin
FIRST_TIME = GATE_OF[2]  # the gate that having one time in common opens
LEAST_TIMES = 1 if FIRST_TIME >= 0 else 0
LIST = 33  # the rows of one mask, led by their number
ENTRY = 4  # rows of the table of topics, of sectors; class; row of times
SPAN = (LEVELS[0] + 1) * (LEVELS[1] + 1)
ROOM = 1 + SPAN * (LEVELS[2] + 1) * ENTRY + SPAN * (LEVELS[2] + 1)


@njit(error_model="numpy", boundscheck=False, forceinline=True)
def _most(points: Any, f: int, count: Any) -> int:
    """Points of component f for so many bits in common."""
    return int(points[f]) * min(max(int(count) - BEYOND[f], 0), int(points[N_COUNTED + f]))


@njit(error_model="numpy", boundscheck=False, forceinline=True)
def _class(allowed: int, class_of: Any, least: int) -> int:
    """The class of those who cost at most so many points, -1 if nobody does."""
    step = allowed - least
    if step <= 0:
        return -1
    return int(class_of[step]) if step < STEEPEST else CLASSES - 1


@njit(error_model="numpy", boundscheck=False)
def extras(points: Any, bits: Any) -> int:
    """The most that the components which are not sieved by could add."""
    most = 0
    for f in range(len(LEVELS), N_COUNTED):
        most += _most(points, f, bits[f * LIST])
    return most


@njit(error_model="numpy", boundscheck=False)
def find_ways(points: Any, bits: Any, class_of: Any, least: Any, rest: Any, timed: Any, out: Any) -> None:
    """Write the ways to be worth enough: their number, then ENTRY numbers each.

    points, class_of, out: addresses; see `asking.Tariff`, `prices.Prices`. bits: address of lists of rows, a
    component every LIST, each led by its length. rest: points beside topics, sectors and times, less those
    that are enough. timed: whether times are told apart; else the most that they could add is taken as given.
    """
    if not timed:
        rest += _most(points, 2, bits[2 * LIST])
    topics, sectors = min(LEVELS[0], bits[0]), min(LEVELS[1], bits[LIST])
    times = min(LEVELS[2], bits[2 * LIST]) if timed else LEAST_TIMES
    seen = 1 + SPAN * (LEVELS[2] + 1) * ENTRY
    n = 0
    for k in range(LEAST_TIMES, times + 1):
        by_times = 0
        if timed:
            by_times = _most(points, 2, bits[2 * LIST] if k == LEVELS[2] else k)
        for s in range(sectors + 1):
            by_sectors = by_times + _most(points, 1, bits[LIST] if s == LEVELS[1] else s)
            for t in range(topics + 1):
                worth = by_sectors + _most(points, 0, bits[0] if t == LEVELS[0] else t)
                found = _class(worth + rest, class_of, least)
                place = seen + (k * (LEVELS[1] + 1) + s) * (LEVELS[0] + 1) + t
                out[place] = found
                covered = -1
                if t:
                    covered = out[place - 1]
                if s:
                    covered = max(covered, out[place - LEVELS[0] - 1])
                if k > LEAST_TIMES:
                    covered = max(covered, out[place - SPAN])
                if found > covered:
                    out[1 + n * ENTRY] = t
                    out[2 + n * ENTRY] = TABLES[1] + s
                    out[3 + n * ENTRY] = found
                    out[4 + n * ENTRY] = TABLES[2] + k
                    n += 1
    out[0] = n


if CLASSES >= NO_CLASS:
    raise AssertionError("classes fit a byte")
