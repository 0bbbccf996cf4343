"""What an implementation answers: lists, an assignment, where their points come from, and its certificate."""

from __future__ import annotations

from dataclasses import dataclass

from matching.engine.certificate import Certificate
from matching.engine.columns import Array
from matching.engine.explain import Reasons


@dataclass(frozen=True)
class Answer:
    """Rows and columns of the world.

    lists: int64 (N, few), mentors, best first, -1 where there are no more. points: uint8 (N, few,
    components), 0 there. partner: int64 (N,), the recommended mentor, or -1. own_points: uint8 (N,
    components). without: reasons for requests that have no partner.
    """

    lists: Array
    points: Array
    partner: Array
    own_points: Array
    without: Reasons
    certificate: Certificate
