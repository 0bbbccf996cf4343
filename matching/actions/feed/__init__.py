"""Everybody for one night: each fact and each profile is read once and by itself, and put together by id.

Joining a million rows five times costs a database ten times what reading them costs; and what an index holds
needs no table. So each question goes to one table, and the answers meet in numpy.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import numpy as np

from matching.actions.feed.binary import PAIR
from matching.actions.feed.joining import different_pairs
from matching.actions.feed.mentors import Mentors
from matching.actions.feed.reading import Columns, Found, Readings, columns, of_columns, of_ids, together
from matching.actions.feed.requests import Requests
from matching.actions.pool import Pool, settings_of
from matching.engine.columns import Array
from matching.models import Block, Match
from matching.models.match import ENDED_FOR_EVER
from mentees.models import Mentee
from mentors.models import Mentor


def read_everybody(*, at: datetime, told: Callable[[str], Any] = lambda stage: None) -> Pool:
    """Every mentor and request that is ready at this moment, as the engine wants them.

    The same people and numbers as `pack` gives for `Mentor.objects.ready` and `in_the_pool`. A programme
    whose weights make no sense is left out with the reason, and so is whoever has a number that does not fit
    the engine's widths. Raises Misread when the database sends something else than was asked for.
    """
    told("Reading everybody who is ready")
    mentors, requests = Mentors(at), Requests(at)
    found = together({**mentors.readings(), **requests.readings(), **_between()})
    is_ready = requests.ready(found)
    programmes, settings, left_out = settings_of(requests.programmes(found, is_ready))
    people, misfits = mentors.arrays(found, programmes)
    asked, others = requests.arrays(found, is_ready, programmes)
    return Pool(
        mentors=people,
        mentees=asked,
        blocked=_pairs([found["blocks"], found["ended"], _themselves(found)], people.id),
        tied=_pairs([found["ties"]], people.id),
        settings=settings,
        programmes=programmes,
        left_out=left_out,
        misfits={"mentors": misfits, "requests": others},
    )


def _between() -> Readings:
    """What stands between people."""
    ended = Match.objects.filter(status__in=ENDED_FOR_EVER)
    ties = Mentor.tied_to.through.objects
    return {
        "users": of_ids(Mentee.objects.all(), "user"),
        "blocks": of_columns(Block.objects.order_by().values_list("mentor", "mentee"), PAIR),
        "ended": of_columns(ended.order_by().values_list("mentor", "mentee"), PAIR),
        "ties": of_columns(ties.order_by().values_list("mentor", "organisation"), PAIR),
    }


def _themselves(found: Found) -> Columns:
    """Who mentors and asks for a mentor is not their own. They are few, and known by their accounts."""
    user = found["own"]["user"]
    both = Mentor.objects.filter(
        user__in=user[np.isin(user, found["users"])].tolist(), user__mentee__isnull=False
    )
    return columns(both.order_by().values_list("pk", "user__mentee"), PAIR)


def _pairs(found: list[Columns], mentors: Array) -> Array:
    """Different pairs of these mentors, in order, int64 (n, 2)."""
    pairs = np.concatenate([np.column_stack(list(columns.values())) for columns in found])
    return different_pairs(pairs[np.isin(pairs[:, 0], mentors)])
