"""People sorted into trees: sixty-four people a leaf, sixty-four leaves a twig, sixty-four twigs a bough.

Every node holds the OR of what is beneath it and, for meeting in person, the box around it, so that the
score of a node bounds the score of everybody beneath. One tree a programme and way of meeting. People who
are alike stand together: by sectors and topics, and for meeting in person by place first.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from matching.engine.columns import Array
from matching.engine.kernels.lanes import PLANES
from matching.engine.kernels.vector import LANES

CELL = 256  # 25.6 km: people of one cell stand together
NOBODY = -1
BOX = 5  # west, east, south, north, farthest anybody travels, squared


class Forest(NamedTuple):
    """Trees for one way of meeting. B leaves, T twigs, G boughs over all trees.

    leaves, twigs, boughs: uint8 (B, T or G × PLANES, LANES). who: int32 (B, LANES), the person or -1.
    leaf_of, twig_of, bough_of: int32 (trees + 1,), where each tree begins. box: int32 (B × BOX, LANES), of
    people, then twig_box and bough_box of what a lane stands for; units of 100 m; one row if places do not
    matter. everybody: uint8 (trees, PLANES), the bits that all have. asks: whether they say which languages
    they need.
    """

    leaves: Array
    twigs: Array
    boughs: Array
    who: Array
    leaf_of: Array
    twig_of: Array
    bough_of: Array
    box: Array
    twig_box: Array
    bough_box: Array
    everybody: Array
    asks: bool


def plant(
    planes: Array, trees: list[Array], places: tuple[Array, Array, Array] | None, *, asks: bool
) -> Forest:
    """A forest of the people in `trees`, row numbers of `planes` in the order they shall stand.

    planes: uint8 (n, PLANES). places: easting, northing, travel, int32 (n,), if they matter. O(people).
    """
    sizes = np.array([len(tree) for tree in trees], np.int64)
    leaf_of = _starts(sizes)
    who = np.full(int(leaf_of[-1]) * LANES, NOBODY, np.int32)
    members = np.concatenate(trees) if len(trees) else np.empty(0, np.int64)
    who[_seats(sizes, leaf_of)] = members
    rows = np.zeros((len(who), PLANES), np.uint8)
    rows[who >= 0] = planes[members]
    box = _boxes(who, members, places) if places else np.zeros((len(who), BOX), np.int32)
    levels, starts, boxes = [rows], [leaf_of], [box]
    for _ in range(2):
        rows, box, below = levels[-1], boxes[-1], np.diff(starts[-1])
        start = _starts(below)
        seats = _seats(below, start)
        upper = np.zeros((int(start[-1]) * LANES, PLANES), np.uint8)
        upper[seats] = np.bitwise_or.reduce(rows.reshape(-1, LANES, PLANES), axis=1)
        around = _no_boxes(len(upper))
        if places:
            around[seats] = _around(box.reshape(-1, LANES, BOX))
        levels.append(upper)
        starts.append(start)
        boxes.append(around)
    leaves, twigs, boughs = (_lying(level) for level in levels)
    if places:
        box, twig_box, bough_box = (_lying(one) for one in boxes)
    else:
        box = twig_box = bough_box = np.zeros((BOX, LANES), np.int32)
    every: list[Array] = [start.astype(np.int32) for start in starts]
    everybody = np.zeros((len(trees), PLANES), np.uint8)
    for t, tree in enumerate(trees):
        everybody[t] = np.bitwise_and.reduce(planes[tree], axis=0)
    return Forest(
        leaves,
        twigs,
        boughs,
        who.reshape(-1, LANES),
        every[0],
        every[1],
        every[2],
        box,
        twig_box,
        bough_box,
        everybody,
        asks,
    )


def _starts(sizes: Array) -> Array:
    return np.concatenate(([0], np.cumsum((sizes + LANES - 1) // LANES)))


def _seats(sizes: Array, starts: Array) -> Array:
    """Where the members of each tree sit when every tree begins a fresh block."""
    before = np.concatenate(([0], np.cumsum(sizes)))[:-1]
    return np.arange(int(sizes.sum())) + np.repeat(starts[:-1] * LANES - before, sizes)


def _no_boxes(n: int) -> Array:
    """Boxes with nothing in them, which grow around whatever is put in."""
    far = 2**20
    return np.tile(np.array([far, -far, far, -far, -1], np.int32), (n, 1))


def _boxes(who: Array, members: Array, places: tuple[Array, Array, Array]) -> Array:
    easting, northing, travel = places
    box = _no_boxes(len(who))
    x, y, reach = easting[members], northing[members], travel[members]
    box[who >= 0] = np.stack((x, x, y, y, reach * reach), axis=1)
    return box


def _around(box: Array) -> Array:
    """The box around each group of boxes: (k, LANES, BOX) to (k, BOX)."""
    least, most = box.min(axis=1), box.max(axis=1)
    return np.stack((least[:, 0], most[:, 1], least[:, 2], most[:, 3], most[:, 4]), axis=1)


def _lying(rows: Array) -> Array:
    """(blocks × LANES, k) to (blocks × k, LANES): lanes side by side."""
    k = rows.shape[1]
    turned: Any = rows.reshape(-1, LANES, k).transpose(0, 2, 1)
    return np.ascontiguousarray(turned).reshape(-1, LANES)
