"""Letters when nothing happens: once each, and never to those who are done."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from notifications.models import Letter
from tests.training.conftest import AT, take_course, take_quiz
from training import actions, tasks

DAY = timedelta(days=1)


@pytest.fixture
def half_way(course: Any, learner: Any) -> Any:
    take_quiz(course.modules.first(), learner)
    return course


def nudges() -> int:
    return Letter.objects.filter(kind="training/nudge").count()


def test_it_nudges_after_seven_and_fourteen_days_and_then_stops(half_way: Any) -> None:
    counts = []
    for day in range(40):
        for _ in range(2):  # every night runs twice here
            actions.nudge_stalled(at=AT + day * DAY)
        counts.append(nudges())
    assert counts[6] == 0
    assert counts[7] == counts[13] == 1
    assert counts[14] == counts[39] == 2


def test_it_sends_one_letter_after_a_fortnight_without_nights(half_way: Any) -> None:
    assert actions.nudge_stalled(at=AT + 15 * DAY) == 1
    assert actions.nudge_stalled(at=AT + 16 * DAY) == 0


def test_it_says_how_far_they_are(half_way: Any) -> None:
    actions.nudge_stalled(at=AT + 7 * DAY)
    text = Letter.objects.get(kind="training/nudge").text
    assert "1 of 2 modules done" in text
    assert "/training/small-course/" in text


def test_it_starts_counting_again_after_a_step(half_way: Any, learner: Any) -> None:
    actions.nudge_stalled(at=AT + 7 * DAY)
    actions.read(half_way.modules.last().lessons.first(), by=learner, at=AT + 8 * DAY)
    assert actions.nudge_stalled(at=AT + 14 * DAY) == 0
    assert actions.nudge_stalled(at=AT + 15 * DAY) == 1


def test_it_leaves_those_alone_who_finished_or_left(course: Any, learner: Any, stranger: Any) -> None:
    take_course(course, learner)
    take_quiz(course.modules.first(), stranger)
    stranger.is_active = False
    stranger.save()
    assert actions.nudge_stalled(at=AT + 8 * DAY) == 0


def test_it_warns_thirty_days_before_safeguarding_lapses(course: Any, learner: Any) -> None:
    take_course(course, learner)
    lapse = AT + 365 * DAY
    assert actions.remind_lapsing(at=lapse - 31 * DAY) == 0
    assert actions.remind_lapsing(at=lapse - 30 * DAY) == 1
    assert actions.remind_lapsing(at=lapse - 29 * DAY) == 0
    letter = Letter.objects.get(kind="training/lapsing")
    assert "24 November 2027" in letter.text
    assert "/training/small-course/safety/" in letter.text


def test_it_warns_anew_for_the_next_pass(course: Any, learner: Any) -> None:
    take_course(course, learner)
    actions.remind_lapsing(at=AT + 340 * DAY)
    take_quiz(course.modules.get(slug="safety"), learner, at=AT + 341 * DAY)
    assert actions.remind_lapsing(at=AT + 342 * DAY) == 0
    assert actions.remind_lapsing(at=AT + (341 + 340) * DAY) == 1


def test_it_sends_no_warning_after_the_day(course: Any, learner: Any) -> None:
    take_course(course, learner)
    assert actions.remind_lapsing(at=AT + 366 * DAY) == 0


@pytest.mark.django_db
def test_the_tasks_run_on_an_empty_house() -> None:
    assert tasks.nudge() == 0
    assert tasks.remind_lapsing() == 0
