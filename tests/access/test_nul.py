"""A NUL in an address is no reason to break: every list of the desk, and a page of everybody's."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin
from django.urls import reverse

from tests import factories
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def lists() -> list[str]:
    """Every list of the desk, each of its filters holding a NUL, and fields that are no filter too."""
    addresses = []
    for model, desk in admin.site._registry.items():
        url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        filters: list[Any] = list(desk.list_filter)
        names = [f"{f}__exact" if isinstance(f, str) else getattr(f, "parameter_name", "") for f in filters]
        asked = "&".join(f"{name}=x%00y" for name in [*names, "q", "p", "o", "id", "%00"] if name)
        addresses.append(f"{url}?{asked}")
    return addresses


def test_no_list_of_the_desk_breaks(client: Any, lists: list[str]) -> None:
    sign_in(client, factories.make_staff("Ada", is_superuser=True))
    assert len(lists) > 20
    broken = [url for url in lists if client.get(url).status_code != 200]
    assert broken == []


def test_what_else_is_asked_stays(client: Any) -> None:
    sign_in(client, factories.make_staff("Ada", is_superuser=True))
    factories.make_ready_mentor("Amara")
    factories.make_ready_mentor("Bola")
    page = client.get(reverse("admin:mentors_mentor_changelist") + "?q=Amara&status__exact=%00approved")
    assert "Amara" in page.text
    assert "Bola" not in page.text


def test_no_open_page_breaks(client: Any) -> None:
    for name in ("home", "mentors:sign_up", "mentees:ask", "training:verify"):
        assert client.get(reverse(name) + "?programme=%00&number=%00&x%00=1").status_code == 200, name
