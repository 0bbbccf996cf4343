"""The front pages in Chromium, on a phone and on a desk."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.barriers import barriers

PAGES = ["/", "/safety/", "/privacy/", "/accessibility/", "/contact/", "/for-partners/", "/no/such/page/"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("path", PAGES)
def test_it_has_no_barrier_and_no_sideways_scrolling(
    page: Any, live_server: Any, complaints: list[str], path: str
) -> None:
    page.goto(live_server.url + path)
    for width in (375, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [c for c in complaints if "404" not in c or path != PAGES[-1]] == []


def test_it_would_see_a_barrier(page: Any, live_server: Any) -> None:
    page.goto(live_server.url + "/")
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=x><a href=/></a>')"
    )
    found = "\n".join(barriers(page))
    assert "image-alt" in found
    assert "link-name" in found


def test_it_opens_the_menu_on_a_phone_without_script(browser: Any, live_server: Any) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 375, "height": 800})
    page = context.new_page()
    page.goto(live_server.url + "/")
    assert not page.get_by_role("link", name="Keeping people safe").is_visible()
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("link", name="Keeping people safe").click()
    assert page.url.endswith("/safety/")
    context.close()


def test_it_draws_every_sign(page: Any, live_server: Any) -> None:
    page.goto(live_server.url + "/safety/")
    sizes = page.evaluate(
        "[...document.querySelectorAll('svg.icon, svg.mark')]"
        ".filter(s => s.checkVisibility()).map(s => s.getBBox().width)"
    )
    assert sizes
    assert all(width > 0 for width in sizes)
