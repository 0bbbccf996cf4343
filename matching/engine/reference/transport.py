"""Who goes where for the most gain: an exact assignment with places, and the prices that prove it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from matching.engine.columns import Array

EXACT = 2**53  # float64 holds every whole number up to here


class NotExact(ArithmeticError):
    """The gains are too large for the solver's arithmetic, or its answer failed the check."""


@dataclass(frozen=True)
class Edges:
    """Possible pairs: row and column indices, a gain of 1 or more; int64 (E,), sorted by row, none twice."""

    row: Array
    column: Array
    gain: Array


@dataclass(frozen=True)
class Plan:
    """partner: column of each row, or -1, int64 (N,). prices: of one place, int64 (M,), 0 where places are
    left.

    profits: what each row has over the price it pays, int64 (N,), 0 where it is alone. By linear-programming
    duality sum(profits) + sum(capacity × prices) = the gain of the plan, and no plan over the edges can have
    more.
    """

    partner: Array
    prices: Array
    profits: Array


def best_plan(rows: int, capacity: Array, edges: Edges) -> Plan:
    """The plan of greatest total gain: each row in one pair at most, each column in `capacity` at most.

    Places become columns of their own and every row gets one of gain 0 for staying alone; then Jonker and
    Volgenant's shortest augmenting paths for sparse matrices (LAPJVsp, in scipy) find the optimum. All sums
    are whole numbers below 2**53, so its float64 arithmetic is exact. O(rows × E log E) at worst, near linear
    on real lists.
    """
    partner = np.full(rows, -1, np.int64)
    if len(edges.gain):
        top = int(edges.gain.max()) + 1
        if top * (rows + 1) >= EXACT:
            raise NotExact(f"gains up to {top} for {rows} requests do not fit {EXACT}")
        copies = capacity[edges.column]
        first = np.cumsum(capacity) - capacity
        copy = np.arange(copies.sum()) - np.repeat(np.cumsum(copies) - copies, copies)
        place = np.repeat(first[edges.column], copies) + copy
        places = int(capacity.sum())
        everyone = np.arange(rows)
        # Costs, because 0 means "no edge"; every answer has as many edges, so the shift is fair.
        graph = csr_array(
            (
                np.concatenate((np.repeat(top - edges.gain, copies), np.full(rows, top))).astype(np.float64),
                (
                    np.concatenate((np.repeat(edges.row, copies), everyone)),
                    np.concatenate((place, places + everyone)),
                ),
            ),
            shape=(rows, places + rows),
        )
        who, where = min_weight_full_bipartite_matching(graph)
        housed = where < places
        of_place = np.repeat(np.arange(len(capacity)), capacity)
        partner[who[housed]] = of_place[where[housed]]
    return priced(rows, capacity, edges, partner)


def priced(rows: int, capacity: Array, edges: Edges, partner: Array) -> Plan:
    """The lowest prices at which everybody in an optimal plan is content, or NotExact if there are none.

    Bellman and Ford's method: raise a price to what the keenest row elsewhere would pay, until nothing rises.
    A row is looked at again only when its own place became dearer. O(M × E) at worst.
    """
    m = len(capacity)
    prices = np.zeros(m, np.int64)
    start = np.searchsorted(edges.row, np.arange(rows + 1))
    mine = np.zeros(rows, np.int64)
    own = partner[edges.row] == edges.column
    mine[edges.row[own]] = edges.gain[own]
    paired = partner >= 0
    sitting = np.argsort(partner, kind="stable")  # rows by the column they are in
    seats = np.searchsorted(partner, np.arange(m + 1), sorter=sitting)
    active = np.arange(rows)
    for _ in range(m + 2):
        if not len(active):
            break
        profit = np.where(paired[active], mine[active] - prices[partner[active]], 0)
        index, owner = _runs(start[active], start[active + 1])
        before = prices.copy()
        np.maximum.at(prices, edges.column[index], edges.gain[index] - profit[owner])
        index, _ = _runs(seats[:-1][prices > before], seats[1:][prices > before])
        active = sitting[index]
    plan = Plan(
        partner, prices, np.where(paired, mine - prices[partner], 0) if m else np.zeros(rows, np.int64)
    )
    used = np.bincount(partner[paired], minlength=m)
    if len(active) or (plan.profits < 0).any() or (prices[used < capacity] > 0).any():
        raise NotExact("no prices support the plan")
    return plan


def _runs(start: Array, stop: Array) -> tuple[Array, Array]:
    """The indices of the runs start to stop, one after another, and which run each belongs to."""
    length = stop - start
    owner = np.repeat(np.arange(len(length)), length)
    return np.arange(length.sum()) - np.repeat(np.cumsum(length) - length, length) + np.repeat(
        start, length
    ), owner
