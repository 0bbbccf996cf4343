"""The certificate: how far from the best possible a night's assignment can be."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Certificate:
    """What was reached and what no assignment can exceed. Points are scores plus waiting bonuses.

    `points_possible` holds for every assignment that matches as many young people. Exact means that both gaps
    are 0.
    """

    matched: int
    matched_possible: int
    points: int
    points_possible: int
    ties_settled: bool  # equal answers were decided by longest wait, then id

    @property
    def is_exact(self) -> bool:
        return self.matched == self.matched_possible and self.points == self.points_possible

    @property
    def gap(self) -> float:
        """The share of the points that could be missing, 0 to 1."""
        return (self.points_possible - self.points) / max(1, self.points_possible)

    def as_dict(self) -> dict[str, int | float | bool]:
        return {**asdict(self), "is_exact": self.is_exact, "gap": self.gap}
