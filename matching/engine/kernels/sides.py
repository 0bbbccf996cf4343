"""Both sides of a night as the kernels want them: people as planes, places, queues of equals, trees."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from matching.engine.columns import Array
from matching.engine.errors import TooMany
from matching.engine.kernels.asking import NEAR, ONLINE, TIE_BITS, Apart, Seekers, Tariff
from matching.engine.kernels.forest import CELL, CELLS, Forest, plant
from matching.engine.kernels.planes import FIRST, PLANES, WISH
from matching.engine.masks import COUNTED, MASKS
from matching.engine.population import NOWHERE, MenteeArrays
from matching.engine.settings import BANDS, Weights
from matching.engine.ties import queue_starts
from matching.engine.world import World


@dataclass(frozen=True)
class Side:
    """One side: the people who look, and the same people as trees to be looked through.

    Mentors stand as in the world, idle longest first; requests by the longest wait, then id.
    """

    ids: Array
    planes: Array
    programmes: Array
    meets: Array
    x: Array
    y: Array
    travel: Array
    tied: Array  # bool (n,): may have ties to somebody's school or referrer
    alike: Array  # uint64 (n,): neighbours in this order have sectors and topics in common

    def __len__(self) -> int:
        return len(self.ids)

    def seekers(self, others: int) -> Seekers:
        start = queue_starts(self.ids, others).astype(np.int32)
        return Seekers(
            self.planes, self.programmes, self.meets.view(np.uint8), self.x, self.y, self.travel**2, start
        )

    @cached_property
    def orders(self) -> tuple[Array, Array]:
        """Rows of those who meet in person by place, then likeness; of those who meet online by likeness."""
        by_likeness = np.argsort(self.alike, kind="stable").astype(np.int32)
        cell = (self.x // CELL) * CELLS + self.y // CELL
        by_place = by_likeness[np.argsort(cell[by_likeness], kind="stable")]
        return by_place[self.meets[by_place, NEAR]], by_likeness[self.meets[by_likeness, ONLINE]]

    @cached_property
    def tours(self) -> tuple[Array, Array]:
        """The same rows by programme first, so that those who look one after another open the same leaves."""
        near, online = (order[np.argsort(self.programmes[order], kind="stable")] for order in self.orders)
        return near, online

    def forests(self, programmes: int) -> tuple[Forest, Forest]:
        """The trees by programme, for meeting in person and online."""
        near, online = (self._trees(order, programmes) for order in self.orders)
        places = (self.x, self.y, self.travel)
        return (
            plant(self.planes, near, places, self.tied, near=True),
            plant(self.planes, online, places, self.tied, near=False),
        )

    def _trees(self, order: Array, programmes: int) -> list[Array]:
        served = self.programmes[order]
        return [order[(served >> np.uint64(p) & np.uint64(1)) != 0] for p in range(programmes)]


@dataclass(frozen=True)
class Sides:
    """A world for the kernels. `queue` gives the world's row for each request, longest wait first."""

    world: World
    mentors: Side
    mentees: Side
    programme: Array  # int32 (mentees,)
    queue: Array
    tariff: Tariff

    @classmethod
    def of(cls, world: World) -> Sides:
        """O(people log people)."""
        mentors = world.mentors
        queue = np.lexsort((world.mentees.id, -world.mentees.waiting_days))
        mentees = world.mentees.take(queue)
        if max(len(mentors), len(mentees)) >= 2**TIE_BITS:
            raise TooMany(max(len(mentors), len(mentees)), 2**TIE_BITS - 1)
        wished = np.unique(mentees.wished[mentees.wished != 0])
        # Who has no place serves nobody, so stands in no tree and looks through none.
        served = np.where(mentors.free_places > 0, mentors.programmes, 0).astype(np.uint64)
        is_own = np.isin(mentors.employer, wished) | np.isin(mentors.partner, wished)
        tied = np.zeros(len(mentors), np.bool_)
        tied[_ties_that_matter(world.ties, mentees)[:, 0]] = True
        return cls(
            world,
            _side(mentors, _planes(mentors, "mentor", is_own), served, tied),
            mentee_side(mentees),
            mentees.programme.astype(np.int32),
            queue,
            _tariff(world.weights),
        )

    @property
    def programmes(self) -> int:
        return len(self.tariff.points)


def mentee_side(mentees: MenteeArrays) -> Side:
    """Requests as a side, in the order they are given."""
    one = np.uint64(1) << mentees.programme.astype(np.uint64)
    known = (mentees.organisation != 0) | (mentees.referrer != 0)
    return _side(mentees, _planes(mentees, "mentee", mentees.wished != 0), one, known)


