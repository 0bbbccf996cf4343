"""The score: whole points from components that each stop growing, 100 at most.

Each component is a function of mentors and requests that broadcast, giving int16 points. They always sum to
the score; none ever looks at ethnicity, faith, disability or a postcode as such.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from matching.engine.columns import Array
from matching.engine.rules import can_meet_in_person, eligible
from matching.engine.settings import Settings
from matching.engine.world import Pairs

NOT_ELIGIBLE = -1


def _points(count: Array, each: Array, most: Array) -> Array:
    points: Array = np.minimum(count, most).astype(np.int16) * each
    return points


def help_topics(they: Pairs) -> Array:
    """What the young person would like help with and the mentor can help with."""
    both = np.bitwise_count(they.mentor.topics & they.mentee.topics)
    return _points(both, they.weights["topic"], they.weights["topics_most"])


def sectors(they: Pairs) -> Array:
    """Kinds of work that the mentor knows and the young person dreams of."""
    both = np.bitwise_count(they.mentor.sectors & they.mentee.sectors)
    return _points(both, they.weights["sector"], they.weights["sectors_most"])


def common_times(they: Pairs) -> Array:
    """Slots of the week that both have free."""
    both = np.bitwise_count(they.mentor.slots & they.mentee.slots)
    return _points(both, they.weights["slot"], they.weights["slots_most"])


def closeness(they: Pairs) -> Array:
    """Bands of distance, for two who can meet in person."""
    squared = they.distance_squared
    points: Array = np.zeros(squared.shape, np.int16)
    for upto, worth in reversed(they.weights.bands()):
        # An empty band reaches to -1, whose square is 1: it must not catch neighbours.
        points = np.where((upto >= 0) & (squared <= upto * upto), worth, points)
    return np.where(can_meet_in_person(they), points, np.int16(0))


def shared_experience(they: Pairs) -> Array:
    """Experiences that both chose to tell."""
    both = np.bitwise_count(they.mentor.experiences & they.mentee.experiences)
    return _points(both, they.weights["experience"], they.weights["experiences_most"])


def further_languages(they: Pairs) -> Array:
    """Languages in common beyond the first, which every pair needs anyway."""
    both = np.bitwise_count(they.mentor.languages & they.mentee.languages)
    return _points(both - (both > 0), they.weights["language"], they.weights["languages_most"])


def wish_met(they: Pairs) -> Array:
    """The mentor is one of the organisation whose own mentors come first for this request."""
    wished = they.mentee.wished
    own = (they.mentor.employer == wished) | (they.mentor.partner == wished)
    return np.where((wished != 0) & own, they.weights["wish"], np.int16(0))


@dataclass(frozen=True)
class Component:
    """One part of the score: its key in what we store, its name on screen, its points, the most."""

    key: str
    label: str
    points: Callable[[Pairs], Array]
    most: Callable[[Settings], int]


COMPONENTS: tuple[Component, ...] = (
    Component("topics", "Help topics", help_topics, lambda s: s.topic * s.topics_most),
    Component("sectors", "Sectors", sectors, lambda s: s.sector * s.sectors_most),
    Component("times", "Common times", common_times, lambda s: s.slot * s.slots_most),
    Component("closeness", "Closeness", closeness, lambda s: max((p for _, p in s.closeness), default=0)),
    Component(
        "experience", "Shared experience", shared_experience, lambda s: s.experience * s.experiences_most
    ),
    Component("languages", "Further languages", further_languages, lambda s: s.language * s.languages_most),
    Component("wish", "A wish met", wish_met, lambda s: s.wish),
)


def components(they: Pairs) -> Array:
    """Points by component for a list of pairs; int16 (n, len(COMPONENTS))."""
    return np.stack([component.points(they) for component in COMPONENTS], axis=-1)


def score(they: Pairs) -> Array:
    """The sum of the components, int16 of the broadcast shape, whether the pair may meet or not."""
    total: Array = np.zeros(they.blocked.shape, np.int16)
    for component in COMPONENTS:
        total += component.points(they)
    return total


def score_if_eligible(they: Pairs) -> Array:
    """The score, or -1 where a hard rule is broken; int16 of the broadcast shape."""
    return np.where(eligible(they), score(they), np.int16(NOT_ELIGIBLE))
