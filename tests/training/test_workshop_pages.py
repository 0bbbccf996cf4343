"""The pages of workshops: book, give back, put it in a calendar; where to come, for who has a place."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from mentors.models import Mentor
from tests import factories
from tests.training.workshops import ROOM, letters, make_guest, make_session, make_workshop
from training import actions
from training import workshop_emails as emails
from training.models import Booking, WorkshopSession

LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def here(programme: Any, client: Any) -> SimpleNamespace:
    workshop = make_workshop(programme)
    coming = timezone.now() + timedelta(days=6)
    me = make_guest(programme)
    client.force_login(me)
    return SimpleNamespace(
        programme=programme,
        workshop=workshop,
        coming=coming,
        session=make_session(workshop, starts_at=coming, places=1, good_to_know="Ring twice", **ROOM),
        me=me,
        other=make_guest(programme, "Bola"),
        client=client,
    )


def page(here: Any, session: Any = None) -> str:
    response = here.client.get((session or here.session).get_absolute_url())
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def press(here: Any, name: str) -> str:
    """Press a button of the session's page twice, as a double click does; what the page says then."""
    url = reverse(f"training:{name}", args=[here.session.pk])
    assert url in page(here)
    for _ in range(2):
        assert here.client.post(url).url == here.session.get_absolute_url()
    return page(here)


def test_it_books_and_gives_back(here: Any) -> None:
    assert "1 of 1 places free" in page(here)
    shown = press(here, "book_workshop")
    assert "You have a place" in shown
    assert letters("booked", here.me).count() == 1
    shown = press(here, "give_back_workshop")
    assert "1 of 1 places free" in shown
    assert Booking.objects.get().status == "cancelled"


def test_it_says_where_one_stands_on_the_waiting_list(here: Any) -> None:
    held = actions.book(here.session, by=here.other, at=timezone.now())
    shown = page(here)
    assert "All 1 places are taken" in shown
    assert "You would be the first" in shown
    assert "You’re number 1 on the waiting list" in press(here, "book_workshop")
    actions.give_back(held, by=here.other, at=timezone.now())
    assert "You have a place" in page(here)


def test_who_waits_takes_a_place_that_comes_free_late(here: Any) -> None:
    held = actions.book(here.session, by=here.other, at=timezone.now())
    actions.book(here.session, by=here.me, at=timezone.now())
    late = timezone.now() + timedelta(minutes=90)
    WorkshopSession.objects.update(starts_at=late, ends_at=late + timedelta(hours=1))
    assert "less than two hours" in page(here)
    actions.give_back(held, by=here.other, at=timezone.now())
    assert "Take the place" in page(here)
    assert "You have a place" in press(here, "book_workshop")


def test_only_who_has_a_place_reads_where_to_come(here: Any) -> None:
    secrets = (ROOM["address"], "Ring twice")
    assert not any(words in page(here) for words in secrets)
    actions.book(here.session, by=here.other, at=timezone.now())
    actions.book(here.session, by=here.me, at=timezone.now())
    assert not any(words in page(here) for words in secrets)  # waiting
    here.client.force_login(here.other)
    assert all(words in page(here) for words in secrets)
    actions.give_back(Booking.objects.get(user=here.other), by=here.other, at=timezone.now())
    assert not any(words in page(here) for words in secrets)


def test_the_link_to_a_call_is_for_who_has_a_place(here: Any) -> None:
    session = make_session(here.workshop, starts_at=here.coming + timedelta(days=1))
    assert session.join_url not in page(here, session)
    actions.book(session, by=here.me, at=timezone.now())
    shown = page(here, session)
    assert f'href="{session.join_url}" rel="noreferrer"' in shown
    actions.cancel_session(session, by=here.other, at=timezone.now())
    assert session.join_url not in page(here, session)


def test_the_list_shows_dates_and_ones_own(here: Any) -> None:
    def shown() -> str:
        return " ".join(here.client.get("/training/workshops/").content.decode().split())

    assert "1 of 1 places free" in shown()
    booking = actions.book(here.session, by=here.me, at=timezone.now())
    assert "You have a place" in shown()
    past = timezone.now() - timedelta(days=1)
    WorkshopSession.objects.update(starts_at=past, ends_at=past + timedelta(hours=1))
    assert "We mark who came" in shown()
    staff = factories.make_staff()
    actions.mark_attendance(here.session, {booking.pk: False}, by=staff, at=timezone.now())
    assert "We didn’t see you last time" in shown()
    actions.mark_attendance(here.session, {booking.pk: True}, by=staff, at=timezone.now())
    assert "You’ve done this one" in shown()


