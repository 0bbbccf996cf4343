"""The parts of `make bench-matching`, each in a process of its own, so that one's memory is not another's.

python -m benchmarks.steps fill|night|check: prints how it goes, and its result as JSON on the last line.
"""

from __future__ import annotations

import argparse
import json
import resource
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from benchmarks.population import People, people
from benchmarks.recall import best_mentors, recall, sampled
from matching.engine import run

Arguments = argparse.Namespace
PATIENCE = 2.0  # seconds between two lines about the hundreds of small things of one step


def told(line: str) -> None:
    print(line, flush=True)


def drawn(given: Arguments) -> People:
    return people(given.n, given.m, given.seed)


def fill(given: Arguments) -> dict[str, Any]:
    """Everybody into the database."""
    from benchmarks.fill import fill as write

    last = perf_counter()

    def now_and_then(line: str) -> None:
        nonlocal last
        if perf_counter() - last > PATIENCE:
            last = perf_counter()
            told(line)

    write(drawn(given), at=given.at, told=now_and_then)
    return {}


def night(given: Arguments) -> dict[str, Any]:
    """The night, and what it took: seconds and the peak memory of this process."""
    found = of_arrays(given) if given.folder else of_the_database(given)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    return {**found, "peak_gib": peak}


def of_the_database(given: Arguments) -> dict[str, Any]:
    from matching.actions import run_night

    start = perf_counter()
    answer = run_night(at=given.at, told=told)
    seconds = perf_counter() - start
    return {
        "seconds": seconds,
        "timings": answer.timings,
        "counts": answer.counts,
        "certificate": answer.certificate,
    }


def of_arrays(given: Arguments) -> dict[str, Any]:
    crowd = drawn(given)
    mentors = crowd.ready
    start = perf_counter()
    answer = run(mentors, crowd.mentees, crowd.blocked, crowd.settings, tied=crowd.tied, told=told)
    seconds = perf_counter() - start
    np.save(given.folder / "lists.npy", answer.shortlists.mentor_ids)
    return {
        "seconds": seconds,
        "timings": answer.timings,
        "counts": {**answer.counts, "mentors": len(mentors)},
        "certificate": answer.certificate.as_dict(),
    }


def check(given: Arguments) -> dict[str, Any]:
    """Sampled lists against brute force over all mentors."""
    mentors, mentees, blocked, settings, tied = (
        pool_of_arrays(given) if given.folder else pool_in_database(given)
    )
    ids = sampled(mentees.id, given.seed)
    rows = np.flatnonzero(np.isin(mentees.id, ids))
    found = np.load(given.folder / "lists.npy")[ids - 1] if given.folder else lists_in_database(ids)
    best = best_mentors(
        mentors,
        mentees.take(rows),
        blocked,
        settings,
        tied,
        found.shape[1],
        lambda done: (
            told(f"{done} of {len(ids)} lists compared with every mentor") if done % 100 == 0 else None
        ),
    )
    return {"recall": recall(found, best), "lists": len(ids)}


def pool_of_arrays(given: Arguments) -> tuple[Any, ...]:
    crowd = drawn(given)
    return crowd.ready, crowd.mentees, crowd.blocked, crowd.settings, crowd.tied


def pool_in_database(given: Arguments) -> tuple[Any, ...]:
    from matching.actions.feed import read_everybody

    pool = read_everybody(at=given.at)
    return pool.mentors, pool.mentees, pool.blocked, pool.settings, pool.tied


def lists_in_database(ids: np.ndarray) -> np.ndarray:
    from matching.models import Shortlist

    names = [f"mentor_{place}" for place in range(1, 6)]
    rows = Shortlist.objects.filter(pk__in=ids.tolist()).order_by("pk").values_list(*names)
    lists = np.array(rows, np.int64).reshape(-1, len(names))
    return np.where(lists == 0, -1, lists)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("step", choices=("fill", "night", "check"))
    parser.add_argument("--n", type=int, required=True)
    parser.add_argument("--m", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--at", type=datetime.fromisoformat, required=True)
    parser.add_argument(
        "--folder", type=Path, help="arrays only: where lists are kept; without it, the database"
    )
    given = parser.parse_args()
    if not given.folder:
        import django

        django.setup()
    step = {"fill": fill, "night": night, "check": check}[given.step]
    print(json.dumps(step(given)))


if __name__ == "__main__":
    main()
