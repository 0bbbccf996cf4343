"""Columns put together by id: what a database would join, in arrays."""

from __future__ import annotations

import numpy as np

from matching.engine.columns import Array
from matching.engine.places import is_new, row_of


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


def different_pairs(pairs: Array) -> Array:
    """Each row of (n, 2) once, in order."""
    ordered = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    return ordered[is_new(ordered)]
