"""What everybody costs tonight, seat by seat and as rows of bits: who costs at most so much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numba import int32, njit, prange, uint32

from matching.engine.columns import Array
from matching.engine.kernels.forest import PRICE, Forest
from matching.engine.kernels.vector import LIMBS, PEOPLE

NOBODY_BUYS = 2**30  # the price of an empty seat
CLASSES = 16  # the dearest of them has no limit
STEEPEST = 4_096  # points between the cheapest and the dearest limit that is kept apart
REBUILD = 16  # of so many seats one has another price: the limits are drawn anew
NO_CLASS = 255
SAMPLE = 65_536  # of so many people's prices the limits are drawn


class Prices(NamedTuple):
    """The prices of one forest's seats, S of them in W words.

    They lie on the cards of the forest, int32 in units of 1 / scale points. rows: uint64 (W × CLASSES ×
    LIMBS,), row by row for each tree: who costs at most the limit of a class. class_of: uint8 (STEEPEST,),
    for a sum in whole points above `least` the class that holds everybody who costs no more. least: int64
    (1,), whole points, below every price from the opening on.
    """

    rows: Array
    class_of: Array
    least: Array


@dataclass(frozen=True)
class Shelf:
    """The prices of one forest's people where they stand. `seats_of`, `seats`: the seats of each item."""

    forest: Forest
    prices: Prices
    limits: Array  # int64 (CLASSES,), in units of 1 / scale points
    scale: int
    seats_of: Array
    seats: Array

    @classmethod
    def of(cls, forest: Forest, price: Array, scale: int) -> Shelf:
        taken = np.flatnonzero(forest.who >= 0)
        whose = forest.who[taken]
        seats_of = np.concatenate(([0], np.cumsum(np.bincount(whose, minlength=len(price)))))
        seats = taken[np.argsort(whose, kind="stable")].astype(np.int32)
        prices = Prices(
            np.zeros(len(forest.box) * CLASSES * LIMBS, np.uint64),
            np.zeros(STEEPEST, np.uint8),
            np.zeros(1, np.int64),
        )
        shelf = cls(forest, prices, np.zeros(CLASSES, np.int64), scale, seats_of, seats)
        forest.cards[:, PRICE] = np.append(price, NOBODY_BUYS).astype(np.int32).view(np.uint32)[forest.who]
        shelf.prices.least[0] = -(-int(price.min(initial=0)) // scale) - 1
        shelf._draw_limits()
        return shelf

    def mark(self, items: Array, price: Array) -> None:
        """Write the new prices of some items, lower or higher, none below the lowest at first."""
        first, count = self.seats_of[items], self.seats_of[items + 1] - self.seats_of[items]
        step = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
        seats = self.seats[np.repeat(first, count) + step]
        cost = np.repeat(price[items], count).astype(np.int32)
        if len(seats) * REBUILD > len(self.seats):
            self.forest.cards[seats, PRICE] = cost.view(np.uint32)
            self._draw_limits()
        else:
            _move(self.forest.word_of, seats, cost, self.forest.cards, self.prices.rows, self.limits)

    def _draw_limits(self) -> None:
        """Limits that part the people who stand here into classes of about one size, in whole points."""
        some = self.seats[:: max(1, len(self.seats) // SAMPLE)]
        points = -(
            -self.forest.cards[some, PRICE].view(np.int32) // self.scale
        )  # rounded up: none costs more
        least, sample = int(self.prices.least[0]) + 1, np.sort(points)
        edges = (
            np.unique(sample[(np.arange(CLASSES - 1) * len(sample)) // (CLASSES - 1)]) if len(sample) else []
        )
        edges = [edge for edge in edges if edge < least + STEEPEST]
        self.limits[:] = NOBODY_BUYS - 1
        self.limits[: len(edges)] = np.array(edges, np.int64) * self.scale
        self.prices.class_of[:] = np.searchsorted(edges, np.arange(STEEPEST) + least - 1)
        self.prices.class_of[0] = NO_CLASS
        _classify(self.forest.word_of, self.forest.cards, self.prices.rows, self.limits)


@njit(parallel=True, cache=True, error_model="numpy", boundscheck=False)
def _classify(word_of: Any, cards: Any, rows: Any, limits: Any) -> None:
    """Write every row anew."""
    for w in prange(len(cards) // PEOPLE):
        tree = np.searchsorted(word_of, w, side="right") - 1
        words = word_of[tree + 1] - word_of[tree]
        base = word_of[tree] * CLASSES + w - word_of[tree]
        for limb in range(LIMBS):
            for c in range(CLASSES):
                rows[(base + c * words) * LIMBS + limb] = np.uint64(0)
            for q in range(64):
                price = int32(cards[w * PEOPLE + limb * 64 + q, PRICE])
                for c in range(CLASSES - 1, -1, -1):
                    if price > limits[c]:
                        break
                    rows[(base + c * words) * LIMBS + limb] |= np.uint64(1) << np.uint64(q)


@njit(cache=True, error_model="numpy", boundscheck=False)
def _move(word_of: Any, seats: Any, cost: Any, cards: Any, rows: Any, limits: Any) -> None:
    """Put people with another price into the classes that it belongs to."""
    for k in range(len(seats)):
        s, price = seats[k], cost[k]
        before = int32(cards[s, PRICE])
        cards[s, PRICE] = uint32(price)
        w = s // PEOPLE
        tree = np.searchsorted(word_of, w, side="right") - 1
        words = word_of[tree + 1] - word_of[tree]
        base = word_of[tree] * CLASSES + w - word_of[tree]
        limb, bit = (s % PEOPLE) // 64, np.uint64(1) << np.uint64(s % 64)
        for c in range(CLASSES):
            if (limits[c] >= price) != (limits[c] >= before):
                rows[(base + c * words) * LIMBS + limb] ^= bit


@dataclass(frozen=True)
class Counter:
    """Today's prices on both shelves."""

    shelves: tuple[Shelf, ...]
    price: Array

    def mark(self, price: Array) -> None:
        """Bring the shelves up to today's prices, int64 (items,), none below the lowest at first."""
        dearer = np.flatnonzero(price != self.price)
        for shelf in self.shelves:
            shelf.mark(dearer, price)
        self.price[dearer] = price[dearer]
