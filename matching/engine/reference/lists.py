"""The best few mentors of every request, exactly, by looking at every pair."""

from __future__ import annotations

import numpy as np

from matching.engine.columns import Array
from matching.engine.reference.board import Board
from matching.engine.ties import queue_starts

NOBODY = -1


def best_few(board: Board, few: int) -> Array:
    """The `few` best eligible mentors of each request: columns, int64 (N, few), best first, -1 for no more.

    Equals stand in a queue, idle longest first, that begins elsewhere for every request (see `ties`). So
    score × M + (M - 1 - place in the queue) is a key that no two mentors share. O(N × M) by partial
    selection; one block of memory.
    """
    n, m = board.world.shape
    columns = np.full((n, few), NOBODY, np.int64)
    if not n or not m:
        return columns
    starts = queue_starts(board.world.mentees.id, m)
    take = min(few, m)
    everyone = np.arange(m)
    for start, stop, scores in board.blocks():
        begins = starts[start:stop, None]
        place = (everyone - begins) % m
        key = np.where(scores >= 0, scores.astype(np.int64) * m + (m - 1 - place), NOBODY)
        best = np.sort(np.partition(key, m - take, axis=1)[:, m - take :], axis=1)[:, ::-1]
        columns[start:stop, :take] = np.where(best >= 0, (m - 1 - best % m + begins) % m, NOBODY)
    return columns
