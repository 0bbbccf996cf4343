"""Invented people for measurements: skewed as real ones are, the same for the same seed.

Modelled on what a national programme would have: big cities and small towns, popular and rare subjects,
evenings and weekends, more places than young people or fewer.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matching.engine import MenteeArrays, MentorArrays, Settings, reach
from matching.engine.columns import Array
from matching.engine.population import BASIC, ENHANCED, ENHANCED_BARRED, EXPERIENCES, SECTORS, SLOTS, TOPICS

SEED = 7
WIDTH, HEIGHT = 7_000, 13_000  # the national grid, in 100 m
SPREAD = 80  # people live 8 km round the middle of their place (standard deviation)
LANGUAGES = 30
EMPLOYERS, SCHOOLS = 200, 200  # organisations 1 to 200 employ mentors, 201 to 400 know young people
MINUTES = np.array([reach(minutes) for minutes in (30, 45, 60, 90)])
CLEARED = 0.85  # of the mentors have all their checks
WEEKDAY, WEEKEND = (0.10, 0.15, 0.40), (0.30, 0.30, 0.20)  # who is free morning, afternoon, evening
MONDAY_EVENING = 1 << 2  # for the three in a thousand who drew no time: who has none is not ready
AGES = (0.2, 0.3, 0.3, 0.2)
MINORS, ADULTS = 0b0011, 0b1100


class People(NamedTuple):
    """Everybody there is. Only cleared mentors are ready; the engine is given those."""

    mentors: MentorArrays  # all of them
    mentees: MenteeArrays
    blocked: Array  # int64 (k, 2): mentor id, person id
    tied: Array  # int64 (k, 2): mentor id, organisation id
    settings: list[Settings]
    cleared: Array  # bool (M,)

    @property
    def ready(self) -> MentorArrays:
        return self.mentors.take(np.flatnonzero(self.cleared))


def people(
    n: int,
    m: int | None = None,
    seed: int = SEED,
    *,
    places: int | None = None,
    programmes: int | None = None,
) -> People:
    """`n` young people and `m` mentors (as many, if not given), drawn from a seed. O(n + m).

    Towns and programmes grow with the number of people, to 400 and 12: one for 500 and one for 2,000.
    """
    m = n if m is None else m
    places = int(np.clip(n // 500, 3, 400)) if places is None else places
    programmes = int(np.clip(n // 2_000, 1, 12)) if programmes is None else programmes
    draw = Draw(seed, places)
    mentees = _mentees(draw, n, programmes)
    mentors = _mentors(draw, m, programmes)
    pairs = draw.rng.poisson(0.2 * n)
    blocked = np.column_stack((draw.rng.integers(1, m + 1, pairs), draw.rng.integers(1, n + 1, pairs)))
    declared = np.flatnonzero(draw.chance(m, 0.02)) + 1
    tied = np.column_stack((declared, draw.school(len(declared), 1.0)))
    return People(mentors, mentees, blocked, tied, [Settings()] * programmes, draw.chance(m, CLEARED))


class Draw:
    """The dice."""

    def __init__(self, seed: int, places: int) -> None:
        self.rng = np.random.default_rng(seed)
        self.middles = self.rng.integers((400, 400), (WIDTH - 400, HEIGHT - 400), (places, 2))

    def chance(self, n: int, share: float) -> Array:
        return self.rng.random(n) < share

    def popular(self, n: int, kinds: int, skew: float) -> Array:
        """One of `kinds` for each, the first the most popular: Zipf's law; int64 (n,)."""
        edges = np.cumsum(1.0 / np.arange(1, kinds + 1) ** skew)
        return np.searchsorted(edges, self.rng.random(n) * edges[-1], side="right").clip(max=kinds - 1)

    def several(self, n: int, kinds: int, least: int, most: int, skew: float) -> Array:
        """Masks of `least` to `most` picks, of which some may be the same; int64 (n,)."""
        wanted = self.rng.integers(least, most + 1, n)
        masks = np.zeros(n, np.int64)
        for pick in range(most):
            masks |= np.where(pick < wanted, 1 << self.popular(n, kinds, skew), 0)
        return masks

    def each(self, n: int, shares: tuple[float, ...]) -> Array:
        """Masks whose bit k is set for that share of people; int64 (n,)."""
        masks = np.zeros(n, np.int64)
        for bit, share in enumerate(shares):
            masks |= self.chance(n, share).astype(np.int64) << bit
        return masks

    def employer(self, n: int, share: float) -> Array:
        return np.where(self.chance(n, share), 1 + self.popular(n, EMPLOYERS, 1.0), 0)

    def school(self, n: int, share: float) -> Array:
        return np.where(self.chance(n, share), 1 + EMPLOYERS + self.popular(n, SCHOOLS, 1.0), 0)

    def days(self, n: int, mean: float) -> Array:
        return np.minimum(self.rng.exponential(mean, n), 365).astype(np.int64)

    def person(self, n: int) -> dict[str, Array]:
        """What mentors and young people have alike."""
        home = self.middles[self.popular(n, len(self.middles), 1.0)]
        lives = np.clip(home + self.rng.normal(0, SPREAD, (n, 2)), 0, (WIDTH, HEIGHT)).astype(np.int64)
        online = self.chance(n, 0.6)
        in_person = self.chance(n, 0.7) | ~online
        languages = self.chance(n, 0.92).astype(np.int64)
        for share in (0.45, 0.12):
            languages |= np.where(self.chance(n, share), 2 << self.popular(n, LANGUAGES - 1, 1.1), 0)
        slots = self.each(n, (WEEKDAY * 5 + WEEKEND * 2)[:SLOTS])
        return {
            "languages": np.where(languages == 0, 2, languages),
            "slots": np.where(slots == 0, MONDAY_EVENING, slots),
            "experiences": self.each(n, (0.04,) * EXPERIENCES),
            "online": online,
            "in_person": in_person,
            "easting": lives[:, 0],
            "northing": lives[:, 1],
            "travel": np.where(in_person, MINUTES[self.rng.choice(4, n, p=(0.3, 0.3, 0.3, 0.1))], 0),
        }


