"""One assignment: the short side bids, whoever runs out of a list looks again, prices prove it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.engine.certificate import Certificate
from matching.engine.columns import Array
from matching.engine.kernels.auction import NEVER, Lists, Seats, auction
from matching.engine.kernels.forest import NOBODY
from matching.engine.kernels.market import Depth, Market
from matching.engine.settings import MOST

EXACT = 1 << 16  # up to so many bidders the steps are small enough to prove the optimum
COARSE = 24  # steps of a twenty-fourth of a point for more
FIRST_WORTH, WORTH_GROWS = 160, 4  # points that being matched at all is worth, and how that grows
MOST_PRICE = 2**30  # prices are kept in 32 bits where they are searched
BIDS, BIDS_EACH = 20_000_000, 100  # where it stops, with an honest certificate: so many, and so many each
LIST, FIRST_LIST = 10, 6  # entries of a list that is bid from, and of the first
LONG_LIST, FEW_PEOPLE = 128, 4_096  # a small pool can afford lists of nearly everybody
PATIENCE = 40  # rounds of looking again, after which steps double every few rounds
NOTHING = -1
DEPTH = 8  # points below its limit that a list is looked up again, at first
ENOUGH = 4  # people with whom a list looked up again will do
STEPS_END = 8  # points a step may grow to


@dataclass(frozen=True)
class Assigned:
    """partner: int32 (mentees in kernel order,), the mentor of each or -1."""

    partner: Array
    certificate: Certificate
    bids: int
    looks: int


def assign(market: Market, lists: tuple[Array, Array] | None = None) -> Assigned:
    """Most people matched, then most points, within the certificate.

    lists: values in whole points and people, (n, few), of the seekers of the market, if they are known. Being
    matched is worth more and more points until a gap in the prices proves that nobody else can be matched:
    whoever is left over can only reach people above the gap, and those who hold them have nobody below it.
    """
    who = market.bidders
    bidders, items = len(who), len(market.places)
    scale = 1 << max(4, int(bidders).bit_length()) if bidders < EXACT else COARSE
    top = MOST_PRICE // scale - MOST - int(market.bonus.max(initial=0))
    worth = min(FIRST_WORTH, top)
    found = _Auction(market, scale, lists)
    while True:
        found.run(worth)
        if found.is_proven_most(worth) or worth * WORTH_GROWS > top or found.is_stopped:
            break
        worth *= WORTH_GROWS
    return found.assigned(worth, items)


def list_length(seekers: int) -> int:
    return LONG_LIST if seekers <= FEW_PEOPLE else LIST


def first_length(seekers: int) -> int:
    """Of the lists before anybody has bid: many never need more."""
    return LONG_LIST if seekers <= FEW_PEOPLE else FIRST_LIST


def _widened(lists: tuple[Array, Array], scale: int, few: int) -> tuple[Array, Array]:
    """Lists in units of 1 / scale points with room for more, once they are looked up again."""
    n, known = lists[1].shape
    value, item = np.full((n, max(few, known)), NEVER), np.full((n, max(few, known)), NOBODY, np.int32)
    value[:, :known] = np.where(lists[1] >= 0, lists[0] * scale, NEVER)
    item[:, :known] = lists[1]
    return value, item


class _Auction:
    def __init__(self, market: Market, scale: int, lists: tuple[Array, Array] | None) -> None:
        self.market, self.scale = market, scale
        n, bidders = market.seekers, len(market.bidders)
        if lists is None:
            everyone = np.arange(n, dtype=np.int32)
            self.counter = market.open_counter(-market.bonus * scale, scale)
            found = market.best_at(everyone, self.counter, np.full(n, NOTHING), scale, list_length(n))
            self.item = found.item
            self.value = np.where(self.item >= 0, found.value, NEVER)
        else:
            self.counter = market.open_counter(np.zeros(market.items, np.int64), scale)
            self.value, self.item = _widened(lists, scale, list_length(n))
        # A list with room left holds everybody there is.
        last = (self.item if lists is None else lists[1]).shape[1] - 1
        self.limit = np.where(self.item[:, last] >= 0, self.value[:, last], NEVER)
        self.has_any = self.item[:, 0] >= 0
        of = np.concatenate(([0], np.cumsum(market.places)))
        self.seats = Seats(
            of,
            np.zeros(int(of[-1]), np.int64),
            np.full(int(of[-1]), NOBODY, np.int32),
            np.zeros(len(market.places), np.int64),
        )
        self.given = np.full(bidders, NOBODY, np.int32)
        self.worth = np.zeros(bidders, np.int64)
        self.bids = self.looks = 0
        self.is_stopped = False
        self.step = 1
        self.alone = np.zeros(n, np.int64)
        self.depth = np.full(n, DEPTH * scale)
        self.enough = list_length(n) if market.by_mentors else ENOUGH

    def run(self, worth: int) -> None:
        """Bid until everybody has somebody or is better off alone, when being matched is worth so much."""
        market = self.market
        self.alone = -(worth + market.own_bonus) * self.scale
        lists = Lists(self.value, self.item, self.limit, self.alone)
        waiting = np.flatnonzero((self.given < 0) & self.has_any[market.bidders]).astype(np.int32)
        self.given[waiting] = NOBODY
        ring = np.empty(len(market.bidders) + 1, np.int32)
        rounds = 0
        while len(waiting):
            ring[: len(waiting)] = waiting
            # People all alike outbid each other by the smallest step, again and again: let the steps grow.
            # The certificate is computed from the prices alone and stays honest.
            rounds += 1
            if rounds > PATIENCE and rounds % 8 == 0:
                self.step = min(2 * self.step, STEPS_END * self.scale)
            budget = BIDS + BIDS_EACH * len(market.bidders) - self.bids
            again, waiting, bids = auction(
                market.bidders,
                ring,
                len(waiting),
                lists,
                self.seats,
                self.given,
                self.worth,
                self.step,
                budget,
            )
            self.bids += bids
            if bids >= budget:
                self.is_stopped = True
                return
            self._look_again(np.sort(again))
            waiting = np.sort(waiting)

    def _look_again(self, seekers: Array) -> None:
        if not len(seekers):
            return
        self.looks += len(seekers)
        self.counter.mark(self.seats.lowest - self.market.bonus * self.scale)
        few = self.item.shape[1]
        depth = Depth(self.limit[seekers] - self.depth[seekers], self.depth[seekers], self.enough)
        found = self.market.best_at(seekers, self.counter, self.alone[seekers], self.scale, few, depth)
        paid = self.seats.lowest[np.maximum(found.item, 0)]
        self.value[seekers] = np.where(found.item >= 0, found.value + paid, NEVER)
        self.item[seekers] = found.item
        self.limit[seekers] = found.outside
        people = (found.item >= 0).sum(axis=1)
        change = np.where(people == few, -1, np.where(people < few // 3, 1, 0))
        self.depth[seekers] = np.clip(
            np.where(change < 0, self.depth[seekers] // 2, self.depth[seekers] << change),
            self.scale // 2,
            32 * self.scale,
        )

    def is_proven_most(self, worth: int) -> bool:
        """Whether the prices show that nobody else could be matched at all."""
        left_over = (self.given < 0) & self.has_any[self.market.bidders]
        if not left_over.any():
            return True
        net = np.sort(self.seats.lowest - self.market.bonus * self.scale)[::-1]
        step = MOST * self.scale + self.step
        high = int(np.searchsorted(-net, -worth * self.scale, side="right"))
        if not high:
            return False
        edges = np.append(net[high - 1 :], -1)
        edges = np.append(edges[edges > 0], 0)
        return bool((edges[:-1] - edges[1:] > step).any())

    def assigned(self, worth: int, items: int) -> Assigned:
        market, scale = self.market, self.scale
        held = self.given >= 0
        partner = market.pairs(np.flatnonzero(held), self.given[held])
        matched = int(held.sum())
        points = int(self.worth[held].sum()) // scale + int(market.own_bonus[market.bidders[held]].sum())
        is_most = not self.is_stopped and self.is_proven_most(worth)
        possible = (
            matched if is_most else min(int(self.has_any[market.bidders].sum()), int(market.places.sum()))
        )
        bound = self._dual() // scale - worth * matched
        return Assigned(
            partner,
            Certificate(matched, possible, points, max(bound, points), ties_settled=False),
            self.bids,
            self.looks,
        )

    def _dual(self) -> int:
        """What no assignment can be worth more than, in units of 1 / scale points: weak duality, all pairs.

        What everybody's best is worth after prices, which the limits bound for those outside the lists, and
        the prices of all places.
        """
        market, who = self.market, self.market.bidders
        price = self.seats.lowest.copy()
        net = np.where(self.item >= 0, self.value - price[np.maximum(self.item, 0)], NEVER)
        held = np.flatnonzero(self.given >= 0)
        if len(who) != market.seekers:
            # Bidders of one seeker don't bid for what another of them holds; such a price may have to be
            # lifted to where it supports the assignment.
            holder = self.seats.holder[self.seats.of[:-1]]
            owner = np.append(who, NOBODY)[holder]
            own = (self.item >= 0) & (owner[np.maximum(self.item, 0)] == np.arange(len(self.item))[:, None])
            net[own] = NEVER
        best = np.maximum(np.maximum(net.max(axis=1), self.limit), self.alone)
        if len(who) != market.seekers:
            taken = self.given[held]
            price[taken] = np.maximum(price[taken], self.worth[held] - best[who[held]])
        profit = (best - self.alone)[who[self.has_any[who]]].sum()
        return int(profit + (price * market.places).sum())
