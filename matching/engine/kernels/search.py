"""The best of everybody for each of many people: sieves of bits, then the few who are left one by one.

Whoever could enter a list has enough in common with the seeker at today's price: `ways.py` says what is
enough, `sieve.py` asks hundreds of people at once whether they have it, `meet.py` looks at those who do.
Lists are exact.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import get_num_threads, int64, njit, prange, uint32

from matching.engine.columns import Array
from matching.engine.kernels.addresses import (
    GATES,
    MORE,
    RADIUS,
    SEEKER,
    STATE,
    TABLED,
    Between,
    Looking,
    Room,
    Tree,
)
from matching.engine.kernels.asking import NEAR, TIE_BITS, TIES, Ask, Wood
from matching.engine.kernels.forest import BOX, CARD, LINES, NOBODY, STRETCH
from matching.engine.kernels.planes import (
    COUNTED_SPANS,
    GATE_SPANS,
    N_COUNTED,
    N_GATES,
    PLANES,
    ROW_OF,
    ROWS,
    WISH,
)
from matching.engine.kernels.prices import CLASSES
from matching.engine.kernels.sieve import is_out_of_reach, sieve
from matching.engine.kernels.vector import LIMBS, PEOPLE, after, anybody, at, soon, store
from matching.engine.kernels.ways import FIRST_TIME, LIST, ROOM, TABLES, extras
from matching.engine.settings import BANDS

NONE, ONE = np.uint64(0), np.uint64(1)
GROUP = 64  # people who look through the same words side by side


@njit(error_model="numpy", boundscheck=False, forceinline=True)
def _unpack(query: Any, masks: Any, bits: Any) -> None:
    """One seeker's planes as masks that count and as lists of rows, for what counts and for the gates."""
    for f in range(N_COUNTED):
        mask = uint32(0)
        for plane in range(COUNTED_SPANS[f][0], COUNTED_SPANS[f][1]):
            mask |= uint32(query[plane]) << uint32(8 * (plane - COUNTED_SPANS[f][0]))
        masks[f] = mask
        _list_rows(query, COUNTED_SPANS[f][0], COUNTED_SPANS[f][1], after(bits, f * LIST))
    for g in range(N_GATES):
        _list_rows(query, GATE_SPANS[g][0], GATE_SPANS[g][1], after(bits, (N_COUNTED + g) * LIST))


@njit(error_model="numpy", boundscheck=False, forceinline=True)
def _list_rows(query: Any, start: Any, stop: Any, bits: Any) -> None:
    n = 0
    for plane in range(start, stop):
        byte, row = int64(query[plane]), ROW_OF[plane]
        while byte:
            if byte & 1:
                n += 1
                bits[n] = row
            byte >>= 1
            row += 1
    bits[0] = n


@njit(error_model="numpy", boundscheck=False, forceinline=True)
def _gates_of(query: Any, everybody: Any, somebody: Any, sure: Any) -> int:
    """Which gates to ask about, as bits: none that all of a tree pass, nor the one that times open."""
    gates = 0
    for g in range(N_GATES):
        if g == FIRST_TIME:
            continue
        passed, all_accepted = False, sure[g] != 0
        for k in range(GATE_SPANS[g][0], GATE_SPANS[g][1]):
            passed |= (query[k] & everybody[k]) != 0
            all_accepted &= (somebody[k] & ~query[k]) == 0
        if not (passed or all_accepted):
            gates |= 1 << g
    return gates


