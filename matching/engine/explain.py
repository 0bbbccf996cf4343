"""Why this pair, and why nobody: true data that sentences can name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from matching.engine.columns import Array
from matching.engine.population import FARTHEST, SLOTS, MenteeArrays
from matching.engine.rules import READY, RULES, can_meet_in_person, can_meet_online, eligible, first_broken
from matching.engine.score import components
from matching.engine.world import Pairs, World

SHARED = ("topics", "sectors", "slots", "languages", "experiences")
ONLINE, IN_PERSON = 1, 2  # bits of `ways`
BLOCKED_ROWS = 64


@dataclass(frozen=True)
class Shared:
    """What the two of each pair have in common; every array (k,).

    topics, sectors, slots, languages, experiences: uint32 masks. ways: uint8, bit 1 online, 2 in person.
    distance: int32 in units of 100 m, rounded down, -1 unknown. wish: bool, the mentor is one of those wished
    for.
    """

    topics: Array
    sectors: Array
    slots: Array
    languages: Array
    experiences: Array
    ways: Array
    distance: Array
    wish: Array


def shared(they: Pairs) -> Shared:
    """What a list of pairs has in common."""
    masks = {name: getattr(they.mentor, name) & getattr(they.mentee, name) for name in SHARED}
    squared = they.distance_squared
    wished = they.mentee.wished
    return Shared(
        **masks,
        ways=can_meet_online(they).astype(np.uint8) * ONLINE
        + can_meet_in_person(they).astype(np.uint8) * IN_PERSON,
        distance=np.where(squared < 0, -1, np.sqrt(np.maximum(squared, 0))).astype(np.int32),
        wish=(wished != 0) & ((they.mentor.employer == wished) | (they.mentor.partner == wished)),
    )


@dataclass(frozen=True)
class Explained:
    """A list of pairs: points uint8 (k, len(COMPONENTS)), their sum, and what is shared."""

    points: Array
    score: Array
    shared: Shared


def explained(world: World, rows: Array, columns: Array) -> Explained:
    """The pairs (rows[k], columns[k]) explained, whether they may meet or not."""
    they = world.pairs(rows, columns)
    points = components(they)
    return Explained(points.astype(np.uint8), points.sum(axis=1, dtype=np.int16), shared(they))


@dataclass(frozen=True)
class Change:
    """Something a young person could change: its key, how it is said after "7 more if", and how."""

    key: str
    said: str
    made: Callable[[MenteeArrays], MenteeArrays]


def _all(column: Array, value: int) -> Array:
    return np.full_like(column, value)


CHANGES: tuple[Change, ...] = (
    Change("online", "you could meet online", lambda m: replace(m, online=_all(m.online, 1))),
    Change(
        "travel",
        "you could travel twice as far",
        lambda m: replace(m, travel=np.minimum(m.travel * 2, FARTHEST)),
    ),
    Change("time", "you had more free times", lambda m: replace(m, slots=_all(m.slots, 2**SLOTS - 1))),
    Change(
        "language",
        "no language were required",
        lambda m: replace(m, required_language=_all(m.required_language, 0)),
    ),
    Change(
        "gender", "any gender were fine", lambda m: replace(m, required_gender=_all(m.required_gender, 0))
    ),
)


@dataclass(frozen=True)
class Reasons:
    """Why requests are without a recommended mentor; one row each, sorted by request id.

    request_ids int64 (k,). ready int32 (k,): mentors of the programme with a place. eligible int32 (k,): if
    above 0, every place went to others. failures int32 (k, len(RULES)): mentors by the first rule that
    excludes them. gains int32 (k, len(CHANGES)): how many more would be eligible with that one change.
    """

    request_ids: Array
    ready: Array
    eligible: Array
    failures: Array
    gains: Array

    def __len__(self) -> int:
        return len(self.request_ids)


def reasons(world: World, rows: Array) -> Reasons:
    """The reasons in numbers for the requests in `rows`. O(rows × M × len(CHANGES)), one block of memory."""
    m = world.shape[1]
    failures = np.zeros((len(rows), len(RULES)), np.int32)
    gains = np.zeros((len(rows), len(CHANGES)), np.int32)
    for start in range(0, len(rows), BLOCKED_ROWS):
        part = slice(start, start + BLOCKED_ROWS)
        they = world.crossed(rows[part])
        failures[part] = first_broken(they)
        before = eligible(they).sum(axis=1)
        for c, change in enumerate(CHANGES):
            # A fresh object, so that nothing remembered of the request as it is comes along.
            gains[part, c] = eligible(replace(they, mentee=change.made(they.mentee))).sum(axis=1) - before
    unready = failures[:, [rule.key in READY for rule in RULES]].sum(axis=1, dtype=np.int32)
    return Reasons(
        world.mentees.id[rows], m - unready, m - failures.sum(axis=1, dtype=np.int32), failures, gains
    )
