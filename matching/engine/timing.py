"""How long each stage takes, and who is told when it begins."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter


def _nobody(stage: str) -> None:
    return


@dataclass
class Stages:
    """Seconds by stage. `told` hears the name of each stage as it begins."""

    told: Callable[[str], object] = _nobody
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def of(self, stage: str) -> Iterator[None]:
        self.told(stage)
        start = perf_counter()
        yield
        self.seconds[stage] = round(self.seconds.get(stage, 0.0) + perf_counter() - start, 4)
