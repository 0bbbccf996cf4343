"""How fast a night is: suggestions, assignment and explanations, against scipy's assignment alone.

The peer, scipy's `linear_sum_assignment`, gets the finished matrix of points and does one part of the work:
no rules, no scores, no lists of five, no explanations. The last line is the figure.
"""

from __future__ import annotations

import sys
from time import perf_counter

import numpy as np
from scipy.optimize import linear_sum_assignment

from matching import engine
from matching.engine.board import Board
from matching.engine.settings import Weights, waiting_bonus
from matching.engine.world import World


def people(n: int, seed: int = 1) -> tuple[engine.MentorArrays, engine.MenteeArrays]:
    """A city of `n` mentors and `n` requests, with words, times and places drawn at random."""
    draw = np.random.default_rng(seed)

    def some(bits: int, share: float) -> np.ndarray:
        return (draw.random((n, bits)) < share) @ (1 << np.arange(bits, dtype=np.int64))

    def common() -> dict[str, np.ndarray]:
        return {
            "topics": some(11, 0.3),
            "sectors": some(20, 0.12),
            "languages": some(20, 0.06) | 1,
            "slots": some(21, 0.2),
            "experiences": some(8, 0.15),
            "online": draw.random(n) < 0.6,
            "in_person": draw.random(n) < 0.7,
            "easting": draw.integers(3600, 4100, n),
            "northing": draw.integers(3700, 4200, n),
            "travel": draw.integers(30, 200, n),
        }

    ids = np.arange(1, n + 1)
    mentors = engine.MentorArrays.of(
        id=ids,
        programmes=np.ones(n, np.int64),
        accepted_ages=np.full(n, 15),
        check_level=np.full(n, 3),
        **common(),
    )
    mentees = engine.MenteeArrays.of(
        id=ids,
        person=ids,
        age_band=1 << draw.integers(0, 4, n),
        waiting_days=draw.integers(0, 90, n),
        **common(),
    )
    return mentors, mentees


def night(mentors: engine.MentorArrays, mentees: engine.MenteeArrays) -> tuple[float, engine.Night]:
    start = perf_counter()
    answer = engine.run(mentors, mentees, None, [engine.Settings()])
    return perf_counter() - start, answer


def peer(mentors: engine.MentorArrays, mentees: engine.MenteeArrays) -> tuple[float, int]:
    """Seconds of scipy on the finished matrix, and how many it matches."""
    settings = [engine.Settings()]
    world = World.of(mentors, mentees, None, settings)
    scores = np.concatenate([part for _, _, part in Board(world).blocks()]).astype(np.float64)
    bonus = waiting_bonus(
        Weights.from_settings(settings).of(world.mentees.programme), world.mentees.waiting_days
    )
    value = np.where(scores >= 0, scores + bonus[:, None] + 100.0 * len(mentees), 0.0)
    start = perf_counter()
    rows, columns = linear_sum_assignment(value, maximize=True)
    return perf_counter() - start, int((value[rows, columns] > 0).sum())


def main() -> None:
    sizes = [int(argument) for argument in sys.argv[1:]] or [500, 1000, 2000]
    line = ""
    for n in sizes:
        mentors, mentees = people(n)
        ours, answer = night(mentors, mentees)
        theirs, matched = peer(mentors, mentees)
        counts = answer.counts
        proof = "proven exact" if answer.certificate.is_exact else "not proven"
        print(f"{n} × {n}: a night {ours:.2f} s, {counts['recommended']} recommended, {proof};", end=" ")
        print(f"scipy's assignment alone {theirs:.2f} s, {matched} matched", flush=True)
        line = (
            f"night: N={n} seconds={ours:.2f} scipy_assignment_alone={theirs:.2f} ratio={ours / theirs:.2f}"
            f" matched={counts['recommended']}/{matched}"
        )
    print(line)


if __name__ == "__main__":
    main()
