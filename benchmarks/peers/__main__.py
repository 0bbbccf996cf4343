"""The table of peers: how long each takes for the same people, and whether all find the same optimum."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.peers import environment
from benchmarks.peers.work import Work, outcome, work, write

LIMIT = 600  # seconds for one of them at one size


@dataclass(frozen=True)
class Contender:
    """Somebody, and the sizes they can do."""

    name: str
    sizes: tuple[int, ...]
    command: list[str]
    surroundings: dict[str, str] = field(default_factory=environment.surroundings)


def theirs(script: str) -> list[str]:
    return [str(environment.PYTHON), str(environment.HERE / script)]


MENTOR_MATCH = (200, 500, 1_000)
OURS = Contender("ours", (), [sys.executable, "-m", "benchmarks.ours"])
PEERS = (
    Contender("mentor-match, munkres 3", MENTOR_MATCH, theirs("by_mentor_match.py")),
    Contender(
        "mentor-match, munkres 1",
        MENTOR_MATCH,
        theirs("by_mentor_match.py"),
        surroundings=environment.surroundings(environment.MUNKRES_1),
    ),
    Contender("OR-tools", (1_000, 2_000, 10_000), theirs("by_ortools.py")),
    Contender("scipy", (1_000, 2_000, 5_000, 10_000), theirs("by_scipy.py")),
)


@dataclass(frozen=True)
class Result:
    """seconds: from people to pairs. solving: of them, with the values of all pairs at hand, if that can be
    told apart. found: how many are matched and their points; None if time ran out."""

    seconds: float
    solving: float | None
    found: tuple[int, int] | None


def measured(who: Contender, it: Work, folder: Path, scoring: float) -> Result:
    """One contender's result at one size."""
    for name in ("pairs.npy", "pairs.json"):
        (folder / name).unlink(missing_ok=True)
    size = [str(len(it.crowd.mentees))] if who is OURS else []
    try:
        answer = subprocess.run(  # noqa: S603  our own modules
            [*who.command, *size, str(folder)],
            env=who.surroundings,
            cwd=environment.ROOT,
            capture_output=True,
            text=True,
            timeout=LIMIT,
        )
    except subprocess.TimeoutExpired:
        return Result(LIMIT, None, None)
    if answer.returncode:
        sys.exit(f"{who.name} failed:\n{answer.stderr}")
    said = json.loads(answer.stdout.splitlines()[-1])
    if who is OURS and not said["exact"]:
        sys.exit("Our answer is not proven optimal.")
    seconds = said["seconds"] if "seconds" in said else said["solving"] + scoring
    return Result(seconds, said.get("solving"), outcome(it, pairs_in(folder)))


def pairs_in(folder: Path) -> Any:
    if (folder / "pairs.npy").exists():
        return np.load(folder / "pairs.npy")
    return np.array(json.loads((folder / "pairs.json").read_text()), np.int64).reshape(-1, 2)


def shown(n: int, who: Contender, result: Result, ours: Result) -> str:
    matched, points = (f"{number:,}" for number in result.found) if result.found else ("–", "out of time")
    solving = f"{result.solving:.3f}" if result.solving is not None else "–"
    ratio = "" if who is OURS else f"{times(result, ours)} ×"
    return f"{n:>6,}  {who.name:<24}{result.seconds:>10.4f}{solving:>10}{matched:>9}{points:>13}{ratio:>12}"


def times(result: Result, ours: Result) -> str:
    """How many times as long as ours; at least so many, if time ran out."""
    return f"{'' if result.found else '>'}{result.seconds / ours.seconds:.0f}"


def main(sizes: list[int]) -> None:
    environment.ready()
    results: dict[tuple[str, int], Result] = {}
    print("N young people, 85 ready mentors for 100, who take one each; a pair has one value for everyone.")
    print("Seconds go from people to pairs; solving is the part with the values of all pairs at hand.\n")
    print(f"{'N':>6}  {'':<24}{'seconds':>10}{'solving':>10}{'matched':>9}{'points':>13}{'to ours':>12}")
    same = True
    for n in sizes or sorted({size for who in PEERS for size in who.sizes}):
        with tempfile.TemporaryDirectory() as place:
            folder, it = Path(place), work(n)
            scoring = write(it, folder)
            for who in (OURS, *(peer for peer in PEERS if n in peer.sizes)):
                result = results[who.name, n] = measured(who, it, folder, scoring)
                ours = results[OURS.name, n]
                print(shown(n, who, result, ours), flush=True)
                same &= result.found in (None, ours.found)
    print(last_line(results, same))
    if not same:
        sys.exit("The answers differ: somebody has not found the optimum.")


def last_line(results: dict[tuple[str, int], Result], same: bool) -> str:
    """How many times as long each peer takes as we do, at the size the target names, as far as measured."""
    named = (
        ("mentor_match", "mentor-match, munkres 1", 1_000),
        ("ortools", "OR-tools", 10_000),
        ("scipy", "scipy", 10_000),
        ("mentor_match_munkres3", "mentor-match, munkres 3", 1_000),
    )
    ratios = [
        f"{key}@{n}={times(results[name, n], results[OURS.name, n])}x"
        for key, name, n in named
        if (name, n) in results
    ]
    return " ".join(("peers:", *ratios, f"same_optimum={'yes' if same else 'no'}"))


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]])
