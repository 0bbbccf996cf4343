"""Hundreds of people at once: who has enough in common with a seeker to enter the list at today's price.

First by topics and sectors, for meeting in person by place, then by what must be, then by times as well. Who
is left is met one by one. Nobody who could enter the list is sieved out.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import int64, njit

from matching.engine.kernels.addresses import MORE, TABLED
from matching.engine.kernels.asking import TIE_BITS
from matching.engine.kernels.forest import BOX, CARD, LINES, line
from matching.engine.kernels.meet import meet
from matching.engine.kernels.planes import BEYOND, N_COUNTED, N_GATES, WISH_ROW
from matching.engine.kernels.vector import (
    LIMBS,
    PEOPLE,
    after,
    both,
    either,
    first,
    is_any,
    load,
    nobody,
    soon,
    store,
    without,
)
from matching.engine.kernels.ways import ENTRY, LEVELS, LIST, TABLES, find_ways

NONE, ONE = np.uint64(0), np.uint64(1)


@njit(error_model="numpy", boundscheck=False, forceinline=True)
def _count_levels(tree: Any, w: Any, bits: Any, tables: Any, levels: Any) -> None:
    """Write who has at least 1, 2, … of the rows in common: `levels` words from table 1 on."""
    one, two, three, four = nobody(), nobody(), nobody(), nobody()
    for k in range(1, bits[0] + 1):
        row = load(tree.rows, bits[k] * tree.words + w)
        if levels > 3:
            four = either(four, both(three, row))
        if levels > 2:
            three = either(three, both(two, row))
        two = either(two, both(one, row))
        one = either(one, row)
    store(tables, 1, one)
    store(tables, 2, two)
    if levels > 2:
        store(tables, 3, three)
    if levels > 3:
        store(tables, 4, four)


@njit(error_model="numpy", boundscheck=False, forceinline=True)
def is_out_of_reach(box: Any, x: Any, y: Any, reach: Any) -> bool:
    """Whether nobody in the box could meet somebody at this place who goes so far, squared."""
    dx = max(0, max(int64(box[0]) - x, x - int64(box[1])))
    dy = max(0, max(int64(box[2]) - y, y - int64(box[3])))
    return dx * dx + dy * dy > min(reach, int64(box[4]))


@njit(error_model="numpy", boundscheck=False, forceinline=True)
def _within(tree: Any, w: Any, across: Any, at_home: Any, radius: Any, hits: Any) -> Any:
    """Those of the hits who are not too far west or east, or south or north, as far as the lines tell."""
    least, most = tree.box[w * BOX + 2 * across], tree.box[w * BOX + 2 * across + 1]
    lines = (2 * w + across) * LINES
    too_near, far_enough = -1, -1
    for k in range(LINES):
        stands = line(least, most, k)
        if stands < at_home - radius:
            too_near = k
        if far_enough < 0 and stands >= at_home + radius:
            far_enough = k
    if too_near >= 0:
        hits = without(hits, load(tree.lines, lines + too_near))
    if far_enough >= 0:
        hits = both(hits, load(tree.lines, lines + far_enough))
    return hits


@njit(error_model="numpy", boundscheck=False, forceinline=True)
def _sieved(tree: Any, w: Any, ways: Any, tables: Any, third: Any) -> Any:
    """Who of a word has one of the ways."""
    hits = nobody()
    for k in range(ways[0]):
        way = after(ways, 1 + k * ENTRY)
        some = both(load(tables, way[0]), load(tables, way[1]))
        if third:
            some = both(some, load(tables, way[3]))
        hits = either(hits, both(some, load(tree.cheap, way[2] * tree.words + w)))
    return hits


@njit(error_model="numpy", boundscheck=False, forceinline=True)
def _has_extras(tree: Any, w: Any, ask: Any, room: Any) -> Any:
    """Who has in common what counts and is not sieved by: an experience, a further language, a wish."""
    some = nobody()
    for f in range(len(LEVELS), N_COUNTED):
        bits = after(room.bits, f * LIST)
        if BEYOND[f]:
            one, two = nobody(), nobody()
            for k in range(1, bits[0] + 1):
                row = load(tree.rows, bits[k] * tree.words + w)
                two = either(two, both(one, row))
                one = either(one, row)
            some = either(some, two)
        else:
            for k in range(1, bits[0] + 1):
                some = either(some, load(tree.rows, bits[k] * tree.words + w))
    if ask.has_wish:
        some = either(some, load(tree.rows, WISH_ROW * tree.words + w))
    return some


@njit(error_model="numpy", boundscheck=False, forceinline=True)
def _pass_gates(tree: Any, w: Any, gates: Any, room: Any, hits: Any) -> Any:
    """Those of the hits who have something in common for each gate."""
    for g in range(N_GATES):
        if gates >> g & 1:
            bits = after(room.bits, (N_COUNTED + g) * LIST)
            some = nobody()
            for k in range(1, bits[0] + 1):
                some = either(some, load(tree.rows, bits[k] * tree.words + w))
            hits = both(hits, some)
    return hits


@njit(error_model="numpy", boundscheck=False, forceinline=True)
def _find_all_ways(tree: Any, ask: Any, room: Any, bar: Any) -> None:
    """The ways by topics and sectors, by times as well, and by these for those who have no extras."""
    most = ask.further + room.state[MORE] - bar
    find_ways(ask.points, room.bits, tree.class_of, tree.least, most, False, room.ways)
    find_ways(ask.points, room.bits, tree.class_of, tree.least, most, True, room.timed)
    if room.state[MORE]:
        find_ways(ask.points, room.bits, tree.class_of, tree.least, ask.further - bar, True, room.plain)


@njit(error_model="numpy", boundscheck=False, forceinline=True)
def _promising(tree: Any, w: Any, ask: Any, gates: Any, room: Any) -> Any:
    """Who of a word could enter the list, and no gate is shut for."""
    topics, sectors, times = (
        room.tables,
        after(room.tables, TABLES[1] * LIMBS),
        after(room.tables, TABLES[2] * LIMBS),
    )
    _count_levels(tree, w, room.bits, topics, LEVELS[0])
    _count_levels(tree, w, after(room.bits, LIST), sectors, LEVELS[1])
    hits = _sieved(tree, w, room.ways, room.tables, False)
    if ask.is_near:
        hits = _within(tree, w, 0, ask.x, ask.radius, hits)
        hits = _within(tree, w, 1, ask.y, ask.radius, hits)
    if is_any(hits):
        hits = _pass_gates(tree, w, gates, room, hits)
    if is_any(hits):
        _count_levels(tree, w, after(room.bits, 2 * LIST), times, LEVELS[2])
        hits = both(hits, _sieved(tree, w, room.timed, room.tables, True))
    if room.state[MORE] and is_any(hits):
        without_extras = _sieved(tree, w, room.plain, room.tables, True)
        hits = both(hits, either(without_extras, _has_extras(tree, w, ask, room)))
    return hits


@njit(error_model="numpy", boundscheck=False, forceinline=True)
def sieve(tree: Any, start: Any, stop: Any, ask: Any, gates: Any, between: Any, room: Any) -> int:
    """Bring the list up to date with some words of a tree; give the number of people met."""
    met, waiting = 0, 0
    for w in range(start, stop):
        if ask.is_near and is_out_of_reach(after(tree.box, w * BOX), ask.x, ask.y, ask.reach):
            continue
        bar = ((ask.list[ask.last] + 1) >> TIE_BITS) // ask.scale
        if bar != room.state[TABLED]:
            room.state[TABLED] = bar
            _find_all_ways(tree, ask, room, bar)
        if room.ways[0] == 0:
            break
        hits = _promising(tree, w, ask, gates, room)
        if not is_any(hits):
            continue
        # Those of the word before: their cards have come from memory by now.
        for k in range(waiting):
            meet(tree, int64(room.waiting[k]), ask, between)
        met += waiting
        waiting = 0
        store(room.hits, 0, hits)
        for limb in range(LIMBS):
            bits = room.hits[limb]
            while bits != NONE:
                seat = w * PEOPLE + limb * 64 + first(bits)
                bits &= bits - ONE
                soon(tree.cards, seat * CARD)
                room.waiting[waiting] = seat
                waiting += 1
    for k in range(waiting):
        meet(tree, int64(room.waiting[k]), ask, between)
    return met + waiting
