"""The score: whole points from components that each stop growing, 100 at most.

Each component is a function of mentors and requests that broadcast, giving int16 points. They always sum to
the score; none ever looks at ethnicity, faith, disability or a postcode as such.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from matching.engine.columns import Array
from matching.engine.masks import COUNTED, Counted
from matching.engine.rules import can_meet_in_person, eligible
from matching.engine.settings import Settings
from matching.engine.world import Pairs

NOT_ELIGIBLE = -1


def in_common(part: Counted) -> Callable[[Pairs], Array]:
    """Points for each bit of the mask that both have, after the first few, up to a most."""

    def points(they: Pairs) -> Array:
        count = np.bitwise_count(they.common(part.mask))
        further = count - np.minimum(count, np.uint8(part.beyond))
        counted: Array = np.minimum(further, they.weights[part.most]).astype(np.int16)
        return counted * they.weights[part.each]

    return points


def closeness(they: Pairs) -> Array:
    """Bands of distance, for two who can meet in person."""
    squared = they.distance_squared
    points: Array = np.zeros(squared.shape, np.int16)
    for upto, worth in reversed(they.weights.bands()):
        # An empty band reaches to -1, whose square is 1: it must not catch neighbours.
        points = np.where((upto >= 0) & (squared <= upto * upto), worth, points)
    return np.where(can_meet_in_person(they), points, np.int16(0))


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


def _counted(part: Counted) -> Component:
    return Component(
        part.key, part.label, in_common(part), lambda s: getattr(s, part.each) * getattr(s, part.most)
    )


_BY_KEY = {part.key: _counted(part) for part in COUNTED}

# In the order in which people read them.
COMPONENTS: tuple[Component, ...] = (
    _BY_KEY["topics"],
    _BY_KEY["sectors"],
    _BY_KEY["times"],
    Component("closeness", "Closeness", closeness, lambda s: max((p for _, p in s.closeness), default=0)),
    _BY_KEY["experience"],
    _BY_KEY["languages"],
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
