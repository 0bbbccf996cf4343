"""Today's queues on the staff's desk."""

from __future__ import annotations

from typing import Any

import pytest

from audit import desk
from audit.desk import Queue, Urgency
from partners.models import Outcode
from tests import factories


@pytest.fixture
def cards(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    empty: list[Any] = []
    monkeypatch.setattr(desk, "_cards", empty)
    return empty


def test_it_puts_the_most_urgent_first_and_the_empty_last(cards: list[Any]) -> None:
    for queue in [
        Queue("Empty but urgent", 0, "/a/", Urgency.NOW),
        Queue("Some day", 90, "/b/", Urgency.WHEN_YOU_CAN),
        Queue("Few today", 2, "/c/", Urgency.SOON),
        Queue("Many today", 5, "/d/", Urgency.SOON),
        Queue("Now", 1, "/e/", Urgency.NOW),
    ]:
        desk.register(lambda user, queue=queue: queue)
    assert [q.label for q in desk.queues(None)] == [
        "Now", "Many today", "Few today", "Some day", "Empty but urgent",
    ]  # fmt: skip


def test_it_counts_no_more_than_anybody_reads(cards: list[Any], db: None) -> None:
    Outcode.objects.bulk_create(Outcode(code=f"{n:04}", easting=1, northing=1) for n in range(desk.MOST + 5))
    desk.register(lambda user: Queue("Very many", Outcode.objects.all(), "/a/"))
    desk.register(lambda user: Queue("None", Outcode.objects.none(), "/b/"))
    many, none = desk.queues(factories.make_staff())
    assert (many.count, many.shown) == (1000, "999+")
    assert (none.count, none.shown) == (0, "0")
    assert Queue("All of them", 999, "/c/").shown == "999"


def test_it_hides_what_is_not_theirs(cards: list[Any]) -> None:
    desk.register(lambda user: None)
    desk.register(lambda user: ("Plain", 1, "/x/", 2))
    assert desk.queues(None) == [Queue("Plain", 1, "/x/", 2)]


def test_it_takes_a_card_once(cards: list[Any]) -> None:
    def card(user: Any) -> Queue:
        return Queue("One", 1, "/")

    desk.register(card)
    desk.register(card)
    assert len(desk.queues(None)) == 1
