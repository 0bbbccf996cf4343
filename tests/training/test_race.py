"""Two clicks at once: one answer, one try, one certificate."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections

from notifications.models import Letter
from tests.training.conftest import AT, chosen_for, read_all, take_quiz
from training import actions
from training.models import Certificate, Enrolment, Question, QuizTry

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]


def at_once(attempt: Callable[[], Any], times: int = 4) -> list[Any]:
    gate, answers = threading.Barrier(times), []

    def run() -> None:
        try:
            gate.wait()
            answers.append(attempt())
        except Exception as error:
            answers.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_it_begins_one_try(course: Any, learner: Any) -> None:
    module = course.modules.first()
    read_all(module, learner)
    answers = at_once(lambda: actions.start_try(module, by=learner, at=AT).pk)
    assert len(set(answers)) == 1, answers
    assert QuizTry.objects.count() == 1


def test_it_takes_one_place(course: Any, learner: Any) -> None:
    lesson = course.modules.first().lessons.first()
    assert at_once(lambda: actions.read(lesson, by=learner, at=AT)) == [None] * 4
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
    answers = at_once(lambda: actions.answer(quiz_try, end, chosen, by=learner, at=AT).score)
    assert answers == [100] * 4
    assert Certificate.objects.count() == 1
    assert Letter.objects.filter(kind="training/certificate").count() == 1
