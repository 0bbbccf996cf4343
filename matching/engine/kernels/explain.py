"""Where the points of chosen pairs come from, and why there is nobody: compiled, from the same masks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numba import njit, prange

from matching.engine.columns import Array
from matching.engine.explain import CHANGES, Reasons
from matching.engine.kernels.asking import NEAR, ONLINE, Apart
from matching.engine.kernels.planes import BEYOND, COUNTED_SPANS, GATE_SPANS, N_COUNTED, N_GATES, PLANES
from matching.engine.kernels.sides import Side, Sides, mentee_side
from matching.engine.kernels.vector import at
from matching.engine.masks import COUNTED
from matching.engine.rules import RULES
from matching.engine.score import COMPONENTS
from matching.engine.settings import BANDS

PLACE = tuple([c.key for c in COMPONENTS].index(part.key) for part in COUNTED)
CLOSENESS = [c.key for c in COMPONENTS].index("closeness")
WISH_MET = [c.key for c in COMPONENTS].index("wish")
N_COMPONENTS = len(COMPONENTS)

PROGRAMME, PLACE_LEFT, MEETING, FIRST_GATE, TIE, BLOCK = (
    [rule.key for rule in RULES].index(key)
    for key in ("programme", "place", "meeting", "time", "tie", "block")
)
N_RULES = len(RULES)
BUDGET = 1 << 25  # pairs looked at for reasons in one night


class _People(NamedTuple):
    """Addresses of one side."""

    planes: Any
    meets: Any
    x: Any
    y: Any
    reach: Any


@njit(error_model="numpy", boundscheck=False, forceinline=True)
def _addresses(people: Any) -> Any:
    return _People(at(people.planes), at(people.meets), at(people.x), at(people.y), at(people.reach))


@njit(error_model="numpy", boundscheck=False, forceinline=True)
def _bits(byte: int) -> int:
    byte -= (byte >> 1) & 0x55
    byte = (byte & 0x33) + ((byte >> 2) & 0x33)
    return (byte + (byte >> 4)) & 0x0F


@njit(error_model="numpy", boundscheck=False, forceinline=True)
def _squared(mentor: Any, j: int, mentee: Any, i: int) -> int:
    """The square of the distance if both can meet in person and travel it, else -1."""
    if not (mentor.meets[2 * j + NEAR] and mentee.meets[2 * i + NEAR]):
        return -1
    dx, dy = mentor.x[j] - mentee.x[i], mentor.y[j] - mentee.y[i]
    squared = dx * dx + dy * dy
    return squared if squared <= min(mentor.reach[j], mentee.reach[i]) else -1


@njit(parallel=True, cache=True, error_model="numpy", boundscheck=False)
def _points(
    mentors: Any, mentees: Any, programme: Any, tariff: Any, apart: Any, lists: Any, out: Any
) -> None:
    for i in prange(lists.shape[0]):
        mentor, mentee = _addresses(mentors), _addresses(mentees)
        p = programme[i]
        wished = apart.wished[i]
        for k in range(lists.shape[1]):
            j = lists[i, k]
            if j < 0:
                continue
            for f in range(N_COUNTED):
                count = 0
                for plane in range(COUNTED_SPANS[f][0], COUNTED_SPANS[f][1]):
                    count += _bits(int(mentor.planes[j * PLANES + plane] & mentee.planes[i * PLANES + plane]))
                count = min(max(count - BEYOND[f], 0), int(tariff.points[p, N_COUNTED + f]))
                out[i, k, PLACE[f]] = count * int(tariff.points[p, f])
            squared = _squared(mentor, j, mentee, i)
            if squared >= 0 and tariff.meets[p, NEAR]:
                for b in range(BANDS):
                    if squared <= tariff.bands[p, b]:
                        out[i, k, CLOSENESS] += tariff.bands[p, BANDS + b]
            if wished and (apart.employer[j] == wished or apart.partner[j] == wished):
                out[i, k, WISH_MET] = tariff.points[p, 2 * N_COUNTED]


def points_of(sides: Sides, apart: Apart, lists: Array) -> Array:
    """Points by component of the pairs (row, lists[row, k]), 0 where nobody is; uint8 (N, k, components).

    Rows in kernel order. O(pairs × planes).
    """
    out = np.zeros((*lists.shape, N_COMPONENTS), np.uint8)
    m, n = sides.mentors.seekers(1), sides.mentees.seekers(1)
    _points(m, n, sides.programme, sides.tariff, apart, lists, out)
    return out


@njit(error_model="numpy", boundscheck=False, forceinline=True)
def _broken(mentor: Any, j: int, mentee: Any, i: int, is_near: Any, is_online: Any) -> int:
    """The rules about one pair's own facts, as bits, that mentor j and row i of `mentee` break."""
    broken = 0
    may_online = is_online and mentor.meets[2 * j + ONLINE] and mentee.meets[2 * i + ONLINE]
    if not may_online and not (is_near and _squared(mentor, j, mentee, i) >= 0):
        broken |= 1 << MEETING
    for g in range(N_GATES):
        met = 0
        for plane in range(GATE_SPANS[g][0], GATE_SPANS[g][1]):
            met |= int(mentor.planes[j * PLANES + plane] & mentee.planes[i * PLANES + plane])
        if not met:
            broken |= 1 << (FIRST_GATE + g)
    return broken


