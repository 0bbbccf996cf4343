"""Columns put together by id: what a database would join, in arrays."""

from __future__ import annotations

import numpy as np

from matching.engine.columns import Array


def row_of(wanted: Array, among: Array) -> Array:
    """Where each of `wanted` stands in `among`, the last of several; -1: nowhere. O(n log n)."""
    if not len(among):
        return np.full(len(wanted), -1)
    order = np.argsort(among, kind="stable")
    place = order[np.searchsorted(among, wanted, side="right", sorter=order) - 1]
    return np.where(among[place] == wanted, place, -1)


def taken(column: Array, rows: Array, *, otherwise: int = 0) -> Array:
    """The column's values in these rows, and `otherwise` for the row -1."""
    return np.append(column, column.dtype.type(otherwise))[rows]


def joined(wanted: Array, keys: Array, values: Array, *, otherwise: int = 0) -> Array:
    """The value that stands beside each of `wanted` among `keys`, or `otherwise`."""
    return taken(values, row_of(wanted, keys), otherwise=otherwise)


def same_pairs(ones: Array, others: Array, among: Array, beside: Array) -> Array:
    """Which of the pairs (ones, others) are among the pairs (among, beside)."""
    width = int(max(others.max(initial=0), beside.max(initial=0))) + 1
    return np.isin(ones * width + others, among * width + beside)


def different(values: Array) -> Array:
    """Each value once, in order. Sorting is quick here; `numpy.unique` takes a second for two million."""
    ordered = np.sort(values)
    return ordered[_is_new(ordered[:, None])]


def different_pairs(pairs: Array) -> Array:
    """Each row of (n, 2) once, in order."""
    ordered = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    return ordered[_is_new(ordered)]


def _is_new(rows: Array) -> Array:
    """Which rows of (n, k) differ from the one before."""
    is_new = np.ones(len(rows), bool)
    is_new[1:] = (rows[1:] != rows[:-1]).any(axis=1)
    return is_new
