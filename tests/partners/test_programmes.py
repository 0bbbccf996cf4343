"""What anybody may read about a programme, and the list of those who live elsewhere."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from notifications.links import sign
from notifications.models import Letter
from partners import actions, emails, tasks
from partners.models import Interest
from tests import factories
from tests.training.workshops import make_workshop

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
URL = "/programmes/near-me/"


@pytest.fixture
def at() -> Any:
    return timezone.now()


@pytest.fixture
def places() -> None:
    factories.make_outcode("M14", "Manchester", 3850, 3950)
    factories.make_outcode("LS1", "Leeds", 4300, 4335)


# --- Pages ---------------------------------------------------------------------------------------


def test_a_page_says_what_is_asked_how_long_who_and_when(client: Any, programme: Any) -> None:
    programme.years_of_work, programme.ends_on = 3, date(2099, 12, 31)
    programme.save()
    page = client.get(programme.get_absolute_url()).text
    for words in (
        "Mentor in Manchester",
        "One hour a month",
        "Up to 12 months",
        "aged 14 to 25",
        "worked for 3 years, or 2 after a degree",
        "until 31 December 2099",
        f"/mentors/sign-up/?programme={programme.slug}",
    ):
        assert words in page, words


def test_it_names_the_workshop_only_where_one_is_asked_for(client: Any, programme: Any) -> None:
    url = programme.get_absolute_url()
    assert "One workshop" not in client.get(url).text
    make_workshop(programme)
    assert "One workshop" in client.get(url).text


def test_front_page_and_list_lead_to_it(client: Any, programme: Any) -> None:
    for name in ("home", "programmes:all"):
        assert f'href="{programme.get_absolute_url()}"' in client.get(reverse(name)).text


@pytest.mark.parametrize(
    ("change", "listed", "status", "words"),
    [
        ({"is_open": False}, False, 200, "takes no new mentors"),
        ({"starts_on": date(2099, 5, 3)}, True, 200, "opens on 3 May 2099"),
        ({"starts_on": date(2099, 5, 3), "is_open": False}, False, 404, ""),
        ({"ends_on": date(2026, 1, 2)}, False, 404, ""),
    ],
)
def test_it_is_true_when_a_programme_is_closed_or_to_come_or_over(
    client: Any, programme: Any, change: Any, listed: bool, status: int, words: str
) -> None:
    for name, value in change.items():
        setattr(programme, name, value)
    programme.save()
    assert (programme.get_absolute_url() in client.get("/programmes/").text) is listed
    page = client.get(programme.get_absolute_url())
    assert page.status_code == status
    assert words in page.text
    assert "/mentors/sign-up/?programme=" not in page.text


def test_without_any_programme_the_pages_still_lead_on(client: Any) -> None:
    assert URL in client.get("/programmes/").text
    assert "Where we take new mentors" not in client.get("/").text


# --- The list ------------------------------------------------------------------------------------


def join(client: Any, outcode: str = "LS1 4AP", email: str = "Far@People.example") -> Any:
    return client.post(URL, {"outcode": outcode, "email": email})


def test_it_keeps_half_a_postcode_and_asks_the_address_to_confirm(client: Any, places: Any, at: Any) -> None:
    for _ in range(2):
        assert join(client).url == reverse("programmes:interest_noted")
    row = Interest.objects.get()
    assert (row.email, row.outcode, row.confirmed_at) == ("far@people.example", "LS1", None)
    letter = Letter.objects.get(kind="partners/confirm_interest")
    assert letter.to_email == "far@people.example"
    path = letter.text[letter.text.index("/programmes/near-me/yes/") :].split()[0]
    assert client.get(path).status_code == 200
    row.refresh_from_db()
    assert row.confirmed_at is None, "a scanner that opens links confirms nothing"
    assert client.post(path).status_code == 302
    row.refresh_from_db()
    assert row.confirmed_at is not None


def test_near_a_programme_it_says_so_and_keeps_nothing(client: Any, programme: Any, places: Any) -> None:
    page = join(client, "M14 5RQ")
    assert "We are near you already" in page.text
    assert programme.get_absolute_url() in page.text
    assert not Interest.objects.exists()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("outcode", "", "Enter the first half of your postcode, like M14"),
        ("outcode", "Leeds", "Enter the first half of your postcode, like M14"),
        ("outcode", "L\x00S1", "hidden characters"),
        ("outcode", "L" * 40, "at most 12"),
        ("email", "", "Enter your e-mail address"),
        ("email", "far@", "Enter a full e-mail address, like name@example.com"),
        ("email", "a" * 250 + "@people.example", "at most 254"),
    ],
)
def test_it_says_what_to_do_about(client: Any, name: str, value: str, sentence: str) -> None:
    page = client.post(URL, {"outcode": "LS1", "email": "far@people.example", name: value})
    assert page.status_code == 200
    assert page.text.count(sentence) >= 2
    assert not Interest.objects.exists()


def waiting(at: Any, outcode: str = "LS1", email: str = "far@people.example", **fields: Any) -> Interest:
    fields.setdefault("confirmed_at", at)
    return Interest.objects.create(email=email, outcode=outcode, asked_at=at, **fields)


def test_each_is_told_once_when_one_opens_near_and_forgotten(programme: Any, places: Any, at: Any) -> None:
    waiting(at)
    waiting(at, email="other@people.example", confirmed_at=None)
    assert actions.tell_interested(at=at) == 0, "Manchester is too far from Leeds"
    leeds = factories.make_programme("Leeds 2026", place="Leeds", is_open=False)
    assert actions.tell_interested(at=at) == 0
    leeds.is_open = True
    leeds.save()
    assert [actions.tell_interested(at=at + n * DAY) for n in (0, 0, 1)] == [1, 0, 0]
    letter = Letter.objects.get(kind="partners/opened_near")
    assert (letter.to_email, leeds.get_absolute_url() in letter.text) == ("far@people.example", True)
    assert not Interest.objects.waiting().exists()


def test_telling_costs_as_many_queries_for_many_places(
    programme: Any, places: Any, at: Any, django_assert_max_num_queries: Any
) -> None:
    for n in range(1, 30):
        waiting(at, f"LS{n}", f"far{n}@people.example")
    with django_assert_max_num_queries(4):
        assert actions.tell_interested(at=at) == 0


def test_one_click_leaves(client: Any, at: Any) -> None:
    row = waiting(at)
    path = reverse("programmes:leave_list", args=[emails.leave_token(row)])
    assert "Take me off the list" in client.get(path).text
    assert Interest.objects.exists()
    assert "We have forgotten your address" in client.post(path).text
    assert not Interest.objects.exists()
    assert client.post(path).status_code == 410
    assert client.get(path).status_code == 410


def test_links_of_others_and_late_ones_open_nothing(client: Any, at: Any) -> None:
    row = waiting(at, confirmed_at=None)
    late = sign(emails.INTEREST, row.pk, "", days=7, at=at - 8 * DAY)
    assert client.post(reverse("programmes:confirm_interest", args=[late])).status_code == 410
    wrong = reverse("programmes:confirm_interest", args=[emails.leave_token(row)])
    assert client.post(wrong).status_code == 404
    assert Interest.objects.get().confirmed_at is None


def test_it_forgets_by_itself(at: Any) -> None:
    waiting(at, email="a@people.example", confirmed_at=None)
    waiting(at, email="b@people.example")
    left = [(actions.forget_interest(at=at + n * DAY), Interest.objects.count()) for n in (6, 7, 8, 729, 730)]
    assert left == [(0, 2), (1, 1), (0, 1), (0, 1), (1, 0)]


def test_the_tasks_run(at: Any) -> None:
    waiting(at)
    tasks.tell_interested()
    tasks.forget_interest()
    assert Interest.objects.exists()