def test_the_home_page_leads_to_it(here: Any) -> None:
    shown = here.client.get("/home/").content.decode()
    assert 'href="/training/workshops/"' in shown
    assert "To book" in shown


def test_it_says_so_when_there_is_none(client: Any, db: Any) -> None:
    client.force_login(factories.make_user("Nobody"))
    assert "no workshop for you just now" in client.get("/training/workshops/").content.decode()


def test_strangers_and_others_find_nothing(here: Any) -> None:
    names = ("workshop_session", "workshop_calendar")
    for user in (factories.make_user("Nobody"), factories.make_mentee().user):
        here.client.force_login(user)
        for name in names:
            assert here.client.get(reverse(f"training:{name}", args=[here.session.pk])).status_code == 404
        assert here.client.post(reverse("training:book_workshop", args=[here.session.pk])).status_code == 404
    here.client.logout()
    assert "/login" in here.client.get(here.session.get_absolute_url()).url


def test_opening_a_page_books_nothing(here: Any) -> None:
    assert here.client.get(reverse("training:book_workshop", args=[here.session.pk])).status_code == 405
    page(here)
    assert not Booking.objects.exists()


# --- By the link of a letter -------------------------------------------------------------------------


def promoted(here: Any) -> str:
    held = actions.book(here.session, by=here.other, at=timezone.now())
    actions.book(here.session, by=here.me, at=timezone.now())
    actions.give_back(held, by=here.other, at=timezone.now())
    here.client.logout()
    found = re.search(r"/training/workshops/place/[^\s\"]+", letters("promoted", here.me).get().text)
    assert found
    return found[0]


def test_a_place_is_given_back_without_signing_in(here: Any) -> None:
    link = promoted(here)
    shown = here.client.get(link)
    assert "Give your place back?" in shown.content.decode()
    assert ROOM["address"] not in shown.content.decode()
    assert Booking.objects.get(user=here.me).status == "booked"  # a mail scanner's look changes nothing
    for _ in range(2):
        assert here.client.post(link).url == link
    assert "Your place is given back" in here.client.get(link).content.decode()
    assert Booking.objects.get(user=here.me).status == "cancelled"


def test_an_old_link_gives_no_newer_place_back(here: Any) -> None:
    link = promoted(here)
    here.client.post(link)
    actions.book(here.session, by=here.me, at=timezone.now())
    assert here.client.post(link).status_code == 404
    assert Booking.objects.get(user=here.me).status == "booked"


@pytest.mark.parametrize("token", ["x", "a:b:c", "1:2:" + "3" * 40])
def test_a_link_that_is_not_ours_opens_nothing(here: Any, token: str) -> None:
    assert here.client.get(f"/training/workshops/place/{token}/").status_code == 404


def test_a_link_for_one_place_opens_no_other(here: Any) -> None:
    link = promoted(here)
    booking = Booking.objects.get(user=here.me)
    other = emails.give_back_token(Booking(pk=booking.pk, sequence=booking.sequence + 5))
    assert here.client.get(link.rsplit("/place/")[0] + f"/place/{other}/").status_code == 404


def test_after_the_start_the_link_says_so(here: Any) -> None:
    link = promoted(here)
    past = timezone.now() - timedelta(hours=1)
    WorkshopSession.objects.update(starts_at=past, ends_at=past + timedelta(hours=2))
    assert "has begun" in here.client.get(link).content.decode()
    here.client.post(link)
    assert Booking.objects.get(user=here.me).status == "booked"


# --- The calendar --------------------------------------------------------------------------------


def event(here: Any) -> Any:
    response = here.client.get(reverse("training:workshop_calendar", args=[here.session.pk]))
    assert response["Content-Type"].startswith("text/calendar")
    return Calendar.from_ical(response.content).walk("VEVENT")[0]


