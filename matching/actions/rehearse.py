"""A night that stores nothing, and says what it would change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from matching import engine
from matching.actions.night import compute
from matching.models import Shortlist
from matching.models.shortlist import NOBODY

ROWS = 10_000  # read together


@dataclass(frozen=True)
class Change:
    """What a night would do to the recommendations that stand; `counts` and `certificate` as in a run."""

    new: int
    other: int
    gone: int
    same: int
    counts: dict[str, int]
    certificate: dict[str, Any]


def rehearse_night(*, at: datetime, told: Callable[[str], Any] = lambda stage: None) -> Change:
    """Compute everything that `run_night` would, and compare it with the current answer. Writes nothing."""
    _, night, _ = compute(at, told=told)
    told("Comparing with the current answer")
    return compare(night)


def compare(night: engine.Night) -> Change:
    """The recommendations of a night against those that stand, request by request."""
    standing = Shortlist.objects.exclude(recommended=NOBODY).values_list("pk", "recommended")
    flat = (number for row in standing.iterator(chunk_size=ROWS) for number in row)
    then = np.fromiter(flat, np.int64).reshape(-1, 2)
    now = np.column_stack((night.request_ids, night.recommended))[night.recommended >= 0]
    _, before, after = np.intersect1d(then[:, 0], now[:, 0], assume_unique=True, return_indices=True)
    same = int((then[before, 1] == now[after, 1]).sum())
    return Change(
        new=len(now) - len(after),
        other=len(after) - same,
        gone=len(then) - len(before),
        same=same,
        counts=night.counts,
        certificate=night.certificate.as_dict(),
    )