@njit(parallel=True, cache=True, error_model="numpy", boundscheck=False)
def _search(
    order: Any, row_of: Any, way: Any, forest: Any, prices: Any, seekers: Any, tariff: Any, apart: Any,
    people: Any, scale: Any, keys: Any, threads: Any,
) -> int:  # fmt: skip
    groups = (len(order) + GROUP - 1) // GROUP
    few, trees = keys.shape[1], len(tariff.points)
    met = np.zeros(threads, np.int64)
    for thread in prange(threads):
        masks = np.zeros((GROUP, N_COUNTED), np.uint32)
        bits = np.zeros((GROUP, (N_COUNTED + N_GATES) * LIST), np.int16)
        ways, timed = np.zeros((GROUP, ROOM), np.int16), np.zeros((GROUP, ROOM), np.int16)
        plain = np.zeros((GROUP, ROOM), np.int16)
        state, waiting = np.zeros((GROUP, STATE), np.int64), np.zeros(PEOPLE, np.int32)
        tables, hits = np.zeros(TABLES[3] * LIMBS, np.uint64), np.zeros(LIMBS, np.uint64)
        for f in range(3):
            store(after(at(tables), TABLES[f] * LIMBS), 0, anybody())
        between = Between(
            at(apart.blocked_of), at(apart.blocked), at(apart.tied_of), at(apart.tied), at(apart.school),
            at(apart.referrer), at(apart.wished), at(apart.employer), at(apart.partner),
            apart.seekers_are_mentors,
        )  # fmt: skip
        # Dealt like cards, so that nobody gets all the large trees.
        for g in range(thread, groups, threads):
            for z in range(g * GROUP, min(len(order), (g + 1) * GROUP)):
                i = order[z]
                soon(at(seekers.planes), i * PLANES)
                soon(at(seekers.programmes), i)
                soon(at(seekers.x), i)
                soon(at(seekers.y), i)
                soon(at(seekers.reach), i)
                soon(at(seekers.start), i)
                soon(at(row_of), i)
                soon(at(apart.blocked_of), i)
            for p in range(trees):
                start, words = forest.word_of[p], forest.word_of[p + 1] - forest.word_of[p]
                if words == 0 or not tariff.meets[p, way]:
                    continue
                n = 0
                points = after(at(tariff.points), p * (2 * N_COUNTED + 1))
                for z in range(g * GROUP, min(len(order), (g + 1) * GROUP)):
                    i = order[z]
                    if seekers.programmes[i] >> np.uint64(p) & ONE:
                        query = after(at(seekers.planes), i * PLANES)
                        _unpack(query, after(at(masks), n * N_COUNTED), after(at(bits), n * bits.shape[1]))
                        soon(at(keys), row_of[i] * few)
                        soon(at(keys), row_of[i] * few + few - 1)
                        state[n, SEEKER] = i
                        state[n, TABLED] = -(2**62)
                        state[n, RADIUS] = int64(np.sqrt(seekers.reach[i]))
                        state[n, GATES] = _gates_of(
                            query,
                            after(at(forest.everybody), p * PLANES),
                            after(at(forest.somebody), p * PLANES),
                            after(at(forest.sure), p * N_GATES),
                        )
                        state[n, MORE] = extras(points, after(at(bits), n * bits.shape[1]))
                        if query[WISH] != 0:
                            state[n, MORE] += int64(points[2 * N_COUNTED])
                        n += 1
                if n == 0:
                    continue
                tree = Tree(
                    words,
                    start * PEOPLE,
                    after(at(forest.rows), start * ROWS * LIMBS),
                    after(at(forest.cards), start * PEOPLE * CARD),
                    after(at(forest.box), start * BOX),
                    after(at(forest.lines), start * 2 * LINES * LIMBS),
                    after(at(prices.rows), start * CLASSES * LIMBS),
                    after(at(forest.who), start * PEOPLE),
                    at(prices.class_of),
                    prices.least[0],
                )
                for stretch in range(0, words, STRETCH):
                    around = after(at(forest.stretch_box), (forest.stretch_of[p] + stretch // STRETCH) * BOX)
                    for s in range(n):
                        i = state[s, SEEKER]
                        if way == NEAR and is_out_of_reach(
                            around, int64(seekers.x[i]), int64(seekers.y[i]), int64(seekers.reach[i])
                        ):
                            continue
                        has_wish = seekers.planes[i, WISH] != 0
                        further = int64(tariff.closest[p]) if way == NEAR else int64(0)
                        room = Room(
                            after(at(masks), s * N_COUNTED),
                            after(at(bits), s * bits.shape[1]),
                            at(tables),
                            after(at(ways), s * ROOM),
                            after(at(timed), s * ROOM),
                            after(at(plain), s * ROOM),
                            at(hits),
                            at(waiting),
                            after(at(state), s * STATE),
                        )
                        ask = Looking(
                            i,
                            room.masks,
                            has_wish,
                            points,
                            after(at(tariff.bands), p * 2 * BANDS),
                            int64(seekers.x[i]),
                            int64(seekers.y[i]),
                            int64(seekers.reach[i]),
                            state[s, RADIUS],
                            int64(seekers.start[i]),
                            people,
                            scale,
                            after(at(keys), row_of[i] * few),
                            few - 1,
                            way == NEAR,
                            further,
                        )
                        met[thread] += sieve(
                            tree, stretch, min(stretch + STRETCH, words), ask, state[s, GATES], between, room
                        )
    return met.sum()


def search(order: Array, row_of: Array, way: int, wood: Wood, ask: Ask, keys: Array) -> int:
    """Bring the lists of the seekers in `order` up to date for one way; give the number of people met.

    order: int32 (k,), seekers who meet this way, neighbours beside each other. row_of: int32 (n,), the list
    of each. keys: int64 (lists, few), descending, filled with keys of what an entry must exceed. Exact
    whatever the order and the number of threads. O(k × words of a tree).
    """
    # Flat, because a parallel loop takes tuples of arrays but no tuples of tuples.
    return int(_search(order, row_of, way, *wood, *ask, keys, get_num_threads()))


def people_of(keys: Array, start: Array, people: int) -> tuple[Array, Array]:
    """The lists that keys stand for: values int64 and people int32 (n, few), -1 where nobody is."""
    value, who = np.empty(keys.shape, np.int64), np.empty(keys.shape, np.int32)
    _people_of(keys, start, people, value, who)
    return value, who


@njit(parallel=True, cache=True, error_model="numpy", boundscheck=False)
def _people_of(keys: Any, start: Any, people: Any, value: Any, who: Any) -> None:
    for i in prange(keys.shape[0]):
        for k in range(keys.shape[1]):
            key = keys[i, k]
            value[i, k] = key >> TIE_BITS
            place = TIES - 1 - (key & TIES) + start[i]
            who[i, k] = NOBODY if (key & TIES) == TIES else place - people if place >= people else place
