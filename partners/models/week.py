"""The week as people plan it: seven days × morning, afternoon, evening, one bit each."""

from __future__ import annotations

from dataclasses import dataclass

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PARTS = ("morning", "afternoon", "evening")


@dataclass(frozen=True)
class Slot:
    """One of the 21 slots: `bit` is its place in a mask, counted from Monday morning."""

    bit: int
    day: str
    part: str

    def __str__(self) -> str:
        return f"{self.day} {self.part}s"

    @staticmethod
    def in_mask(mask: int) -> list[Slot]:
        """The slots of a mask, in the order of the week."""
        return [slot for slot in SLOTS if mask >> slot.bit & 1]


SLOTS = [Slot(3 * d + p, day, part) for d, day in enumerate(DAYS) for p, part in enumerate(PARTS)]
