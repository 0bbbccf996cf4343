"""One pair explained: the score of this moment, where it comes from, and what the two share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from matching.actions.pack import pack
from matching.actions.words import Vocabulary
from matching.engine import COMPONENTS
from matching.engine.night import explained
from matching.models import Match
from mentees.models import Request
from mentors.models import Mentor


@dataclass(frozen=True)
class Explanation:
    """Points by component, their sum, and what is shared, in names."""

    score: int
    components: dict[str, int]
    shared: dict[str, Any]


def explain_pair(request: Request, mentor: Mentor, *, at: datetime, of: Match | None = None) -> Explanation:
    """Score one pair afresh, whether or not it may be; `why_not` says that."""
    pool = pack(
        Mentor.objects.filter(pk=mentor.pk),
        Request.objects.filter(pk=request.pk),
        [(mentor.pk, request.programme_id)],
        at=at,
        apart_from=of,
    )
    world = pool.world()
    first = np.array([0])
    pair = explained(world, first, first, rank=np.array([1]), recommended=np.array([True]))
    return Explanation(
        int(pair.score[0]), points_of(pair.components[0]), Vocabulary.read().shared(pair.shared, 0)
    )


def points_of(row: Any) -> dict[str, int]:
    """One row of the engine's components as points by key; what brings nothing is left out."""
    return {c.key: int(p) for c, p in zip(COMPONENTS, row, strict=True) if p}
