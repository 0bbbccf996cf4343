"""From bits to words: what two people share, as names that sentences are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Value

from matching.engine import IN_PERSON, ONLINE, Shared
from partners.models import SLOTS, Experience, HelpTopic, Language, Sector

# Distances are told in bands, never exactly: nobody shall be found by them. Units of 100 m.
NEAR = ((30, "less than 3 km"), (60, "about 5 km"), (100, "less than 10 km"), (250, "less than 25 km"))
FARTHER = "more than 25 km"


@dataclass(frozen=True)
class Vocabulary:
    """Names by bit, for each list of words, in the order of their bits; one query."""

    names: dict[str, dict[int, str]]

    @classmethod
    def read(cls) -> Vocabulary:
        lists: dict[str, Any] = {
            "topics": HelpTopic,
            "sectors": Sector,
            "languages": Language,
            "experiences": Experience,
        }
        names: dict[str, dict[int, str]] = {key: {} for key in lists}
        words = [
            model.objects.order_by().values_list(Value(key), "bit", "name") for key, model in lists.items()
        ]
        for key, bit, name in sorted(words[0].union(*words[1:])):
            names[key][bit] = name
        names["slots"] = {slot.bit: str(slot) for slot in SLOTS}
        return cls(names)

    def of(self, kind: str, mask: int) -> list[str]:
        return [name for bit, name in self.names[kind].items() if mask >> bit & 1]

    def shared(self, shared: Shared, n: int) -> dict[str, Any]:
        """What pair `n` shares, in names; what they don't share is left out."""
        found: dict[str, Any] = {kind: self.of(kind, int(getattr(shared, kind)[n])) for kind in self.names}
        ways = int(shared.ways[n])
        found["ways"] = [way for way, bit in (("online", ONLINE), ("in_person", IN_PERSON)) if ways & bit]
        found["near"] = near(int(shared.distance[n])) if ways & IN_PERSON else ""
        found["wish"] = bool(shared.wish[n])
        return {key: value for key, value in found.items() if value}


def near(distance: int) -> str:
    """A distance in units of 100 m as people are told it; empty when unknown."""
    if distance < 0:
        return ""
    return next((words for upto, words in NEAR if distance <= upto), FARTHER)
