"""The lists that bidders bid from: looked up again when prices have risen, and longer where needed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from matching.engine.columns import Array
from matching.engine.kernels.auction import NEVER
from matching.engine.kernels.forest import NOBODY

MOST_ENTRIES = 1 << 23  # of all lists together, beyond what they began with: a hundred megabytes


@dataclass
class Found:
    """Lists of some seekers at some prices.

    value: int64 (k, few), before prices. item: int32 (k, few). limit: int64 (k,), after prices: nobody
    outside the list is worth more, as long as no price falls below these.
    """

    value: Array
    item: Array
    limit: Array


@dataclass
class Rows(Found):
    """The lists of all seekers, in units of 1 / scale points, -1 where a list ends."""

    @classmethod
    def of(cls, value: Array, item: Array, few: int) -> Self:
        """First lists, which a price of 0 was asked for, with room for `few`."""
        value = np.where(item >= 0, value, NEVER)
        # A list with room left holds everybody there is.
        limit = np.where(item[:, -1] >= 0, value[:, -1], NEVER)
        return cls(*_widened(value, item, few), limit)

    def room(self, wanted: int) -> int:
        """Make room in all lists for so many, if memory allows; gives how many there is room for."""
        n, few = self.item.shape
        if wanted > few and n * wanted <= MOST_ENTRIES:
            self.value, self.item = _widened(self.value, self.item, max(wanted, 2 * few))
        return self.item.shape[1]

    def put(self, seekers: Array, found: Found) -> None:
        """Make what was found at today's prices the lists of some seekers."""
        few = found.item.shape[1]
        self.value[seekers, :few], self.item[seekers, :few] = found.value, found.item
        self.item[seekers, few:] = NOBODY
        self.limit[seekers] = found.limit

    def is_new(self, seekers: Array, found: Found) -> Array:
        """Which of the items found are not in the lists of these seekers; bool (k, few)."""
        known = (found.item[:, :, None] == self.item[seekers][:, None, :]).any(axis=2)
        return (found.item >= 0) & ~known

    def add(self, seekers: Array, found: Found, tried: Array, price: Array) -> None:
        """Put what was found at the prices tried, int64 (items,), into the lists, whose limits stay those of
        today's prices. If there is no room the worst fall out, and the limit rises to bound them too."""
        is_new = self.is_new(seekers, found)
        item = np.hstack((self.item[seekers], np.where(is_new, found.item, NOBODY)))
        value = np.hstack((self.value[seekers], np.where(is_new, found.value, NEVER)))
        is_somebody, at = item >= 0, np.maximum(item, 0)
        order = np.argsort(np.where(is_somebody, tried[at] - value, -NEVER), axis=1, kind="stable")
        few = min(item.shape[1], self.room(int(is_somebody.sum(axis=1).max())))
        rows = np.arange(len(seekers))[:, None]
        kept, out = order[:, :few], order[:, few:]
        self.value[seekers, :few], self.item[seekers, :few] = value[rows, kept], item[rows, kept]
        net = np.where(is_somebody, value - price[at], NEVER)[rows, out]
        self.limit[seekers] = np.maximum(self.limit[seekers], net.max(axis=1, initial=NEVER))


def _widened(value: Array, item: Array, few: int) -> tuple[Array, Array]:
    n, known = item.shape
    wide, items = np.full((n, max(few, known)), NEVER), np.full((n, max(few, known)), NOBODY, np.int32)
    wide[:, :known], items[:, :known] = value, item
    return wide, items
