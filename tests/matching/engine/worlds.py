"""Small invented worlds, drawn from a seed so that Hypothesis can shrink them to one number."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from matching.engine import MenteeArrays, MentorArrays, Settings
from matching.engine.columns import Array
from matching.engine.reference.board import Board
from matching.engine.world import World


def bits(rng: np.random.Generator, n: int, width: int, chance: float) -> Array:
    """n masks, each bit set with the chance given."""
    return ((rng.random((n, width)) < chance) @ (1 << np.arange(width, dtype=np.int64))).astype(np.int64)


@dataclass(frozen=True)
class Invented:
    mentors: MentorArrays
    mentees: MenteeArrays
    blocked: Array
    tied: Array
    settings: list[Settings] = field(default_factory=lambda: [Settings()])

    def world(self) -> World:
        return World.of(self.mentors, self.mentees, self.blocked, self.settings, self.tied)

    def board(self) -> Board:
        return Board(self.world())

    def shuffled(self, seed: int) -> Invented:
        rng = np.random.default_rng(seed)
        return replace(
            self,
            mentors=self.mentors.take(rng.permutation(len(self.mentors))),
            mentees=self.mentees.take(rng.permutation(len(self.mentees))),
            blocked=rng.permutation(self.blocked),
            tied=rng.permutation(self.tied),
        )


def invent(seed: int, requests: int, mentors: int, programmes: int = 2) -> Invented:
    """A world in which every rule excludes somebody and ties are common."""
    rng = np.random.default_rng(seed)
    n, m = requests, mentors

    def either(size: int, chance: float) -> Array:
        return rng.random(size) < chance

    organisations = 5
    people, programme = np.arange(1, n + 1), rng.integers(0, programmes, n)
    if programmes > 1:  # every third request is by the person of the one before, in another programme
        again = np.arange(2, n, 3)
        people[again] = people[again - 1]
        programme[again] = (programme[again - 1] + 1) % programmes
    return Invented(
        mentors=MentorArrays.of(
            id=rng.permutation(m) + 1,
            programmes=np.maximum(bits(rng, m, programmes, 0.7), 1),
            free_places=rng.choice([0, 1, 2, 3], m, p=[0.1, 0.6, 0.2, 0.1]),
            topics=bits(rng, m, 24, 0.15),
            sectors=bits(rng, m, 32, 0.1),
            languages=bits(rng, m, 31, 0.05) | either(m, 0.9),
            slots=bits(rng, m, 21, 0.2),
            experiences=bits(rng, m, 16, 0.1),
            online=either(m, 0.6),
            in_person=either(m, 0.7),
            easting=np.where(either(m, 0.9), rng.integers(3700, 4000, m), -1),
            northing=rng.integers(3800, 4100, m),
            travel=rng.integers(30, 200, m),
            gender=rng.integers(0, 4, m),
            accepted_ages=bits(rng, m, 4, 0.85),
            check_level=rng.choice([1, 2, 3], m, p=[0.1, 0.6, 0.3]),
            employer=rng.integers(0, organisations, m),
            partner=rng.integers(0, organisations, m),
            idle_days=rng.integers(0, 4, m) * 10,
        ),
        mentees=MenteeArrays.of(
            id=rng.permutation(n) + 1001,
            person=people,
            programme=programme,
            topics=bits(rng, n, 24, 0.12),
            sectors=bits(rng, n, 32, 0.08),
            languages=bits(rng, n, 31, 0.05) | either(n, 0.9),
            required_language=np.where(either(n, 0.05), 2, 0),
            slots=bits(rng, n, 21, 0.25),
            experiences=bits(rng, n, 16, 0.1),
            online=either(n, 0.6),
            in_person=either(n, 0.7),
            easting=np.where(either(n, 0.9), rng.integers(3700, 4000, n), -1),
            northing=rng.integers(3800, 4100, n),
            travel=rng.integers(30, 200, n),
            required_gender=rng.choice([0, 1, 2], n, p=[0.8, 0.1, 0.1]),
            age_band=1 << rng.integers(0, 4, n),
            required_check=rng.choice([1, 2, 3], n, p=[0.4, 0.5, 0.1]),
            organisation=rng.integers(0, organisations, n),
            referrer=rng.integers(0, organisations, n),
            wished=rng.choice([0, 0, 0, 1, 2, 3], n),
            waiting_days=rng.choice([0, 7, 20, 55, 56, 70, 200], n),
        ),
        blocked=np.column_stack((rng.integers(1, m + 2, n // 3 + 1), rng.integers(1, n + 2, n // 3 + 1))),
        tied=np.column_stack(
            (rng.integers(1, m + 2, m // 3 + 1), rng.integers(0, organisations + 1, m // 3 + 1))
        ),
        settings=[Settings(), Settings(topic=5, slot=1, closeness=((50, 8),), meets_online=False)][
            :programmes
        ],
    )


def alike(seed: int, requests: int, mentors: int) -> Invented:
    """A world of very few different people, so that many assignments are equally good."""
    rng = np.random.default_rng(seed)
    few = invent(seed, 3, 3, programmes=1)
    mentees = few.mentees.take(rng.integers(0, 2, requests))
    return replace(
        few,
        mentors=replace(
            few.mentors.take(rng.integers(0, 2, mentors)),
            id=rng.permutation(mentors) + 1,
            idle_days=rng.integers(0, 3, mentors),
            accepted_ages=np.full(mentors, 15, np.uint32),
            check_level=np.full(mentors, 3, np.int8),
            employer=np.zeros(mentors, np.int64),
            online=np.ones(mentors, np.bool_),
        ),
        mentees=replace(
            mentees,
            id=rng.permutation(requests) + 1001,
            person=np.arange(requests) + 101,
            online=np.ones(requests, np.bool_),
            waiting_days=rng.integers(0, 3, requests).astype(np.int32),
        ),
        blocked=few.blocked[:0],
        tied=few.tied[:0],
    )
