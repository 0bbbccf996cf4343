"""From an anonymous visitor to a logged meeting, by pages and signed links only: desk, phone, no script."""

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
from tests.browser.loop import mentor, person, stage, story
from tests.browser.loop.counting import queries_of_pages
from training.models import Lesson, LessonRead, ModulePass

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TUESDAY = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture
def here(browser: Any, live_server: Any, settings: Any) -> Iterator[stage.Stage]:
    """A site with its clock set to a Tuesday at noon, and everybody's browser closed at the end."""
    settings.SITE_URL = live_server.url
    with time_machine.travel(TUESDAY, tick=True) as traveller:
        made = stage.Stage(
            browser,
            live_server.url,
            stage.Clock(traveller),
            night=lambda: run_task("matching.tasks.run_night", (), {}),
            remind=lambda: run_task("mentoring.tasks.remind_meetings", (), {}),
            after_the_meeting=lambda: None,
        )
        yield made
        made.close()


def live_through(here: stage.Stage) -> None:
    """Tell the story, then what was found wrong on its pages, all of it at once."""
    with queries_of_pages(here.findings):
        story.tell(here, stage.furnish(timezone.now(), modules=2))
    assert Match.objects.get().status == "active"
    assert Meeting.objects.get().status == "held"
    judge(here)


def judge(here: stage.Stage) -> None:
    pages, looks = here.findings.pages, here.eye.looks
    print(f"{pages} pages, {looks} put to axe, {here.findings.most_queries} queries at most")
    assert here.findings.most_queries > 5  # they were counted
    assert looks > 20 or not here.has_script
    assert not here.findings.wrong, f"\n{here.findings}"


@pytest.mark.parametrize("size", [stage.DESK, stage.PHONE], ids=["desk", "phone"])
def test_it_leads_from_a_visitor_to_a_logged_meeting(here: stage.Stage, size: tuple[int, int]) -> None:
    here.sizes = (size,)
    live_through(here)


def test_it_needs_no_script(here: stage.Stage) -> None:
    here.sizes, here.has_script = (stage.PHONE,), False
    somebody = person.Person(here, "Somebody")
    somebody.page.set_content("<title>off</title><script>document.title = 'on'</script>")
    assert somebody.page.title() == "off"  # the control
    live_through(here)


def test_the_whole_course_is_read_on_a_phone_without_script(here: stage.Stage) -> None:
    """The stories above take the first two modules, on a desk too and put to axe; here is all of it."""
    here.sizes, here.has_script = (stage.PHONE,), False
    house = stage.furnish(timezone.now())
    volunteer = mentor.Mentor(here, "Amara")
    with queries_of_pages(here.findings):
        volunteer.sign_up()
        volunteer.go("/training/")
        volunteer.take_course()
    assert house.course.modules.count() == ModulePass.objects.count() >= 6
    assert LessonRead.objects.count() == Lesson.objects.count()
    judge(here)


def test_it_would_see_what_is_wrong(here: stage.Stage) -> None:
    """The control: a page with one fault of each kind."""
    here.sizes = (stage.PHONE,)
    somebody = person.Person(here, "Somebody")
    somebody.go("/")
    assert not here.findings.wrong, f"\n{here.findings}"
    somebody.page.evaluate(
        """() => {
          const main = document.querySelector('main');
          main.insertAdjacentHTML('beforeend', '<img src=/no/such.png><h1 style="color: red">Two</h1>');
          main.insertAdjacentHTML('beforeend', '<div>' + 'wide'.repeat(500) + '</div>');
          document.title = '';
        }"""
    )
    somebody.page.wait_for_load_state("networkidle")
    somebody.look()
    faults = ("image-alt", "2 h1", "title “”", "answers 404", "scrolls sideways", "console: Applying inline")
    for fault in faults:
        assert fault in str(here.findings), here.findings
