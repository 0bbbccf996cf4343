"""How equals are told apart, so that the same people always get the same answer."""

from __future__ import annotations

import numpy as np

from matching.engine.columns import Array

MIX = np.uint64(0x9E3779B97F4A7C15)  # 2^64 over the golden ratio: Knuth's multiplicative hash


def queue_starts(ids: Array, others: int) -> Array:
    """Where the queue of equally good others begins for each id; int64 (n,), 0 to others - 1.

    Were it the same for everyone, all would be sent to the few who stand first; so everyone begins elsewhere,
    by a hash of the id, and goes round.
    """
    mixed = (ids.astype(np.uint64) * MIX) >> np.uint64(32)
    return (mixed % np.uint64(max(1, others))).astype(np.int64)
