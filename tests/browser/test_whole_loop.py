"""From an anonymous visitor to a logged meeting, through pages and signed links only; and once on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from matching.models import Match
from mentoring.models import Meeting
from onemm.embedded import run_task
from tests.browser.loop import person, stage, story
from tests.browser.loop.counting import queries_of_pages

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TUESDAY = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize("size", [stage.DESK, stage.PHONE], ids=["desk", "phone"])
def test_it_leads_from_a_visitor_to_a_logged_meeting(
    browser: Any, live_server: Any, settings: Any, size: tuple[int, int]
) -> None:
    settings.SITE_URL = live_server.url
    with time_machine.travel(TUESDAY, tick=True) as traveller:
        here = stage.Stage(
            browser,
            live_server.url,
            stage.Clock(traveller),
            night=lambda: run_task("matching.tasks.run_night", (), {}),
            remind=lambda: run_task("mentoring.tasks.remind_meetings", (), {}),
            after_the_meeting=lambda: None,
            size=size,
        )
        try:
            with queries_of_pages(here.findings):
                story.tell(here, stage.furnish(timezone.now()))
        finally:
            here.close()
            print(f"{here.findings.pages} pages, {here.findings.most_queries} queries at most")
        assert Match.objects.get().status == "active"
        assert Meeting.objects.get().status == "held"
        assert not here.findings.wrong, f"\n{here.findings}"
        assert here.findings.most_queries > 5  # they were counted


@pytest.fixture
def bystander(browser: Any, live_server: Any) -> Iterator[person.Person]:
    def nothing() -> None: ...

    here = stage.Stage(browser, live_server.url, stage.Clock(), nothing, nothing, nothing, size=stage.PHONE)
    yield person.Person(here, "Nobody")
    here.close()


def test_it_would_see_what_is_wrong(bystander: person.Person) -> None:
    """The control: a page with one fault of each kind."""
    bystander.go("/")
    findings = bystander.stage.findings
    assert not findings.wrong, f"\n{findings}"
    bystander.page.evaluate(
        """() => {
          const main = document.querySelector('main');
          main.insertAdjacentHTML('beforeend', '<img src=/no/such.png><h1 style="color: red">Two</h1>');
          main.insertAdjacentHTML('beforeend', '<div>' + 'wide'.repeat(500) + '</div>');
          document.title = '';
        }"""
    )
    bystander.page.wait_for_load_state("networkidle")
    bystander.look()
    for fault in (
        "image-alt",
        "2 h1",
        "title “”",
        "answers 404",
        "scrolls sideways",
        "console: Applying inline",
    ):
        assert fault in str(findings), findings