def _mentees(draw: Draw, n: int, programmes: int) -> MenteeArrays:
    common = draw.person(n)
    known = common["languages"]
    lowest = known & -known
    own = np.where(known == lowest, lowest, known & ~lowest)
    own = own & -own  # their first language besides English, if there is one
    age = draw.rng.choice(4, n, p=AGES)
    return MenteeArrays.of(
        id=np.arange(1, n + 1),
        person=np.arange(1, n + 1),
        programme=draw.popular(n, programmes, 0.8),
        topics=draw.several(n, TOPICS, 1, 4, 0.7),
        sectors=draw.several(n, SECTORS, 1, 3, 0.9),
        required_language=np.where(draw.chance(n, 0.15), own, 0),
        required_gender=np.where(draw.chance(n, 0.1), draw.rng.integers(1, 3, n), 0),
        age_band=1 << age,
        required_check=np.where(age < 2, ENHANCED, BASIC),
        organisation=draw.school(n, 0.8),
        referrer=draw.school(n, 0.4),
        wished=draw.employer(n, 0.1),
        waiting_days=draw.days(n, 45),
        **common,
    )


def _mentors(draw: Draw, m: int, programmes: int) -> MentorArrays:
    serves = 1 << draw.popular(m, programmes, 0.8)
    for share in (0.35, 0.10):
        serves |= np.where(draw.chance(m, share), 1 << draw.popular(m, programmes, 0.8), 0)
    adults_only = draw.chance(m, 0.3)
    school = draw.school(m, 0.03)
    levels = draw.rng.choice((BASIC, ENHANCED, ENHANCED_BARRED), m, p=(0.1, 0.7, 0.2))
    return MentorArrays.of(
        id=np.arange(1, m + 1),
        programmes=serves,
        free_places=draw.rng.choice((1, 2, 3), m, p=(0.7, 0.2, 0.1)),
        topics=draw.several(m, TOPICS, 2, 6, 0.7),
        sectors=draw.several(m, SECTORS, 1, 2, 0.9),
        gender=draw.rng.choice((1, 2, 3), m, p=(0.5, 0.48, 0.02)),
        accepted_ages=np.where(adults_only, ADULTS, MINORS | ADULTS),
        check_level=np.where(adults_only, levels, np.maximum(levels, ENHANCED)),
        employer=np.where(school, school, draw.employer(m, 0.5)),
        partner=draw.employer(m, 0.3),
        idle_days=draw.days(m, 30),
        **draw.person(m),
    )
