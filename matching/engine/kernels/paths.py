"""The last few: the cheapest chain of people who each move on by one, so that one more has somebody.

Where people are as many as places, bids go up by the smallest step, again and again, until the one gap far
away is found. A shortest path finds it at once (Jonker and Volgenant, "A shortest augmenting path algorithm",
1987), and raises the prices on its way by just as much as all those bids would have done.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import Any

import numpy as np
from numba import njit

from matching.engine.kernels.auction import ALONE

FAR = 2**60
NODE_BITS = 25
NODES = 2**NODE_BITS - 1


@njit(error_model="numpy", boundscheck=False)
def _content(i: Any, theirs: Any, seats: Any, given: Any, worth: Any, alone: Any) -> int:
    """The least that a place of seeker i has now; FAR if none has anything."""
    least = FAR
    for bidder in range(theirs[i], theirs[i + 1]):
        j = given[bidder]
        if j >= 0:
            least = min(least, worth[bidder] - seats.lowest[j])
        elif j == ALONE:
            least = min(least, alone)
    return least


@njit(cache=True, error_model="numpy", boundscheck=False)
def paths(
    who: Any, theirs: Any, waiting: Any, lists: Any, seats: Any, given: Any, worth: Any, eps: Any,
    is_sure: Any, tried: Any, bar: Any,
) -> Any:  # fmt: skip
    """Find somebody for each of `waiting` in turn, or show that they are better off alone.

    State as `auction` leaves it, nobody more than eps from their best. It stays so, with `eps` the same, and
    prices only rise. theirs: int64 (seekers + 1,), where each seeker's bidders begin.

    A path is taken only if nobody outside a list could shorten it. At the first that could be shortened it
    stops, with the prices it would have made in `tried`, int64 (items,), and in `bar`, int64 (seekers,), what
    somebody outside a list must exceed at these prices to matter. `is_sure`: the first path has been checked.
    Gives how many of `waiting` are done and the seekers who must look, none of them if all are done. O(done ×
    entries of the lists × log items) at worst.
    """
    seekers, items = lists.alone.shape[0], seats.lowest.shape[0]
    few = lists.item.shape[1]
    shared = len(who) != seekers
    content = np.empty(seekers, np.int64)
    for i in range(seekers):
        content[i] = _content(i, theirs, seats, given, worth, lists.alone[i])
    item_far, seeker_far = np.full(items, FAR), np.full(seekers, FAR)
    from_seeker, bringing = np.empty(items, np.int32), np.empty(items, np.int64)
    via = np.empty(seekers, np.int32)
    items_met, seekers_met = np.empty(items, np.int32), np.empty(seekers, np.int32)
    for done in range(len(waiting)):
        source = waiting[done]
        start = who[source]
        if content[start] == FAR:
            best = max(lists.limit[start], lists.alone[start])
            for k in range(few):
                j = lists.item[start, k]
                if j < 0:
                    break
                best = max(best, lists.value[start, k] - seats.lowest[j])
            content[start] = best - eps
        n_items, n_seekers = 0, 1
        seeker_far[start] = 0
        seekers_met[0] = start
        heap = [(0 << NODE_BITS) + items + int(start)]
        end, last, shortest = -1, start, FAR
        while len(heap):
            key = heappop(heap)
            far, node = key >> NODE_BITS, key & NODES
            if far >= shortest:
                break
            # Whoever sits there might move on; a seeker among them at once, unless others are nearer.
            first, beyond = (seats.of[node], seats.of[node + 1]) if node < items else (0, 1)
            if node < items and far > item_far[node]:
                continue
            for seat in range(first, beyond):
                if node < items:
                    bidder = seats.holder[seat]
                    i = who[bidder]
                    here = far + worth[bidder] - seats.lowest[node] - content[i]
                    if here >= seeker_far[i] or here >= shortest:
                        continue
                    if seeker_far[i] == FAR:
                        seekers_met[n_seekers] = i
                        n_seekers += 1
                    seeker_far[i] = here
                    via[i] = bidder
                    if here > far:
                        heappush(heap, (here << NODE_BITS) + items + int(i))
                        continue
                else:
                    i = node - items
                    if far > seeker_far[i]:
                        continue
                reach = far + content[i] + eps
                if reach - lists.alone[i] < shortest:
                    end, last, shortest = -1, i, reach - lists.alone[i]
                for k in range(few):
                    j = lists.item[i, k]
                    if j < 0:
                        break
                    there = reach - lists.value[i, k] + seats.lowest[j]
                    if there >= item_far[j] or there >= shortest:
                        continue
                    is_free = False
                    for other in range(seats.of[j], seats.of[j + 1]):
                        is_free |= seats.holder[other] < 0
                        if shared and seats.holder[other] >= 0 and who[seats.holder[other]] == i:
                            there = FAR
                    if there == FAR:
                        continue
                    if item_far[j] == FAR:
                        items_met[n_items] = j
                        n_items += 1
                    item_far[j] = there
                    from_seeker[j] = i
                    bringing[j] = lists.value[i, k]
                    if is_free:
                        end, last, shortest = j, i, there
                    else:
                        heappush(heap, (there << NODE_BITS) + int(j))
        n_again = 0
        if done or not is_sure:
            for z in range(n_seekers):
                i = seekers_met[z]
                limit = lists.limit[i]
                reach = seeker_far[i] + content[i] + eps
                if limit > lists.alone[i] and reach - limit < shortest:
                    via[n_again] = i  # nobody needs the way any more
                    bar[i] = reach - shortest
                    n_again += 1
        if n_again:
            tried[:] = seats.lowest
            for z in range(n_items):
                j = items_met[z]
                tried[j] += max(0, shortest - item_far[j])
            return done, via[:n_again].copy()
        for z in range(n_items):
            j = items_met[z]
            if item_far[j] < shortest:
                seats.lowest[j] += shortest - item_far[j]
                for seat in range(seats.of[j], seats.of[j + 1]):
                    seats.price[seat] = max(seats.price[seat], seats.lowest[j])
            item_far[j] = FAR
        for z in range(n_seekers):
            i = seekers_met[z]
            content[i] -= max(0, shortest - seeker_far[i])
            seeker_far[i] = FAR
        # The chain, from its end: each takes what the next one leaves.
        j, i, seat = end, last, -1
        if j >= 0:
            seat = seats.of[j]
            while seats.holder[seat] >= 0:
                seat += 1
        while True:
            bidder = source if i == start else via[i]
            left = given[bidder]
            left_seat = -1
            if i != start:
                left_seat = seats.of[left]
                while seats.holder[left_seat] != bidder:
                    left_seat += 1
            if j >= 0:
                seats.holder[seat] = bidder
                worth[bidder] = bringing[j]
                given[bidder] = j
            else:
                given[bidder] = ALONE
            if not shared:
                content[i] = _content(i, theirs, seats, given, worth, lists.alone[i])
            if i == start:
                break
            j, seat, i = left, left_seat, from_seeker[left]
    return len(waiting), via[:0].copy()