def _side(people: object, planes: Array, programmes: Array, tied: Array) -> Side:
    get = people.__getattribute__
    is_somewhere = (get("easting") != NOWHERE) & (get("northing") != NOWHERE)
    likeness = (get("sectors").astype(np.uint64) << np.uint64(32)) | _reversed(get("topics"))
    return Side(
        get("id"),
        planes,
        programmes,
        np.ascontiguousarray(np.stack((get("in_person") & is_somewhere, get("online")), axis=1)),
        get("easting"),
        get("northing"),
        get("travel"),
        tied,
        likeness,
    )


def _planes(people: object, side: str, wish: Array) -> Array:
    """uint8 (n, PLANES)."""
    planes = np.zeros((len(wish), PLANES), np.uint8)
    for name, mask in MASKS.items():
        bits = np.ascontiguousarray(getattr(mask, side)(people), dtype="<u4").view(np.uint8).reshape(-1, 4)
        wide = (mask.bits + 7) // 8
        planes[:, FIRST[name] : FIRST[name] + wide] = bits[:, :wide]
    planes[:, WISH] = wish
    return planes


def _reversed(topics: Array) -> Array:
    """Topics with the commonest, which have the lowest bits, first."""
    turned = np.zeros(len(topics), np.uint64)
    for bit in range(32):
        turned |= ((topics >> np.uint32(bit)) & np.uint32(1)).astype(np.uint64) << np.uint64(31 - bit)
    return turned


def _tariff(weights: Weights) -> Tariff:
    names = [part.each for part in COUNTED] + [part.most for part in COUNTED] + ["wish"]
    points = np.stack([np.minimum(weights[name], 255) for name in names], axis=1).astype(np.uint8)
    bands = np.zeros((len(points), 2 * BANDS), np.int32)
    bands[:, :BANDS] = -1
    given = weights.bands()
    for b, (upto, worth) in enumerate(given):
        farther = given[b + 1][1] if b + 1 < len(given) else 0
        bands[:, b] = np.where(upto >= 0, upto * upto, -1)
        bands[:, BANDS + b] = np.where(upto >= 0, worth - farther, 0)
    meets = np.stack((weights["meets_in_person"], weights["meets_online"]), axis=1).astype(np.bool_)
    return Tariff(points, bands, bands[:, BANDS:].sum(axis=1, dtype=np.int32), meets)


def apart(sides: Sides, *, seekers_are_mentors: bool) -> Apart:
    """What stands between people, by kernel rows."""
    world = sides.world
    m, n = len(world.mentors), len(world.mentees)
    place = np.empty(n, np.int64)
    place[sides.queue] = np.arange(n)
    mentee, mentor = place[world.blocked // max(m, 1)], world.blocked % max(m, 1)
    looks, found, count = (mentor, mentee, m) if seekers_are_mentors else (mentee, mentor, n)
    blocked_of, blocked = _lists(looks, found, count)
    mentees = world.mentees.take(sides.queue)
    ties = _ties_that_matter(world.ties, mentees)
    codes = np.unique(np.concatenate((mentees.organisation, mentees.referrer, mentees.wished, [0])))
    tie = _codes(codes, ties[:, 1])
    tied_of, tied = _lists(ties[tie > 0, 0], tie[tie > 0], m)
    return Apart(
        blocked_of,
        blocked,
        tied_of,
        tied,
        _codes(codes, mentees.organisation),
        _codes(codes, mentees.referrer),
        _codes(codes, mentees.wished),
        _codes(codes, world.mentors.employer),
        _codes(codes, world.mentors.partner),
        seekers_are_mentors,
    )


def _ties_that_matter(ties: Array, mentees: MenteeArrays) -> Array:
    """The ties, int64 (k, 2) of mentor row and organisation, to somebody's school, group or referrer."""
    theirs = np.unique(np.concatenate((mentees.organisation, mentees.referrer)))
    return ties[np.isin(ties[:, 1], theirs)]


def _codes(known: Array, ids: Array) -> Array:
    """Small numbers for organisations that matter; 0 for none and for those that never do."""
    place = np.searchsorted(known, ids)
    place[place == len(known)] = 0
    return np.where(known[place] == ids, place, 0).astype(np.int32)


def _lists(rows: Array, values: Array, n: int) -> tuple[Array, Array]:
    order = np.lexsort((values, rows))
    starts = np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=n))))
    return starts.astype(np.int64), values[order].astype(np.int32)
