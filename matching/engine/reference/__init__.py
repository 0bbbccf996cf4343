"""The answer by looking at every pair, in numpy and scipy: what the kernels are measured against.

No compilation, so it is what small pools use.
"""

from __future__ import annotations

import numpy as np

from matching.engine.answer import Answer
from matching.engine.columns import Array
from matching.engine.explain import reasons
from matching.engine.reference.assign import assign
from matching.engine.reference.board import Board
from matching.engine.reference.lists import best_few
from matching.engine.score import COMPONENTS, components
from matching.engine.timing import Stages
from matching.engine.world import World

CHUNK = 1 << 17  # pairs explained together


def answer(world: World, few: int, stages: Stages) -> Answer:
    """The best few of every request and one assignment, exactly. O(N × M); memory one byte a pair up to 128
    MB."""
    with stages.of("lists"):
        board = Board(world)
        lists = best_few(board, few)
    with stages.of("assign"):
        found = assign(board)
    with stages.of("explain"):
        points, own = points_of(world, lists), points_of(world, found.partner[:, None])[:, 0]
        without = reasons(world, np.flatnonzero(found.partner < 0))
    return Answer(lists, points, found.partner, own, without, found.certificate)


def points_of(world: World, columns: Array) -> Array:
    """Points by component of the pairs (row, columns[row, k]), 0 where nobody is; uint8."""
    points = np.zeros((*columns.shape, len(COMPONENTS)), np.uint8)
    rows, places = np.nonzero(columns >= 0)
    for start in range(0, len(rows), CHUNK):
        row, place = rows[start : start + CHUNK], places[start : start + CHUNK]
        points[row, place] = components(world.pairs(row, columns[row, place]))
    return points
