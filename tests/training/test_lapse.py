"""Safeguarding lapses: twelve months, to the day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.training.conftest import AT, take_course, take_quiz
from training import rules
from training.models import Certificate, ModulePass, training_complete


@pytest.mark.parametrize(
    ("passed_on", "months", "lapses_on"),
    [
        (date(2026, 11, 24), 12, date(2027, 11, 24)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2027, 2, 28), 12, date(2028, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 11, 24), None, None),
    ],
)
def test_it_lapses_on_that_day(passed_on: date, months: int | None, lapses_on: date | None) -> None:
    assert rules.lapse_date(passed_on, months) == lapses_on


def test_it_counts_until_the_day_before() -> None:
    day = date(2027, 11, 24)
    assert not rules.is_lapsed(day, day - timedelta(days=1))
    assert rules.is_lapsed(day, day)
    assert not rules.is_lapsed(None, day)


def test_it_takes_the_certificate_out_of_force(course: Any, learner: Any) -> None:
    take_course(course, learner)
    last_day, after = AT + timedelta(days=364), AT + timedelta(days=365)
    assert Certificate.objects.valid(last_day).count() == 1
    assert list(training_complete(course, last_day).values_list("user", flat=True)) == [learner.pk]
    assert not Certificate.objects.valid(after).exists()
    assert not training_complete(course, after).exists()
    progress = course.progress_of(learner, after)
    assert not progress.is_complete
    assert [module.slug for module in progress.lapsed_modules] == ["safety"]
    assert progress.next_module.slug == "safety"
    assert progress.modules_done == 1


def test_it_counts_again_after_another_pass(course: Any, learner: Any) -> None:
    take_course(course, learner)
    later = AT + timedelta(days=400)
    take_quiz(course.modules.get(slug="safety"), learner, at=later)
    row = ModulePass.objects.get(user=learner, module__slug="safety")
    assert row.passed_on == later.date()
    assert Certificate.objects.valid(later).get().issued_on == AT.date()
    assert course.progress_of(learner, later).is_complete


def test_a_failed_refresher_takes_nothing_away(course: Any, learner: Any) -> None:
    take_course(course, learner)
    take_quiz(course.modules.get(slug="safety"), learner, right=1, at=AT + timedelta(days=10))
    assert Certificate.objects.valid(AT + timedelta(days=11)).exists()


def test_it_goes_by_the_day_in_london(course: Any, learner: Any) -> None:
    # 23:30 UTC in July is half past midnight in London: the next day.
    at = datetime.fromisoformat("2026-07-01T23:30:00+00:00")
    take_quiz(course.modules.get(slug="safety"), learner, at=at)
    assert ModulePass.objects.get().lapses_on == date(2027, 7, 2)
