"""The work that everybody gets: people of whom each takes one, and what each pair is worth."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import numpy as np

from benchmarks.population import People, people
from matching.engine import Settings
from matching.engine.columns import Array
from matching.engine.reference.board import Board
from matching.engine.score import score_if_eligible
from matching.engine.settings import MOST
from matching.engine.world import World


class Work(NamedTuple):
    """Requests, and the ready ones of as many mentors, with one place each; nobody has waited yet.

    Everybody maximises the sum of per_match + score over pairs that may meet, nobody twice. per_match is
    above all points that could be given together, so most are matched first, as at night.
    """

    crowd: People
    world: World
    per_match: int


def work(n: int) -> Work:
    crowd = people(n)
    m = len(crowd.ready)
    crowd = crowd._replace(
        mentors=replace(crowd.ready, free_places=np.ones(m, np.int8)),
        mentees=replace(crowd.mentees, waiting_days=np.zeros(n, np.int32)),
        cleared=np.ones(m, np.bool_),
    )
    world = World.of(crowd.mentors, crowd.mentees, crowd.blocked, crowd.settings, crowd.tied)
    return Work(crowd, world, MOST * n + 1)


def values(it: Work) -> Array:
    """What each pair is worth, 0 where they may not meet; int32 (N, M). By numpy, every pair."""
    table = np.zeros(it.world.shape, np.int32)
    for start, stop, scores in Board(it.world).blocks():
        table[start:stop] = np.where(scores >= 0, np.int32(it.per_match) + scores, 0)
    return table


def outcome(it: Work, pairs: Array) -> tuple[int, int]:
    """How many are matched and the points they have, counted by the reference; pairs int64 (k, 2) of row and
    column. Raises AssertionError if somebody is in two pairs or a pair breaks a rule."""
    rows, columns = pairs[:, 0], pairs[:, 1]
    scores = score_if_eligible(it.world.pairs(rows, columns))
    if len(np.unique(rows)) < len(rows) or len(np.unique(columns)) < len(columns):
        raise AssertionError("somebody is in two pairs")
    if (scores < 0).any():
        raise AssertionError("a pair breaks a rule")
    return len(pairs), int(scores.sum(dtype=np.int64))


def as_plain(it: Work) -> str:
    """Everybody as JSON, in the order of the world, for who knows no numpy."""
    columns = {
        side: {name: column.tolist() for name, column in vars(getattr(it.world, side)).items()}
        for side in ("mentors", "mentees")
    }
    return json.dumps(
        {
            **columns,
            "per_match": it.per_match,
            "blocked": it.crowd.blocked.tolist(),
            "tied": it.world.ties.tolist(),
            "weights": asdict(Settings()),
        }
    )


def write(it: Work, folder: Path) -> float:
    """values.npy and people.json, which is all that the peers see; gives the seconds that the values took."""
    start = perf_counter()
    table = values(it)
    seconds = perf_counter() - start
    np.save(folder / "values.npy", table)
    (folder / "people.json").write_text(as_plain(it))
    return seconds
