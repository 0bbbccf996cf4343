"""Points by component in one whole number, so that a million shortlists stay narrow."""

from __future__ import annotations

import numpy as np

from matching.engine import COMPONENTS
from matching.engine.columns import Array

BYTES = 8  # the highest stays 0, so that the number has no sign


def packed(points: Array) -> Array:
    """uint8 (…, len(COMPONENTS)) → int64 (…): a byte for each component, the first in the lowest.

    A component that is added later goes to the end, and shortlists of the night before stay true.
    """
    if points.shape[-1] >= BYTES:
        raise ValueError(f"points: {points.shape[-1]} components given, {BYTES - 1} fit")
    room = np.zeros((*points.shape[:-1], BYTES), np.uint8)
    room[..., : points.shape[-1]] = points
    whole: Array = room.view("<i8")[..., 0].astype(np.int64)
    return whole


def components_of(number: int) -> dict[str, int]:
    """The points by key that `packed` wrote; what brought nothing is left out."""
    parts = zip(COMPONENTS, number.to_bytes(BYTES, "little"), strict=False)
    return {component.key: points for component, points in parts if points}
