"""Are the lists right? Some requests, every mentor, plain numpy: rules and score as they are written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from matching.engine import MenteeArrays, MentorArrays, Settings
from matching.engine.columns import Array
from matching.engine.rules import eligible
from matching.engine.score import score
from matching.engine.ties import queue_starts
from matching.engine.world import World

SAMPLE = 400


def sampled(request_ids: Array, seed: int) -> Array:
    """Some of the ids, drawn from a seed; ascending."""
    some = np.random.default_rng(seed).choice(request_ids, min(SAMPLE, len(request_ids)), replace=False)
    return np.sort(some)


def best_mentors(
    mentors: MentorArrays,
    mentees: MenteeArrays,
    blocked: Any,
    settings: list[Settings],
    tied: Any,
    few: int,
    told: Callable[[int], object] = lambda done: None,
) -> Array:
    """The `few` best mentors of each request in ascending order, best first, -1 for no more; int64 (n, few).

    Equals stand as `matching.engine.ties` says. O(n × M).
    """
    world = World.of(mentors, mentees, blocked, settings, tied)
    n, m = world.shape
    lists = np.full((n, few), -1, np.int64)
    starts = queue_starts(world.mentees.id, m)
    for row in range(n):
        columns = np.flatnonzero(eligible(world.crossed(np.array([row])))[0])
        points = score(world.pairs(np.full(len(columns), row), columns))
        order = np.lexsort(((columns - starts[row]) % m, -points))[:few]
        lists[row, : len(order)] = world.mentors.id[columns[order]]
        told(row + 1)
    return lists


def recall(found: Array, best: Array) -> float:
    """The share of lists that are the best ones, mentor by mentor, in the same order."""
    return float((found == best).all(axis=1).mean()) if len(best) else 1.0
