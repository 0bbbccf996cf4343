"""The weekly grid by keyboard alone, by thumb, and without script."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from mentors.models import Mentor
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TUESDAY_EVENING, SATURDAY_MORNING = 5, 15


@pytest.fixture
def mentor() -> Mentor:
    made = factories.make_mentor("Amara", free_slots=0, way="online", travel_minutes=None)
    made.references.all().delete()
    return made


def open_grid(context: Any, live_server: Any, mentor: Mentor) -> Any:
    client = Client()
    client.force_login(mentor.user)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    page = context.new_page()
    page.goto(live_server.url + reverse("mentors:when"))
    return page


@pytest.mark.parametrize("script", [True, False])
def test_the_keyboard_alone_fills_it(browser: Any, live_server: Any, mentor: Mentor, script: bool) -> None:
    context = browser.new_context(java_script_enabled=script, viewport={"width": 375, "height": 800})
    page = open_grid(context, live_server, mentor)
    chosen = {f"id_free_slots_{bit}" for bit in (TUESDAY_EVENING, SATURDAY_MORNING)}
    for _ in range(80):
        page.keyboard.press("Tab")
        here = page.locator(":focus")
        if here.get_attribute("id") in chosen:
            page.keyboard.press("Space")
        if (here.inner_text() or "").startswith("Save"):
            page.keyboard.press("Enter")
            break
    page.wait_for_url(lambda url: not url.endswith(reverse("mentors:when")))
    mentor.refresh_from_db()
    assert mentor.free_slots == 1 << TUESDAY_EVENING | 1 << SATURDAY_MORNING
    context.close()


def test_each_time_is_large_enough_for_a_thumb(browser: Any, live_server: Any, mentor: Mentor) -> None:
    context = browser.new_context(has_touch=True, viewport={"width": 375, "height": 800})
    page = open_grid(context, live_server, mentor)
    cells = page.locator("table.week label")
    assert cells.count() == 21
    sizes = [cells.nth(n).bounding_box() for n in range(21)]
    assert min(min(size["width"], size["height"]) for size in sizes) >= 44
    cells.nth(TUESDAY_EVENING).tap()
    assert page.locator(f"#id_free_slots_{TUESDAY_EVENING}").is_checked()
    context.close()
