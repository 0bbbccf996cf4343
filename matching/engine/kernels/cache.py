"""Where compiled kernels are kept: a folder for each state of the engine's source.

numba looks only at the file that a function stands in. A number that comes from another file, such as where
in a row the languages begin, is compiled in, and would stay as it was after that file has changed: kernels
of two releases would read each other's bits wrongly. So the folder's name is a hash of all of the engine.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import Any

import numba
from numba.core import config as numbas

config: Any = numbas  # its names are made when it is loaded

ENGINE = Path(__file__).resolve().parent.parent
HERE = Path(config.CACHE_DIR or Path(__file__).resolve().parent / "__pycache__")
NAME = "kernels-"


def fingerprint(engine: Path = ENGINE) -> str:
    """A hash of every source file of the engine and of numba's version."""
    told = hashlib.sha256(numba.__version__.encode())
    for file in sorted(engine.rglob("*.py")):
        told.update(f"{file.relative_to(engine)}\0".encode() + file.read_bytes())
    return told.hexdigest()[:16]


def settle() -> None:
    """Let numba keep what it compiles from now on in the folder of this state; before a kernel is loaded."""
    config.CACHE_DIR = str(HERE / f"{NAME}{fingerprint()}")


def sweep() -> None:
    """Take away what other states have left behind."""
    for folder in HERE.glob(f"{NAME}*"):
        if str(folder) != config.CACHE_DIR:
            shutil.rmtree(folder, ignore_errors=True)
