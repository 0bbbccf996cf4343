"""The peers' own environment, in var/peers: what the two lock files beside this say, by hash."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PLACE = ROOT / "var" / "peers"
PYTHON = PLACE / "bin" / "python"
MUNKRES_1 = PLACE / "munkres-1"  # a folder that comes first in the path of whoever wants the old one
LOCKS = (HERE / "requirements.lock", HERE / "munkres.lock")


def ready() -> None:
    """Build the environment unless it is what the lock files say. Raises CalledProcessError."""
    stamp = PLACE / "stamp"
    wanted = hashlib.sha256(b"\n".join(lock.read_bytes() for lock in LOCKS)).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print("Setting up var/peers from benchmarks/peers/requirements.lock.", flush=True)
    stamp.unlink(missing_ok=True)
    venv.create(PLACE, clear=True, symlinks=True)
    for options in (("sync",), ("install", "--target", str(MUNKRES_1), "-r")):
        lock = LOCKS[0] if options[0] == "sync" else LOCKS[1]
        command = [sys.executable, "-m", "uv", "pip", *options, str(lock), "--require-hashes", "--quiet"]
        subprocess.run([*command, "--python", str(PYTHON)], check=True)  # noqa: S603  our own command line
    stamp.write_text(wanted)


def surroundings(first: Path | None = None) -> dict[str, str]:
    """The variables of a process in the peers' environment; `first` comes before what is installed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL"))}
    return {**kept, "PYTHONPATH": str(first)} if first else kept
