"""What a search is given: who looks, whom they must not meet, what counts how much, who is there.

A list is kept as keys, value << TIE_BITS | (TIES - 1 - place in a queue that begins elsewhere for everyone).
No two people share a key, so the order of work cannot change the answer; and equals do not all turn to the
same person.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matching.engine.columns import Array
from matching.engine.kernels.forest import Forest
from matching.engine.kernels.planes import BEYOND, COUNTED_SPANS, N_COUNTED
from matching.engine.kernels.prices import Prices

TIE_BITS = 24
TIES = 2**TIE_BITS - 1
NEAR, ONLINE = 0, 1


class Seekers(NamedTuple):
    """Who looks: n people of one side. planes: uint8 (n, PLANES). programmes: uint64 (n,). meets: uint8 (n,
    2), in person, online. x, y, reach: int32 (n,), 100 m, travel squared. start: int32 (n,), where each
    one's queue of equals begins."""

    planes: Array
    programmes: Array
    meets: Array
    x: Array
    y: Array
    reach: Array
    start: Array

    def most(self, tariff: Tariff) -> Array:
        """The points that somebody who has all that a seeker has would bring, but for a wish; int64 (n,)."""
        most = np.zeros(len(self.programmes), np.int64)
        for p in range(len(tariff.points)):
            served = np.flatnonzero(self.programmes >> np.uint64(p) & np.uint64(1))
            points = tariff.points[p].astype(np.int64)
            total = np.where(self.meets[served, NEAR], int(tariff.closest[p]) * int(tariff.meets[p, NEAR]), 0)
            for f, (start, stop) in enumerate(COUNTED_SPANS):
                count = np.bitwise_count(self.planes[served, start:stop]).sum(axis=1, dtype=np.int64)
                total = (
                    total + np.minimum(np.maximum(count - BEYOND[f], 0), points[N_COUNTED + f]) * points[f]
                )
            most[served] = np.maximum(most[served], total)
        return most


class Apart(NamedTuple):
    """What is too rare for rows of bits, asked of the few who would enter a list.

    blocked_of, blocked: by seeker, the others they must not meet, sorted. tied_of, tied: by mentor, codes of
    organisations. school, referrer, wished: int32 by request; employer, partner: int32 by mentor; codes, 0 is
    none. seekers_are_mentors says which side looks.
    """

    blocked_of: Array
    blocked: Array
    tied_of: Array
    tied: Array
    school: Array
    referrer: Array
    wished: Array
    employer: Array
    partner: Array
    seekers_are_mentors: bool


class Tariff(NamedTuple):
    """What counts how much. points: uint8 (programmes, 2 × N_COUNTED + 1), each, most, wish. bands: int32
    (programmes, 2 × BANDS), squares of distances and what being within adds. closest: int32 (programmes,),
    the most that these add up to. meets: bool (programmes, 2)."""

    points: Array
    bands: Array
    closest: Array
    meets: Array


class Wood(NamedTuple):
    """A forest and what its people cost."""

    forest: Forest
    prices: Prices


class Ask(NamedTuple):
    """Who looks for whom and by what; `people` there are to find, a point of the score is worth `scale`."""

    seekers: Seekers
    tariff: Tariff
    apart: Apart
    people: int
    scale: int
