"""One assignment: the short side bids, whoever runs out of a list looks again, prices prove it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numba import get_num_threads, set_num_threads

from matching.engine.certificate import Certificate
from matching.engine.columns import Array
from matching.engine.kernels.auction import NEVER, Lists, Seats, auction
from matching.engine.kernels.forest import NOBODY
from matching.engine.kernels.market import Depth, Market
from matching.engine.kernels.paths import paths
from matching.engine.kernels.rows import Found, Rows
from matching.engine.settings import MOST

EXACT = 1 << 16  # up to so many bidders the steps are small enough to prove the optimum
EXACT_SCARCE = 1 << 14  # the same where mentors bid: all of them for those who have waited longest
COARSE = 24  # steps of a twenty-fourth of a point for more
FIRST_WORTH, WORTH_GROWS = 160, 4  # points that being matched at all is worth, and how that grows
MOST_PRICE = 2**30  # prices are kept in 32 bits where they are searched
BIDS, BIDS_EACH = 20_000_000, 100  # where it stops, with an honest certificate: so many, and so many each
LIST, FIRST_LIST = 10, 6  # entries of a list that is bid from, and of the first
LONG_LIST, FEW_PEOPLE = 32, 4_096  # a small pool does better with longer lists than with looking again
LEAST_LIST = 8  # entries of a list that is looked up again at least: more than anybody has places
FEW_LOOKERS = 64  # whom one thread looks up: to wake another would take as long
ROUNDS, BIDS_ROUND = 30, 40  # rounds, and bids for each in one, after which the last few go by paths
FEW_WAIT, FEW_LEFT = 512, 8  # so many, or one in so many, may be left for the paths: slower than a bid
LOOKS_MOST = 40  # looks for each bidder of a large pool, after which it stops as well
LOOKS, LOOKS_EACH = 40, 4  # for the paths of the last few, and for each of these
PATIENCE = 40  # rounds of looking again, after which steps double every few rounds
DEPTH, DEEPEST = 8, 32  # points below where a list ended that one looks again, at first and at most
ENOUGH = 4  # people with whom a list looked up again will do
STEPS_END = 8  # points a step may grow to


@dataclass(frozen=True)
class Assigned:
    """partner: int32 (mentees in kernel order,), the mentor of each or -1. worth: points that being matched
    at all was worth in the end. is_finished: nobody was still bidding when it ended."""

    partner: Array
    certificate: Certificate
    bids: int
    looks: int
    is_finished: bool
    worth: int

    def but(self, partner: Array, more: int) -> Assigned:
        """The same with others who were left over: they bring so many points, waiting included."""
        was = self.certificate
        matched, points = int((partner >= 0).sum()), was.points + more
        possible = was.points_possible - self.worth * (matched - was.matched)
        certificate = replace(was, matched=matched, points=points, points_possible=max(possible, points))
        return replace(self, partner=partner, certificate=certificate)


def assign(market: Market, lists: tuple[Array, Array] | None = None) -> Assigned:
    """Most people matched, then most points, within the certificate.

    lists: values in whole points and people, (n, few), of the seekers of the market, if they are known. Being
    matched is worth more and more points until a gap in the prices proves that nobody else can be matched:
    whoever is left over can only reach people above the gap, and those who hold them have nobody below it.
    """
    who = market.bidders
    bidders, items = len(who), len(market.places)
    is_exact = bidders < (min(EXACT, EXACT_SCARCE) if market.by_mentors else EXACT)
    scale = 1 << max(4, int(bidders).bit_length()) if is_exact else COARSE
    top = MOST_PRICE // scale - MOST - int(market.bonus.max(initial=0))
    worth = min(FIRST_WORTH, top)
    found = _Auction(market, scale, lists, is_exact=is_exact)
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


class _Auction:
    def __init__(
        self, market: Market, scale: int, lists: tuple[Array, Array] | None, *, is_exact: bool
    ) -> None:
        self.market, self.scale, self.is_exact = market, scale, is_exact
        n, bidders = market.seekers, len(market.bidders)
        self.theirs = np.searchsorted(market.bidders, np.arange(n + 1))
        if lists is None:
            self.counter = market.open_counter(-market.bonus * scale, scale)
            found = market.best_of_all(self.counter, scale, list_length(n))
            value, item = found.value, found.item
        else:
            self.counter = market.open_counter(np.zeros(market.items, np.int64), scale)
            value, item = lists[0] * scale, lists[1]
        self.rows = Rows.of(value, item, max(list_length(n), LEAST_LIST))
        self.has_any = item[:, 0] >= 0
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

    def run(self, worth: int) -> None:
        """Bid until everybody has somebody or is better off alone, when being matched is worth so much."""
        market = self.market
        self.alone = -(worth + market.own_bonus) * self.scale
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
            is_short = self.is_exact and rounds <= PATIENCE
            most = min(budget, BIDS_ROUND * len(market.bidders)) if is_short else budget
            again, waiting, bids = auction(
                market.bidders,
                ring,
                len(waiting),
                self._lists(),
                self.seats,
                self.given,
                self.worth,
                self.step,
                most,
            )
            self.bids += bids
            is_tired = not self.is_exact and self.looks > LOOKS_MOST * len(market.bidders)
            if len(waiting) and (bids >= budget or is_tired):
                self.is_stopped = True
                return
            waiting = np.sort(waiting)
            are_few = len(waiting) <= max(FEW_WAIT, len(market.bidders) // FEW_LEFT)
            if is_short and are_few and (bids >= most or rounds >= ROUNDS):
                waiting = self._finish(waiting)
                rounds = PATIENCE
            else:
                self._look_again(np.sort(again))

    def _finish(self, waiting: Array) -> Array:
        """A shortest path for each who waits; gives those for whom looking has taken too long.

        Where somebody outside a list might shorten a path, those whose lists these are look again at the
        prices that the path would make. If nobody better turns up, the path is taken.
        """
        tried, bar = self.seats.lowest.copy(), np.zeros(self.market.seekers, np.int64)
        looked, found = waiting, None
        for _ in range(LOOKS + LOOKS_EACH * len(waiting)):
            done, again = paths(
                self.market.bidders, self.theirs, waiting, self._lists(), self.seats, self.given,
                self.worth, self.step, found is not None, tried, bar,
            )  # fmt: skip
            if found:
                self.rows.put(looked, found)
            waiting = waiting[done:]
            if not len(waiting):
                break
            looked = np.sort(again)
            found = self._looked(looked, tried)
            net = found.value - tried[np.maximum(found.item, 0)]
            if (self.rows.is_new(looked, found) & (net > bar[looked, None])).any():
                self.rows.add(looked, found, tried, self.seats.lowest)
                found = None
        return waiting

    def _lists(self) -> Lists:
        return Lists(self.rows.value, self.rows.item, self.rows.limit, self.alone)

    def _look_again(self, seekers: Array) -> None:
        """New lists at today's prices, which reach a few points below where the old ones ended.

        Whose list came out full looks less far down the next time, whose came out nearly empty farther.
        """
        if not len(seekers):
            return
        down, few = self.depth[seekers], max(LIST, LEAST_LIST)
        # Paths, and bidders who share a list, rely on lists that are full or hold everybody there is.
        enough = few if self.is_exact or self.market.by_mentors else ENOUGH
        found = self._looked(seekers, self.seats.lowest, Depth(self.rows.limit[seekers] - down, down, enough))
        self.rows.put(seekers, found)
        people = (found.item >= 0).sum(axis=1)
        down = np.where(people == few, down // 2, np.where(people < few // 3, 2 * down, down))
        self.depth[seekers] = np.clip(down, self.scale // 2, DEEPEST * self.scale)

    def _looked(self, seekers: Array, price: Array, depth: Depth | None = None) -> Found:
        """The best for some seekers at these prices, int64 (items,), which need not become today's."""
        self.looks += len(seekers)
        self.counter.mark(price - self.market.bonus * self.scale)
        few, threads = max(LIST, LEAST_LIST), get_num_threads()
        set_num_threads(1 if len(seekers) <= FEW_LOOKERS else threads)
        best = self.market.best_at(seekers, self.counter, self.alone[seekers], self.scale, few, depth)
        set_num_threads(threads)
        value = np.where(best.item >= 0, best.value + price[np.maximum(best.item, 0)], NEVER)
        return Found(value, best.item, best.outside)

    def is_proven_most(self, worth: int) -> bool:
        """Whether the prices show that nobody else could be matched at all."""
        if not self._left_over().any():
            return True
        net = np.sort(self.seats.lowest - self.market.bonus * self.scale)[::-1]
        step = MOST * self.scale + self.step
        high = int(np.searchsorted(-net, -worth * self.scale, side="right"))
        if not high:
            return False
        edges = np.append(net[high - 1 :], -1)
        edges = np.append(edges[edges > 0], 0)
        return bool((edges[:-1] - edges[1:] > step).any())

    def _left_over(self) -> Array:
        """The bidders who have nobody though somebody is there for them, in whatever hands; bool (bidders,).

        A mentor with two places whom one young person alone could meet has none to want for the other.
        """
        who = self.market.bidders
        left_over: Array = (self.given < 0) & self.has_any[who]
        if len(who) != self.market.seekers and left_over.any():
            them = np.unique(who[left_over])
            item, is_open = self.rows.item[them], np.zeros(self.market.seekers, np.bool_)
            owner = np.append(who, NOBODY)[self.seats.holder[self.seats.of[np.maximum(item, 0)]]]
            is_open[them] = ((item >= 0) & (owner != them[:, None])).any(axis=1)
            is_open[them] |= self.rows.limit[them] > self.alone[them]
            left_over &= is_open[who]
        return left_over

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
            not self.is_stopped,
            worth,
        )

    def _dual(self) -> int:
        """What no assignment can be worth more than, in units of 1 / scale points: weak duality, all pairs.

        What everybody's best is worth after prices, which the limits bound for those outside the lists, and
        the prices of all places.
        """
        market, who = self.market, self.market.bidders
        price = self.seats.lowest.copy()
        item, limit = self.rows.item, self.rows.limit
        net = np.where(item >= 0, self.rows.value - price[np.maximum(item, 0)], NEVER)
        held = np.flatnonzero(self.given >= 0)
        if len(who) != market.seekers:
            # Bidders of one seeker don't bid for what another of them holds; such a price may have to be
            # lifted to where it supports the assignment.
            holder = self.seats.holder[self.seats.of[:-1]]
            owner = np.append(who, NOBODY)[holder]
            own = (item >= 0) & (owner[np.maximum(item, 0)] == np.arange(len(item))[:, None])
            net[own] = NEVER
        best = np.maximum(np.maximum(net.max(axis=1), limit), self.alone)
        if len(who) != market.seekers:
            taken = self.given[held]
            price[taken] = np.maximum(price[taken], self.worth[held] - best[who[held]])
        profit = (best - self.alone)[who[self.has_any[who]]].sum()
        return int(profit + (price * market.places).sum())
