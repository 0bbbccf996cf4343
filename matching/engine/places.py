"""Where ids stand among others, and each of them once: by table where ids are dense, else in order."""

from __future__ import annotations

import numpy as np

from matching.engine.columns import Array

SPARSE = 4  # times as many entries as there are ids on the longer side make a table too large


def row_of(wanted: Array, among: Array) -> Array:
    """Where each of `wanted` stands in `among`, the last of several; -1: nowhere. int64, as long as `wanted`.

    O(n) with a table where ids are dense, as a database gives them; O(n log n) where they are far apart.
    """
    if not len(among) or not len(wanted):
        return np.full(len(wanted), -1)
    first, last = int(among.min()), int(among.max())
    if last - first < SPARSE * max(len(among), len(wanted)):
        table = np.full(last - first + 2, -1, np.int32)
        table[among - first] = np.arange(len(among), dtype=np.int32)
        # The entry after the last is nobody's.
        inside = (wanted >= first) & (wanted <= last)
        return table[np.where(inside, wanted - first, last - first + 1)].astype(np.int64)
    order = np.argsort(among, kind="stable")
    place = order[np.searchsorted(among, wanted, side="right", sorter=order) - 1]
    return np.where(among[place] == wanted, place, -1)


def different(values: Array) -> Array:
    """Each value once, in order. Sorting is quick here; `numpy.unique` takes a second for a million."""
    ordered = np.sort(values)
    return ordered[is_new(ordered[:, None])]


def is_new(rows: Array) -> Array:
    """Which rows of (n, k) differ from the one before."""
    new = np.ones(len(rows), np.bool_)
    new[1:] = (rows[1:] != rows[:-1]).any(axis=1)
    return new
