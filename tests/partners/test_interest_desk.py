"""The interest list at the desk: for the staff of the nearest programme, who can take people off it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from audit.desk import queues
from audit.models import Entry
from notifications.models import Letter
from partners import actions
from partners.models import Interest
from tests import factories
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db
LIST = reverse("admin:partners_interest_changelist")


@pytest.fixture
def here(client: Any) -> SimpleNamespace:
    """Two programmes, one of them closed; people near, between and far; staff of the first."""
    for code, town, east, north in (
        ("M14", "Manchester", 3850, 3950),
        ("CF10", "Cardiff", 3180, 1760),
        ("LS1", "Leeds", 4300, 4335),
        ("NP20", "Newport", 3310, 1880),
    ):
        factories.make_outcode(code, town, east, north)
    manchester = factories.make_programme("Manchester 2026", place="Manchester")
    cardiff = factories.make_programme("Cardiff 2026", place="Cardiff", is_open=False)
    at = timezone.now()
    for name, outcode in (("far", "LS1"), ("new", "NP20"), ("lost", "ZE1"), ("late", "LS1")):
        row = actions.note_interest(email=f"{name}@people.example", outcode=outcode, at=at)
        if name != "late":
            actions.confirm_interest(row, at=at)
    staff = factories.make_staff("Mina", programmes=[manchester])
    sign_in(client, staff)
    return SimpleNamespace(at=at, manchester=manchester, cardiff=cardiff, staff=staff, client=client)


def row(name: str) -> Interest:
    return Interest.objects.get(email=f"{name}@people.example")


def page(pk: int) -> str:
    return reverse("admin:partners_interest_change", args=[pk])


def shown(here: Any, path: str = LIST) -> str:
    response = here.client.get(path)
    assert response.status_code == 200
    return str(response.content.decode())


def waiting(user: Any) -> Any:
    return next(q.count for q in queues(user) if q.label.startswith("People who wait"))


def test_each_is_given_to_the_nearest_programme_open_or_not(here: Any) -> None:
    assert [row(name).nearest for name in ("far", "new", "lost")] == [here.manchester, here.cardiff, None]
    leeds = factories.make_programme("Leeds 2026", place="Leeds", is_open=False)
    actions.place_interest(at=here.at)
    assert [row(name).nearest for name in ("far", "late", "new")] == [leeds, leeds, here.cardiff]


def test_staff_see_who_where_and_since_when_of_their_own(here: Any) -> None:
    page_of_list = shown(here)
    for words in ("far@people.example", "LS1, Leeds", "Manchester 2026", str(here.at.year)):
        assert words in page_of_list, words
    for name in ("new", "lost", "late"):
        assert f"{name}@" not in page_of_list  # another's, nobody's, and not confirmed
    assert "far@people.example" in shown(here, page(row("far").pk))
    assert here.client.get(page(row("new").pk)).status_code == 404
    assert waiting(here.staff) == 1


def test_administrators_see_all_and_filter_by_programme(here: Any) -> None:
    sign_in(here.client, factories.make_staff("Ada", is_superuser=True))
    assert shown(here).count("@people.example</a>") == 3
    for value, name in ((here.cardiff.pk, "new"), (here.manchester.pk, "far"), ("none", "lost")):
        filtered = shown(here, f"{LIST}?programme={value}")
        assert filtered.count("@people.example</a>") == 1
        assert f"{name}@people.example" in filtered


@pytest.mark.parametrize(("why", "verb"), [("told", "told by staff"), ("asked", "asked to leave")])
def test_it_forgets_them_and_keeps_who_did_it_and_why(here: Any, why: str, verb: str) -> None:
    one = row("far")
    letters = Letter.objects.count()
    assert here.client.post(page(one.pk), {"why": why}).url == LIST
    assert not Interest.objects.filter(pk=one.pk).exists()
    entry = Entry.objects.about(one).get()
    assert (entry.by, entry.facts) == (here.staff, {"programme": here.manchester.pk})
    assert entry.verb.startswith(verb)
    assert Letter.objects.count() == letters
    assert here.client.post(page(one.pk), {"why": why}).status_code == 404
    actions.take_off_list(one, why=why, by=here.staff, at=here.at)
    assert Entry.objects.about(one).count() == 1


def test_it_asks_why_and_takes_nobody_else_off(here: Any) -> None:
    assert "Choose why they leave the list" in here.client.post(page(row("far").pk)).content.decode()
    assert here.client.post(page(row("new").pk), {"why": "told"}).status_code == 404
    assert Interest.objects.count() == 4


def test_the_list_costs_the_same_for_3_and_30(here: Any) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            shown(here)
        return len(asked)

    shown(here)
    few = cost()
    fields = {"outcode": "LS1", "asked_at": here.at, "confirmed_at": here.at, "nearest": here.manchester}
    Interest.objects.bulk_create(Interest(email=f"p{n}@people.example", **fields) for n in range(30))
    assert cost() == few <= 12
