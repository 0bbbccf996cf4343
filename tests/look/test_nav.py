"""The way round the house."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import resolve

from onemm import context
from tests import factories

pytestmark = pytest.mark.django_db


def labels(rf: RequestFactory, user: Any, path: str = "/") -> list[str]:
    request = rf.get(path)
    request.user = user
    return [item["label"] for item in context.house(request)["nav"]]


def test_it_shows_each_role_its_own_doors(rf: RequestFactory, cast: SimpleNamespace) -> None:
    assert labels(rf, AnonymousUser()) == []
    assert labels(rf, cast.mentor.user) == ["Home", "Training", "Account"]
    assert labels(rf, cast.mentee.user) == ["Home", "Get ready", "Account"]
    assert labels(rf, cast.coordinator.user) == ["Young people", "Refer", "Account"]
    assert labels(rf, cast.staff) == ["Staff desk", "Account"]


def test_it_opens_my_mentee_and_my_mentor_with_the_match(rf: RequestFactory, cast: SimpleNamespace) -> None:
    factories.make_match(cast.mentor, cast.request)
    assert labels(rf, cast.mentor.user) == ["Home", "My mentee", "Training", "Account"]
    assert labels(rf, cast.mentee.user) == ["Home", "My mentor", "Get ready", "Account"]


def test_it_leads_to_pages_that_exist(rf: RequestFactory, cast: SimpleNamespace) -> None:
    factories.make_match(cast.mentor, cast.request)
    for user in (cast.mentor.user, cast.mentee.user, cast.coordinator.user, cast.staff):
        request = rf.get("/")
        request.user = user
        house = context.house(request)
        for item in house["nav"]:
            resolve(item["url"])
        resolve(str(house["own_home"]))


def test_it_costs_two_queries_at_most_and_none_unasked(
    rf: RequestFactory,
    cast: SimpleNamespace,
    django_assert_max_num_queries: Any,
    django_assert_num_queries: Any,
) -> None:
    factories.make_match(cast.mentor, cast.request)
    request = rf.get("/")
    request.user = cast.mentor.user
    with django_assert_num_queries(0):
        house = context.house(request)
    with django_assert_max_num_queries(2):
        list(house["nav"])
        str(house["safety_url"])
        str(house["own_home"])


def test_it_gives_the_safety_button_to_everybody_signed_in(rf: RequestFactory, cast: SimpleNamespace) -> None:
    def button(user: Any) -> str:
        request = rf.get("/")
        request.user = user
        return str(context.house(request)["safety_url"])

    assert resolve(button(cast.mentor.user)).view_name == "safeguarding:raise_concern"
    for person in (cast.mentee.user, cast.coordinator.user, cast.staff):
        assert button(person) == button(cast.mentor.user)
    assert button(AnonymousUser()) == ""


def test_it_marks_where_you_are(rf: RequestFactory, cast: SimpleNamespace) -> None:
    request = rf.get("/home/")
    request.user = cast.mentor.user
    assert [i["label"] for i in context.house(request)["nav"] if i["current"]] == ["Home"]
