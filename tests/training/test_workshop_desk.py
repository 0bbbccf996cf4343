"""Staff's pages: a form that says what is wrong, and who came in one click a person, without script."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from audit.desk import queues
from tests import factories
from tests.signing_in import sign_in
from tests.training.workshops import letters, make_guest, make_session, make_workshop
from training import actions
from training.models import Booking, WorkshopSession

ADD = reverse("admin:training_workshopsession_add")
LIST = reverse("admin:training_workshopsession_changelist")


@pytest.fixture
def here(programme: Any, client: Any) -> SimpleNamespace:
    staff = factories.make_staff("Mina", programmes=[programme])
    workshop = make_workshop(programme)
    return SimpleNamespace(programme=programme, workshop=workshop, staff=staff, client=sign_in(client, staff))


def in_boxes(day: Any) -> dict[str, str]:
    return {"on_0": str(day.day), "on_1": str(day.month), "on_2": str(day.year)}


def typed(here: Any, **changes: Any) -> dict[str, Any]:
    day = changes.pop("day", timezone.localdate() + timedelta(days=10))
    facts = {
        "workshop": here.workshop.pk,
        "starts": "6pm",
        "ends": "8pm",
        "way": "online",
        "join_url": "https://calls.example/room",
        "places": "12",
    }
    return {**in_boxes(day), **facts, **changes}


def next_sunday_of(month: int) -> date:
    """The last Sunday of March or October, when the clocks change."""
    today = timezone.localdate()
    for year in (today.year, today.year + 1):
        last = date(year, month, 31)
        sunday = last - timedelta(days=(last.weekday() + 1) % 7)
        if sunday > today:
            return sunday
    raise AssertionError


def held(here: Any, people: int, **fields: Any) -> WorkshopSession:
    """A session that was over yesterday, with so many people in it."""
    session = make_session(here.workshop, starts_at=timezone.now() + timedelta(days=1), places=people)
    for n in range(people):
        actions.book(session, by=make_guest(here.programme, f"Guest{n}"), at=timezone.now())
    past = timezone.now() - timedelta(days=1)
    WorkshopSession.objects.filter(pk=session.pk).update(
        starts_at=past, ends_at=past + timedelta(hours=1), **fields
    )
    session.refresh_from_db()
    return session


def page_of(session: WorkshopSession) -> str:
    return reverse("admin:training_workshopsession_change", args=[session.pk])


def test_it_plans_one_session_however_often_it_is_clicked(here: Any) -> None:
    data = typed(here)
    answers = {here.client.post(ADD, data).url for _ in range(2)}
    session = WorkshopSession.objects.get()
    assert answers == {page_of(session)}
    assert timezone.localtime(session.starts_at).hour == 18


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ends": "5pm"}, "End time must be after start time"),
        ({"ends": "6pm"}, "End time must be after start time"),
        ({"day": timezone.localdate() - timedelta(days=1)}, "still to come"),
        ({"day": timezone.localdate() + timedelta(days=500)}, "next 12 months"),
        ({"day": next_sunday_of(3), "starts": "1:30am", "ends": "3am"}, "no such hour"),
        ({"day": next_sunday_of(10), "starts": "1:30am", "ends": "3am"}, "comes twice"),
        ({"on_0": "31", "on_1": "2"}, "real date"),
        ({"on_0": "", "on_1": "", "on_2": ""}, "real date"),
        ({"starts": "late"}, "Enter a time, like 6pm"),
        ({"places": "0"}, "1 place or more"),
        ({"places": "-3"}, "1 place or more"),
        ({"places": "501"}, "500 places at most"),
        ({"places": "9" * 40}, "500 places at most"),
        ({"places": "many"}, "Enter a whole number"),
        ({"join_url": ""}, "beginning with https://"),
        ({"join_url": "http://calls.example"}, "beginning with https://"),
        ({"join_url": "javascript:alert(1)"}, "beginning with https://"),
        ({"join_url": "https://calls.example/" + "x" * 300}, "300"),
        ({"way": "room", "address": ""}, "Enter the room and its address"),
        ({"way": "room", "address": "x\x00y"}, "address"),
        ({"way": ""}, "How is it held?"),
        ({"workshop": ""}, "Choose a workshop"),
        ({"workshop": "987654"}, "Choose one of the answers"),
    ],
)
def test_bad_input_is_said_beside_the_field_and_nothing_typed_is_lost(
    here: Any, changes: Any, words: str
) -> None:
    response = here.client.post(ADD, typed(here, good_to_know="Ring twice", **changes))
    shown = response.content.decode()
    assert response.status_code == 200
    assert words in shown
    assert "error-summary" in shown
    assert "Ring twice" in shown
    assert not WorkshopSession.objects.exists()


def test_a_workshop_of_other_programmes_is_not_offered(here: Any) -> None:
    other = make_workshop(factories.make_programme("Cardiff 2026"), slug="cardiff")
    response = here.client.post(ADD, typed(here, workshop=other.pk))
    assert "Choose one of the answers" in response.content.decode()
    assert not WorkshopSession.objects.exists()


def test_it_changes_a_session_and_keeps_what_was_not_typed(here: Any) -> None:
    here.client.post(ADD, typed(here, good_to_know="Ring twice"))
    session = WorkshopSession.objects.get()
    url = reverse("admin:training_edit_session", args=[session.pk])
    shown = here.client.get(url).content.decode()
    for value in ("18:00", "20:00", "https://calls.example/room", "Ring twice", 'value="12"'):
        assert value in shown, value
    data = typed(here, starts="7pm", ends="9pm", seen="0")
    assert here.client.post(url, data).url == page_of(session)
    session.refresh_from_db()
    assert (timezone.localtime(session.starts_at).hour, session.sequence) == (19, 1)
    stale = here.client.post(url, typed(here, places="3", seen="0")).content.decode()
    assert "changed since you opened it" in stale


def test_fewer_places_than_people_is_said(here: Any) -> None:
    session = make_session(here.workshop, starts_at=timezone.now() + timedelta(days=9), places=4)
    for n in range(3):
        actions.book(session, by=make_guest(here.programme, f"Guest{n}"), at=timezone.now())
    url = reverse("admin:training_edit_session", args=[session.pk])
    shown = here.client.post(url, typed(here, places="2", seen="0")).content.decode()
    assert "3 people have a place already. Enter 3 or more" in shown


def test_it_calls_a_session_off(here: Any) -> None:
    session = make_session(here.workshop, starts_at=timezone.now() + timedelta(days=9))
    actions.book(session, by=make_guest(here.programme), at=timezone.now())
    url = reverse("admin:training_call_off_session", args=[session.pk])
    assert here.client.get(url).status_code == 200
    for _ in range(2):
        assert here.client.post(url, {"why": "The trainer is ill."}).url == page_of(session)
    assert "The trainer is ill." in here.client.get(page_of(session)).content.decode()
    assert letters("cancelled").count() == 1


def test_one_click_a_person_and_one_to_save(here: Any) -> None:
    session = held(here, 3)
    first, second, third = session.bookings.order_by("pk")
    shown = here.client.get(page_of(session)).content.decode()
    assert shown.count('type="radio"') == 6
    assert shown.count("checked") == 0
    data = {f"came-{first.pk}": "yes", f"came-{second.pk}": "no"}
    for _ in range(2):
        assert here.client.post(page_of(session), data).url == page_of(session)
    assert [Booking.objects.get(pk=b.pk).status for b in (first, second, third)] == [
        "attended",
        "missed",
        "booked",
    ]
    assert here.client.get(page_of(session)).content.decode().count("checked") == 2
    assert letters("missed").count() == 1


@pytest.mark.parametrize(
    "data",
    [{"came-x": "yes"}, {"came-987654": "yes"}, {"came-": "no"}, {"came-9999999999999999999999": "yes"}, {}],
)
def test_odd_marks_mark_nobody(here: Any, data: Any) -> None:
    session = held(here, 1)
    assert here.client.post(page_of(session), data).status_code == 302
    assert session.bookings.get().status == "booked"


def test_a_refusal_keeps_what_was_ticked(here: Any) -> None:
    session = held(here, 1)
    here.staff.workshop_bookings.create(
        session=session, workshop=here.workshop, status="no_place", changed_at=timezone.now()
    )
    mine = Booking.objects.get(user=here.staff)
    shown = here.client.post(page_of(session), {f"came-{mine.pk}": "yes"}).content.decode()
    assert "You can’t mark yourself" in shown
    assert "checked" in shown


def test_the_desk_knows_what_is_not_marked(here: Any) -> None:
    def waiting(user: Any) -> int:
        return next(q.count for q in queues(user) if q.label == "Workshops to mark who came")

    session = held(here, 1)
    elsewhere = factories.make_staff("Elin", programmes=[factories.make_programme("Cardiff 2026")])
    assert (waiting(here.staff), waiting(elsewhere)) == (1, 0)
    assert "First steps together" in here.client.get(f"{LIST}?stands=mark").content.decode()
    actions.mark_attendance(session, {session.bookings.get().pk: True}, by=here.staff, at=timezone.now())
    assert waiting(here.staff) == 0


def test_staff_of_another_programme_find_nothing(here: Any, client: Any) -> None:
    session = held(here, 1)
    elsewhere = factories.make_staff("Elin", programmes=[factories.make_programme("Cardiff 2026")])
    client = sign_in(client, elsewhere)
    for url in (page_of(session), reverse("admin:training_edit_session", args=[session.pk])):
        assert client.get(url).status_code == 404
    booking = session.bookings.get()
    assert client.post(page_of(session), {f"came-{booking.pk}": "yes"}).status_code == 404
    booking.refresh_from_db()
    assert booking.status == "booked"


def test_its_pages_cost_the_same_for_any_crowd(here: Any) -> None:
    def cost(path: str) -> int:
        here.client.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert here.client.get(path).status_code == 200
        return len(asked)

    one = held(here, 1)
    before = [cost(path) for path in (LIST, f"{LIST}?stands=mark", page_of(one))]
    many = held(here, 12, join_url="https://calls.example/second")
    assert [cost(path) for path in (LIST, f"{LIST}?stands=mark", page_of(many))] == before
    assert max(before) <= 15, before
