"""Who looks for whom tonight: one side as seekers, the other as trees with prices."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.engine.columns import Array
from matching.engine.kernels.forest import NOBODY, Forest
from matching.engine.kernels.search import (
    TIE_BITS,
    TIES,
    Apart,
    Ask,
    Prices,
    Seekers,
    Wood,
    people_of,
    search,
)
from matching.engine.kernels.sides import Sides, apart
from matching.engine.kernels.vector import LANES

NOBODY_BUYS = 2**30  # the price of an empty seat


@dataclass(frozen=True)
class Market:
    """Seekers who bid, and what they bid for. In units of points, but for prices.

    bidders: int32 (b,), the seeker of each bidder: a mentor bids once for each place. places: int64 (items,).
    own_bonus: int64 (seekers,), points for matching a seeker at all; bonus: int64 (items,), for an item.
    """

    sides: Sides
    by_mentors: bool
    bidders: Array
    places: Array
    own_bonus: Array
    bonus: Array
    looking: Seekers
    between: Apart
    tours: tuple[Array, Array]
    forests: tuple[Forest, Forest]

    @classmethod
    def of(cls, sides: Sides, bonus: Array, *, by_mentors: bool) -> Market:
        """bonus: int64 (mentees,), points for matching each, in kernel order."""
        seeking, found = (sides.mentors, sides.mentees) if by_mentors else (sides.mentees, sides.mentors)
        places = sides.world.mentors.free_places.astype(np.int64)
        rows = np.arange(len(seeking), dtype=np.int32)
        none = np.zeros(len(sides.mentors), np.int64)
        return cls(
            sides,
            by_mentors,
            np.repeat(rows, places) if by_mentors else rows,
            np.ones(len(found), np.int64) if by_mentors else places,
            none if by_mentors else bonus,
            bonus if by_mentors else none,
            seeking.seekers(len(found)),
            apart(sides, seekers_are_mentors=by_mentors),
            seeking.tours,
            found.forests(sides.programmes),
        )

    @property
    def seekers(self) -> int:
        return len(self.looking.x)

    @property
    def items(self) -> int:
        return len(self.places)

    def best(self, few: int) -> tuple[Array, Array]:
        """The best few of every seeker: scores int64 and items int32, (seekers, few), -1 where nobody is."""
        everyone = np.arange(self.seekers, dtype=np.int32)
        counter = self.open_counter(np.zeros(self.items, np.int64))
        return self.best_at(everyone, counter, np.full(self.seekers, -1), 1, few)

    def open_counter(self, price: Array) -> Counter:
        """Prices of all items, int64 (items,), laid out for the search; `mark` keeps them up to date."""
        return Counter(tuple(Shelf.of(forest, price) for forest in self.forests), price.copy())

    def best_at(
        self, seekers: Array, counter: Counter, floor: Array, scale: int, few: int
    ) -> tuple[Array, Array]:
        """The best few of some seekers after prices: values int64 and items int32, (k, few), -1 for nobody.

        floor: int64 (k,), what an item must exceed, in units of 1 / scale points, as prices are.
        """
        filler = (floor.astype(np.int64) << TIE_BITS) | TIES
        keys = np.repeat(filler[:, None], few, axis=1)
        row = np.full(self.seekers, -1, np.int32)
        row[seekers] = np.arange(len(seekers), dtype=np.int32)
        ask = Ask(self.looking, self.sides.tariff, self.between, self.items, scale)
        for way, (tour, shelf) in enumerate(zip(self.tours, counter.shelves, strict=True)):
            order = tour if len(seekers) == self.seekers else tour[row[tour] >= 0]
            search(order, row, way, Wood(shelf.forest, shelf.prices), ask, keys)
        return people_of(keys, self.looking.start[seekers], self.items, filler)

    def pairs(self, bidders: Array, items: Array) -> Array:
        """The mentor of each mentee, int32 (mentees,) in kernel order, -1 for none."""
        partner = np.full(len(self.sides.mentees), NOBODY, np.int32)
        seekers = self.bidders[bidders]
        if self.by_mentors:
            partner[items] = seekers
        else:
            partner[seekers] = items
        return partner


@dataclass(frozen=True)
class Shelf:
    """The prices of one forest's people where they stand. `seats_of`, `seats`: the seats of each item."""

    forest: Forest
    prices: Prices
    seats_of: Array
    seats: Array
    twig_seat: Array  # int64 (leaves,), the lane among all twigs that stands for each leaf

    @classmethod
    def of(cls, forest: Forest, price: Array) -> Shelf:
        cost = np.append(price, NOBODY_BUYS).astype(np.int32)
        seat = cost[forest.who]
        twig_seat = _seats_above(forest.leaf_of, forest.twig_of)
        leaf = np.full((int(forest.twig_of[-1]), LANES), NOBODY_BUYS, np.int32)
        leaf.ravel()[twig_seat] = seat.min(axis=1)
        twig = np.full((int(forest.bough_of[-1]), LANES), NOBODY_BUYS, np.int32)
        twig.ravel()[_seats_above(forest.twig_of, forest.bough_of)] = leaf.min(axis=1)
        bough = twig.min(axis=1)
        trees = len(forest.bough_of) - 1
        tree = np.full(trees, NOBODY_BUYS, np.int32)
        np.minimum.at(tree, np.repeat(np.arange(trees), np.diff(forest.bough_of)), bough)
        taken = np.flatnonzero(forest.who.ravel() >= 0)
        whose = forest.who.ravel()[taken]
        seats_of = np.concatenate(([0], np.cumsum(np.bincount(whose, minlength=len(price)))))
        seats = taken[np.argsort(whose, kind="stable")]
        return cls(forest, Prices(seat, leaf, twig, bough, tree), seats_of, seats, twig_seat)

    def mark(self, items: Array, price: Array) -> None:
        """Write the new prices of some items. Lowest prices of twigs and boughs stay: prices only rise, and a
        price too low bounds from above as well."""
        first, count = self.seats_of[items], self.seats_of[items + 1] - self.seats_of[items]
        step = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
        seats = self.seats[np.repeat(first, count) + step]
        self.prices.seat.ravel()[seats] = np.repeat(price[items], count)
        leaves = np.unique(seats // LANES)
        self.prices.leaf.ravel()[self.twig_seat[leaves]] = self.prices.seat[leaves].min(axis=1)


@dataclass(frozen=True)
class Counter:
    """Today's prices on both shelves."""

    shelves: tuple[Shelf, ...]
    price: Array

    def mark(self, price: Array) -> None:
        """Bring the shelves up to today's prices, int64 (items,), none lower than yesterday's."""
        dearer = np.flatnonzero(price != self.price)
        for shelf in self.shelves:
            shelf.mark(dearer, price)
        self.price[dearer] = price[dearer]


def _seats_above(starts: Array, upper: Array) -> Array:
    """For each block the lane that stands for it one level up, among all lanes there."""
    number = np.arange(int(starts[-1]))
    tree = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    inside = number - starts[tree]
    return (upper[tree].astype(np.int64) + inside // LANES) * LANES + inside % LANES
