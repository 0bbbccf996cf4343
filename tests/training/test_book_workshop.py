"""Booking: a place, else a turn on the list, which moves up by itself; each said once."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from audit.models import Entry
from audit.transitions import NotAllowed
from mentors.models import Mentor
from notifications.models import Letter
from tests import factories
from tests.training.workshops import (
    AT,
    SOON,
    book_all,
    letters,
    make_guest,
    make_session,
    make_workshop,
    states,
)
from training import actions
from training.models import Booking, Workshop, WorkshopSession


@pytest.fixture
def here(programme: Any) -> SimpleNamespace:
    workshop = make_workshop(programme)
    return SimpleNamespace(
        programme=programme,
        workshop=workshop,
        session=make_session(workshop),
        people=[make_guest(programme, f"Guest{n}") for n in range(5)],
    )


def test_it_gives_places_and_then_turns_on_the_list(here: Any) -> None:
    booked = book_all(here.session, here.people)
    assert states(here.session) == [
        ("booked", 1),
        ("booked", 2),
        ("waiting", None),
        ("waiting", None),
        ("waiting", None),
    ]
    assert [b.position() for b in booked[2:]] == [1, 2, 3]
    assert letters("booked").count() == 2
    assert "number 2 on the waiting list" in " ".join(letters("waiting", here.people[3]).get().text.split())
    assert Entry.objects.about(booked[0]).get().by == here.people[0]


def test_twice_is_once(here: Any) -> None:
    for user in here.people[:3] * 2:
        actions.book(here.session, by=user, at=AT)
    assert Booking.objects.count() == 3
    assert Letter.objects.count() == 3


def test_a_place_given_back_goes_to_the_first_who_waits(here: Any) -> None:
    booked = book_all(here.session, here.people)
    actions.give_back(booked[0], by=here.people[0], at=AT + timedelta(days=1))
    assert states(here.session)[:4] == [
        ("cancelled", None),
        ("booked", 2),
        ("booked", 1),
        ("waiting", None),
    ]
    assert letters("promoted").get().to_user == here.people[2]
    actions.give_back(booked[0], by=here.people[0], at=AT + timedelta(days=1))
    assert letters("promoted").count() == 1
    assert booked[3].position() == 1


def test_a_turn_on_the_list_given_back_promotes_nobody(here: Any) -> None:
    booked = book_all(here.session, here.people)
    actions.give_back(booked[2], by=here.people[2], at=AT)
    assert not letters("promoted").exists()
    assert booked[3].position() == 1


def test_who_gave_back_may_book_again_and_goes_to_the_end(here: Any) -> None:
    booked = book_all(here.session, here.people)
    actions.give_back(booked[0], by=here.people[0], at=AT + timedelta(days=1))
    again = actions.book(here.session, by=here.people[0], at=AT + timedelta(days=2))
    assert (again.pk, again.status, again.position()) == (booked[0].pk, "waiting", 3)
    assert letters("waiting", here.people[0]).count() == 1
    for booking in booked[1:3]:
        booking.refresh_from_db()
        actions.give_back(booking, by=booking.user, at=AT + timedelta(days=2))
    for booking in booked[3:]:
        booking.refresh_from_db()
        actions.give_back(booking, by=booking.user, at=AT + timedelta(days=3))
    again.refresh_from_db()
    assert again.status == "booked"


def test_nobody_is_given_a_place_in_the_last_two_hours(here: Any) -> None:
    booked = book_all(here.session, here.people[:3])
    late = SOON - timedelta(hours=2)
    actions.give_back(booked[0], by=here.people[0], at=late)
    assert letters("promoted").count() == 1  # two hours before is in time
    booked[2].refresh_from_db()
    fourth = actions.book(here.session, by=here.people[3], at=late + timedelta(minutes=1))
    actions.give_back(booked[2], by=here.people[2], at=late + timedelta(minutes=2))
    fourth.refresh_from_db()
    assert fourth.status == "waiting"
    # The place is free, and whoever takes it has it.
    assert actions.book(here.session, by=here.people[4], at=late + timedelta(minutes=3)).status == "booked"
    assert letters("promoted").count() == 1


def test_who_waits_may_take_a_place_that_comes_free_late(here: Any) -> None:
    booked = book_all(here.session, here.people[:3])
    late = SOON - timedelta(minutes=30)
    actions.give_back(booked[0], by=here.people[0], at=late)
    assert actions.book(here.session, by=here.people[2], at=late).status == "booked"
    assert letters("booked", here.people[2]).count() == 1


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda s: WorkshopSession.objects.update(starts_at=AT), "has begun"),
        (lambda s: WorkshopSession.objects.update(status="cancelled"), "called off"),
        (lambda s: Workshop.objects.update(is_published=False), "not open to you"),
        (lambda s: Mentor.objects.update(status="left"), "not open to you"),
    ],
)
def test_it_says_why_not(here: Any, spoil: Any, words: str) -> None:
    spoil(here.session)
    with pytest.raises(NotAllowed, match=words):
        actions.book(here.session, by=here.people[0], at=AT)
    assert not Booking.objects.exists()


def test_a_place_cannot_be_given_back_once_it_has_begun(here: Any) -> None:
    (booking,) = book_all(here.session, here.people[:1])
    with pytest.raises(NotAllowed, match="has begun"):
        actions.give_back(booking, by=here.people[0], at=SOON)


def test_one_session_at_a_time(here: Any) -> None:
    later = make_session(here.workshop, starts_at=SOON + timedelta(days=7))
    (first,) = book_all(here.session, here.people[:1])
    with pytest.raises(NotAllowed, match="Give that one back first"):
        actions.book(later, by=here.people[0], at=AT)
    actions.give_back(first, by=here.people[0], at=AT)
    assert actions.book(later, by=here.people[0], at=AT).status == "booked"


def test_who_took_part_need_not_come_again(here: Any) -> None:
    (first,) = book_all(here.session, here.people[:1])
    Booking.objects.update(status="attended")
    later = make_session(here.workshop, starts_at=SOON + timedelta(days=7))
    with pytest.raises(NotAllowed, match="already"):
        actions.book(later, by=first.user, at=AT)


def test_closed_accounts_and_those_it_is_not_for_are_passed_over(here: Any) -> None:
    booked = book_all(here.session, here.people)
    here.people[2].is_active = False
    here.people[2].save()
    Mentor.objects.filter(user=here.people[3]).update(status="left")
    actions.give_back(booked[0], by=here.people[0], at=AT)
    assert [b.user for b in Booking.objects.filter(slot=1)] == [here.people[4]]


def test_forgetting_somebody_frees_their_place(here: Any) -> None:
    book_all(here.session, here.people[:3])
    actions.forget(here.people[0])
    assert states(here.session) == [("booked", 2), ("booked", 1)]
    assert not Booking.objects.filter(user=here.people[0]).exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"slot": 1},  # two people in one place
        {"slot": None},  # a place without its number
        {"slot": 7, "status": "missed"},
        {"slot": None, "status": "waiting", "waiting_since": None},
    ],
)
def test_the_database_holds_places(here: Any, fields: Any) -> None:
    book_all(here.session, here.people[:1])
    row = {"status": "booked", "changed_at": AT, **fields}
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.create(session=here.session, workshop=here.workshop, user=here.people[1], **row)


def test_the_database_holds_one_open_booking_a_workshop(here: Any) -> None:
    (first,) = book_all(here.session, here.people[:1])
    later = make_session(here.workshop, starts_at=SOON + timedelta(days=7))
    row = {"workshop": here.workshop, "user": first.user, "status": "booked", "slot": 1, "changed_at": AT}
    for session in (here.session, later):
        with pytest.raises(IntegrityError), transaction.atomic():
            Booking.objects.create(session=session, **{**row, "slot": 2})


@pytest.mark.parametrize(
    "fields",
    [
        {"join_url": "http://calls.example/x"},
        {"join_url": ""},
        {"way": "room", "address": ""},
        {"places": 0},
        {"places": 501},
        {"ends_at": SOON},
    ],
)
def test_the_database_holds_what_a_session_is(here: Any, fields: Any) -> None:
    later = SOON + timedelta(days=9)
    row = {"way": "online", "starts_at": later, **fields}
    if "ends_at" in fields:
        row["ends_at"] = later
    with pytest.raises(IntegrityError), transaction.atomic():
        make_session(here.workshop, **row)


def test_only_those_it_is_for_see_it(here: Any) -> None:
    elsewhere = factories.make_programme("Cardiff 2026", place="Cardiff")
    other = make_guest(elsewhere, "Other")
    young = factories.make_mentee().user
    seen = WorkshopSession.objects.visible_to
    assert seen(here.people[0]).get() == here.session
    for user in (other, young, factories.make_user("Nobody")):
        assert not seen(user).exists()
    # What somebody booked they see, whatever became of the workshop.
    book_all(here.session, here.people[:1])
    Workshop.objects.update(is_published=False)
    assert seen(here.people[0]).exists()
    assert not seen(here.people[1]).exists()


def test_staff_run_the_workshops_of_their_programmes(here: Any) -> None:
    elsewhere = factories.make_programme("Cardiff 2026", place="Cardiff")
    assert here.workshop in Workshop.objects.run_by(factories.make_staff(programmes=[here.programme]))
    assert not Workshop.objects.run_by(factories.make_staff("Elin", programmes=[elsewhere])).exists()
    assert Workshop.objects.run_by(factories.make_staff("Ada", is_superuser=True)).exists()
    assert not Workshop.objects.run_by(here.people[0]).exists()
