"""The queues of the staff's desk: each app registers its own, and the front page of the desk lists them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import IntegerField, QuerySet, Subquery

MOST = 999  # what waits beyond that is not counted: a million rows would take longer than reading the page


class Urgency(IntEnum):
    NOW = 3  # somebody may be unsafe, or a promise is broken today
    SOON = 2  # somebody waits for us
    WHEN_YOU_CAN = 1


@dataclass(frozen=True)
class Queue:
    """One line of the desk: what waits, how much of it, where to deal with it."""

    label: str
    count: Any  # a number; better the rows themselves, which are all counted together in one query
    url: str
    urgency: int = Urgency.SOON

    @property
    def shown(self) -> str:
        return f"{MOST}+" if self.count > MOST else str(self.count)


Card = Callable[[Any], Queue | tuple[str, int, str, int] | None]
_cards: list[Card] = []


def register(card: Card) -> Card:
    """Add a queue: a function of the member of staff that answers a `Queue`, or None if not theirs.

    Only rows that person may see. A queryset as the count costs no query of its own.
    """
    if card not in _cards:
        _cards.append(card)
    return card


class _CountOf(Subquery):
    """How many rows a queryset has, `MOST` and one at most, as a column of another query."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s LIMIT %(most)s) AS counted)"
    output_field = IntegerField()
    empty_result_set_value = 0  # of a queryset that Django knows to be empty without asking


def _counted(found: list[Queue], user: Any) -> list[Queue]:
    rows = {f"n{i}": queue.count for i, queue in enumerate(found) if isinstance(queue.count, QuerySet)}
    columns = {
        name: _CountOf(queryset.order_by().values("pk"), most=MOST + 1) for name, queryset in rows.items()
    }
    counts = get_user_model()._default_manager.filter(pk=user.pk).values(**columns).get() if columns else {}
    return [replace(queue, count=counts.get(f"n{i}", queue.count)) for i, queue in enumerate(found)]


def queues(user: Any) -> list[Queue]:
    """Everything that waits for this person, most urgent first, then the longest; empty queues last."""
    answers = [answer for card in _cards if (answer := card(user)) is not None]
    found = [answer if isinstance(answer, Queue) else Queue(*answer) for answer in answers]
    found = _counted(found, user)
    return sorted(found, key=lambda q: (not q.count, -q.urgency, -q.count, q.label))
