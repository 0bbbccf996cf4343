"""The written list of open pages: whatever a stranger may open stands in it, with its reason."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory

from tests.access.table import OPEN
from tests.access.walk import addresses


def open_to_strangers() -> set[str]:
    """Every view that the middleware lets somebody reach who has not signed in."""
    door = LoginRequiredMiddleware(lambda request: HttpResponse())
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    return {name for name, _, view in addresses() if door.process_view(request, view, (), {}) is None}


def test_it_opens_only_the_pages_on_the_list() -> None:
    assert open_to_strangers() - set(OPEN) == set(), "open, and not on the list"


def test_it_opens_every_page_on_the_list() -> None:
    assert set(OPEN) - open_to_strangers() == set(), "on the list, and closed or gone"


def test_the_list_is_sorted_and_gives_reasons() -> None:
    assert list(OPEN) == sorted(OPEN)
    assert all(OPEN.values())


def test_it_would_notice_an_open_page(monkeypatch: pytest.MonkeyPatch) -> None:
    views: dict[str, Any] = {name: view for name, _, view in addresses()}
    monkeypatch.setattr(views["mentees:partner_home"], "login_required", False, raising=False)
    monkeypatch.setattr(views["home"], "login_required", True)
    assert open_to_strangers() ^ set(OPEN) == {"mentees:partner_home", "home"}
