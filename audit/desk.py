"""The queues of the staff's desk: each app registers its own, and the front page of the desk lists them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any


class Urgency(IntEnum):
    NOW = 3  # somebody may be unsafe, or a promise is broken today
    SOON = 2  # somebody waits for us
    WHEN_YOU_CAN = 1


@dataclass(frozen=True)
class Queue:
    """One line of the desk: what waits, how much of it, where to deal with it."""

    label: str
    count: int
    url: str
    urgency: int = Urgency.SOON


Card = Callable[[Any], Queue | tuple[str, int, str, int] | None]
_cards: list[Card] = []


def register(card: Card) -> Card:
    """Add a queue: a function of the member of staff that answers a `Queue`, or None if not theirs.

    One query each, and only rows that person may see.
    """
    if card not in _cards:
        _cards.append(card)
    return card


def queues(user: Any) -> list[Queue]:
    """Everything that waits for this person, most urgent first, then the longest; empty queues last."""
    answers = [answer for card in _cards if (answer := card(user)) is not None]
    found = [answer if isinstance(answer, Queue) else Queue(*answer) for answer in answers]
    return sorted(found, key=lambda q: (not q.count, -q.urgency, -q.count, q.label))
