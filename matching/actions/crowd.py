"""The ready mentors of one programme, prepared so that one young person’s best are found in milliseconds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from matching.engine import MenteeArrays, MentorArrays, Settings
from matching.engine.columns import Array
from matching.engine.rules import eligible
from matching.engine.score import score
from matching.engine.settings import MOST, Weights
from matching.engine.ties import queue_starts
from matching.engine.world import Pairs, World, known


@dataclass(frozen=True)
class Ranked:
    """Mentors for one request, best first; and for each the key after which the list goes on."""

    mentor_ids: Array  # int64
    scores: Array  # int16
    keys: list[str]


@dataclass(frozen=True)
class Crowd:
    """Mentors in the engine's queue, and what stands between them and others. Arrays only: nobody's name.

    `blocked` and `ties` are int64 (k, 2): a mentor's column with the id of a person, or of an organisation.
    """

    mentors: MentorArrays
    blocked: Array
    ties: Array

    @classmethod
    def of(cls, mentors: MentorArrays, blocked: Any, tied: Any) -> Self:
        """Put mentors in order once, for every request that will be asked about. O(M log M)."""
        nobody_asks = World.of(mentors, MenteeArrays.of(), None, [Settings()], tied)
        columns, people = known(blocked, nobody_asks.mentors.id)
        return cls(nobody_asks.mentors, np.stack((columns, people), axis=1), nobody_asks.ties)

    def best_for(
        self,
        asked: MenteeArrays,
        settings: list[Settings],
        *,
        first: int,
        after: str = "",
        apart_from: Any = (),
    ) -> Ranked:
        """`first` best eligible mentors of the one request in `asked`, from the one after the key `after`.

        By score, then by the engine's queue of equals; `apart_from` are ids of mentors to leave out. Rules
        and points are the engine's reference formulas. O(M) in a few passes over the columns.
        """
        m = len(self.mentors)
        they = self._everybody(asked, Weights.from_settings(settings).of(asked.programme))
        columns = np.flatnonzero(eligible(they))
        columns = columns[~np.isin(self.mentors.id[columns], np.array(list(apart_from), np.int64))]
        scores = score(_narrowed(they, columns))
        places = (columns - queue_starts(asked.id, m)[0]) % max(1, m)
        # One whole number each, the smaller the better, so that equals keep their order from page to page.
        order = _order(scores.astype(np.int64), places, m)
        key = _read(after)
        left = np.flatnonzero(order > _order(*key, m)) if key else np.arange(len(order))
        if len(left) > first:
            left = left[np.argpartition(order[left], first)[:first]]
        best = left[np.argsort(order[left])]
        keys = [f"{points}-{place}" for points, place in zip(scores[best], places[best], strict=True)]
        return Ranked(self.mentors.id[columns[best]], scores[best], keys)

    def _everybody(self, asked: MenteeArrays, weights: Weights) -> Pairs:
        """Every mentor with the one request; shape (M,)."""
        tied, blocked = (np.zeros(len(self.mentors), np.bool_) for _ in range(2))
        ours = np.concatenate((asked.organisation, asked.referrer))
        tied[self.ties[np.isin(self.ties[:, 1], ours), 0]] = True
        blocked[self.blocked[np.isin(self.blocked[:, 1], asked.person), 0]] = True
        return Pairs(self.mentors, asked, weights, tied, blocked)


def _narrowed(they: Pairs, columns: Array) -> Pairs:
    return Pairs(
        they.mentor.take(columns), they.mentee, they.weights, they.tied[columns], they.blocked[columns]
    )


def _order(score: Any, place: Any, mentors: int) -> Any:
    return (MOST - score) * max(1, mentors) + place


def _read(key: str) -> tuple[int, int] | None:
    """The score and the place in the queue that a key holds; None for one that we did not write."""
    score, _, place = key.partition("-")
    is_ours = all(part.isascii() and part.isdigit() and len(part) < 9 for part in (score, place))
    return (int(score), int(place)) if is_ours else None
