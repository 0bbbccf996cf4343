"""Who looks for whom tonight: one side as seekers, the other as trees with prices."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from matching.engine.columns import Array
from matching.engine.kernels.asking import TIE_BITS, TIES, Apart, Ask, Seekers, Wood
from matching.engine.kernels.forest import NOBODY, Forest
from matching.engine.kernels.prices import Counter, Shelf
from matching.engine.kernels.search import people_of, search
from matching.engine.kernels.sides import Sides, apart

NOTHING = -1  # what nobody at all is worth less than
PILOT = 64  # of so many seekers one is looked up first, to learn where lists end
SPREADS = 1.5  # standard deviations below the mean of those at which others begin


@dataclass(frozen=True)
class Found:
    """value: int64 (k, few), after prices. item: int32 (k, few), -1 for nobody. outside: int64 (k,): nobody
    who is not in the list is worth more."""

    value: Array
    item: Array
    outside: Array


@dataclass(frozen=True)
class Depth:
    """How far down to look: level, int64 (k,), what an item must exceed at first; step, int64 (k,) or one for
    all, how much farther then, twice as far each time; enough, the people with whom a list is done."""

    level: Array
    step: Array | int
    enough: int


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
        found = self.best_of_all(self.open_counter(np.zeros(self.items, np.int64), 1), 1, few)
        return found.value, found.item

    def best_of_all(self, counter: Counter, scale: int, few: int) -> Found:
        """The best few of every seeker after opening prices."""
        everyone = np.arange(self.seekers, dtype=np.int32)
        if not self.seekers or not self.items:
            return self.best_at(everyone, counter, np.full(self.seekers, NOTHING), scale, few)
        levels = self._first_levels(counter, scale, few)
        return self.best_at(
            everyone, counter, np.full(self.seekers, NOTHING), scale, few, Depth(levels, 8 * scale, few)
        )

    def open_counter(self, price: Array, scale: int) -> Counter:
        """Prices of all items, int64 (items,), in units of 1 / scale points, laid out for the search; `mark`
        keeps them up to date."""
        return Counter(tuple(Shelf.of(forest, price, scale) for forest in self.forests), price.copy())

    def _first_levels(self, counter: Counter, scale: int, few: int) -> Array:
        """Where the last entry of everybody's list may stand, by what it is for some who are like them."""
        points = self.looking.most(self.sides.tariff)
        most = points * scale - int(counter.price.min())
        some = np.arange(0, self.seekers, PILOT, dtype=np.int32)
        depth = Depth(most[some] - 12 * scale, 12 * scale, few)
        found = self.best_at(some, counter, np.full(len(some), NOTHING), scale, few, depth)
        missing = (most[some] - found.value[:, -1]) / scale
        ways = self.looking.meets @ np.array([1, 2], np.uint8)
        alike = (self.looking.programmes << np.uint64(9)) ^ (points << 2 | ways).astype(np.uint64)
        kinds, kind = np.unique(alike, return_inverse=True)
        count = np.maximum(np.bincount(kind[some], minlength=len(kinds)), 1)
        mean = np.bincount(kind[some], missing, len(count)) / count
        spread = np.sqrt(np.maximum(np.bincount(kind[some], missing**2, len(count)) / count - mean**2, 0))
        return most - (np.ceil(mean + SPREADS * spread)[kind].astype(np.int64) + 1) * scale

    def best_at(
        self, seekers: Array, counter: Counter, floor: Array, scale: int, few: int, depth: Depth | None = None
    ) -> Found:
        """The best few of some seekers after prices.

        floor: int64 (k,), what an item must exceed, in units of 1 / scale points, as prices are. With a
        depth, only as far down as it says: those whose list has enough people by then are done.
        """
        level = floor.astype(np.int64) if depth is None else np.maximum(depth.level, floor)
        fillers = (level << TIE_BITS) | TIES
        keys = np.repeat(fillers[:, None], few, axis=1)
        row = np.full(self.seekers, -1, np.int32)
        row[seekers] = np.arange(len(seekers), dtype=np.int32)
        ask = Ask(self.looking, self.sides.tariff, self.between, self.items, scale)
        short = np.arange(len(seekers))
        deeper = np.broadcast_to(np.asarray(depth.step if depth else 0, np.int64), level.shape)
        while True:
            for way, shelf in enumerate(counter.shelves):
                order = self.touring(way, seekers[short])
                search(order, row, way, Wood(shelf.forest, shelf.prices), ask, keys)
            if depth is None:
                break
            is_filler = (keys & TIES) == TIES
            short = np.flatnonzero(((~is_filler).sum(axis=1) < depth.enough) & (level > floor))
            if not len(short):
                break
            level[short] = np.maximum(level[short] - deeper[short], floor[short])
            deeper = 2 * deeper
            lower = np.repeat(((level[short] << TIE_BITS) | TIES)[:, None], few, axis=1)
            keys[short] = np.where(is_filler[short], lower, keys[short])
        value, item = people_of(keys, self.looking.start[seekers], self.items)
        return Found(value, item, np.where(item[:, -1] >= 0, value[:, -1], level))

    def touring(self, way: int, seekers: Array) -> Array:
        """Those of the seekers who meet this way, in the order in which neighbours stand together."""
        if len(seekers) == self.seekers:
            return self.tours[way]
        stops = self.stops[way][seekers]
        met = stops >= 0
        return self.tours[way][np.sort(stops[met])]

    @cached_property
    def stops(self) -> tuple[Array, ...]:
        """The place of each seeker in each tour, int32 (seekers,), -1 for those who do not meet that way."""
        places = []
        for tour in self.tours:
            place = np.full(self.seekers, -1, np.int32)
            place[tour] = np.arange(len(tour), dtype=np.int32)
            places.append(place)
        return tuple(places)

    def pairs(self, bidders: Array, items: Array) -> Array:
        """The mentor of each mentee, int32 (mentees,) in kernel order, -1 for none."""
        partner = np.full(len(self.sides.mentees), NOBODY, np.int32)
        seekers = self.bidders[bidders]
        if self.by_mentors:
            partner[items] = seekers
        else:
            partner[seekers] = items
        return partner
