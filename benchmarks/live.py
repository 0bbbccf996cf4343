"""How long it takes to find everybody who suits one young person: `make bench-live`.

Arrays only, a million mentors. The peer, in the same run: the engine's rules and score over every ready
mentor of all programmes, without anything prepared. Both must give the same best scores.
"""

from __future__ import annotations

import argparse
import os
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.population import SEED, People, people
from matching.engine.columns import Array
from matching.engine.score import score_if_eligible
from matching.engine.world import World

if TYPE_CHECKING:
    from matching.actions.crowd import Crowd

MENTORS, ASKED, PAGE = 1_000_000, 50, 40  # a page of twenty, and as many to spare
PLACES, PROGRAMMES = 400, 12


def prepared(crowd: People) -> dict[int, Crowd]:
    """The ready mentors of each programme as pages keep them."""
    from matching.actions.crowd import Crowd

    ready, found = crowd.ready, {}
    for programme in np.unique(crowd.mentees.programme).tolist():
        serves = (ready.programmes >> np.uint64(programme)) & np.uint64(1)
        found[programme] = Crowd.of(ready.take(np.flatnonzero(serves)), crowd.blocked, crowd.tied)
    return found


def measured(crowd: People) -> tuple[Array, Array]:
    """Seconds for each young person: prepared, and over everybody. Ends if their scores differ."""
    crowds = prepared(crowd)
    world = World.of(crowd.ready, crowd.mentees, crowd.blocked, crowd.settings, crowd.tied)
    _ = world.tied  # joined once, for all of them
    ours, plain = [], []
    for row, programme in enumerate(world.mentees.programme.tolist()):
        asked = world.mentees.take(np.array([row]))
        start = perf_counter()
        found = crowds[programme].best_for(asked, crowd.settings, first=PAGE)
        ours.append(perf_counter() - start)
        start = perf_counter()
        scores = score_if_eligible(world.crossed(np.array([row])))[0]
        plain.append(perf_counter() - start)
        best = np.sort(scores[scores >= 0])[::-1][:PAGE]
        if found.scores.tolist() != best.tolist():
            raise SystemExit(f"Row {row}: other scores than a full scan.")
    return np.array(ours), np.array(plain)


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench-live")
    parser.add_argument("--M", type=int, default=MENTORS, help="mentors; 85 in 100 are ready")
    parser.add_argument("--SEED", type=int, default=SEED)
    given = parser.parse_args()

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onemm.settings")
    django.setup()
    print(f"{ASKED} young people, {given.M:,} mentors in {PROGRAMMES} programmes, seed {given.SEED}.")
    ours, plain = measured(people(ASKED, given.M, given.SEED, places=PLACES, programmes=PROGRAMMES))
    print(
        f"live: mentors={given.M} median_ms={1000 * np.median(ours):.2f}"
        f" p95_ms={1000 * np.percentile(ours, 95):.2f} full_scan_median_ms={1000 * np.median(plain):.2f}"
        f" numpy_full_scan_ratio={np.median(plain) / np.median(ours):.1f}"
    )


if __name__ == "__main__":
    main()
