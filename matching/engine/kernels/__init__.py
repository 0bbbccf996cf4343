"""The answer for a million: compiled kernels that look at few of the pairs and give the same as all.

`answer` is the counterpart of `reference.answer`. numba compiles at first use and keeps what it compiled;
`warm` does that ahead of time.
"""

from __future__ import annotations

import numpy as np

from matching.engine.answer import Answer
from matching.engine.kernels import cache

cache.settle()

# ruff: noqa: E402  every kernel is decorated when its file is loaded, and must know the folder by then
from matching.engine.kernels.assignment import assign, first_length
from matching.engine.kernels.explain import points_of, reasons
from matching.engine.kernels.market import Market
from matching.engine.kernels.rest import fill
from matching.engine.kernels.sides import Sides
from matching.engine.population import MenteeArrays, MentorArrays
from matching.engine.settings import Settings, waiting_bonus
from matching.engine.timing import Stages
from matching.engine.world import World


def answer(world: World, few: int, stages: Stages) -> Answer:
    """The best few of every request, exactly, and one assignment within its certificate.

    The short side bids: the young people if there are places enough, else the places. Memory about 500 bytes
    a person.
    """
    n = len(world.mentees)
    with stages.of("pack"):
        sides = Sides.of(world)
        bonus = waiting_bonus(world.weights.of(world.mentees.programme), world.mentees.waiting_days)[
            sides.queue
        ]
        by_mentors = n > int(world.mentors.free_places.sum())
        requests = Market.of(sides, bonus, by_mentors=False)
    with stages.of("lists"):
        lists = requests.best(few if by_mentors else max(few, first_length(n)))
    with stages.of("assign"):
        market = Market.of(sides, bonus, by_mentors=True) if by_mentors else requests
        found = assign(market, None if by_mentors else lists)
        if not found.is_finished:
            partner, more = fill(requests, found.partner)
            found = found.but(partner, more + int(bonus[(partner >= 0) & (found.partner < 0)].sum()))
    with stages.of("explain"):
        best = np.ascontiguousarray(lists[1][:, :few])
        points = points_of(sides, requests.between, best)
        own = points_of(sides, requests.between, found.partner[:, None])[:, 0]
        without = reasons(sides, requests.between, np.flatnonzero(found.partner < 0))
        back = np.argsort(sides.queue)
    return Answer(
        best[back].astype(np.int64),
        points[back],
        found.partner[back].astype(np.int64),
        own[back],
        without,
        found.certificate,
    )


def warm() -> None:
    """Compile every kernel, or read it from the cache: tiny nights.

    In the first mentors bid, in the second young people, in the third three of them want the same two.

    About half a minute the first time for a release, under two seconds after that. What earlier releases
    compiled is taken away.
    """
    cache.sweep()
    for requests, mentors, able in ((3, 1, 1), (1, 3, 3), (3, 40, 2)):
        who = {"slots": 1, "languages": 1, "online": True, "in_person": True, "easting": 1, "northing": 1}
        world = World.of(
            MentorArrays.of(
                id=range(1, mentors + 1),
                programmes=[1] * mentors,
                accepted_ages=[15] * able + [0] * (mentors - able),
                **{name: [value] * mentors for name, value in who.items()},
            ),
            MenteeArrays.of(
                id=range(1, requests + 1),
                person=range(1, requests + 1),
                age_band=[1] * requests,
                **{name: [value] * requests for name, value in who.items()},
            ),
            None,
            [Settings()],
        )
        answer(world, 5, Stages())
    # Few prices change only in large pools, and only these stop before they are done.
    fill(
        Market.of(Sides.of(world), np.zeros(requests, np.int64), by_mentors=False),
        np.full(requests, -1, np.int32),
    )
    market = Market.of(Sides.of(world), np.zeros(requests, np.int64), by_mentors=False)
    market.open_counter(np.zeros(mentors, np.int64), 1).mark(np.eye(1, mentors, dtype=np.int64)[0])
