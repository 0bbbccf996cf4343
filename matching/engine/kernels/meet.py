"""One seeker meets one person who passed every sieve: points, price, place in the list."""

from __future__ import annotations

from typing import Any

from numba import int32, int64, njit, uint32

from matching.engine.kernels.asking import TIE_BITS, TIES
from matching.engine.kernels.forest import CARD, OTHERS, PLACE, PRICE
from matching.engine.kernels.planes import BEYOND, N_COUNTED
from matching.engine.kernels.vector import after, ones
from matching.engine.settings import BANDS


@njit(error_model="numpy", boundscheck=False)
def _is_apart(apart: Any, i: Any, j: Any, tied: Any) -> bool:
    """Whether seeker i and the person j, who may be tied or not, must not meet."""
    for k in range(apart.blocked_of[i], apart.blocked_of[i + 1]):
        if apart.blocked[k] == j:
            return True
    if not tied:
        return False
    mentor, mentee = (i, j) if apart.seekers_are_mentors else (j, i)
    school, referrer = apart.school[mentee], apart.referrer[mentee]
    if school or referrer:
        for k in range(apart.tied_of[mentor], apart.tied_of[mentor + 1]):
            tie = apart.tied[k]
            if tie in (school, referrer):
                return True
    return False


@njit(error_model="numpy", boundscheck=False)
def _wish_met(apart: Any, i: Any, j: Any) -> bool:
    mentor, mentee = (i, j) if apart.seekers_are_mentors else (j, i)
    wished = apart.wished[mentee]
    return wished != 0 and (apart.employer[mentor] == wished or apart.partner[mentor] == wished)


@njit(error_model="numpy", boundscheck=False)
def _enter(keys: Any, last: Any, key: Any) -> None:
    """Put a key into its place in a list, unless the person is in it: each may be met both ways."""
    for k in range(last + 1):
        if (keys[k] & TIES) == (key & TIES) and keys[k] >= key:
            return
    # Met in the other way for less: the better way takes the place.
    k = 0
    while k < last and (keys[k] & TIES) != (key & TIES):
        k += 1
    while k > 0 and keys[k - 1] < key:
        keys[k] = keys[k - 1]
        k -= 1
    keys[k] = key


@njit(error_model="numpy", boundscheck=False, forceinline=True)
def meet(tree: Any, seat: Any, ask: Any, apart: Any) -> None:
    """Let the person of a seat, who passes every gate, into the list if they belong there."""
    card = after(tree.cards, seat * CARD)
    points = int64(0)
    if ask.is_near:
        place, travel = card[PLACE], int64(card[OTHERS] >> uint32(2))
        dx, dy = int64(place >> uint32(16)) - ask.x, int64(place & uint32(0xFFFF)) - ask.y
        squared = dx * dx + dy * dy
        if squared > min(ask.reach, travel * travel):
            return
        for b in range(BANDS):
            if squared <= ask.bands[b]:
                points += ask.bands[BANDS + b]
    for f in range(N_COUNTED):
        count = max(ones(uint32(card[f] & ask.masks[f])) - BEYOND[f], 0)
        points += min(count, int64(ask.points[N_COUNTED + f])) * int64(ask.points[f])
    bar = ask.list[ask.last]
    value = points * ask.scale - int64(int32(card[PRICE]))
    may_wish = ask.has_wish and (card[OTHERS] & uint32(1))
    wish = int64(ask.points[2 * N_COUNTED]) * ask.scale if may_wish else 0
    if value + wish < bar >> TIE_BITS:
        return
    j = int64(tree.who[seat])
    if wish and _wish_met(apart, ask.i, j):
        value += wish
    place = j - ask.start
    if place < 0:
        place += ask.people
    key = (value << TIE_BITS) | (TIES - 1 - place)
    if key > bar and not _is_apart(apart, ask.i, j, card[OTHERS] & uint32(2)):
        _enter(ask.list, ask.last, key)
