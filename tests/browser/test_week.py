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


SIZES = """cells => [document.documentElement.scrollWidth, ...cells.map(cell => {
  const {left, right, width, height} = cell.getBoundingClientRect();
  return left >= 0 && right <= innerWidth ? Math.min(width, height) : 0;
})]"""
TICKED = "boxes => boxes.filter(box => box.checked).map(box => Number(box.value))"


def test_a_thumb_reaches_each_time_and_takes_it_back(browser: Any, live_server: Any, mentor: Mentor) -> None:
    phone = {"width": 375, "height": 800}
    context = browser.new_context(has_touch=True, is_mobile=True, viewport=phone)
    page = open_grid(context, live_server, mentor)
    cells = page.locator("table.week label")
    wide, *sizes = cells.evaluate_all(SIZES)
    assert wide <= phone["width"], "nobody scrolls sideways"
    assert len(sizes) == 21
    assert min(sizes) >= 44
    # A finger, never a mouse: in each corner and in the middle.
    for n in (0, 2, TUESDAY_EVENING, 10, 18, 20, 10):
        cells.nth(n).tap(position={"x": 4, "y": 4})
    assert page.locator("table.week input").evaluate_all(TICKED) == [0, 2, TUESDAY_EVENING, 18, 20]
    page.get_by_role("button", name="Save").first.tap()
    page.wait_for_url(lambda url: not url.endswith(reverse("mentors:when")))
    mentor.refresh_from_db()
    assert mentor.free_slots == sum(1 << n for n in (0, 2, TUESDAY_EVENING, 18, 20))
    context.close()
