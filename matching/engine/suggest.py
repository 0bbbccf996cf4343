"""The best few mentors of every request, exactly."""

from __future__ import annotations

import numpy as np

from matching.engine.board import Board
from matching.engine.columns import Array

FEW = 5
NOBODY = -1


def best_few(board: Board, few: int = FEW) -> tuple[Array, Array]:
    """The `few` best eligible mentors of each request, and how many are eligible at all.

    Returns columns of mentors, int64 (N, few), best first, -1 where there are no more; and counts, int32
    (N,). Ties go to the mentor who has been idle longest, then to the lower id: the world keeps mentors in
    that order, so score × M + (M - 1 - column) is a key that no two mentors share. O(N × M) by partial
    selection; one block of memory.
    """
    n, m = board.world.shape
    columns = np.full((n, few), NOBODY, np.int64)
    counts = np.zeros(n, np.int32)
    if not n or not m:
        return columns, counts
    take = min(few, m)
    last = np.arange(m - 1, -1, -1, dtype=np.int64)
    for start, stop, scores in board.blocks():
        ok = scores >= 0
        key = np.where(ok, scores.astype(np.int64) * m + last, NOBODY)
        best = np.sort(np.partition(key, m - take, axis=1)[:, m - take :], axis=1)[:, ::-1]
        columns[start:stop, :take] = np.where(best >= 0, m - 1 - best % m, NOBODY)
        counts[start:stop] = ok.sum(axis=1)
    return columns, counts


def ranks(board: Board, rows: Array, columns: Array) -> Array:
    """The place each mentor column has in its request's whole list, from 1; int32 (k,). O(k × M)."""
    m = board.world.shape[1]
    answer = np.zeros(len(rows), np.int32)
    column = np.arange(m)
    for k, (row, mine) in enumerate(zip(rows.tolist(), columns.tolist(), strict=True)):
        scores = board.rows(row, row + 1)[0]
        own = scores[mine]
        answer[k] = 1 + np.count_nonzero((scores > own) | ((scores == own) & (column < mine)))
    return answer
