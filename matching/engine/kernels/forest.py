"""People who can be found, one tree a programme and way of meeting, five hundred and twelve to a word.

A tree is a table of bits: a row for everything that people can have, a bit for each person. What hundreds of
people have in common with somebody is then a few ands and ors. People who are alike stand together: by
sectors and topics, and for meeting in person by place first.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit, prange

from matching.engine.columns import Array
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
from matching.engine.kernels.vector import LIMBS, PEOPLE

CELL = 80  # 8 km: people of one cell stand together
CELLS = 2**15 // CELL + 1
NOBODY = -1
BOX = 5  # west, east, south, north, farthest anybody travels, squared
STRETCH = 32  # words that stay in a processor's own memory while many look through them
LINES = 7  # between west and east of a box, and as many between south and north
# A card: the masks that count, bit by bit as people have them; a bit for the wish, one for ties, and travel;
# the place; the price, which whoever opens a counter writes there. All in one line of a processor's memory.
OTHERS, PLACE, PRICE = N_COUNTED, N_COUNTED + 1, N_COUNTED + 2
CARD = N_COUNTED + 3


class Forest(NamedTuple):
    """Trees for one way of meeting, W words over all trees, S = W × PEOPLE seats.

    who: int32 (S,), the person or -1. word_of: int64 (trees + 1,), where each tree begins. rows: uint64
    (W × ROWS × LIMBS,), row by row for each tree. cards: uint32 (S, CARD). box: int32 (W, BOX), units of
    100 m. stretch_of, stretch_box: the same for every STRETCH words of a tree. lines: uint64 (W × 2 × LINES
    × LIMBS,), who stands west of each line of the box or on it, then who south; empty if places do not
    matter. everybody, somebody: uint8 (trees, PLANES), bits that all or any have. sure: uint8 (trees,
    N_GATES), whether everybody has a bit of the gate.
    """

    who: Array
    word_of: Array
    rows: Array
    cards: Array
    box: Array
    stretch_of: Array
    stretch_box: Array
    lines: Array
    everybody: Array
    somebody: Array
    sure: Array


def plant(
    planes: Array, trees: list[Array], places: tuple[Array, Array, Array], tied: Array, *, near: bool
) -> Forest:
    """A forest of the people in `trees`, row numbers of `planes` in the order they shall stand.

    planes: uint8 (n, PLANES). places: easting, northing, travel, int32 (n,). tied: bool (n,), whose ties must
    be looked at. near: whether places matter. O(people).
    """
    sizes = np.array([len(tree) for tree in trees], np.int64)
    word_of = np.concatenate(([0], np.cumsum((sizes + PEOPLE - 1) // PEOPLE)))
    who = np.full(int(word_of[-1]) * PEOPLE, NOBODY, np.int32)
    for tree, word in zip(trees, word_of, strict=False):
        who[word * PEOPLE : word * PEOPLE + len(tree)] = tree
    rows = np.zeros(int(word_of[-1]) * ROWS * LIMBS, np.uint64)
    cards = np.zeros((len(who), CARD), np.uint32)
    box = np.empty((int(word_of[-1]), BOX), np.int32)
    lines = np.zeros(int(word_of[-1]) * 2 * LINES * LIMBS if near else 0, np.uint64)
    everybody = np.full((len(trees), PLANES), 255, np.uint8)
    somebody = np.zeros((len(trees), PLANES), np.uint8)
    sure = np.ones((len(trees), N_GATES), np.uint8)
    _describe(planes, who, word_of, everybody, somebody, sure)
    _plant(planes, *places, tied, who, word_of, rows, cards, box, lines)
    stretch_of = np.concatenate(([0], np.cumsum(-(-np.diff(word_of) // STRETCH))))
    starts = np.concatenate([np.arange(word_of[t], word_of[t + 1], STRETCH) for t in range(len(trees))])
    return Forest(
        who, word_of, rows, cards, box, stretch_of, _around(box, starts), lines, everybody, somebody, sure
    )


def _around(box: Array, starts: Array) -> Array:
    """The boxes around runs of boxes, int32 (k, BOX)."""
    if not len(starts):
        return np.zeros((0, BOX), np.int32)
    least, most = np.minimum.reduceat(box, starts), np.maximum.reduceat(box, starts)
    return np.stack((least[:, 0], most[:, 1], least[:, 2], most[:, 3], most[:, 4]), axis=1)


@njit(parallel=True, cache=True, error_model="numpy", boundscheck=False)
def _describe(planes: Any, who: Any, word_of: Any, everybody: Any, somebody: Any, sure: Any) -> None:
    for t in prange(len(everybody)):
        for seat in range(word_of[t] * PEOPLE, word_of[t + 1] * PEOPLE):
            person = who[seat]
            if person < 0:
                break  # the last word is not full
            for plane in range(PLANES):
                everybody[t, plane] &= planes[person, plane]
                somebody[t, plane] |= planes[person, plane]
            for g in range(N_GATES):
                some = 0
                for plane in range(GATE_SPANS[g][0], GATE_SPANS[g][1]):
                    some |= int(planes[person, plane])
                if some == 0:
                    sure[t, g] = 0


@njit(error_model="numpy", boundscheck=False, forceinline=True)
def line(least: Any, most: Any, k: int) -> int:
    """Where line k stands between two sides of a box."""
    return int(least) + (int(most) - int(least)) * (k + 1) // (LINES + 1)


@njit(parallel=True, cache=True, error_model="numpy", boundscheck=False)
def _plant(
    planes: Any,
    x: Any,
    y: Any,
    travel: Any,
    tied: Any,
    who: Any,
    word_of: Any,
    rows: Any,
    cards: Any,
    box: Any,
    lines: Any,
) -> None:
    for w in prange(len(box)):
        tree = np.searchsorted(word_of, w, side="right") - 1
        words = word_of[tree + 1] - word_of[tree]
        inside = w - word_of[tree]
        base = word_of[tree] * ROWS
        west, east, south, north, farthest = 2**20, -(2**20), 2**20, -(2**20), 0
        for q in range(PEOPLE):
            seat = w * PEOPLE + q
            person = who[seat]
            if person < 0:
                continue
            limb, bit = q // 64, np.uint64(1) << np.uint64(q % 64)
            for plane in range(PLANES):
                byte = int(planes[person, plane])
                row = ROW_OF[plane]
                while byte:
                    if byte & 1:
                        rows[(base + row * words + inside) * LIMBS + limb] |= bit
                    byte >>= 1
                    row += 1
            for f in range(N_COUNTED):
                mask = 0
                for plane in range(COUNTED_SPANS[f][1] - 1, COUNTED_SPANS[f][0] - 1, -1):
                    mask = (mask << 8) | int(planes[person, plane])
                cards[seat, f] = mask
            cards[seat, OTHERS] = (
                (travel[person] << 2) | (int(tied[person]) << 1) | int(planes[person, WISH] != 0)
            )
            cards[seat, PLACE] = ((x[person] & 0xFFFF) << 16) | (y[person] & 0xFFFF)
            west, east = min(west, x[person]), max(east, x[person])
            south, north = min(south, y[person]), max(north, y[person])
            farthest = max(farthest, travel[person])
        box[w, 0], box[w, 1], box[w, 2], box[w, 3] = west, east, south, north
        box[w, 4] = farthest * farthest
        if len(lines):
            for q in range(PEOPLE):
                person = who[w * PEOPLE + q]
                if person >= 0:
                    limb, bit = q // 64, np.uint64(1) << np.uint64(q % 64)
                    for k in range(LINES):
                        if x[person] <= line(west, east, k):
                            lines[((2 * w) * LINES + k) * LIMBS + limb] |= bit
                        if y[person] <= line(south, north, k):
                            lines[((2 * w + 1) * LINES + k) * LIMBS + limb] |= bit
