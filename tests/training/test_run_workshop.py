"""Staff's side: plan, change, call off, mark. Whoever booked hears of it, once."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from audit.models import Entry
from audit.transitions import NotAllowed
from notifications import actions as post_office
from tests import factories
from tests.training.workshops import (
    AT,
    ONLINE,
    ROOM,
    SOON,
    book_all,
    letters,
    make_guest,
    make_session,
    make_workshop,
    states,
)
from training import actions
from training.models import Booking, WorkshopSession

TIMES = {"starts_at": SOON, "ends_at": SOON + timedelta(hours=2)}


@pytest.fixture
def here(programme: Any) -> SimpleNamespace:
    workshop = make_workshop(programme)
    return SimpleNamespace(
        programme=programme,
        workshop=workshop,
        staff=factories.make_staff("Mina", programmes=[programme]),
        people=[make_guest(programme, f"Guest{n}") for n in range(4)],
        session=make_session(workshop),
    )


def change(here: Any, **facts: Any) -> WorkshopSession:
    here.session.refresh_from_db()
    row = {"places": here.session.places, "seen": here.session.sequence, **TIMES, **facts}
    row = row if "way" in row else {**ONLINE, **row}
    return actions.change_session(here.session, by=here.staff, at=row.pop("at", AT), **row)


def test_it_plans_a_session_once(here: Any) -> None:
    later = {"starts_at": SOON + timedelta(days=1), "ends_at": SOON + timedelta(days=1, hours=1)}
    made = [
        actions.plan_session(here.workshop, by=here.staff, at=AT, places=12, **later, **ROOM)
        for _ in range(2)
    ]
    assert made[0] == made[1]
    assert made[0].where == "In a room, City centre"
    assert Entry.objects.about(made[0]).get().by == here.staff


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"ends_at": SOON - timedelta(hours=1)}, "End time must be after start time"),
        ({"ends_at": SOON}, "End time must be after start time"),
        ({"ends_at": SOON + timedelta(hours=9)}, "8 hours at most"),
        ({"ends_at": SOON + timedelta(minutes=5)}, "15 minutes at least"),
        ({"starts_at": AT, "ends_at": AT + timedelta(hours=1)}, "still to come"),
        (
            {"starts_at": AT + timedelta(days=400), "ends_at": AT + timedelta(days=400, hours=1)},
            "next 12 months",
        ),
        ({"places": 0}, "1 place or more"),
        ({"places": 501}, "500 places at most"),
        ({"join_url": "http://calls.example/x"}, "beginning with https"),
        ({"join_url": "https://me:secret@calls.example/x"}, "beginning with https"),
        ({"join_url": "javascript:alert(1)"}, "beginning with https"),
        ({"join_url": "https://"}, "beginning with https"),
        ({"join_url": "https://[bad"}, "beginning with https"),
        ({"way": "room", "address": ""}, "address of the room"),
    ],
)
def test_it_refuses_what_cannot_be(here: Any, facts: Any, words: str) -> None:
    row = {"places": 5, **TIMES, **ONLINE, **facts}
    with pytest.raises(NotAllowed, match=words):
        actions.plan_session(here.workshop, by=here.staff, at=AT, **row)
    with pytest.raises(NotAllowed, match=words):
        change(here, **facts)
    assert WorkshopSession.objects.count() == 1


def test_everybody_who_booked_hears_of_a_new_time(here: Any) -> None:
    book_all(here.session, here.people[:3])
    moved = change(here, starts_at=SOON + timedelta(days=1), ends_at=SOON + timedelta(days=1, hours=2))
    assert moved.sequence == 1
    assert {letter.to_user for letter in letters("changed")} == set(here.people[:3])
    assert "still on the waiting list" in letters("changed", here.people[2]).get().html
    assert "Wednesday 2 December" in letters("changed", here.people[0]).get().text
    change(here, starts_at=SOON + timedelta(days=1), ends_at=SOON + timedelta(days=1, hours=2))
    assert letters("changed").count() == 3


def test_the_size_alone_is_no_news_but_moves_the_list_up(here: Any) -> None:
    book_all(here.session, here.people)
    change(here, places=3)
    assert not letters("changed").exists()
    assert letters("promoted").get().to_user == here.people[2]
    assert states(here.session) == [("booked", 1), ("booked", 2), ("booked", 3), ("waiting", None)]


def test_fewer_places_than_people_is_refused(here: Any) -> None:
    book_all(here.session, here.people[:2])
    with pytest.raises(NotAllowed, match=r"2 people have a place already\. Enter 2 or more"):
        change(here, places=1)


def test_fewer_places_keep_everybody_in(here: Any) -> None:
    change(here, places=4)
    booked = book_all(here.session, here.people)
    for n in (0, 1):
        actions.give_back(booked[n], by=here.people[n], at=AT)
    change(here, places=2)
    assert sorted(b.slot for b in Booking.objects.filter(status="booked")) == [1, 2]


def test_a_stale_page_saves_nothing(here: Any) -> None:
    change(here, places=7)
    with pytest.raises(NotAllowed, match="changed since you opened it"):
        change(here, places=9, seen=0)
    here.session.refresh_from_db()
    assert here.session.places == 7


def test_a_session_that_has_begun_is_not_changed(here: Any) -> None:
    with pytest.raises(NotAllowed, match="has begun"):
        change(here, places=9, at=SOON)


def test_calling_off_frees_and_tells_everybody_once(here: Any) -> None:
    book_all(here.session, here.people[:3])
    for _ in range(2):
        actions.cancel_session(here.session, by=here.staff, at=AT, why="The trainer is ill.")
    assert set(states(here.session)) == {("cancelled", None)}
    assert letters("cancelled").count() == 3
    assert "The trainer is ill." in letters("cancelled", here.people[0]).get().text
    later = make_session(here.workshop, starts_at=SOON + timedelta(days=7))
    assert actions.book(later, by=here.people[0], at=AT).status == "booked"


# --- Who came ------------------------------------------------------------------------------------

AFTER = SOON + timedelta(hours=3)


def test_it_marks_who_came_and_offers_others_the_next(here: Any) -> None:
    booked = book_all(here.session, here.people[:2])
    full = make_session(here.workshop, starts_at=SOON + timedelta(days=7), places=1)
    actions.book(full, by=here.people[3], at=AT)
    later = make_session(here.workshop, starts_at=SOON + timedelta(days=14), **ROOM)
    marks = {booked[0].pk: True, booked[1].pk: False}
    for _ in range(2):
        actions.mark_attendance(here.session, marks, by=here.staff, at=AFTER)
    assert states(here.session) == [("attended", 1), ("missed", None)]
    letter = letters("missed").get()
    assert letter.to_user == here.people[1]
    assert later.get_absolute_url() in letter.text
    assert "Tuesday 15 December" in letter.text
    assert ROOM["address"] not in letter.text + letter.html
    assert Booking.objects.get(pk=booked[0].pk).marked_by == here.staff
    assert actions.book(later, by=here.people[1], at=AFTER).status == "booked"


def test_it_says_so_when_there_is_no_next(here: Any) -> None:
    (booking,) = book_all(here.session, here.people[:1])
    actions.mark_attendance(here.session, {booking.pk: False}, by=here.staff, at=AFTER)
    assert "/training/workshops/" in letters("missed").get().text


def test_a_wrong_mark_is_set_right_and_its_letter_stays(here: Any) -> None:
    (booking,) = book_all(here.session, here.people[:1])
    actions.mark_attendance(here.session, {booking.pk: False}, by=here.staff, at=AFTER)
    actions.mark_attendance(here.session, {booking.pk: True}, by=here.staff, at=AFTER)
    assert states(here.session) == [("attended", 1)]
    post_office.send_due(at=AFTER)
    assert letters("missed").get().status == "cancelled"


def test_who_waited_and_came_has_the_chair_of_who_did_not(here: Any) -> None:
    booked = book_all(here.session, here.people[:3])
    only_them = {booked[2].pk: True}
    with pytest.raises(NotAllowed, match="First mark who did not come"):
        actions.mark_attendance(here.session, only_them, by=here.staff, at=AFTER)
    actions.close_waiting_lists(at=AFTER)
    marks = {booked[2].pk: True, booked[0].pk: False, booked[1].pk: True}
    actions.mark_attendance(here.session, marks, by=here.staff, at=AFTER)
    assert states(here.session) == [("missed", None), ("attended", 2), ("attended", 1)]


def test_nobody_is_marked_too_early_or_by_themselves(here: Any) -> None:
    (booking,) = book_all(here.session, here.people[:1])
    with pytest.raises(NotAllowed, match="not begun"):
        actions.mark_attendance(here.session, {booking.pk: True}, by=here.staff, at=AT)
    with pytest.raises(NotAllowed, match="mark yourself"):
        actions.mark_attendance(here.session, {booking.pk: True}, by=here.people[0], at=AFTER)
    assert states(here.session) == [("booked", 1)]


def test_a_session_that_took_place_is_not_called_off(here: Any) -> None:
    (booking,) = book_all(here.session, here.people[:1])
    actions.mark_attendance(here.session, {booking.pk: True}, by=here.staff, at=AFTER)
    with pytest.raises(NotAllowed, match="took place"):
        actions.cancel_session(here.session, by=here.staff, at=AFTER)


def test_marks_of_another_session_are_nothing(here: Any) -> None:
    other = make_session(here.workshop, starts_at=SOON + timedelta(days=7))
    booking = actions.book(other, by=here.people[0], at=AT)
    assert actions.mark_attendance(here.session, {booking.pk: True}, by=here.staff, at=AFTER) == []


# --- By itself -----------------------------------------------------------------------------------


def test_it_reminds_once_on_the_day_before(here: Any) -> None:
    book_all(here.session, here.people[:3])
    for hours in range(0, 24 * 8, 3):
        actions.remind_workshops(at=AT + timedelta(hours=hours))
    assert {letter.to_user for letter in letters("soon")} == set(here.people[:2])
    assert letters("soon").count() == 2
    assert letters("soon").first().created_at.date() == (SOON - timedelta(days=1)).date()


def test_a_reminder_that_was_missed_is_made_up_before_it_begins(here: Any) -> None:
    book_all(here.session, here.people[:1])
    assert actions.remind_workshops(at=SOON - timedelta(days=2)) == 0
    assert actions.remind_workshops(at=SOON - timedelta(hours=7)) == 1
    assert actions.remind_workshops(at=SOON) == 0


def test_who_was_just_told_is_not_reminded(here: Any) -> None:
    book_all(here.session, here.people[:1], at=SOON - timedelta(days=1, hours=9))
    assert actions.remind_workshops(at=SOON - timedelta(days=1, hours=2)) == 0
    assert actions.remind_workshops(at=SOON - timedelta(hours=7)) == 0


def test_a_session_moved_to_another_day_is_recalled_again(here: Any) -> None:
    book_all(here.session, here.people[:1])
    actions.remind_workshops(at=SOON - timedelta(days=1))
    change(
        here,
        at=SOON - timedelta(hours=20),
        starts_at=SOON + timedelta(days=5),
        ends_at=SOON + timedelta(days=5, hours=1),
    )
    actions.remind_workshops(at=SOON + timedelta(days=4))
    assert letters("soon").count() == 2


def test_a_reminder_does_not_leave_for_a_place_given_back(here: Any) -> None:
    (booking,) = book_all(here.session, here.people[:1])
    actions.remind_workshops(at=SOON - timedelta(hours=20))
    assert letters("soon").count() == 1
    actions.give_back(booking, by=here.people[0], at=SOON - timedelta(hours=19))
    post_office.send_due(at=SOON - timedelta(hours=18))
    assert letters("soon").get().status == "cancelled"


def test_who_still_waits_when_it_begins_is_told_of_the_next(here: Any) -> None:
    booked = book_all(here.session, here.people[:3])
    later = make_session(here.workshop, starts_at=SOON + timedelta(days=7))
    assert actions.close_waiting_lists(at=SOON - timedelta(minutes=1)) == 0
    assert actions.close_waiting_lists(at=SOON) == 1
    assert actions.close_waiting_lists(at=SOON) == 0
    letter = letters("no_place").get()
    assert letter.to_user == booked[2].user
    assert later.get_absolute_url() in letter.text
    assert actions.book(later, by=booked[2].user, at=SOON).status == "booked"


def test_it_knows_whose_attendance_is_not_marked(here: Any) -> None:
    (booking,) = book_all(here.session, here.people[:1])
    to_mark = WorkshopSession.objects.to_mark
    assert not to_mark(SOON).exists()
    assert to_mark(AFTER).get() == here.session
    actions.mark_attendance(here.session, {booking.pk: True}, by=here.staff, at=AFTER)
    assert not to_mark(AFTER).exists()
