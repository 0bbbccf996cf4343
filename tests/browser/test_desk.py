"""The staff's desk in Chromium, in both themes, under our own content security policy."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from matching.actions import run_night
from tests import factories
from tests.browser.barriers import barriers
from tests.signing_in import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("path", ["/admin/", "/admin/users/user/", "/admin/notifications/letter/"])
def test_it_has_no_barrier(page: Any, live_server: Any, complaints: list[str], path: str) -> None:
    client = sign_in(Client(), factories.make_staff("Ada", is_superuser=True))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    grounds = set()
    for width, scheme in itertools.product((375, 1280), ("light", "dark")):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(live_server.url + path)
        assert page.locator("#site-name").inner_text().strip() == "Staff desk"
        assert barriers(page) == [], (width, scheme)
        grounds.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert len(grounds) == 2  # the dark is dark
    assert complaints == []


def test_it_shows_a_row_to_look_at_without_a_complaint(
    page: Any, live_server: Any, complaints: list[str]
) -> None:
    staff = factories.make_staff("Ada", is_superuser=True)
    night = run_night(at=timezone.now())
    cookie = sign_in(Client(), staff).cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page.goto(f"{live_server.url}/admin/matching/run/{night.pk}/change/")
    assert "night" in page.title().lower()
    assert complaints == []
