"""The certificate of an assignment, checked against every pair."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from matching.engine.certificate import Certificate
from matching.engine.columns import Array
from matching.engine.reference.board import Board


def offers(board: Board, worth: Array, prices: Array) -> Iterator[tuple[int, int, Array]]:
    """What each mentor would be to each request after the price of a place: (start, stop, int64 (B, M)).

    worth, int64 (N,), is what being matched at all brings. Pairs that break a rule are -1, and so is every
    offer below 0, because it is worse than staying alone. One block of memory.
    """
    for start, stop, scores in board.blocks():
        net = scores + (worth[start:stop, None] - prices[None, :])
        yield start, stop, np.where(scores >= 0, np.maximum(net, -1), -1)


def certify(
    board: Board, bonus: Array, per_match: int, partner: Array, prices: Array, *, ties_settled: bool
) -> Certificate:
    """The certificate of an assignment, from prices alone: it trusts no solver.

    Weak duality: with any prices of 0 or more, no assignment is worth more than the sum over requests of
    their best offer after prices, plus the sum over mentors of free places × price. K = `per_match` is above
    all points that could be given together, so the bound splits into K × matched + points. int64 throughout,
    O(N × M).
    """
    n, m = board.world.shape
    places = board.world.mentors.free_places.astype(np.int64)
    paired = np.flatnonzero(partner >= 0)
    bound = int((places * prices).sum())
    points = int(bonus[paired].sum())
    for start, _, net in offers(board, bonus + per_match, prices) if m else ():
        bound += int(np.maximum(net.max(axis=1), 0).sum())
        mine = paired[(paired >= start) & (paired < start + len(net))]
        scores = board.rows(start, start + len(net))[mine - start, partner[mine]]
        if (scores < 0).any():
            raise AssertionError("a recommended pair breaks a rule")
        points += int(scores.sum(dtype=np.int64))
    if (np.bincount(partner[paired], minlength=m) > places).any():
        raise AssertionError("a mentor was given more than their places")
    return Certificate(
        matched=len(paired),
        matched_possible=min(bound // per_match, n),
        points=points,
        points_possible=bound - per_match * len(paired),
        ties_settled=ties_settled,
    )
