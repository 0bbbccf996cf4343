"""Many people at the same moment: as many places as there are, and everybody else in line. PostgreSQL."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import IntegrityError

from audit.transitions import NotAllowed
from notifications.models import Letter
from tests import factories
from tests.races import MARKS, at_once
from tests.training.workshops import AT, ONLINE, SOON, letters, make_guest, make_session, make_workshop
from training import actions
from training import workshop_rules as rules
from training.models import Booking

pytestmark = MARKS


@pytest.mark.parametrize(("places", "people"), [(1, 30), (7, 30)])
def test_it_gives_as_many_places_as_there_are(places: int, people: int) -> None:
    programme = factories.make_programme()
    session = make_session(make_workshop(programme), places=places)
    guests = [make_guest(programme, f"Guest{n}") for n in range(people)]
    answers = at_once([lambda user=user: actions.book(session, by=user, at=AT) for user in guests])
    assert all(isinstance(answer, Booking) for answer in answers), answers
    slots = Booking.objects.filter(status="booked").values_list("slot", flat=True)
    assert sorted(slots) == list(range(1, places + 1))
    assert Booking.objects.in_line().count() == people - places
    assert sorted(b.position() for b in Booking.objects.in_line()) == list(range(1, people - places + 1))
    assert letters("booked").count() == places
    assert letters("waiting").count() == people - places


def test_places_given_back_at_once_go_to_the_first_in_line() -> None:
    programme = factories.make_programme()
    session = make_session(make_workshop(programme), places=6)
    guests = [make_guest(programme, f"Guest{n}") for n in range(18)]
    booked = [actions.book(session, by=user, at=AT) for user in guests]
    leaving = [lambda b=b: actions.give_back(b, by=b.user, at=AT) for b in booked[:6]]
    change = {"starts_at": SOON, "ends_at": session.ends_at, "seen": 0, **ONLINE}
    staff = factories.make_staff(programmes=[programme])
    more = [lambda: actions.change_session(session, by=staff, at=AT, places=8, **change)]
    answers = at_once(leaving + more)
    assert not any(isinstance(answer, Exception) for answer in answers), answers
    has_place = Booking.objects.filter(status="booked")
    assert {b.user for b in has_place} == set(guests[6:14])
    assert sorted(b.slot for b in has_place) == list(range(1, 9))
    assert letters("promoted").count() == 8


def test_one_person_in_two_sessions_at_once_has_one() -> None:
    programme = factories.make_programme()
    workshop = make_workshop(programme)
    sessions = [make_session(workshop, join_url=f"https://calls.example/{n}") for n in range(8)]
    guest = make_guest(programme)
    answers = at_once([lambda s=s: actions.book(s, by=guest, at=AT) for s in sessions])
    assert sum(isinstance(answer, Booking) for answer in answers) == 1, answers
    assert sum(isinstance(answer, NotAllowed) for answer in answers) == 7, answers
    assert Letter.objects.count() == 1


def test_one_person_clicking_often_has_one_place() -> None:
    programme = factories.make_programme()
    session = make_session(make_workshop(programme), places=4)
    guest = make_guest(programme)
    answers = at_once([lambda: actions.book(session, by=guest, at=AT).pk] * 8)
    assert len(set(answers)) == 1, answers
    assert letters("booked").count() == 1


def test_the_race_is_real() -> None:
    """The negative control: count first and then write, and the same threads overfill the room."""
    programme = factories.make_programme()
    session = make_session(make_workshop(programme), places=1)
    guests = [make_guest(programme, f"Guest{n}") for n in range(2)]
    both_looked = threading.Barrier(2)

    def carelessly(user: Any, slot: int) -> Booking:
        assert Booking.objects.filter(session=session, status="booked").count() < session.places
        both_looked.wait(timeout=20)
        return Booking.objects.create(
            session=session,
            workshop=session.workshop,
            user=user,
            status="booked",
            slot=slot,
            changed_at=AT,
        )

    at_once([lambda n=n, user=user: carelessly(user, n + 1) for n, user in enumerate(guests)])
    assert Booking.objects.filter(status="booked").count() == 2 > session.places


def test_without_the_lock_the_numbers_of_places_still_hold() -> None:
    """The second control: the same place for two is refused by the database itself."""
    programme = factories.make_programme()
    session = make_session(make_workshop(programme), places=1)
    guests = [make_guest(programme, f"Guest{n}") for n in range(2)]
    both_looked = threading.Barrier(2)

    def carelessly(user: Any) -> Booking:
        slot = rules.free_slot(set(session.bookings.values_list("slot", flat=True)), session.places)
        both_looked.wait(timeout=20)
        return Booking.objects.create(
            session=session,
            workshop=session.workshop,
            user=user,
            status="booked",
            slot=slot,
            changed_at=AT,
        )

    answers = at_once([lambda user=user: carelessly(user) for user in guests])
    assert sum(isinstance(answer, IntegrityError) for answer in answers) == 1, answers
    assert Booking.objects.count() == 1
