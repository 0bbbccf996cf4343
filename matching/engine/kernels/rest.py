"""Whoever an auction that had to stop left over: the longest wait first takes the best mentor with a place.

Where mentors are scarce they all bid for those who have waited longest, and a large pool may run out of bids.
The answer must not leave a place empty for that. Nothing here proves anything: the certificate says what is
missing.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from matching.engine.columns import Array
from matching.engine.kernels.forest import NOBODY
from matching.engine.kernels.market import NOTHING, Market
from matching.engine.settings import MOST

FEW = 10  # mentors that one looks up at a time
NO_PLACE = 2 * MOST  # points that a mentor without a place costs: more than anybody brings


def fill(requests: Market, partner: Array) -> tuple[Array, int]:
    """Give a mentor to as many of those without as can be given one without moving anybody.

    requests: a market in which requests look. partner: int32 (requests in order of waiting,), -1 for none.
    Gives the partners, and the points of those who were added. At least one is added each time round.
    """
    partner, points = partner.copy(), 0
    left = requests.places - np.bincount(partner[partner >= 0], minlength=requests.items)
    counter = requests.open_counter(np.zeros(requests.items, np.int64), 1)
    alone = np.flatnonzero(partner < 0).astype(np.int32)
    while len(alone) and (left > 0).any():
        counter.mark(np.where(left > 0, 0, NO_PLACE))
        found = requests.best_at(alone, counter, np.full(len(alone), NOTHING), 1, FEW)
        points += _take(alone, found.value, found.item, left, partner)
        alone = alone[(partner[alone] < 0) & (found.item[:, 0] >= 0)]
    return partner, points


@njit(cache=True, error_model="numpy", boundscheck=False)
def _take(alone: Any, value: Any, item: Any, left: Any, partner: Any) -> int:
    points = 0
    for row in range(len(alone)):
        for k in range(item.shape[1]):
            j = item[row, k]
            if j == NOBODY:
                break
            if left[j] > 0:
                left[j] -= 1
                partner[alone[row]] = j
                points += value[row, k]
                break
    return points