@njit(error_model="numpy", boundscheck=False, forceinline=True)
def _kept_apart(
    blocked_of: Any, blocked: Any, tied_of: Any, tied: Any, j: int, who: int, school: Any, referrer: Any
) -> int:
    """The rules about the two together, as bits, that mentor j and the request `who` break."""
    broken = 0
    for k in range(blocked_of[who], blocked_of[who + 1]):
        if blocked[k] == j:
            broken |= 1 << BLOCK
    for k in range(tied_of[j], tied_of[j + 1]):
        if tied[k] in (school, referrer):
            broken |= 1 << TIE
    return broken


@njit(parallel=True, cache=True, error_model="numpy", boundscheck=False)
def _count(
    rows: Any, mentors: Any, mentees: Any, changes: Any, programme: Any, members_of: Any, members: Any,
    tariff: Any, apart: Any, failures: Any, gains: Any,
) -> None:  # fmt: skip
    for r in prange(len(rows)):
        mentor, mentee, changed = _addresses(mentors), _addresses(mentees), _addresses(changes)
        blocked_of, blocked = at(apart.blocked_of), at(apart.blocked)
        tied_of, tied = at(apart.tied_of), at(apart.tied)
        who = rows[r]
        p = programme[who]
        school, referrer = apart.school[who], apart.referrer[who]
        is_near, is_online = tariff.meets[p, NEAR], tariff.meets[p, ONLINE]
        for m in range(members_of[p], members_of[p + 1]):
            j = members[m]
            between = _kept_apart(blocked_of, blocked, tied_of, tied, j, who, school, referrer)
            broken = _broken(mentor, j, mentee, who, is_near, is_online) | between
            if not broken:
                continue
            rule = 0
            while not broken >> rule & 1:
                rule += 1
            failures[r, rule] += 1
            if broken == 1 << rule and not between:  # a single rule: one change may be all it takes
                for c in range(gains.shape[1]):
                    if not _broken(mentor, j, changed, r * gains.shape[1] + c, is_near, is_online):
                        gains[r, c] += 1


def reasons(sides: Sides, apart: Apart, rows: Array, budget: int = BUDGET) -> Reasons:
    """Why requests have nobody, as far as the budget of pairs allows, the longest wait first.

    rows: int64 (k,), in kernel order, which is the order of waiting. O(k × mentors of the programme).
    """
    served = sides.mentors.programmes
    members = [np.flatnonzero(served >> np.uint64(p) & np.uint64(1)) for p in range(sides.programmes)]
    sizes = np.array([len(some) for some in members], np.int64)
    work = np.cumsum(sizes[sides.programme[rows]]) if len(rows) else np.empty(0, np.int64)
    rows = rows[: int(np.searchsorted(work, budget, side="right"))]
    people = sides.world.mentees.take(sides.queue[rows])
    every = [mentee_side(change.made(people)) for change in CHANGES]
    changed = _woven(every)
    failures = np.zeros((len(rows), N_RULES), np.int32)
    gains = np.zeros((len(rows), len(CHANGES)), np.int32)
    if len(rows):
        _count(
            rows, sides.mentors.seekers(1), sides.mentees.seekers(1), changed.seekers(1), sides.programme,
            np.concatenate(([0], np.cumsum(sizes))), np.concatenate(members).astype(np.int32),
            sides.tariff, apart, failures, gains,
        )  # fmt: skip
    ready = sizes[sides.programme[rows]].astype(np.int32)
    serving = np.array(
        [
            np.count_nonzero(sides.world.mentors.programmes >> np.uint64(p) & np.uint64(1))
            for p in range(sides.programmes)
        ],
        np.int64,
    )[sides.programme[rows]]
    failures[:, PROGRAMME] = len(sides.mentors) - serving
    failures[:, PLACE_LEFT] = serving - ready
    eligible = len(sides.mentors) - failures.sum(axis=1, dtype=np.int32)
    order = np.argsort(people.id)
    return Reasons(people.id[order], ready[order], eligible[order], failures[order], gains[order])


def _woven(sides: list[Side]) -> Side:
    """The same people in several versions: row r × versions + v."""

    def woven(name: str) -> Array:
        columns: Any = np.stack([getattr(side, name) for side in sides], axis=1)
        return np.ascontiguousarray(columns.reshape(-1, *columns.shape[2:]))

    columns: dict[str, Any] = {name: woven(name) for name in sides[0].__dataclass_fields__}
    return replace(sides[0], **columns)
