"""A partner refers a young person, who confirms and answers for themselves."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from audit.transitions import NotAllowed
from mentees import actions
from mentees.models import Mentee, Permission, Referral, Request
from partners.models import Programme
from tests import factories
from tests.mentees.asking import answer, letters, link_in, pages, send, words
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        words()
        yield clock


@pytest.fixture
def hub(db: Any) -> SimpleNamespace:
    factories.make_programme()
    coordinator = factories.make_coordinator(factories.make_organisation("Northside Youth Hub"))
    return SimpleNamespace(coordinator=coordinator, user=coordinator.user)


def typed(**changes: Any) -> dict[str, Any]:
    return {
        "form_key": str(uuid.uuid4()),
        "first_name": "Reece",
        "last_name": "Barlow",
        "born_on_0": "3",
        "born_on_1": "5",
        "born_on_2": "2010",
        "email": "reece@people.example",
        "place": "M14",
        "note": "Wants to become an electrician.",
        "permission": "link",
        "guardian_name": "Carla",
        "guardian_email": "carla@people.example",
        **changes,
    }


def refer(client: Any, hub: Any, **changes: Any) -> Any:
    sign_in(client, hub.user)
    return client.post(reverse("mentees:refer"), typed(**changes))


def facts(**changes: Any) -> dict[str, Any]:
    return {
        "first_name": "Reece",
        "last_name": "Barlow",
        "born_on": date(2010, 5, 3),
        "email": "reece@people.example",
        "outcode": "M14",
        "programme": Programme.objects.get(),
        "at": NOW,
        **changes,
    }


def test_it_goes_from_referral_to_request(client: Any, hub: Any) -> None:
    response = refer(client, hub)
    referral = Referral.objects.get()
    assert response.url == reverse("mentees:referral", args=[referral.pk])
    assert referral.request.status == "unconfirmed"
    assert Permission.objects.get().status == "noted"
    assert len(letters("referred")) == len(letters("referral_received")) == 1
    assert letters("permission_request") == []

    client.logout()
    path = link_in(letters("referred")[0])
    assert b"Northside Youth Hub" in client.get(path).content
    assert client.post(path, {"answer": "yes"}).url == reverse("mentees:ask")
    assert client.get(reverse("mentees:ask")).status_code == 200
    assert b"M14" in client.get(reverse("mentees:ask_question", args=["place"])).content  # filled in already
    for slug, data in pages().items():
        if slug not in {"about-you"}:
            data.pop("email", None)
            assert answer(client, slug, data).status_code == 302, slug
    assert send(client).url == reverse("mentees:waiting")

    request = Request.objects.get()
    assert request.status == "asked"
    assert request.mentee.agreed_at == NOW
    assert Permission.objects.get(status="asked").guardian_email == "denise@people.example"
    assert len(letters("referral_confirmed")) == 1


def test_it_is_one_referral_when_sent_twice(client: Any, hub: Any) -> None:
    sign_in(client, hub.user)
    data = typed()
    first = client.post(reverse("mentees:refer"), data)
    second = client.post(reverse("mentees:refer"), data)
    assert first.url == second.url
    assert Referral.objects.count() == Mentee.objects.count() == len(letters("referred")) == 1


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"born_on_0": "31", "born_on_1": "2"}, "Date of birth must be a real date, like 29 2 2008"),
        ({"born_on_2": "2030"}, "Date of birth must be in the past"),
        ({"born_on_2": "10"}, "Write the year with four digits"),
        ({"born_on_2": "2013"}, "This programme is for ages 14 to 25"),
        ({"born_on_2": "2000"}, "This programme is for ages 14 to 25"),
        ({"guardian_email": "Reece+mum@people.example"}, "not the young person’s"),
        ({"guardian_email": ""}, "Enter their e-mail address"),
        ({"guardian_name": ""}, "Enter their first name"),
        ({"permission": "paper"}, "The day you saw it must be a real date"),
        ({"place": "Atlantis"}, "We do not know that place"),
        ({"email": "nonsense"}, "Enter an e-mail address"),
        ({"first_name": "Re\u202eece"}, "hidden characters"),
    ],
)
def test_it_says_what_to_put_right_and_keeps_the_rest(
    client: Any, hub: Any, changes: dict[str, str], says: str
) -> None:
    page = refer(client, hub, **changes)
    assert page.status_code == 200
    assert says in page.content.decode()
    assert "Wants to become an electrician." in page.content.decode()
    assert not Referral.objects.exists()


def test_it_refuses_the_coordinators_own_address(client: Any, hub: Any) -> None:
    assert b"own e-mail, not one of your team" in refer(client, hub, email=hub.user.email).content


def test_it_asks_whether_it_is_the_same_person(client: Any, hub: Any) -> None:
    refer(client, hub)
    again = refer(client, hub, first_name="REECE", email="other@people.example")
    assert "You may have referred this person already" in again.content.decode()
    assert Referral.objects.count() == 1
    refer(client, hub, email="other@people.example", is_somebody_else="on")
    assert Referral.objects.count() == 2


def test_it_tells_nobody_about_another_partners_young_person(client: Any, hub: Any) -> None:
    """Same name, same birth date, same address: the second partner sees what it typed, and no hint."""
    refer(client, hub)
    other = SimpleNamespace(user=factories.make_coordinator().user)
    response = refer(client, other, first_name="Rhys", last_name="Unlike")
    assert response.status_code == 302
    page = client.get(response.url).content.decode()
    assert "Rhys Unlike" in page
    assert "Barlow" not in page
    assert Request.objects.filter(status="unconfirmed").count() == 2
    assert not Mentee.objects.visible_to(other.user).exists()


def test_it_joins_two_referrals_when_the_young_person_confirms(client: Any, hub: Any) -> None:
    refer(client, hub)
    other = factories.make_coordinator()
    actions.refer(by=other.user, **facts())
    first, second = Request.objects.order_by("pk")
    for request in (first, second):
        actions.confirm(request, at=NOW)
        actions.finish(request, answers=actions.Answers(outcode="M14"), by=request.mentee.user, at=NOW)
    assert [r.status for r in Request.objects.order_by("pk")] == ["asked", "withdrawn"]


@pytest.mark.parametrize("status", ["applied", "declined", "left"])
def test_it_is_for_verified_partners_only(client: Any, hub: Any, status: str) -> None:
    organisation = hub.coordinator.organisation
    type(organisation).objects.filter(pk=organisation.pk).update(status=status)
    assert refer(client, hub).status_code == 404
    with pytest.raises(NotAllowed):
        actions.refer(by=hub.user, **facts())
    assert not Referral.objects.exists()


@pytest.mark.parametrize("kind", ["employer", "commissioner"])
def test_it_is_not_for_employers_and_commissioners(client: Any, kind: str) -> None:
    factories.make_programme()
    coordinator = factories.make_coordinator(factories.make_organisation(kind=kind))
    assert refer(client, SimpleNamespace(user=coordinator.user)).status_code == 404


def test_it_records_paper_with_the_referral(client: Any, hub: Any) -> None:
    refer(client, hub, permission="paper", paper_seen_on_0="1", paper_seen_on_1="11", paper_seen_on_2="2026")
    permission = Permission.objects.get()
    assert (permission.status, permission.how, permission.recorded_by) == ("given", "paper", hub.user)


def test_it_needs_no_guardian_at_18(client: Any, hub: Any) -> None:
    refer(client, hub, born_on_2="2006", permission="none", guardian_name="", guardian_email="")
    assert Referral.objects.exists()
    assert not Permission.objects.exists()


def test_it_lets_the_young_person_say_no(client: Any, hub: Any) -> None:
    refer(client, hub)
    client.logout()
    client.post(link_in(letters("referred")[0]), {"answer": "no"})
    assert Request.objects.get().status == "withdrawn"
    sign_in(client, hub.user)
    assert b"Withdrawn" in client.get(reverse("mentees:partner_home")).content


def test_it_writes_again_at_most_once_a_day(client: Any, hub: Any, clock: Any) -> None:
    refer(client, hub)
    url = reverse("mentees:remind", args=[Referral.objects.get().pk])
    client.post(url)
    assert len(letters("referred")) == 1  # today's letter is the one of the referral
    clock.move_to(NOW + timedelta(days=1))
    sign_in(client, hub.user)
    for _ in range(2):
        client.post(url)
    assert len(letters("referred")) == 2


def test_its_link_signs_no_staff_in(client: Any, hub: Any) -> None:
    factories.make_user("Dele", email="dele@people.example", is_staff=True)
    refer(client, hub, email="dele@people.example")
    client.logout()
    client.post(link_in(letters("referred")[0]), {"answer": "yes"})
    assert "_auth_user_id" not in client.session


def test_somebody_else_from_the_same_page_is_another_referral(client: Any, hub: Any) -> None:
    """Back, another name, send: the page has its old key, and the second young person must not be lost."""
    sign_in(client, hub.user)
    data = typed()
    client.post(reverse("mentees:refer"), data)
    other = data | {"first_name": "Zadie", "email": "zadie@people.example"}
    first, second = (client.post(reverse("mentees:refer"), other) for _ in range(2))
    assert first.url == second.url
    assert [r.first_name for r in Referral.objects.order_by("pk")] == ["Reece", "Zadie"]
