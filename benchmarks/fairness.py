"""Who waits how long: sixty nights with too few mentors, under three policies for waiting.

Every night the engine recommends; eight in ten pairs say yes, the others are never proposed again; new young
people and new mentors arrive, always fewer places than young people. `make fairness` draws the picture in
docs/matching.md again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from benchmarks.population import People, people
from matching.engine import MenteeArrays, MentorArrays, Night, Settings, run
from matching.engine.columns import Array
from matching.engine.rules import eligible
from matching.engine.world import World

NIGHTS = 60
SAY_YES = 0.8
LIMITS = (45, 70)  # days
EVERYBODY_BEFORE = 60  # days: how far back those who wait on the first night have come


@dataclass(frozen=True)
class Policy:
    """What waiting brings: a name for people, and the weights."""

    name: str
    settings: Settings


POLICIES = (
    Policy("score only", Settings(waiting_week=0, urgent_day=0)),
    Policy("1 point a week", Settings(urgent_day=0)),
    Policy("1 a week, 5 a day from day 56", Settings()),
)
OURS = POLICIES[-1]


@dataclass(frozen=True)
class Size:
    """How many there are on the first night, and how many come every night."""

    waiting: int
    arriving: int
    mentors: int
    arriving_mentors: int
    towns: int
    programmes: int


SMALL = Size(waiting=400, arriving=20, mentors=140, arriving_mentors=10, towns=4, programmes=1)
LARGE = Size(waiting=6_000, arriving=300, mentors=2_000, arriving_mentors=140, towns=12, programmes=3)


class Evening(NamedTuple):
    """What one night left behind. `left` and `passed_over` are people by limit: days they have waited more
    than, of LIMITS.

    left: without a recommendation, though a mentor with a free place suited them when the night began.
    passed_over: of those, the ones who had a mentor whose place is free still, or went to somebody who has
    not waited past the limit. The others had to give way to people who wait as they do.
    """

    waiting: int
    matched: int
    left: dict[int, int]
    passed_over: dict[int, int]


def sixty_nights(policy: Policy, size: Size, seed: int = 5, nights: int = NIGHTS) -> Iterator[Evening]:
    """Each night's evening, in order. The same seed gives every policy the same people."""
    rng = np.random.default_rng(seed)
    n = size.waiting + size.arriving * nights
    m = size.mentors + size.arriving_mentors * nights
    crowd = people(n, m, seed, places=size.towns, programmes=size.programmes)
    came = _arrivals(rng, size.waiting, size.arriving, nights)
    mentor_came = _arrivals(rng, size.mentors, size.arriving_mentors, nights)
    places = np.where(crowd.cleared, crowd.mentors.free_places, 0).astype(np.int8)
    waits = np.ones(n, np.bool_)
    settings = [policy.settings] * size.programmes
    for night in range(nights):
        asking = np.flatnonzero(waits & (came <= night))
        ready = np.flatnonzero((places > 0) & (mentor_came <= night))
        days = (night - came).astype(np.int32)
        idle = (night - mentor_came).astype(np.int32)
        crowd = crowd._replace(settings=settings)
        mentees = replace(crowd.mentees, waiting_days=days).take(asking)
        mentors = replace(crowd.mentors, free_places=places, idle_days=idle).take(ready)
        # The reference proves every night exact; the engine would take the kernels for the larger ones.
        answer = run(mentors, mentees, crowd.blocked, settings, tied=crowd.tied, compiled=False)
        yield _evening(answer, mentors, mentees, crowd)
        paired = np.flatnonzero(answer.recommended >= 0)
        yes = rng.random(len(paired)) < SAY_YES
        agreed, declined = paired[yes], paired[~yes]
        waits[asking[agreed]] = False
        np.subtract.at(places, answer.recommended[agreed] - 1, 1)
        refused = np.column_stack((answer.recommended[declined], mentees.person[declined]))
        crowd = crowd._replace(blocked=np.concatenate((crowd.blocked, refused)))


def _arrivals(rng: np.random.Generator, before: int, nightly: int, nights: int) -> Array:
    """The night on which each came; those who were there before came on nights below 0."""
    return np.concatenate((-rng.integers(0, EVERYBODY_BEFORE, before), np.repeat(np.arange(nights), nightly)))


def _evening(answer: Night, mentors: MentorArrays, mentees: MenteeArrays, crowd: People) -> Evening:
    has_one = answer.recommended >= 0
    left = ~has_one & (answer.shortlists.mentor_ids[:, 0] >= 0)
    past = {limit: mentees.waiting_days > limit for limit in LIMITS}
    rows = np.flatnonzero(left & past[min(LIMITS)])
    world = World.of(mentors, mentees, crowd.blocked, crowd.settings, crowd.tied)
    theirs = eligible(world.crossed(rows))
    passed_over = {}
    for limit in LIMITS:
        may_still = _places(world.mentors) - _taken(world.mentors, answer.recommended[has_one & past[limit]])
        passed_over[limit] = int((theirs[past[limit][rows]] & (may_still > 0)).any(axis=1).sum())
    return Evening(
        waiting=len(mentees),
        matched=int(has_one.sum()),
        left={limit: int((left & past[limit]).sum()) for limit in LIMITS},
        passed_over=passed_over,
    )


def _places(mentors: MentorArrays) -> Array:
    return mentors.free_places.astype(np.int64)


def _taken(mentors: MentorArrays, recommended: Array) -> Array:
    """How often each mentor is among the ids; int64 (M,)."""
    by_id = np.argsort(mentors.id)
    columns = by_id[np.searchsorted(mentors.id, recommended, sorter=by_id)]
    return np.bincount(columns, minlength=len(mentors))


def compare(size: Size, told: Callable[[str], object]) -> dict[str, list[Evening]]:
    """Sixty nights under each policy, by its name."""
    answers = {}
    for policy in POLICIES:
        answers[policy.name] = evenings = list(sixty_nights(policy, size))
        sums = [
            f"{sum(e.left[limit] for e in evenings):,} past {limit} days left,"
            f" {sum(e.passed_over[limit] for e in evenings):,} passed over"
            for limit in LIMITS
        ]
        told(f"{policy.name}: {sum(e.matched for e in evenings):,} recommended; {'; '.join(sums)}")
    return answers
