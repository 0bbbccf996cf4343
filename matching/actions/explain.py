"""Pairs explained as they are now: the score, where it comes from, what they share, what forbids them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from django.db.models import QuerySet

from matching.actions.gates import SENTENCES
from matching.actions.pack import Pool, pack
from matching.actions.words import Vocabulary
from matching.engine import COMPONENTS, RULES, explained
from matching.models import Match
from mentees.models import Request
from mentors.models import Mentor

# Of a mentor who no longer serves the programme, or whose check, training or pause says no at the moment.
NOT_READY = "Not ready in this programme at the moment."

Pair = tuple[int, int]  # request id, mentor id


@dataclass(frozen=True)
class Explanation:
    """Points by component, their sum, what is shared, in names; why the pair may not be, empty if it may.

    `mentor` is the row that the queryset gave, so that a page needs not ask for it again.
    """

    mentor: Mentor
    score: int
    components: dict[str, int]
    shared: dict[str, Any]
    why_not: str = ""


def explain_pair(request: Request, mentor: Mentor, *, at: datetime, of: Match | None = None) -> Explanation:
    """Score one pair afresh, whether or not it may be; `why_not` of the gates says that in full."""
    pool = pack(
        Mentor.objects.filter(pk=mentor.pk),
        Request.objects.filter(pk=request.pk),
        [(mentor.pk, request.programme_id)],
        at=at,
        apart_from=of,
    )
    return _explained(pool, [(request.pk, mentor.pk)])[request.pk, mentor.pk]


def explain_pairs(
    pairs: Collection[Pair], *, at: datetime, among: QuerySet[Mentor] | None = None
) -> dict[Pair, Explanation]:
    """Pairs as they are at this moment, in four queries, however many.

    Left out is whoever is not there any more, or not `among` these mentors, and requests of a programme whose
    settings make no sense. Says nothing of whether the request itself is ready; `in_the_pool` does.
    """
    if not pairs:
        return {}
    ids = {mentor for _, mentor in pairs}
    requests = Request.objects.filter(pk__in={request for request, _ in pairs})
    mentors = (Mentor.objects.all() if among is None else among).filter(pk__in=ids)
    places = Mentor.objects.filter(pk__in=ids).ready_places(at).values_list("mentor_id", "programme_id")
    return _explained(pack(mentors, requests, places, at=at), pairs)


def _explained(pool: Pool, pairs: Collection[Pair]) -> dict[Pair, Explanation]:
    world = pool.world()
    rows = {pk: n for n, pk in enumerate(world.mentees.id.tolist())}
    columns = {pk: n for n, pk in enumerate(world.mentors.id.tolist())}
    here = [(request, mentor) for request, mentor in pairs if request in rows and mentor in columns]
    if not here:
        return {}
    row = np.array([rows[request] for request, _ in here])
    column = np.array([columns[mentor] for _, mentor in here])
    they, found = world.pairs(row, column), explained(world, row, column)
    holds = {rule.key: rule.holds(they) for rule in RULES}
    words = Vocabulary.read()
    return {
        pair: Explanation(
            pool.rows[pair[1]],
            int(found.score[n]),
            {c.key: int(p) for c, p in zip(COMPONENTS, found.points[n], strict=True) if p},
            words.shared(found.shared, n),
            next((_sentence(key) for key, held in holds.items() if not held[n]), ""),
        )
        for n, pair in enumerate(here)
    }


def _sentence(key: str) -> str:
    return NOT_READY if key == "programme" else SENTENCES[key]
