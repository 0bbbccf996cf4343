"""How long a night takes, from PostgreSQL to PostgreSQL, and whether its answer is right.

This process only starts the others, so that it weighs nothing: a process is born with its parent's peak.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.database import reachable, thrown_away

ROOT = Path(__file__).resolve().parent.parent
A_MINUTE = 50_000  # people a side that are invented, stored, matched and checked in about a minute

# The stages of a night by the words of the last line; the others are in the lines before it.
STAGES = {
    "load": ("read", "arrange", "pack"),
    "lists": ("lists",),
    "assign": ("assign",),
    "write": ("write",),
}


def step(name: str, command: Sequence[str], url: str | None) -> dict[str, Any]:
    """Run one part, tell how it goes, and give its result."""
    start = perf_counter()
    print(f"{name} …", flush=True)
    surroundings = {
        k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "REDIS_URL", "ONEMM_ENV"}
    }
    surroundings["DJANGO_SETTINGS_MODULE"] = "onemm.settings"
    if url:
        surroundings["DATABASE_URL"] = url
    result: dict[str, Any] = {}
    with subprocess.Popen(  # noqa: S603  our own modules
        [sys.executable, *command], cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, text=True
    ) as process:
        for line in process.stdout or ():
            if line.startswith("{"):
                result = json.loads(line)
            else:
                print(f"  {perf_counter() - start:6.1f} s  {line.rstrip()}", flush=True)
    if process.returncode:
        sys.exit(f"{name}: failed.")
    print(f"  {perf_counter() - start:6.1f} s  done", flush=True)
    return result


def measure(n: int, m: int, seed: int, folder: Path | None, url: str | None) -> str:
    """Fill, run, check; the last line."""
    people = ["--n", str(n), "--m", str(m), "--seed", str(seed), "--at", datetime.now(UTC).isoformat()]
    people += ["--folder", str(folder)] if folder else []
    start = perf_counter()
    step("Compiling what is not compiled yet", ["manage.py", "warm_matching"], url)
    print(f"Compiled or loaded in {perf_counter() - start:.1f} s, which is not counted below.")
    if url:
        step("Making the tables", ["manage.py", "migrate", "-v", "0"], url)
        step("Filling them with invented people", ["-m", "benchmarks.steps", "fill", *people], url)
    found = step("The night", ["-m", "benchmarks.steps", "night", *people], url)
    print("Seconds by stage: " + ", ".join(f"{name} {took:.2f}" for name, took in found["timings"].items()))
    print(f"{found['counts']}\n{found['certificate']}")
    checked = step("Checking lists by brute force", ["-m", "benchmarks.steps", "check", *people], url)
    best = round(checked["recall"] * checked["lists"])
    print(f"{best} of {checked['lists']} sampled lists are the best there are.")
    return last_line(n, found, checked)


def last_line(n: int, found: dict[str, Any], checked: dict[str, Any]) -> str:
    certificate = found["certificate"]
    proof = "exact" if certificate["is_exact"] else f"{100 * certificate['gap']:.4f}%"
    took = " ".join(
        f"{word}={sum(found['timings'].get(name, 0.0) for name in names):.2f}"
        for word, names in STAGES.items()
    )
    return (
        f"matching: N={n} seconds={found['seconds']:.2f} peak_gib={found['peak_gib']:.2f}"
        f" recall={checked['recall']:.4f} matched={found['counts']['recommended']} certificate={proof} {took}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench-matching")
    parser.add_argument("--N", type=int, default=A_MINUTE, help="young people")
    parser.add_argument("--M", type=int, help="mentors, as many if not given; 85 in 100 are ready")
    parser.add_argument("--SEED", type=int, default=7)
    given = parser.parse_args()
    m = given.N if given.M is None else given.M
    server = reachable()
    print(f"{given.N:,} young people and {m:,} mentors, seed {given.SEED}.")
    if server:
        print("PostgreSQL to PostgreSQL, in a database of its own that is dropped afterwards.")
        with thrown_away(server) as url:
            line = measure(given.N, m, given.SEED, None, url)
    else:
        print(
            "No PostgreSQL server answers (DATABASE_URL, else localhost): arrays only, no reading or writing."
        )
        with tempfile.TemporaryDirectory() as place:
            line = measure(given.N, m, given.SEED, Path(place), None)
    print(line)


if __name__ == "__main__":
    main()
