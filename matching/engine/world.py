"""One night's world: who there is, who must not meet whom, and pairs of them in any shape."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self, TypeVar

import numpy as np

from matching.engine.columns import Array
from matching.engine.errors import FieldOutOfRange, GivenTwice, WrongShape
from matching.engine.masks import MASKS
from matching.engine.places import different, row_of
from matching.engine.population import NOWHERE, MenteeArrays, MentorArrays
from matching.engine.settings import Settings, Weights

BLOCK = 1 << 18  # pairs looked at together: a dozen columns of them stay in the cache


Rows = TypeVar("Rows", MentorArrays, MenteeArrays)


@dataclass(frozen=True)
class Pairs:
    """Mentors and requests of shapes that broadcast: (n,) with (n,) pair by pair, (1, M) with (B, 1) a block.

    `tied` and `blocked` are booleans of the broadcast shape; `weights` have the shape of the requests.
    """

    mentor: MentorArrays
    mentee: MenteeArrays
    weights: Weights
    tied: Array
    blocked: Array

    def common(self, mask: str) -> Array:
        """The bits of a mask that both have; uint32."""
        kind = MASKS[mask]
        both: Array = kind.mentor(self.mentor) & kind.mentee(self.mentee)
        return both

    @cached_property
    def distance_squared(self) -> Array:
        """int32, units of (100 m)²; -1 where either place is unknown."""
        known = (self.mentor.easting != NOWHERE) & (self.mentor.northing != NOWHERE)
        known = known & (self.mentee.easting != NOWHERE) & (self.mentee.northing != NOWHERE)
        east = self.mentor.easting - self.mentee.easting
        north = self.mentor.northing - self.mentee.northing
        return np.where(known, east * east + north * north, np.int32(-1))


@dataclass(frozen=True)
class World:
    """Mentors by tie-break (idle longest, then id), requests by id, so that row order never matters.

    `blocked`: sorted int64 cells, request row × number of mentors + mentor column. `ties`: int64 (k, 2),
    (mentor column, organisation id), declared ties and employers.
    """

    mentors: MentorArrays
    mentees: MenteeArrays
    weights: Weights
    blocked: Array
    ties: Array

    @classmethod
    def of(
        cls,
        mentors: MentorArrays,
        mentees: MenteeArrays,
        blocked: Any,
        settings: Sequence[Settings],
        tied: Any = None,
    ) -> Self:
        """A world from rows in any order.

        blocked: int64 (n, 2), (mentor id, person id). tied: int64 (n, 2), (mentor id, organisation id). Ids
        that are not in the world are passed over. settings[p] belongs to programme index p. Raises
        EngineError. O(rows log rows).
        """
        if len(mentees) and int(mentees.programme.max()) >= len(settings):
            raise FieldOutOfRange("programme", int(mentees.programme.max()), 0, len(settings) - 1)
        if np.any(mentees.required_language & (mentees.required_language - (mentees.required_language > 0))):
            raise WrongShape("required_language: more than one bit given, 1 fits")
        _refuse_twice(mentees)
        mentors = _in_order(mentors, -mentors.idle_days)
        mentees = _in_order(mentees, np.zeros(len(mentees), np.int8))
        columns, organisations = known(tied, mentors.id)
        employed = np.flatnonzero(mentors.employer)
        ties = (
            np.concatenate((columns, employed)),
            np.concatenate((organisations, mentors.employer[employed])),
        )
        return cls(
            mentors,
            mentees,
            Weights.from_settings(settings),
            cells(*known(blocked, mentors.id), len(mentors), (mentees.person,)),
            np.stack(ties, axis=1),
        )

    @cached_property
    def tied(self) -> Array:
        """The cells of those kept apart by a school, group, referrer or employer; sorted like `blocked`."""
        keys = (self.mentees.organisation, self.mentees.referrer)
        return cells(self.ties[:, 0], self.ties[:, 1], len(self.mentors), keys)

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.mentees), len(self.mentors)

    def pairs(self, rows: Array, columns: Array) -> Pairs:
        """The pairs (rows[k], columns[k]); shape (n,)."""
        mentee = self.mentees.take(rows)
        wanted = rows.astype(np.int64) * len(self.mentors) + columns
        return Pairs(
            self.mentors.take(columns),
            mentee,
            self.weights.of(mentee.programme),
            _are_among(wanted, self.tied),
            _are_among(wanted, self.blocked),
        )

    def block(self, start: int, stop: int) -> Pairs:
        """Every mentor for the requests start to stop; shape (stop - start, M)."""
        return self.crossed(np.arange(start, stop))

    def crossed(self, rows: Array) -> Pairs:
        """Every mentor for the requests in `rows`; shape (len(rows), M)."""
        mentee = self.mentees.take(rows).shaped(len(rows), 1)
        return Pairs(
            self.mentors.shaped(1, len(self.mentors)),
            mentee,
            self.weights.of(mentee.programme),
            self._grid(self.tied, rows),
            self._grid(self.blocked, rows),
        )

    def spans(self, pairs: int = BLOCK) -> Iterator[tuple[int, int]]:
        """The requests cut into runs of about `pairs` pairs, so that memory does not grow with the world."""
        n, m = self.shape
        step = max(1, pairs // max(1, m))
        for start in range(0, n, step):
            yield start, min(n, start + step)

    def _grid(self, marked: Array, rows: Array) -> Array:
        m = len(self.mentors)
        grid = np.zeros((len(rows), m), np.bool_)
        first, last = np.searchsorted(marked, rows * m), np.searchsorted(marked, (rows + 1) * m)
        for k in np.flatnonzero(last > first):
            grid[k, marked[first[k] : last[k]] - rows[k] * m] = True
        return grid


def _are_among(wanted: Array, ordered: Array) -> Array:
    """Which of the cells are among those in order. Nothing is sorted again: there may be millions of ties."""
    if not len(ordered):
        return np.zeros(len(wanted), np.bool_)
    place = np.searchsorted(ordered, wanted)
    return ordered[np.minimum(place, len(ordered) - 1)] == wanted


def _in_order(rows: Rows, first: Array) -> Rows:
    """The rows by `first`, then id; the same arrays, not copies, where they stand so already."""
    later = (first[1:] > first[:-1]) | ((first[1:] == first[:-1]) & (rows.id[1:] > rows.id[:-1]))
    return rows if later.all() else rows.take(np.lexsort((rows.id, first)))


def _refuse_twice(mentees: MenteeArrays) -> None:
    order = np.lexsort((mentees.programme, mentees.person))
    person, programme = mentees.person[order], mentees.programme[order]
    if np.any((person[1:] == person[:-1]) & (programme[1:] == programme[:-1])):
        raise GivenTwice("person: a person asks twice in one programme")


def known(pairs: Any, mentor_ids: Array) -> tuple[Array, Array]:
    """Of pairs (mentor id, another id) those whose mentor is here: mentor columns and the others; int64.

    Another id of 0 means "none" and is never met. O(p + M) where ids are dense.
    """
    table = np.asarray([] if pairs is None else pairs)
    if not table.size:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    if table.ndim != 2 or table.shape[1] != 2 or table.dtype.kind not in "iu":
        raise WrongShape(f"pairs: shape {table.shape} of {table.dtype} given, (n, 2) of int64 fits")
    table = table.astype(np.int64)
    place = row_of(table[:, 0], mentor_ids)
    is_here = (place >= 0) & (table[:, 1] != 0)
    return place[is_here], table[is_here, 1]


def cells(columns: Array, wanted: Array, mentors: int, keys: tuple[Array, ...]) -> Array:
    """The cells (request row, mentor column) where the id wanted is one of the request's keys; sorted int64.

    O(p log N + found) by sorted joins.
    """
    found = []
    # In order, so that one search begins where the one before it has just been.
    order = np.argsort(wanted)
    columns, wanted = columns[order], wanted[order]
    for key in keys:
        rows = np.argsort(key, kind="stable")
        ordered = key[rows]
        first = np.searchsorted(ordered, wanted, "left")
        count = np.searchsorted(ordered, wanted, "right") - first
        step = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        row = rows[np.repeat(first, count) + step]
        found.append(row.astype(np.int64) * mentors + np.repeat(columns, count))
    return different(np.concatenate(found))
