"""The best of everybody for each of many people: branch and bound on trees of ORs.

From the bough down, a node is opened only if its bound exceeds the last key of the list so far, the most
promising first. What is left closed cannot hold anybody for the list, so the lists are exact.

A key is value << TIE_BITS | (TIES - place in a queue that begins elsewhere for everyone). No two people share
a key, so the order of work cannot change the answer; and equals do not all turn to the same person.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import get_num_threads, int32, njit, prange, uint8

from matching.engine.columns import Array
from matching.engine.kernels.forest import BOX, NOBODY, Forest
from matching.engine.kernels.lanes import N_COUNTED, N_GATES, PLANES, WISH, gates_of, look
from matching.engine.kernels.vector import LANES, after, at, at_least, first, load, spread, store
from matching.engine.settings import BANDS

TIE_BITS = 24
TIES = 2**TIE_BITS - 1
NONE, ONE = np.uint64(0), np.uint64(1)
STEP = 4
FIRST_TWIG = 2  # rows of scratch: people of a leaf, twigs of a bough, then the leaves of each twig
GROUP = 64  # people that one thread looks up one after another
BEYOND_REACH = np.int32(2**31 - 1)

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


class Apart(NamedTuple):
    """What is too rare for planes, asked of the few who would enter a list.

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


class Prices(NamedTuple):
    """The price of whoever stands in each seat of a forest, and the lowest in each leaf, twig, bough, tree.

    int32 (B, LANES), (T, LANES), (G, LANES), (G,), (trees,).
    """

    seat: Array
    leaf: Array
    twig: Array
    bough: Array
    tree: Array


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


class _Wood(NamedTuple):
    """Addresses of one forest and of what its people cost."""

    leaves: Any
    twigs: Any
    boughs: Any
    who: Any
    leaf_of: Any
    twig_of: Any
    bough_of: Any
    box: Any
    twig_box: Any
    bough_box: Any
    seat_price: Any
    leaf_price: Any
    twig_price: Any
    bough_price: Any
    tree_price: Any


class _Ask(NamedTuple):
    """One seeker, in one programme: addresses and numbers."""

    i: Any
    query: Any
    gates: Any
    points: Any
    bands: Any
    x: Any
    y: Any
    reach: Any
    start: Any
    people: Any
    scale: Any
    list: Any
    last: Any  # index of the list's last entry
    is_near: Any
    closest: Any  # the most that closeness can add


class _Room(NamedTuple):
    """Scratch of one thread: bounds of three levels, common bits by gate, distances."""

    out: Any
    met: Any
    far: Any


class _Apart(NamedTuple):
    """Addresses of what stands between people."""

    blocked_of: Any
    blocked: Any
    tied_of: Any
    tied: Any
    school: Any
    referrer: Any
    wished: Any
    employer: Any
    partner: Any
    seekers_are_mentors: Any


@njit(error_model="numpy", boundscheck=False, forceinline=True)
def _add_closeness(box: Any, block: Any, ask: Any, room: Any, row: Any) -> Any:
    """Add points of closeness to the lanes that are within reach, and shut the others; give the greatest.

    Every sum is cast back to 32 bits, or numba would widen it and eight lanes became four.
    """
    west = block * BOX * LANES
    east, south, north, farthest = west + LANES, west + 2 * LANES, west + 3 * LANES, west + 4 * LANES
    x, y, reach, far = ask.x, ask.y, ask.reach, room.far
    for q in range(LANES):
        dx = max(int32(0), max(int32(box[west + q] - x), int32(x - box[east + q])))
        dy = max(int32(0), max(int32(box[south + q] - y), int32(y - box[north + q])))
        squared = int32(int32(dx * dx) + int32(dy * dy))
        far[q] = squared if squared <= min(reach, box[farthest + q]) else BEYOND_REACH
        far[LANES + q] = int32(0)
    for b in range(BANDS):
        upto, gain = ask.bands[b], ask.bands[BANDS + b]
        if upto >= 0:
            for q in range(LANES):
                far[LANES + q] = int32(far[LANES + q] + (gain if far[q] <= upto else int32(0)))
    best = uint8(0)
    for q in range(row * LANES, (row + 1) * LANES):
        lane = q - row * LANES
        is_open = (far[lane] != BEYOND_REACH) & (room.out[q] != 0)
        total = uint8(room.out[q] + uint8(far[LANES + lane])) if is_open else uint8(0)
        room.out[q] = total
        best = max(best, total)
    return best


