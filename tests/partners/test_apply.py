"""An organisation applies, staff verify it, and its coordinator signs in."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.transitions import NotAllowed
from notifications.models import Letter
from partners import actions
from partners.models import Coordinator, Organisation
from tests import factories
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db


def typed(**changes: Any) -> dict[str, Any]:
    return {
        "name": "Northside Youth Hub",
        "kind": "youth",
        "contact_name": "Shabana Example",
        "contact_email": "shabana@hub.example",
        "contact_phone": "0161 496 0000",
        "safeguarding_lead": "Dev Example",
        "safeguarding_phone": "0161 496 0001",
        "safeguarding_email": "dev@hub.example",
        "agrees": "on",
        **changes,
    }


def letters(kind: str) -> list[Letter]:
    return list(Letter.objects.filter(kind=f"partners/{kind}"))


def test_it_applies_once_and_hears_from_us(client: Any) -> None:
    assert client.get(reverse("partners:apply")).status_code == 200
    for _ in range(2):
        assert client.post(reverse("partners:apply"), typed()).url == reverse("partners:applied")
    organisation = Organisation.objects.get()
    assert organisation.status == "applied"
    assert organisation.agreement_signed_on == timezone.localdate()
    assert len(letters("applied")) == 1
    assert client.get(reverse("partners:applied")).status_code == 200


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"name": ""}, "Enter the name of your organisation"),
        ({"agrees": ""}, "Tick the box if your organisation agrees"),
        ({"safeguarding_phone": "12"}, "Enter a UK phone number"),
        ({"contact_email": "shabana"}, "Enter a full e-mail address"),
        ({"kind": "bank"}, "Choose one of the answers below"),
    ],
)
def test_it_says_what_to_put_right(client: Any, changes: dict[str, str], says: str) -> None:
    page = client.post(reverse("partners:apply"), typed(**changes))
    assert page.status_code == 200
    assert says in page.content.decode()
    assert not Organisation.objects.exists()


def test_it_refuses_a_name_that_is_taken(client: Any) -> None:
    factories.make_organisation("northside youth hub")
    assert b"with us already" in client.post(reverse("partners:apply"), typed()).content


def test_staff_verify_and_the_coordinator_is_invited_once(client: Any) -> None:
    client.post(reverse("partners:apply"), typed())
    organisation = Organisation.objects.get()
    sign_in(client, factories.make_staff())
    url = reverse("admin:partners_verify", args=[organisation.pk])
    assert client.get(url).status_code == 200
    organisation.refresh_from_db()
    assert organisation.status == "applied"
    for _ in range(2):
        client.post(url)
    organisation.refresh_from_db()
    assert organisation.status == "verified"
    coordinator = Coordinator.objects.get()
    assert (coordinator.user.email, coordinator.user.first_name) == ("shabana@hub.example", "Shabana")
    assert len(letters("verified")) == 1
    assert (
        client.get(reverse("admin:partners_organisation_change", args=[organisation.pk])).status_code == 200
    )


def test_it_is_verified_by_staff_only_and_with_a_safeguarding_lead() -> None:
    bare = factories.make_organisation(status="applied")
    with pytest.raises(NotAllowed, match="safeguarding lead"):
        actions.verify(bare, by=factories.make_staff())
    for by in (None, factories.make_user("Nobody"), factories.make_coordinator().user):
        with pytest.raises(NotAllowed, match="staff"):
            actions.verify(bare, by=by)


def test_staff_decline_with_a_reason(client: Any) -> None:
    client.post(reverse("partners:apply"), typed())
    organisation = Organisation.objects.get()
    sign_in(client, factories.make_staff())
    url = reverse("admin:partners_decline", args=[organisation.pk])
    assert client.post(url, {"reason": ""}).status_code == 200
    client.post(url, {"reason": "We do not work in your area yet."})
    organisation.refresh_from_db()
    assert organisation.status == "declined"
    assert "your area" in letters("declined")[0].text


def test_staff_invite_a_colleague_but_not_somebody_elses(client: Any) -> None:
    organisation = factories.make_organisation()
    taken = factories.make_coordinator()
    sign_in(client, factories.make_staff())
    url = reverse("admin:partners_invite", args=[organisation.pk])
    for _ in range(2):
        client.post(url, {"first_name": "Dev", "last_name": "Example", "email": "Dev@hub.example"})
    assert organisation.coordinators.count() == len(letters("invited")) == 1
    page = client.post(url, {"first_name": "A", "last_name": "B", "email": taken.user.email})
    assert b"coordinator of another partner" in page.content


def test_who_left_sees_nobody_with_the_next_click(client: Any) -> None:
    coordinator = factories.make_coordinator()
    sign_in(client, coordinator.user)
    assert client.get(reverse("mentees:partner_home")).status_code == 200
    actions.part(coordinator.organisation, by=factories.make_staff())
    assert client.get(reverse("mentees:partner_home")).status_code == 404


@pytest.mark.parametrize("name", ["verify", "decline", "part", "invite"])
def test_the_desk_is_for_staff_only(client: Any, name: str) -> None:
    organisation = factories.make_organisation(status="applied")
    sign_in(client, factories.make_coordinator(organisation).user)
    response = client.post(reverse(f"admin:partners_{name}", args=[organisation.pk]))
    assert response.status_code in {302, 403, 404}
    organisation.refresh_from_db()
    assert organisation.status == "applied"


@pytest.mark.parametrize("pk", ["nonsense", "²", "9" * 30, "1;2"])
def test_an_address_that_somebody_made_up_is_no_server_error(client: Any, pk: str) -> None:
    sign_in(client, factories.make_staff())
    path = reverse("admin:partners_organisation_change", args=[pk])
    assert client.get(path).status_code in {302, 404}
