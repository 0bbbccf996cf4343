"""The auction: whoever is without a place bids for the best at today's prices, until nobody is left to bid.

Bertsekas' forward auction (Bertsekas, "The auction algorithm", 1988), one bid at a time, over lists. A bidder
whose whole list has become dearer than what may stand outside it parks, and is looked up again at today's
prices. Prices only rise, so what was the limit of a list stays the limit of everybody outside it: the answer
is as good as an auction over all pairs, never "the best within the list".
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from matching.engine.columns import Array
from matching.engine.kernels.forest import NOBODY

NEVER = -(2**60)  # less than anything anybody could be worth
ALONE = -2  # a bidder who is better off without anybody


class Lists(NamedTuple):
    """What each seeker bids from. value: int64 (n, few), before prices, in units of 1 / scale points. item:
    int32 (n, few), -1 at the end. limit: int64 (n,), after prices: nobody outside the list is worth more.
    alone: int64 (n,), what being without anybody is worth."""

    value: Array
    item: Array
    limit: Array
    alone: Array


class Seats(NamedTuple):
    """The places of the items. of: int64 (items + 1,), where the seats of each begin. price: int64 (seats,).
    holder: int32 (seats,), a bidder or -1. lowest: int64 (items,), the cheapest seat of each item."""

    of: Array
    price: Array
    holder: Array
    lowest: Array


@njit(error_model="numpy", boundscheck=False)
def _has_worse(bidder: Any, who: Any, lists: Any, seats: Any, given: Any, worth: Any, than: Any) -> bool:
    """Whether another bidder of the same seeker, beside it, has something that is worth less."""
    for step in (-1, 1):
        other = bidder + step
        while 0 <= other < len(who) and who[other] == who[bidder]:
            j = given[other]
            if j >= 0 and worth[other] - seats.lowest[j] < than:
                return True
            if j == ALONE and lists.alone[who[bidder]] < than:
                return True
            other += step
    return False


@njit(cache=True, error_model="numpy", boundscheck=False)
def auction(
    who: Any, queue: Any, left: Any, lists: Any, seats: Any, given: Any, worth: Any, eps: Any, most_bids: Any
) -> Any:
    """Let the first `left` of the ring `queue` bid until each has somebody, is alone, or must look again.

    who: int32 (bidders,), the seeker of each; several bidders may share one, and never outbid each other.
    given: int32 (bidders,), the item each holds, -1 or ALONE; worth: int64 (bidders,), its value. Gives the
    seekers who must look again, the bidders who wait, and the number of bids. After `most_bids` everybody
    waits but those whose seeker would give up another place for the bid: nobody is left further than `eps`
    from their best.
    """
    seekers = lists.alone.shape[0]
    must_look = np.zeros(seekers, np.uint8)
    again = np.empty(seekers, np.int32)
    parked = np.empty(len(who), np.int32)
    n_again, n_parked, bids, head = 0, 0, 0, 0
    ring = len(queue)
    tail = left % ring
    few = lists.item.shape[1]
    shared = len(who) != seekers
    while left > 0:
        bidder = queue[head]
        head += 1
        if head == ring:
            head = 0
        left -= 1
        i = who[bidder]
        if must_look[i]:
            parked[n_parked] = bidder
            n_parked += 1
            continue
        best, second, chosen = NEVER, NEVER, -1
        for k in range(few):
            j = lists.item[i, k]
            if j < 0:
                break
            if shared:
                holder = seats.holder[seats.of[j]]
                if holder >= 0 and who[holder] == i:
                    continue
            net = lists.value[i, k] - seats.lowest[j]
            if net > best:
                best, second, chosen = net, best, k
            elif net > second:
                second = net
        limit, alone = lists.limit[i], lists.alone[i]
        if best < limit and limit > alone:
            must_look[i] = 1
            again[n_again] = i
            n_again += 1
            parked[n_parked] = bidder
            n_parked += 1
            continue
        if best <= alone:
            given[bidder] = ALONE
            continue
        if bids >= most_bids and not (
            shared and _has_worse(bidder, who, lists, seats, given, worth, best - eps)
        ):
            parked[n_parked] = bidder
            n_parked += 1
            continue
        bids += 1
        j = lists.item[i, chosen]
        seat = seats.of[j]
        for other in range(seats.of[j] + 1, seats.of[j + 1]):
            if seats.price[other] < seats.price[seat]:
                seat = other
        outbid = seats.holder[seat]
        seats.price[seat] = seats.lowest[j] + best - max(second, max(limit, alone)) + eps
        seats.holder[seat] = bidder
        lowest = seats.price[seats.of[j]]
        for other in range(seats.of[j] + 1, seats.of[j + 1]):
            lowest = min(lowest, seats.price[other])
        seats.lowest[j] = lowest
        given[bidder] = j
        worth[bidder] = lists.value[i, chosen]
        if outbid >= 0:
            given[outbid] = NOBODY
            queue[tail] = outbid
            tail += 1
            if tail == ring:
                tail = 0
            left += 1
    return again[:n_again].copy(), parked[:n_parked].copy(), bids
