"""Two clicks at once: one answer, one try, one certificate."""

from __future__ import annotations

from typing import Any

from notifications.models import Letter
from tests.races import MARKS, at_once
from tests.training.conftest import AT, chosen_for, read_all, take_quiz
from training import actions
from training.models import Certificate, Enrolment, Question, QuizTry

pytestmark = MARKS


def test_it_begins_one_try(course: Any, learner: Any) -> None:
    module = course.modules.first()
    read_all(module, learner)
    answers = at_once([lambda: actions.start_try(module, by=learner, at=AT).pk] * 4)
    assert len(set(answers)) == 1, answers
    assert QuizTry.objects.count() == 1


def test_it_takes_one_place(course: Any, learner: Any) -> None:
    lesson = course.modules.first().lessons.first()
    assert at_once([lambda: actions.read(lesson, by=learner, at=AT)] * 4) == [None] * 4
    assert Enrolment.objects.count() == 1


def test_it_issues_one_certificate(course: Any, learner: Any) -> None:
    first, last = course.modules.all()
    take_quiz(first, learner)
    read_all(last, learner)
    quiz_try = actions.start_try(last, by=learner, at=AT)
    *before, end = [Question.objects.get(pk=pk) for pk in quiz_try.asked]
    for question in before:
        actions.answer(quiz_try, question, chosen_for(question, right=True), by=learner, at=AT)
    chosen = chosen_for(end, right=True)
    answers = at_once([lambda: actions.answer(quiz_try, end, chosen, by=learner, at=AT).score] * 4)
    assert answers == [100] * 4
    assert Certificate.objects.count() == 1
    assert Letter.objects.filter(kind="training/certificate").count() == 1
