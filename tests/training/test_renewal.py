"""A year of safeguarding: the letter, the day it stops counting, the refresher by pages, and ready again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from mentors.models import Mentor
from notifications.models import Letter
from tests import factories
from tests.signing_in import sign_in
from tests.training.conftest import chosen_for, draft_of, take_course
from training import actions
from training.models import Certificate, Course, ModulePass, Question

# The 28th of February of a leap year's eve: the pass of a 29th would lapse on the 28th.
BEGAN = datetime(2028, 2, 29, 12, tzinfo=UTC)
LAPSES = datetime(2029, 2, 28, 12, tzinfo=UTC)


@pytest.fixture
def mentor(course: Course) -> Mentor:
    programme = factories.make_programme("Manchester", course=course, starts_on=BEGAN.date())
    mentor = factories.make_mentor("Amara", programme=programme)
    take_course(course, mentor.user, at=BEGAN)
    return mentor


def is_trained(mentor: Mentor, at: datetime) -> bool:
    return Mentor.objects.with_facts(at).get(pk=mentor.pk).fact_training  # type: ignore[attr-defined,no-any-return]


def test_a_year_and_its_renewal(client: Any, course: Course, mentor: Mentor) -> None:
    letters = []
    for day in range(370):
        actions.remind_lapsing(at=BEGAN + timedelta(days=day))
        letters.append(Letter.objects.filter(kind="training/lapsing").count())
    assert letters.index(1) == (LAPSES - BEGAN).days - 30
    assert letters[-1] == 1
    assert is_trained(mentor, LAPSES - timedelta(days=1))
    assert not is_trained(mentor, LAPSES)
    number = Certificate.objects.get().number
    with time_machine.travel(LAPSES + timedelta(hours=1)):
        sign_in(client, mentor.user)
        page = client.get(course.get_absolute_url()).content.decode()
        assert "Time for a refresher" in page
        assert "Take it again" in page
        assert "doesn’t count today" in client.get(f"/training/verify/{number}/").content.decode()
        url = client.post("/training/small-course/safety/quiz/").url  # what was read stays read
        for n in range(1, 6):
            question: Question = client.get(url).context["question"]
            client.post(url, {"chosen": chosen_for(question, right=True)})
            url = url.replace(f"/{n}/", f"/{n + 1}/")
        assert "This certificate counts" in client.get(f"/training/verify/{number}/").content.decode()
    assert is_trained(mentor, LAPSES + timedelta(days=364))
    assert Certificate.objects.get().number == number


def test_a_publication_takes_nobodys_readiness(course: Course, mentor: Mentor) -> None:
    at = BEGAN + timedelta(days=50)
    draft = draft_of(course)
    for module in draft.modules.all():
        module.when_changed = "must" if module.slug == "safety" else "ask"
        module.save()
        lesson = module.lessons.first()
        lesson.body = "New words.\n"
        lesson.save()
    actions.publish(draft, by=None, at=at)
    assert is_trained(mentor, at)
    assert is_trained(mentor, at + timedelta(days=27))
    assert not is_trained(mentor, at + timedelta(days=28))
    assert ModulePass.objects.get(module__slug="first").lapses_on is None
