"""One night: everybody in, the whole answer out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

import numpy as np

from matching.engine.assign import assign
from matching.engine.board import Board
from matching.engine.certify import Certificate
from matching.engine.columns import Array
from matching.engine.explain import Reasons, Shared, reasons, shared
from matching.engine.population import MenteeArrays, MentorArrays
from matching.engine.rules import broken
from matching.engine.score import components
from matching.engine.settings import Settings
from matching.engine.suggest import FEW, best_few, ranks
from matching.engine.world import World


@dataclass(frozen=True)
class Suggestions:
    """One row a suggested pair, sorted by request id, then rank; every array of length k.

    request_ids, mentor_ids int64. rank int32: 1 is the best score; a recommended mentor may rank below the
    first five. recommended bool, one a request at most. score int16. components int16 (k, len(COMPONENTS)),
    which sum to the score.
    """

    request_ids: Array
    mentor_ids: Array
    rank: Array
    recommended: Array
    score: Array
    components: Array
    shared: Shared

    def __len__(self) -> int:
        return len(self.request_ids)


@dataclass(frozen=True)
class Night:
    """The night's answer. `timings` are seconds by stage; everything else depends on the people alone."""

    request_ids: Array  # int64 (N,), ascending
    eligible: Array  # int32 (N,): mentors that may be suggested to each request
    recommended: Array  # int64 (N,): mentor id for each request, or -1
    suggestions: Suggestions
    without: Reasons  # requests without a recommended mentor
    certificate: Certificate
    timings: dict[str, float] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        return {
            "requests": len(self.request_ids),
            "with_suggestions": int((self.eligible > 0).sum()),
            "recommended": int((self.recommended >= 0).sum()),
            "suggestions": len(self.suggestions),
        }


def run(
    mentors: MentorArrays,
    mentees: MenteeArrays,
    blocked: Any,
    settings: Sequence[Settings],
    *,
    tied: Any = None,
    few: int = FEW,
) -> Night:
    """The best five for every request and one recommended assignment, explained and certified.

    blocked: int64 (n, 2) of (mentor id, person id), or None. tied: int64 (n, 2) of (mentor id, organisation
    id), or None. settings: one entry a programme, by programme index. Rows may come in any order and give the
    same answer. Raises EngineError, naming the field, if something does not fit. O(N × M) time; memory one
    byte a pair up to 128 MB.
    """
    timings: dict[str, float] = {}
    with timed(timings, "arrange"):
        world = World.of(mentors, mentees, blocked, settings, tied)
    with timed(timings, "score"):
        board = Board(world)
    with timed(timings, "suggest"):
        best, eligible = best_few(board, few)
    with timed(timings, "assign"):
        assignment = assign(board)
    with timed(timings, "explain"):
        suggestions = _suggestions(board, best, assignment.partner)
        without = reasons(world, np.flatnonzero(assignment.partner < 0))
    ids = np.append(world.mentors.id, -1)
    return Night(
        request_ids=world.mentees.id,
        eligible=eligible,
        recommended=ids[assignment.partner],
        suggestions=suggestions,
        without=without,
        certificate=assignment.certificate,
        timings=timings,
    )


def broken_rules(
    mentor: MentorArrays,
    mentee: MenteeArrays,
    blocked: Any,
    settings: Sequence[Settings],
    *,
    tied: Any = None,
) -> list[str]:
    """The keys of the rules that one mentor and one request, a row each, break; for approving."""
    nought = np.zeros(1, np.int64)
    return broken(World.of(mentor, mentee, blocked, settings, tied).pairs(nought, nought))


def explained(world: World, rows: Array, columns: Array, rank: Array, recommended: Array) -> Suggestions:
    """Suggestions for the pairs (rows[k], columns[k]) with their components and what is shared."""
    they = world.pairs(rows, columns)
    points = components(they)
    return Suggestions(
        request_ids=they.mentee.id,
        mentor_ids=they.mentor.id,
        rank=rank,
        recommended=recommended,
        score=points.sum(axis=1, dtype=np.int16),
        components=points,
        shared=shared(they),
    )


def _suggestions(board: Board, best: Array, partner: Array) -> Suggestions:
    """The best few of each request, and its recommended mentor after them if it is none of them."""
    beyond = np.where((best == partner[:, None]).any(axis=1), -1, partner)
    columns = np.column_stack((best, beyond))
    rows, place = np.nonzero(columns >= 0)
    chosen = columns[rows, place]
    rank = (place + 1).astype(np.int32)
    late = np.flatnonzero(place == best.shape[1])
    rank[late] = ranks(board, rows[late], chosen[late])
    return explained(board.world, rows, chosen, rank, chosen == partner[rows])


@contextmanager
def timed(timings: dict[str, float], stage: str) -> Iterator[None]:
    start = perf_counter()
    yield
    timings[stage] = round(perf_counter() - start, 4)
