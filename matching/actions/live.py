"""Everybody who suits one young person at this moment, beyond the shortlist of the night."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np
from django.db.models import QuerySet

from matching.actions.crowd import Crowd
from matching.actions.explain import Explanation, explain_pairs
from matching.actions.feed import read_everybody
from matching.actions.pack import pack
from matching.actions.pool import Pool
from matching.models.waiting import in_the_pool
from mentees.models import Request
from mentors.models import Mentor

AFRESH = 2_000  # ready mentors of a programme: up to so many are read whenever somebody looks
KEPT_FOR = timedelta(minutes=5)
MOST_KEPT = 8  # programmes
SPARE = 20  # mentors looked at beyond a page, in the place of those who lapsed after the crowd was read


@dataclass(frozen=True)
class Others:
    """One page of mentors, explained as they are now, best first; `more` is the key of the next page."""

    explained: list[Explanation]
    more: str = ""


@dataclass(frozen=True)
class Kept:
    """A large programme's crowd, in this process for some minutes."""

    read_at: datetime
    crowd: Crowd

    def is_good(self, at: datetime) -> bool:
        return timedelta(0) <= at - self.read_at < KEPT_FOR


_kept: dict[tuple[str, int], Kept] = {}


def everyone_for(
    request: Request,
    *,
    at: datetime,
    first: int = 20,
    after: str = "",
    among: QuerySet[Mentor] | None = None,
    apart_from: Collection[int] = (),
) -> Others:
    """The eligible mentors of one request, best first: by score, then by the engine's queue of equals.

    Nobody for a request that is not ready or has a match. `apart_from` are ids of mentors to leave out, such
    as the shortlist's. In a large programme the crowd may be some minutes old, so that somebody who just got
    ready comes later; but whoever is on the page is `among` these mentors, possible and explained as of now.
    """
    asked, crowd = _asked_among(request, at)
    if not len(asked.mentees):
        return Others([])
    best = crowd.best_for(
        asked.mentees, asked.settings, first=first + SPARE, after=after, apart_from=apart_from
    )
    pairs = [(request.pk, int(mentor)) for mentor in best.mentor_ids]
    facts = explain_pairs(pairs, at=at, among=among)
    possible = [n for n, pair in enumerate(pairs) if pair in facts and not facts[pair].why_not]
    page = possible[:first]
    is_all = len(possible) <= first and len(pairs) < first + SPARE
    last = page[-1] if len(possible) > first else len(pairs) - 1
    explained = sorted((facts[pairs[n]] for n in page), key=lambda one: -one.score)
    return Others(explained, "" if is_all else best.keys[last])


def _asked_among(request: Request, at: datetime) -> tuple[Pool, Crowd]:
    """The request as it is now, and the ready mentors of its programme: as they are now, or kept."""
    key = (Request.objects.db, request.programme_id)
    asked = in_the_pool(at).filter(pk=request.pk)
    kept = _kept.get(key)
    if kept is None or not kept.is_good(at):
        places = Mentor.objects.all().ready_places(at).filter(programme=request.programme_id)
        few = list(places.values_list("mentor_id", "programme_id")[: AFRESH + 1])
        if len(few) <= AFRESH:
            pool = pack(Mentor.objects.filter(pk__in=[pk for pk, _ in few]), asked, few, at=at)
            return pool, Crowd.of(pool.mentors, pool.blocked, pool.tied)
        kept = None
    pool = pack(Mentor.objects.none(), asked, [], at=at)
    if kept is None and len(pool.mentees):
        kept = Kept(at, _read_crowd(request, at))
        _keep(key, kept)
    return pool, kept.crowd if kept else Crowd.of(pool.mentors, pool.blocked, pool.tied)


def _read_crowd(request: Request, at: datetime) -> Crowd:
    """All ready mentors of the request's programme. They serve programme 0: it alone is asked about."""
    pool = read_everybody(at=at)
    here = sum(1 << n for n, programme in enumerate(pool.programmes) if programme.pk == request.programme_id)
    mentors = pool.mentors.take(np.flatnonzero(pool.mentors.programmes & np.uint64(here)))
    mentors = replace(mentors, programmes=np.ones(len(mentors), np.uint64))
    return Crowd.of(mentors, pool.blocked, pool.tied)


def _keep(key: tuple[str, int], kept: Kept) -> None:
    """Room for some programmes: the oldest goes, and whatever is past its time."""
    _kept[key] = kept
    by_age = sorted(_kept.copy().items(), key=lambda item: item[1].read_at, reverse=True)
    for n, (other, old) in enumerate(by_age):
        if n >= MOST_KEPT or not old.is_good(kept.read_at):
            _kept.pop(other, None)
