"""Whatever people and staff do in whatever order: nobody shares a place, nobody jumps the queue."""

from __future__ import annotations

import contextlib
import random
from datetime import timedelta
from typing import Any

import pytest

from audit.transitions import NotAllowed
from notifications.models import Letter
from tests import factories
from tests.training.workshops import AT, ONLINE, SOON, make_guest, make_session, make_workshop
from training import actions
from training import workshop_rules as rules
from training.models import Booking, WorkshopSession


def assert_sound(at: Any) -> None:
    for session in WorkshopSession.objects.with_places():
        bookings = list(session.bookings.all())
        slots = [b.slot for b in bookings if b.slot]
        assert len(slots) == len(set(slots)) <= session.places
        assert all(1 <= slot <= session.places for slot in slots)
        has_line = any(b.status == "waiting" for b in bookings)
        if session.is_planned and not rules.is_last_call(session.starts_at, at):
            assert not has_line or session.places_left == 0, "somebody waits beside a free place"
        if not session.is_planned:
            assert not any(b.is_open for b in bookings)
    held = list(Booking.objects.open().values_list("user", "workshop"))
    assert len(held) == len(set(held))


@pytest.mark.parametrize("seed", range(10))
def test_it_stays_sound(programme: Any, seed: int) -> None:
    dice = random.Random(seed)
    workshop = make_workshop(programme)
    staff = factories.make_staff(programmes=[programme])
    people = [make_guest(programme, f"Guest{n}") for n in range(7)]
    sessions = [
        make_session(workshop, starts_at=SOON + timedelta(days=n), places=dice.randint(1, 3))
        for n in range(3)
    ]
    at, done = AT, 0
    for _ in range(120):
        at += timedelta(minutes=dice.choice((1, 20, 240)))
        session = WorkshopSession.objects.get(pk=dice.choice(sessions).pk)
        waiting = list(Booking.objects.in_line().filter(session=session))
        before = dict(session.bookings.values_list("pk", "status"))
        with contextlib.suppress(NotAllowed):
            match dice.choice("bbbbbggggcmxl"):
                case "b":
                    actions.book(session, by=dice.choice(people), at=at)
                case "g":
                    if held := list(Booking.objects.open().filter(session=session)):
                        booking = dice.choice(held)
                        actions.give_back(booking, by=booking.user, at=at)
                case "c":
                    times = {"starts_at": session.starts_at, "ends_at": session.ends_at}
                    facts = {"places": dice.randint(1, 4), "seen": session.sequence, **times, **ONLINE}
                    actions.change_session(session, by=staff, at=at, **facts)
                case "m":
                    marks = {pk: dice.random() < 0.6 for pk in before}
                    actions.mark_attendance(session, marks, by=staff, at=at)
                case "x" if dice.random() < 0.1:
                    actions.cancel_session(session, by=staff, at=at)
                case "l":
                    actions.close_waiting_lists(at=at)
                    actions.remind_workshops(at=at)
            done += 1
        assert_sound(at)
        after = dict(session.bookings.values_list("pk", "status"))
        moved_up = [b.pk for b in waiting if after[b.pk] == "booked"]
        stayed = [b.pk for b in waiting if after[b.pk] == "waiting"]
        if moved_up and not rules.is_last_call(session.starts_at, at):
            order = [b.pk for b in waiting if b.pk in {*moved_up, *stayed}]
            assert order[: len(moved_up)] == moved_up, "somebody jumped the queue"
    assert done > 40
    keys = list(Letter.objects.values_list("key", flat=True))
    assert len(keys) == len(set(keys)) > 10
