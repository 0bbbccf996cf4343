"""The partner's list: each referral in one phrase, counted, filtered, and seen by nobody else."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from mentees.models import Mentee, Referral, Request
from tests import factories
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def hub(db: Any) -> SimpleNamespace:
    coordinator = factories.make_coordinator()
    return SimpleNamespace(coordinator=coordinator, user=coordinator.user)


def referred(
    hub: Any, name: str, *, status: str = "accepted", permission: str = "given", **fields: Any
) -> Request:
    mentee = factories.make_mentee(name, born_on=fields.pop("born_on", date(2010, 1, 1)))
    if permission:
        factories.make_permission(mentee, status=permission)
    if status != "unconfirmed":
        fields.setdefault("confirmed_at", NOW)
    request = factories.make_request(mentee, status=status, permission=False, **fields)
    factories.make_referral(request, hub.coordinator, first_name=name, last_name="Barlow")
    return request


CASES = [
    ({"status": "unconfirmed"}, "yes", "Waiting for them to confirm"),
    ({"status": "unconfirmed", "asked_at": NOW - timedelta(days=8)}, "needs", "Waiting for them to confirm"),
    ({"status": "asked"}, "looking", "With our team"),
    ({"status": "asked", "permission": "asked"}, "yes", "Waiting for permission"),
    ({"status": "asked", "permission": "refused"}, "needs", "An adult said no"),
    ({"status": "accepted", "permission": "withdrawn"}, "needs", "Permission taken back"),
    ({"status": "accepted", "permission": "expired"}, "needs", "Permission ran out"),
    ({"status": "accepted", "permission": ""}, "needs", "Permission needed"),
    (
        {"status": "accepted", "permission": "", "born_on": date(2008, 11, 20)},
        "looking",
        "Looking for a mentor",
    ),
    ({"status": "accepted", "permission": "", "wants_a_talk_first": True}, "looking", "With our team"),
    ({"status": "more_needed"}, "needs", "More needed"),
    ({"status": "accepted"}, "looking", "Looking for a mentor"),
    ({"status": "declined"}, "finished", "Not taken on"),
    ({"status": "withdrawn"}, "finished", "Withdrawn"),
    ({"status": "fulfilled"}, "finished", "Finished"),
]


@pytest.mark.parametrize(("fields", "stage", "phrase"), CASES)
def test_it_says_where_each_stands(hub: Any, fields: dict[str, Any], stage: str, phrase: str) -> None:
    request = referred(hub, "Reece", **fields)
    row = Request.objects.with_stage(NOW).get(pk=request.pk)
    assert (row.stage, row.phrase(NOW).text) == (stage, phrase)


def test_it_counts_everybody_once_and_filters_by_the_counts(client: Any, hub: Any) -> None:
    for n, (fields, _, _) in enumerate(CASES):
        referred(hub, f"Person{n}", **fields)
    sign_in(client, hub.user)
    page = client.get(reverse("mentees:partner_home"))
    counts = {stage["label"]: stage["count"] for stage in page.context["stages"]}
    assert counts["All"] == len(CASES) == sum(counts.values()) - counts["All"]
    for value in ("needs", "yes", "looking", "finished"):
        rows = client.get(reverse("mentees:partner_home"), {"stage": value}).context["rows"]
        assert len(rows) == sum(stage == value for _, stage, _ in CASES)


def test_it_finds_by_name_and_reference_without_a_name_in_the_address(client: Any, hub: Any) -> None:
    referred(hub, "Reece")
    referred(hub, "Maryam")
    sign_in(client, hub.user)
    for q in ("reece", "reece barlow", Referral.objects.get(first_name="Reece").code):
        response = client.post(reverse("mentees:search"), {"q": q})
        assert response.url == reverse("mentees:partner_home")
        rows = client.get(response.url).context["rows"]
        assert [row["request"].referral.first_name for row in rows] == ["Reece"]


def test_it_pages_by_key(client: Any, hub: Any) -> None:
    for n in range(30):
        referred(hub, f"Person{n}")
    sign_in(client, hub.user)
    first = client.get(reverse("mentees:partner_home")).context
    second = client.get(reverse("mentees:partner_home") + first["older_url"]).context
    names = [row["request"].referral.first_name for row in first["rows"] + second["rows"]]
    assert names == [f"Person{n}" for n in reversed(range(30))]
    assert not second["older_url"]


def test_it_costs_the_same_whatever_the_rows(
    client: Any, hub: Any, django_assert_max_num_queries: Any
) -> None:
    sign_in(client, hub.user)
    for n in range(2):
        referred(hub, f"Person{n}")
    with django_assert_max_num_queries(15) as few:
        client.get(reverse("mentees:partner_home"))
    for n in range(20):
        referred(hub, f"More{n}")
    with django_assert_max_num_queries(len(few)):
        client.get(reverse("mentees:partner_home"))


def pages_of(request: Request) -> list[tuple[str, str]]:
    pk = request.referral.pk
    return [
        ("get", reverse("mentees:referral", args=[pk])),
        ("post", reverse("mentees:record_paper", args=[pk])),
        ("post", reverse("mentees:answer_more", args=[pk])),
        ("post", reverse("mentees:remind", args=[pk])),
    ]


@pytest.mark.parametrize("who", ["another coordinator", "stranger", "mentor", "young person", "left"])
def test_it_is_not_there_for_anybody_else(client: Any, hub: Any, who: str) -> None:
    request = referred(hub, "Canary")
    missing = reverse("mentees:referral", args=[request.referral.pk + 1000])
    if who == "left":
        organisation = hub.coordinator.organisation
        type(organisation).objects.update(status="left")
    user = {
        "another coordinator": lambda: factories.make_coordinator().user,
        "stranger": lambda: factories.make_user("Nobody"),
        "mentor": lambda: factories.make_ready_mentor().user,
        "young person": lambda: request.mentee.user,
        "left": lambda: hub.user,
    }[who]()
    sign_in(client, user)
    gone = client.get(missing)
    assert gone.status_code == 404
    for method, url in pages_of(request):
        response = getattr(client, method)(url)
        assert response.status_code == 404
        if method == "get":
            assert response.content == gone.content
    home = client.get(reverse("mentees:partner_home"))
    assert b"Canary" not in home.content
    if who != "young person":
        assert not Request.objects.visible_to(user).filter(pk=request.pk).exists()
        assert not Mentee.objects.visible_to(user).filter(pk=request.mentee_id).exists()


def test_it_shows_no_answers_of_the_young_person(client: Any, hub: Any) -> None:
    request = referred(hub, "Reece")
    Mentee.objects.filter(pk=request.mentee_id).update(
        goals="Canary goal", good_to_know="Canary need", heard_of_us="Canary talk"
    )
    sign_in(client, hub.user)
    for url in (reverse("mentees:partner_home"), reverse("mentees:referral", args=[request.referral.pk])):
        content = client.get(url).content.decode()
        assert "Reece Barlow" in content
        for canary in ("Canary", request.mentee.user.email, "Denise"):
            assert canary not in content


def test_it_says_nothing_of_what_is_complicated(client: Any, hub: Any) -> None:
    request = referred(hub, "Reece", status="asked", permission="", wants_a_talk_first=True)
    sign_in(client, hub.user)
    content = client.get(reverse("mentees:referral", args=[request.referral.pk])).content.decode()
    assert "complicated" not in content.lower()
    assert "talk" not in content.lower()