def test_a_calendar_follows_changes_and_the_end(here: Any) -> None:
    staff = factories.make_staff()
    booking = actions.book(here.session, by=here.me, at=timezone.now())
    first = event(here)
    assert str(first["LOCATION"]) == ROOM["address"]
    later = here.coming + timedelta(days=1)
    facts = {"starts_at": later, "ends_at": later + timedelta(hours=1), "places": 1, "seen": 0, **ROOM}
    actions.change_session(here.session, by=staff, at=timezone.now(), **facts)
    moved = event(here)
    booking.refresh_from_db()
    actions.give_back(booking, by=here.me, at=timezone.now())
    given_back = event(here)
    assert "LOCATION" not in given_back
    actions.cancel_session(here.session, by=staff, at=timezone.now())
    called_off = event(here)
    events = [first, moved, given_back, called_off]
    assert len({str(e["UID"]) for e in events}) == 1
    assert [e["SEQUENCE"] for e in events] == [0, 1, 2, 3]
    assert [str(e["STATUS"]) for e in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED", "CANCELLED"]
    assert moved["DTSTART"].dt == later.replace(microsecond=0)


@pytest.mark.parametrize(("month", "day", "utc"), [(3, 20, 18), (4, 2, 17), (10, 20, 17), (11, 2, 18)])
def test_six_in_the_evening_is_six_in_london(here: Any, month: int, day: int, utc: int) -> None:
    year = timezone.now().year + 1
    start = datetime(year, month, day, 18, tzinfo=LONDON)
    WorkshopSession.objects.update(starts_at=start, ends_at=start + timedelta(hours=2))
    actions.book(here.session, by=here.me, at=timezone.now())
    found = event(here)["DTSTART"]
    assert (found.dt.hour, found.params["TZID"]) == (18, "Europe/London")
    assert found.dt.astimezone(ZoneInfo("UTC")).hour == utc
    assert "6pm to 8pm" in page(here)


# --- Cost ----------------------------------------------------------------------------------------


def test_a_page_costs_the_same_for_any_crowd(here: Any) -> None:
    paths = ["/training/workshops/", here.session.get_absolute_url()]

    def cost(path: str) -> int:
        here.client.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert here.client.get(path).status_code == 200
        return len(queries)

    actions.book(here.session, by=here.other, at=timezone.now())
    actions.book(here.session, by=here.me, at=timezone.now())
    before = [cost(path) for path in paths]
    for n in range(12):
        make_session(here.workshop, starts_at=here.coming + timedelta(days=n + 1))
        actions.book(here.session, by=make_guest(here.programme, f"Guest{n}"), at=timezone.now())
    assert [cost(path) for path in paths] == before
    assert max(before) <= 15, before


def test_every_page_is_free_of_inline_style_and_script(here: Any) -> None:
    actions.book(here.session, by=here.me, at=timezone.now())
    for path in ("/training/workshops/", here.session.get_absolute_url()):
        shown = here.client.get(path).content.decode()
        assert not re.search(r"<[^>]*\sstyle=|<[^>]*\son\w+=|<script(?![^>]*\ssrc=)", shown), path


def test_a_mentor_who_left_keeps_only_what_they_booked(here: Any) -> None:
    actions.book(here.session, by=here.me, at=timezone.now())
    other = make_session(here.workshop, starts_at=here.coming + timedelta(days=3))
    Mentor.objects.filter(user=here.me).update(status="left")
    assert "You have a place" in page(here)
    assert here.client.get(other.get_absolute_url()).status_code == 404


def test_training_leads_to_it_and_says_where_one_stands(here: Any, course: Any) -> None:
    def card(path: str) -> str:
        shown = " ".join(here.client.get(path, follow=True).content.decode().split())
        return shown.partition('id="workshops"')[2].partition("</section>")[0]

    path = course.get_absolute_url()
    assert f'href="{reverse("training:workshops")}"' in card("/training/")
    assert "First steps together" in card(path)
    assert "To book" in card(path)
    session = here.session
    booking = actions.book(session, by=here.me, at=timezone.now())
    assert "Booked" in card(path)
    assert "City centre" in card(path)
    assert "Central Library" not in card(path)
    over = timezone.now() - timedelta(hours=3)
    WorkshopSession.objects.filter(pk=session.pk).update(starts_at=over, ends_at=over + timedelta(hours=2))
    assert "With us" in card(path)
    for status, words in (("missed", "Choose a date"), ("attended", "You took part on")):
        Booking.objects.filter(pk=booking.pk).update(status=status, slot=1 if status == "attended" else None)
        assert words in card(path)
    here.client.force_login(factories.make_user("Nobody"))
    assert card(path) == ""
