"""One recommended assignment for all programmes together: most young people, then most points, then ties."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.engine.certificate import Certificate
from matching.engine.columns import Array
from matching.engine.reference.board import Board
from matching.engine.reference.certify import certify, offers
from matching.engine.reference.transport import Edges, Plan, best_plan
from matching.engine.settings import MOST, waiting_bonus

EDGES = 6_000_000  # pairs handed to the solver at once
LIST = 24  # mentors on a request's first list when not all pairs fit
MORE = 16  # mentors added to a list that turned out too short
ROUNDS = 60


@dataclass(frozen=True)
class Assignment:
    """partner: column of each request's mentor in the world, or -1; int64 (N,)."""

    partner: Array
    certificate: Certificate


def assign(board: Board, edges_at_once: int = EDGES, rounds: int = ROUNDS) -> Assignment:
    """The assignment that matches most young people, among those has most points (scores and waiting
    bonuses), and among those matches the longest waiting, then lowest ids, on mentors who were idle longest.

    Points alone would sometimes leave a second young person out to please the first, so being matched is
    worth a constant K more: one above all points that could ever be given together, so the order is exact,
    not merely likely.

    All eligible pairs go to the solver if they fit; else lists, which grow where prices show that somebody
    off the list would be better (column generation). When nobody is, the answer is optimal over all pairs.
    """
    world = board.world
    n, m = world.shape
    capacity = world.mentors.free_places.astype(np.int64)
    bonus = waiting_bonus(world.weights.of(world.mentees.programme), world.mentees.waiting_days)
    per_match = MOST * min(n, int(capacity.sum())) + int(bonus.sum()) + 1
    worth = bonus + per_match
    if not n or not m:
        nobody = np.full(n, -1, np.int64)
        return Assignment(
            nobody, certify(board, bonus, per_match, nobody, np.zeros(m, np.int64), ties_settled=True)
        )

    most = max(1, edges_at_once // n)
    lists = _lists(
        board, worth, np.zeros(m, np.int64), np.full(n, -1), most if most >= m else min(LIST, most)
    )
    plan = best_plan(n, capacity, lists)
    for _ in range(rounds if most < m else 0):
        wanted = _lists(board, worth, plan.prices, plan.profits, MORE)
        if not len(wanted.row):
            break
        lists = _joined(lists, wanted, m)
        plan = best_plan(n, capacity, lists)

    certificate = certify(board, bonus, per_match, plan.partner, plan.prices, ties_settled=False)
    tight = _tight(board, worth, plan, edges_at_once) if certificate.is_exact else None
    if tight is None:
        return Assignment(plan.partner, certificate)
    partner = settle_ties(board, plan, tight, capacity)
    return Assignment(partner, certify(board, bonus, per_match, partner, plan.prices, ties_settled=True))


def settle_ties(board: Board, plan: Plan, tight: Edges, capacity: Array) -> Array:
    """Among all equally good assignments, the one for the longest waiting, then the mentors idle longest.

    The equally good ones are those that use tight pairs only (offer = profit), match everybody with a profit
    and fill every place with a price (complementary slackness). Who can be matched together is a matroid, so
    the greatest sum of ranks is at once the greatest for the first in the queue, then for the second, and so
    on.
    """
    n, m = board.world.shape
    mentees = board.world.mentees
    queue = np.empty(n, np.int64)
    queue[np.lexsort((mentees.id, -mentees.waiting_days))] = np.arange(n, 0, -1)
    idle = np.arange(m, 0, -1, dtype=np.int64)  # the world keeps mentors in that order
    nobody, free = np.zeros(n, np.int64), np.zeros(m, np.int64)
    must = n * max(n, m) + 1  # outweighs every rank there is, so that no profit and no price is given up
    row, column = tight.row, tight.column
    for row_rank, column_rank in ((queue, free), (nobody, idle)):
        needed = (plan.profits > 0)[row].astype(np.int64) + (plan.prices > 0)[column]
        # Each pair gets 1 at least, because the solver knows gains above 0 only; all answers are of one size.
        edges = Edges(row, column, must * needed + row_rank[row] + column_rank[column])
        plan = best_plan(n, capacity, edges)
        keep = edges.gain == plan.profits[row] + plan.prices[column]
        row, column = row[keep], column[keep]
    return plan.partner


def _lists(board: Board, worth: Array, prices: Array, profits: Array, most: int) -> Edges:
    """The `most` best pairs of each request whose offer beats its profit; gains before prices."""
    m = board.world.shape[1]
    last = np.arange(m - 1, -1, -1, dtype=np.int64)
    rows, columns, gains = [], [], []
    for start, _, net in offers(board, worth, prices):
        better = net > profits[start : start + len(net), None]
        if most < m and better.any():
            key = np.where(better, net * m + last, -1)
            better &= key >= np.partition(key, m - most, axis=1)[:, m - most, None]
        row, column = np.nonzero(better)
        rows.append(row + start)
        columns.append(column)
        gains.append(net[row, column] + prices[column])
    return Edges(np.concatenate(rows), np.concatenate(columns), np.concatenate(gains))


def _joined(one: Edges, other: Edges, m: int) -> Edges:
    """Both lists as one, sorted by request; they have no pair in common, or the same gain for it."""
    cell = np.concatenate((one.row, other.row)) * m + np.concatenate((one.column, other.column))
    cell, first = np.unique(cell, return_index=True)
    return Edges(cell // m, cell % m, np.concatenate((one.gain, other.gain))[first])


def _tight(board: Board, worth: Array, plan: Plan, most: int) -> Edges | None:
    """All pairs whose offer equals the profit, or None if there are more than `most`."""
    found = []
    count = 0
    for start, stop, net in offers(board, worth, plan.prices):
        row, column = np.nonzero(net == plan.profits[start:stop, None])
        found.append((row + start, column))
        count += len(row)
        if count > most:
            return None
    rows, columns = (np.concatenate(part) for part in zip(*found, strict=True))
    return Edges(rows, columns, np.ones(count, np.int64))
