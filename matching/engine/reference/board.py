"""The board of scores: every request against every mentor, kept if it is small, computed again if not."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from matching.engine.columns import Array
from matching.engine.score import NOT_ELIGIBLE, score_if_eligible
from matching.engine.world import World

KEPT = 1 << 27  # pairs, one byte each


class Board:
    """Scores by block of requests. Scores are 100 at most, so one byte holds a score or -1.

    Time O(N × M) once if N × M ≤ `kept`, else at each reading; memory N × M bytes at most `kept`, plus one
    block.
    """

    def __init__(self, world: World, kept: int = KEPT) -> None:
        self.world = world
        n, m = world.shape
        self._scores: Array | None = None
        if n * m <= kept:
            self._scores = np.full((n, m), NOT_ELIGIBLE, np.int8)
            for start, stop in world.spans():
                self._scores[start:stop] = score_if_eligible(world.block(start, stop))

    def blocks(self) -> Iterator[tuple[int, int, Array]]:
        """(start, stop, scores of shape (stop - start, M), int8 or int16, -1 where a rule is broken)."""
        for start, stop in self.world.spans():
            yield start, stop, self.rows(start, stop)

    def rows(self, start: int, stop: int) -> Array:
        if self._scores is not None:
            return self._scores[start:stop]
        return score_if_eligible(self.world.block(start, stop))
