"""Where the points of chosen pairs come from, and why there is nobody: compiled, from the same masks.

Pairs come one by one here, and each mentor from another place in memory. So whatever is asked about one
person stands together in sixty-four bytes, a line of the cache.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import int32, njit, prange, uint32, uint64

from matching.engine.columns import Array
from matching.engine.explain import CHANGES, Reasons
from matching.engine.kernels.asking import NEAR, ONLINE, Apart
from matching.engine.kernels.sides import Sides
from matching.engine.kernels.vector import at, first
from matching.engine.masks import COUNTED, GATES, MASKS
from matching.engine.population import NOWHERE, MenteeArrays, MentorArrays
from matching.engine.rules import RULES
from matching.engine.score import COMPONENTS
from matching.engine.settings import BANDS

# What stands where in a person's words of 32 bits: masks, ways of meeting, place, square of the reach; then
# codes of organisations: a mentor's employer and partner, or a request's school, referrer and wish.
WORD = {name: n for n, name in enumerate(MASKS)}
MEETS, X, Y, REACH, ONE, OTHER, WISHED = range(len(WORD), len(WORD) + 7)
WORDS = 16

N_COUNTED, N_GATES, N_COMPONENTS, N_RULES = len(COUNTED), len(GATES), len(COMPONENTS), len(RULES)
COUNTED_WORD = tuple(WORD[part.mask] for part in COUNTED)
GATE_WORD = tuple(WORD[gate.mask] for gate in GATES)
BEYOND = tuple(part.beyond for part in COUNTED)
PLACE = tuple([c.key for c in COMPONENTS].index(part.key) for part in COUNTED)
CLOSENESS = [c.key for c in COMPONENTS].index("closeness")
WISH_MET = [c.key for c in COMPONENTS].index("wish")

PROGRAMME, PLACE_LEFT, MEETING, FIRST_GATE, TIE, BLOCK = (
    [rule.key for rule in RULES].index(key)
    for key in ("programme", "place", "meeting", "time", "tie", "block")
)
FETCHED = 64  # rows whose mentors are fetched together
BUDGET = 1 << 25  # pairs looked at for reasons in one night


def _words(people: MentorArrays | MenteeArrays, side: str, codes: tuple[Array, ...], order: Any) -> Array:
    """People in an order, in which `codes` stand already, a line each; uint32 (n, WORDS)."""
    is_somewhere = (people.easting != NOWHERE) & (people.northing != NOWHERE)
    near = (people.in_person & is_somewhere).astype(np.uint32) << np.uint32(NEAR)
    columns = {WORD[name]: getattr(mask, side)(people) for name, mask in MASKS.items()}
    columns[MEETS] = near | people.online.astype(np.uint32) << np.uint32(ONLINE)
    columns |= {X: people.easting, Y: people.northing, REACH: people.travel**2}
    words = np.zeros((len(people.id[order]), WORDS), np.uint32)
    for n, column in columns.items():
        words[:, n] = column[order]
    for n, code in enumerate(codes):
        words[:, ONE + n] = code
    return words


def _mentors(sides: Sides, apart: Apart) -> Array:
    return _words(sides.world.mentors, "mentor", (apart.employer, apart.partner), slice(None))


def _mentees(sides: Sides, apart: Apart) -> Array:
    codes = (apart.school, apart.referrer, apart.wished)
    return _words(sides.world.mentees, "mentee", codes, sides.queue)


@njit(error_model="numpy", boundscheck=False, forceinline=True)
def _bits(word: Any) -> Any:
    word -= (word >> uint32(1)) & uint32(0x55555555)
    word = (word & uint32(0x33333333)) + ((word >> uint32(2)) & uint32(0x33333333))
    word = (word + (word >> uint32(4))) & uint32(0x0F0F0F0F)
    return int32(uint32(word * uint32(0x01010101)) >> uint32(24))


@njit(error_model="numpy", boundscheck=False, forceinline=True)
def _squared(mentor: Any, j: int, mentee: Any, i: int) -> Any:
    """The square of the distance if both can meet in person and travel it, else -1."""
    if not (mentor[j + MEETS] & mentee[i + MEETS]) >> uint32(NEAR) & uint32(1):
        return int32(-1)
    dx = int32(mentor[j + X]) - int32(mentee[i + X])
    dy = int32(mentor[j + Y]) - int32(mentee[i + Y])
    squared = int32(dx * dx + dy * dy)
    reach = min(int32(mentor[j + REACH]), int32(mentee[i + REACH]))
    return squared if squared <= reach else int32(-1)


@njit(parallel=True, cache=True, error_model="numpy", boundscheck=False)
def _points(mentors: Any, mentees: Any, programme: Any, tariff: Any, lists: Any, out: Any) -> None:
    rows, few = lists.shape
    for block in prange((rows + FETCHED - 1) // FETCHED):
        mentee = at(mentees)
        begin, end = block * FETCHED, min((block + 1) * FETCHED, rows)
        # Fetched together, mentors come out of memory side by side and not one after the other.
        fetched = np.empty((FETCHED * few, WORDS), np.uint32)
        for n in range((end - begin) * few):
            fetched[n] = mentors[max(lists[begin + n // few, n % few], 0)]
        mentor = at(fetched)
        for i in range(begin, end):
            row = i * WORDS
            p = programme[i]
            wished = mentee[row + WISHED]
            for k in range(few):
                if lists[i, k] < 0:
                    continue
                j = ((i - begin) * few + k) * WORDS
                for f in range(N_COUNTED):
                    count = _bits(mentor[j + COUNTED_WORD[f]] & mentee[row + COUNTED_WORD[f]])
                    count = min(max(count - BEYOND[f], 0), int(tariff.points[p, N_COUNTED + f]))
                    out[i, k, PLACE[f]] = count * int(tariff.points[p, f])
                squared = _squared(mentor, j, mentee, row)
                if squared >= 0 and tariff.meets[p, NEAR]:
                    for b in range(BANDS):
                        if squared <= tariff.bands[p, b]:
                            out[i, k, CLOSENESS] += tariff.bands[p, BANDS + b]
                if wished and (mentor[j + ONE] == wished or mentor[j + OTHER] == wished):
                    out[i, k, WISH_MET] = tariff.points[p, 2 * N_COUNTED]


def points_of(sides: Sides, apart: Apart, lists: Array) -> Array:
    """Points by component of the pairs (row, lists[row, k]), 0 where nobody is; uint8 (N, k, components).

    Rows in kernel order. O(pairs × masks).
    """
    out = np.zeros((*lists.shape, N_COMPONENTS), np.uint8)
    _points(_mentors(sides, apart), _mentees(sides, apart), sides.programme, sides.tariff, lists, out)
    return out


@njit(error_model="numpy", boundscheck=False, forceinline=True)
def _broken(mentor: Any, j: int, mentee: Any, i: int, is_near: Any, is_online: Any) -> int:
    """The rules about one pair's own facts, as bits, that the mentor and the request at these words break."""
    broken = 0
    may_online = is_online and (mentor[j + MEETS] & mentee[i + MEETS]) >> uint32(ONLINE) & uint32(1)
    if not may_online and not (is_near and _squared(mentor, j, mentee, i) >= 0):
        broken |= 1 << MEETING
    for g in range(N_GATES):
        if not mentor[j + GATE_WORD[g]] & mentee[i + GATE_WORD[g]]:
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
    some: Any, rows: Any, members: Any, mentors: Any, mentees: Any, changes: Any, helps: Any, meets: Any,
    apart: Any, failures: Any, gains: Any,
) -> None:  # fmt: skip
    """Count for the requests rows[some] of one programme; `mentors` are its members alone, in a row."""
    is_near, is_online = meets[NEAR], meets[ONLINE]
    for n in prange(len(some)):
        mentor, mentee, changed = at(mentors), at(mentees), at(changes)
        blocked_of, blocked = at(apart.blocked_of), at(apart.blocked)
        tied_of, tied = at(apart.tied_of), at(apart.tied)
        r = some[n]
        who = rows[r]
        school, referrer = apart.school[who], apart.referrer[who]
        for m in range(len(members)):
            j = int(members[m])
            between = _kept_apart(blocked_of, blocked, tied_of, tied, j, who, school, referrer)
            broken = _broken(mentor, m * WORDS, mentee, r * WORDS, is_near, is_online) | between
            if not broken:
                continue
            rule = first(uint64(broken))
            failures[r, rule] += 1
            if broken == 1 << rule:  # a single rule: one change may be all it takes
                left = helps[r, rule]
                while left:
                    c = first(uint64(left))
                    left &= left - 1
                    version = (r * gains.shape[1] + c) * WORDS
                    if not _broken(mentor, m * WORDS, changed, version, is_near, is_online):
                        gains[r, c] += 1


