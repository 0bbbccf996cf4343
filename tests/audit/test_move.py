"""The one way a status changes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import transaction

from audit.models import Entry
from audit.transitions import NotAllowed, move
from notifications.models import Letter
from tests.factories import make_user

AT = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)


@pytest.fixture
def letter(db):
    return Letter.objects.create(key="a:b", kind="a/b", to_email="x@people.example", subject="Hello")


def test_it_writes_the_new_status_and_whatever_goes_with_it(letter):
    move(letter, "sending", lease_until=AT)
    assert (letter.status, letter.lease_until) == ("sending", AT)
    letter.refresh_from_db()
    assert (letter.status, letter.lease_until) == ("sending", AT)


def test_it_enters_who_when_and_why(letter):
    user = make_user("Dele")
    move(letter, "cancelled", by=user, reason="sent by hand", at=AT)
    entry = Entry.objects.about(letter).get()
    assert (entry.by, entry.at, entry.verb) == (user, AT, "moved to cancelled")
    assert entry.facts == {"came_from": "queued", "reason": "sent by hand"}


def test_it_refuses_a_step_that_is_not_in_the_table(letter):
    with pytest.raises(NotAllowed, match="This letter is “waiting to leave”, so it cannot become “sent”"):
        move(letter, "sent", sent_at=AT)
    letter.refresh_from_db()
    assert letter.status == "queued"
    assert not Entry.objects.about(letter).exists()


def test_it_lets_one_of_two_win(letter):
    slower = Letter.objects.get(pk=letter.pk)
    move(letter, "sending")
    with pytest.raises(NotAllowed, match="changed since you opened it"):
        move(slower, "cancelled")
    letter.refresh_from_db()
    assert letter.status == "sending"
    assert Entry.objects.about(letter).count() == 1


def test_it_leaves_the_row_in_hand_as_it_was_when_the_race_is_lost(letter):
    slower = Letter.objects.get(pk=letter.pk)
    move(letter, "sending")
    with pytest.raises(NotAllowed):
        move(slower, "cancelled", last_error="changed my mind")
    assert (slower.status, slower.last_error) == ("queued", "")


def test_it_takes_the_entry_back_with_the_rest(letter):
    def moved_then_broken() -> None:
        with transaction.atomic():
            move(letter, "sending")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        moved_then_broken()
    letter.refresh_from_db()
    assert letter.status == "queued"
    assert not Entry.objects.about(letter).exists()