@njit(error_model="numpy", boundscheck=False, forceinline=True)
def _bounds(planes: Any, box: Any, block: Any, ask: Any, room: Any, row: Any, price: Any) -> int:
    """Write what each lane of a block could bring the seeker, plus 1, into a row; give the most.

    0 is given, and the row left as it is, if even the closest could not enter the list at this price.
    """
    best = int(look(planes, block, ask.query, ask.gates, ask.points, room.out, row, room.met))
    if ask.is_near and best:
        if (best - 1 + ask.closest) * ask.scale - price < ask.list[ask.last] >> TIE_BITS:
            return 0
        best = int(_add_closeness(box, block, ask, room, row))
    return best


@njit(error_model="numpy", boundscheck=False, forceinline=True)
def _byte(ask: Any, price: Any) -> int:
    """What a lane must hold so that its value may enter the list; value = (byte - 1) × scale - price."""
    bar = ask.list[ask.last] >> TIE_BITS
    return max(1, (bar + price + ask.scale - 1) // ask.scale + 1)


@njit(error_model="numpy", boundscheck=False)
def _is_apart(apart: Any, i: Any, j: Any) -> bool:
    """Whether seeker i and the person j must not meet."""
    for k in range(apart.blocked_of[i], apart.blocked_of[i + 1]):
        if apart.blocked[k] == j:
            return True
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
    k = last
    while k > 0 and keys[k - 1] < key:
        keys[k] = keys[k - 1]
        k -= 1
    keys[k] = key


@njit(error_model="numpy", boundscheck=False, forceinline=True)
def _open_leaf(wood: Any, b: Any, price: Any, ask: Any, apart: Any, room: Any) -> None:
    best = _bounds(wood.leaves, wood.box, b, ask, room, 0, price)
    byte = _byte(ask, price)
    if best < byte:
        return
    wish = int(ask.points[2 * N_COUNTED]) if ask.query[WISH] else 0
    bits = at_least(load(room.out, 0), uint8(byte))
    while bits != NONE:
        q = first(bits)
        bits &= bits - ONE
        value = (int(room.out[q]) - 1) * ask.scale - wood.seat_price[b * LANES + q]
        j = wood.who[b * LANES + q]
        if wish and wood.leaves[(b * PLANES + WISH) * LANES + q] and not _wish_met(apart, ask.i, j):
            value -= wish * ask.scale
        place = j - ask.start
        if place < 0:
            place += ask.people
        key = (value << TIE_BITS) | (TIES - place)
        if key > ask.list[ask.last] and not _is_apart(apart, ask.i, j):
            _enter(ask.list, ask.last, key)


@njit(error_model="numpy", boundscheck=False, forceinline=True)
def _bound_leaves(wood: Any, p: Any, ask: Any, room: Any) -> int:
    """Write the bounds of all leaves of a tree into rows FIRST_TWIG on, 0 for the hopeless; give the most."""
    most = 0
    row = FIRST_TWIG
    last_twig = wood.twig_of[p + 1] - wood.twig_of[p]
    for g in range(wood.bough_of[p], wood.bough_of[p + 1]):
        best = _bounds(wood.boughs, wood.bough_box, g, ask, room, 1, wood.bough_price[g])
        for q in range(min(LANES, last_twig - (g - wood.bough_of[p]) * LANES)):
            price = wood.twig_price[g * LANES + q]
            found = 0
            if best and int(room.out[LANES + q]) >= _byte(ask, price):
                t = wood.twig_of[p] + row - FIRST_TWIG
                found = _bounds(wood.twigs, wood.twig_box, t, ask, room, row, price)
            if found == 0:
                store(room.out, row, spread(uint8(0)))
            most = max(most, found)
            row += 1
    return most


@njit(error_model="numpy", boundscheck=False, forceinline=True)
def _open_tree(wood: Any, p: Any, ask: Any, apart: Any, room: Any) -> int:
    """Bring the list up to date with the tree of programme p; give the number of leaves opened.

    The most promising leaves first, STEP points at a time: they raise the bar for the others.
    """
    opened = 0
    level = _bound_leaves(wood, p, ask, room)
    while level > 0:
        level = max(level - STEP, 1)
        for t in range(wood.twig_of[p + 1] - wood.twig_of[p]):
            row = FIRST_TWIG + t
            bits = at_least(load(room.out, row), uint8(level))
            while bits != NONE:
                q = first(bits)
                bits &= bits - ONE
                bound = int(room.out[row * LANES + q])
                room.out[row * LANES + q] = uint8(0)
                price = wood.leaf_price[(wood.twig_of[p] + t) * LANES + q]
                if bound >= _byte(ask, price):
                    opened += 1
                    _open_leaf(wood, wood.leaf_of[p] + t * LANES + q, price, ask, apart, room)
        if level < _byte(ask, wood.tree_price[p]) or level == 1:
            break
    return opened


@njit(parallel=True, cache=True, error_model="numpy", boundscheck=False)
def _search(
    order: Any, row_of: Any, way: Any, forest: Any, prices: Any, seekers: Any, tariff: Any, apart: Any,
    people: Any, scale: Any, keys: Any, threads: Any,
) -> int:  # fmt: skip
    groups = (len(order) + GROUP - 1) // GROUP
    deals = (groups + threads - 1) // threads
    turns = deals * threads
    opened = np.zeros(turns, np.int64)
    rows = FIRST_TWIG + np.max(forest.twig_of[1:] - forest.twig_of[:-1])
    bounds = np.empty((turns, rows, LANES), np.uint8)
    gates = np.empty((turns, N_GATES, LANES), np.uint8)
    distances = np.empty((turns, 2, LANES), np.int32)
    few = keys.shape[1]
    for turn in prange(turns):
        # Each thread gets one run of turns: dealt like cards, so that nobody gets all the large trees.
        g = turn % deals * threads + turn // deals
        wood = _Wood(
            at(forest.leaves), at(forest.twigs), at(forest.boughs), at(forest.who), at(forest.leaf_of),
            at(forest.twig_of), at(forest.bough_of), at(forest.box), at(forest.twig_box),
            at(forest.bough_box), at(prices.seat), at(prices.leaf), at(prices.twig), at(prices.bough),
            at(prices.tree),
        )  # fmt: skip
        between = _Apart(
            at(apart.blocked_of), at(apart.blocked), at(apart.tied_of), at(apart.tied), at(apart.school),
            at(apart.referrer), at(apart.wished), at(apart.employer), at(apart.partner),
            apart.seekers_are_mentors,
        )  # fmt: skip
        room = _Room(
            after(at(bounds), turn * rows * LANES),
            after(at(gates), turn * N_GATES * LANES),
            after(at(distances), turn * 2 * LANES),
        )
        for z in range(g * GROUP, min(len(order), (g + 1) * GROUP)):
            i = order[z]
            left = seekers.programmes[i]
            p = 0
            while left != NONE:
                if left & ONE and tariff.meets[p, way]:
                    query = after(at(seekers.planes), i * PLANES)
                    ask = _Ask(
                        i,
                        query,
                        gates_of(query, after(at(forest.everybody), p * PLANES), forest.asks),
                        after(at(tariff.points), p * (2 * N_COUNTED + 1)),
                        after(at(tariff.bands), p * 2 * BANDS),
                        seekers.x[i],
                        seekers.y[i],
                        seekers.reach[i],
                        seekers.start[i],
                        people,
                        scale,
                        after(at(keys), row_of[i] * few),
                        few - 1,
                        way == NEAR,
                        tariff.closest[p],
                    )
                    opened[turn] += _open_tree(wood, p, ask, between, room)
                left >>= ONE
                p += 1
    return opened.sum()


def search(order: Array, row_of: Array, way: int, wood: Wood, ask: Ask, keys: Array) -> int:
    """Bring the lists of the seekers in `order` up to date for one way; give the number of leaves opened.

    order: int32 (k,), seekers who meet this way, neighbours beside each other. row_of: int32 (n,), the list
    of each. keys: int64 (lists, few), descending, filled with keys of what an entry must exceed. Exact
    whatever the order and the number of threads. O(k × leaves opened).
    """
    # Flat, because a parallel loop takes tuples of arrays but no tuples of tuples.
    return int(_search(order, row_of, way, *wood, *ask, keys, get_num_threads()))


def people_of(keys: Array, start: Array, people: int, filler: Array) -> tuple[Array, Array]:
    """The lists that keys stand for: values int64 and people int32 (n, few), -1 where nobody is."""
    place = TIES - (keys & TIES)
    who = (place + start[:, None]) % max(people, 1)
    is_somebody = keys != filler[:, None]
    return keys >> TIE_BITS, np.where(is_somebody, who, NOBODY).astype(np.int32)