def reasons(sides: Sides, apart: Apart, rows: Array, budget: int = BUDGET) -> Reasons:
    """Why requests have nobody, as far as the budget of pairs allows, the longest wait first.

    rows: int64 (k,), in kernel order, which is the order of waiting. O(k × mentors of the programme).
    """
    mentors = sides.world.mentors
    with_a_place = np.where(mentors.free_places > 0, mentors.programmes, np.uint64(0))
    members = _served(with_a_place, len(sides.tariff.points))
    sizes = np.array([len(some) for some in members], np.int64)
    work = np.cumsum(sizes[sides.programme[rows]]) if len(rows) else np.empty(0, np.int64)
    rows = rows[: int(np.searchsorted(work, budget, side="right"))]
    people = sides.world.mentees.take(sides.queue[rows])
    codes = tuple(column[rows] for column in (apart.school, apart.referrer, apart.wished))
    asked, *changed = [
        _words(some, "mentee", codes, slice(None))
        for some in (people, *(change.made(people) for change in CHANGES))
    ]
    versions, helps = np.stack(changed, axis=1), _helps(asked, changed)
    failures = np.zeros((len(rows), N_RULES), np.int32)
    gains = np.zeros((len(rows), len(CHANGES)), np.int32)
    everyone = _mentors(sides, apart)
    for programme in range(len(sizes)):
        some = np.flatnonzero(people.programme == programme)
        if len(some):
            here, meets = members[programme].astype(np.int32), sides.tariff.meets[programme]
            _count(some, rows, here, everyone[here], asked, versions, helps, meets, apart, failures, gains)
    ready = sizes[people.programme].astype(np.int32)
    serving = np.array([len(some) for some in _served(mentors.programmes, len(sizes))], np.int64)
    failures[:, PROGRAMME] = len(mentors) - serving[people.programme]
    failures[:, PLACE_LEFT] = serving[people.programme] - ready
    eligible = len(mentors) - failures.sum(axis=1, dtype=np.int32)
    order = np.argsort(people.id)
    return Reasons(people.id[order], ready[order], eligible[order], failures[order], gains[order])


def _helps(asked: Array, changed: list[Array]) -> Array:
    """By request and rule, as bits, the changes that touch what the rule looks at; int64 (n, N_RULES)."""
    helps = np.zeros((len(asked), N_RULES), np.int64)
    for c, version in enumerate(changed):
        touched = (version != asked).astype(np.int64) << c
        helps[:, MEETING] |= touched[:, MEETS] | touched[:, REACH]
        for g, word in enumerate(GATE_WORD):
            helps[:, FIRST_GATE + g] |= touched[:, word]
    return helps


def _served(programmes: Array, count: int) -> list[Array]:
    """The rows of the mentors who serve each programme."""
    return [np.flatnonzero(programmes >> np.uint64(p) & np.uint64(1)) for p in range(count)]
