"""What counts how much, programme by programme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from itertools import pairwise
from typing import Any, Self

import numpy as np

from matching.engine.columns import Array
from matching.engine.errors import WrongSettings
from matching.engine.population import FARTHEST

MOST = 100  # points a pair can have
BANDS = 8  # bands of distance a programme can have


@dataclass(frozen=True)
class Settings:
    """One programme's weights, in whole points; PRODUCT.md section 8 gives the defaults."""

    topic: int = 10
    topics_most: int = 3
    sector: int = 12
    sectors_most: int = 2
    slot: int = 4
    slots_most: int = 4
    closeness: tuple[tuple[int, int], ...] = ((30, 10), (60, 8), (100, 6), (150, 4), (250, 2))
    # (up to this far in 100 m, points): within 3 km 10, 6 km 8, 10 km 6, 15 km 4, 25 km 2, farther none
    experience: int = 4
    experiences_most: int = 2
    language: int = 3  # for each further language in common, after the first
    languages_most: int = 2
    wish: int = 6
    waiting_week: int = 1  # for each full week of waiting
    urgent_from: int = 56  # days
    urgent_day: int = 5  # for each day from then on, that day included
    meets_online: bool = True
    meets_in_person: bool = True

    def __post_init__(self) -> None:
        bands = tuple((int(upto), int(points)) for upto, points in self.closeness)
        object.__setattr__(self, "closeness", bands)
        for name, value in asdict(self).items():
            if name == "closeness":
                continue
            if not isinstance(value, int) or not 0 <= value <= 10_000:
                raise WrongSettings(f"{name}: {value} given, whole numbers from 0 to 10000 fit")
        if len(bands) > BANDS:
            raise WrongSettings(f"closeness: {len(bands)} bands given, {BANDS} fit")
        if list(bands) != sorted(bands, key=lambda band: (band[0], -band[1])) or any(
            far[1] > near[1] or far[0] <= near[0] for near, far in pairwise(bands)
        ):
            raise WrongSettings("closeness: farther bands must reach farther and give no more points")
        if any(not 0 <= upto <= FARTHEST or points < 0 for upto, points in bands):
            raise WrongSettings(f"closeness: distances from 0 to {FARTHEST} and points from 0 fit")
        # No cap over the sum: the components people read must add up to the score they read.
        if self.most > MOST:
            raise WrongSettings(f"weights: a pair could have {self.most} points, {MOST} fit")

    @property
    def most(self) -> int:
        """The points of a pair that has everything."""
        return sum(
            (
                self.topic * self.topics_most,
                self.sector * self.sectors_most,
                self.slot * self.slots_most,
                max((points for _, points in self.closeness), default=0),
                self.experience * self.experiences_most,
                self.language * self.languages_most,
                self.wish,
            )
        )

    @classmethod
    def but(cls, weights: Mapping[str, Any]) -> Self:
        """The defaults but for what is named, as `Programme.weights` keeps it. Raises WrongSettings."""
        unknown = sorted(set(weights) - {f.name for f in fields(cls)})
        if unknown:
            raise WrongSettings(f"{unknown[0]}: no such weight")
        return cls(**weights)


@dataclass(frozen=True)
class Weights:
    """Settings as arrays, one entry a programme, or one entry a request once `of` has picked them."""

    table: Mapping[str, Array]

    @classmethod
    def from_settings(cls, settings: Sequence[Settings]) -> Self:
        names = [f.name for f in fields(Settings) if f.name != "closeness"]
        table = {name: np.array([getattr(s, name) for s in settings], np.int16) for name in names}
        for band in range(max((len(s.closeness) for s in settings), default=0)):
            # A programme with fewer bands gets one that nobody is in.
            rows = [s.closeness[band] if band < len(s.closeness) else (-1, 0) for s in settings]
            table[f"closeness_upto_{band}"] = np.array([row[0] for row in rows], np.int32)
            table[f"closeness_points_{band}"] = np.array([row[1] for row in rows], np.int16)
        return cls(table)

    def of(self, programme: Array) -> Self:
        """The weights of each request's programme, in the shape of `programme`."""
        return type(self)({name: column[programme] for name, column in self.table.items()})

    def __getitem__(self, name: str) -> Array:
        return self.table[name]

    def bands(self) -> list[tuple[Array, Array]]:
        """(up to, points) from the nearest band to the farthest."""
        n = sum(name.startswith("closeness_upto_") for name in self.table)
        return [(self[f"closeness_upto_{b}"], self[f"closeness_points_{b}"]) for b in range(n)]


def waiting_bonus(weights: Weights, waiting_days: Array) -> Array:
    """Points for waiting, int64 of the shape of `waiting_days`: they decide who is matched first.

    They never end growing, so nobody for whom a mentor exists is overtaken for ever.
    """
    days = waiting_days.astype(np.int64)
    urgent = np.maximum(days - weights["urgent_from"] + 1, 0)
    bonus: Array = days // 7 * weights["waiting_week"] + urgent * weights["urgent_day"]
    return bonus
