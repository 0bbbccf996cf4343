"""What floors above know of a request: they register a teller, so that a partner's list can show it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from mentees.rules import Phrase

# Given the ids of requests: a phrase for each that has come further. One query, no names, nobody's words.
Teller = Callable[[Collection[int], datetime], dict[int, Phrase]]
_tellers: list[Teller] = []


def register(teller: Teller) -> None:
    if teller not in _tellers:
        _tellers.append(teller)


def told(requests: Collection[int], at: datetime) -> dict[int, Phrase]:
    """The phrases of those requests that have come further than this floor can see."""
    found: dict[int, Phrase] = {}
    for teller in _tellers:
        found |= teller(requests, at)
    return found
