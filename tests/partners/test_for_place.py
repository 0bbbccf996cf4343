"""Which programme is for somebody who lives there."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.core.management import call_command

from partners.models import Programme
from tests import factories

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def places(db: None) -> None:
    call_command("load_outcodes", stdout=io.StringIO())
    for place in ("Manchester", "London", "Cardiff"):
        factories.make_programme(f"{place} 2026", place=place)


@pytest.mark.parametrize(
    ("outcode", "place"),
    [
        ("M14", "Manchester"),
        ("BL1", "Manchester"),
        ("IG11", "London"),
        ("NP20", "Cardiff"),
        ("CF99", "Cardiff"),
    ],
)
def test_it_chooses_the_nearest(outcode: str, place: str) -> None:
    found, is_near = Programme.objects.all().for_place(outcode, ON)
    assert found is not None
    assert (found.place, is_near) == (place, True)


@pytest.mark.parametrize("outcode", ["B1", "LS1"])
def test_it_offers_online_further_away(outcode: str) -> None:
    found, is_near = Programme.objects.all().for_place(outcode, ON)
    assert found is not None
    assert not is_near


def test_it_says_when_there_is_none() -> None:
    Programme.objects.update(meeting_ways="in_person")
    assert Programme.objects.all().for_place("B1", ON) == (None, False)


def test_it_leaves_out_what_is_closed_or_over() -> None:
    Programme.objects.filter(place="Manchester").update(is_open=False)
    found, is_near = Programme.objects.all().for_place("M14", ON)
    assert found is not None
    assert (found.place != "Manchester", is_near) == (True, False)


def test_it_costs_two_queries(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(2):  # type: ignore[operator]
        Programme.objects.all().for_place("M14", ON)
