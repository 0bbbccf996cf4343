"""One night: everybody in, the whole answer out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from matching.engine import reference
from matching.engine.certificate import Certificate
from matching.engine.columns import Array
from matching.engine.explain import Reasons
from matching.engine.population import MenteeArrays, MentorArrays
from matching.engine.rules import broken
from matching.engine.settings import Settings
from matching.engine.timing import Stages
from matching.engine.world import World

FEW = 5
# Up to so many pairs numpy answers as soon as the kernels are loaded.
SMALL = 2_000 * 2_000
NOBODY = -1


@dataclass(frozen=True)
class Shortlists:
    """The best mentors of every request, best first; row k belongs to Night.request_ids[k].

    mentor_ids int64 (N, few), -1 where there are no more. score int16 (N, few), -1 there. points uint8
    (N, few, len(COMPONENTS)), which sum to the score, 0 there.
    """

    mentor_ids: Array
    score: Array
    points: Array


@dataclass(frozen=True)
class Night:
    """The night's answer. `timings` are seconds by stage; everything else depends on the people alone."""

    request_ids: Array  # int64 (N,), ascending
    shortlists: Shortlists
    recommended: Array  # int64 (N,): mentor id for each request, or -1
    recommended_score: Array  # int16 (N,), or -1
    recommended_points: Array  # uint8 (N, len(COMPONENTS))
    without: Reasons  # requests without a recommended mentor
    certificate: Certificate
    timings: dict[str, float] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        return {
            "requests": len(self.request_ids),
            "with_suggestions": int((self.shortlists.mentor_ids[:, :1] >= 0).sum()),
            "recommended": int((self.recommended >= 0).sum()),
            "suggestions": int((self.shortlists.mentor_ids >= 0).sum()),
        }


def run(
    mentors: MentorArrays,
    mentees: MenteeArrays,
    blocked: Any,
    settings: Sequence[Settings],
    *,
    tied: Any = None,
    few: int = FEW,
    told: Callable[[str], object] = lambda stage: None,
    compiled: bool | None = None,
) -> Night:
    """The best five for every request and one recommended assignment, explained and certified.

    blocked: int64 (n, 2) of (mentor id, person id), or None. tied: int64 (n, 2) of (mentor id, organisation
    id), or None. settings: one entry a programme, by programme index. Rows may come in any order and give the
    same answer. `compiled` chooses the kernels or numpy; left alone, the size does. `told` hears each stage
    begin. Raises EngineError, naming the field, if something does not fit.
    """
    stages = Stages(told)
    with stages.of("arrange"):
        world = World.of(mentors, mentees, blocked, settings, tied)
    n, m = world.shape
    if compiled is None:
        compiled = n * m > SMALL
    if compiled:
        from matching.engine import kernels  # numba is loaded only where it is needed

        answer = kernels.answer(world, few, stages)
    else:
        answer = reference.answer(world, few, stages)
    ids = np.append(world.mentors.id, NOBODY)
    return Night(
        request_ids=world.mentees.id,
        shortlists=Shortlists(ids[answer.lists], _scores(answer.lists, answer.points), answer.points),
        recommended=ids[answer.partner],
        recommended_score=_scores(answer.partner, answer.own_points),
        recommended_points=answer.own_points,
        without=answer.without,
        certificate=answer.certificate,
        timings=stages.seconds,
    )


def _scores(columns: Array, points: Array) -> Array:
    return np.where(columns >= 0, points.sum(axis=-1, dtype=np.int16), np.int16(NOBODY))


def warm() -> None:
    """Compile the kernels ahead of the first large night; see `kernels.warm`."""
    from matching.engine import kernels

    kernels.warm()


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
