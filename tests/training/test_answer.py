"""Answering a quiz: kept on our side, once, and scored at the end."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from audit.transitions import NotAllowed
from tests.training.conftest import AT, chosen_for, read_all, take_quiz
from training import actions
from training.models import ModulePass, Question, QuizTry


@pytest.fixture
def module(course: Any) -> Any:
    return course.modules.get(slug="first")


def test_it_opens_only_after_reading(module: Any, learner: Any) -> None:
    with pytest.raises(NotAllowed, match="Part 1 of first"):
        actions.start_try(module, by=learner, at=AT)


def test_it_resumes_where_the_learner_stopped(module: Any, learner: Any) -> None:
    read_all(module, learner)
    begun = actions.start_try(module, by=learner, at=AT)
    first = Question.objects.get(pk=begun.asked[0])
    actions.answer(begun, first, chosen_for(first, right=True), by=learner, at=AT)
    resumed = actions.start_try(module, by=learner, at=AT)
    assert resumed.pk == begun.pk
    assert resumed.next_number == 2
    assert resumed.asked == begun.asked


def test_an_answer_stands(module: Any, learner: Any) -> None:
    read_all(module, learner)
    quiz_try = actions.start_try(module, by=learner, at=AT)
    first = Question.objects.get(pk=quiz_try.asked[0])
    actions.answer(quiz_try, first, chosen_for(first, right=False), by=learner, at=AT)
    row = actions.answer(quiz_try, first, chosen_for(first, right=True), by=learner, at=AT)
    assert row.right == 0
    assert len(row.answers) == 1


def test_it_refuses_another_question_and_foreign_choices(module: Any, learner: Any) -> None:
    read_all(module, learner)
    quiz_try = actions.start_try(module, by=learner, at=AT)
    first, second = (Question.objects.get(pk=pk) for pk in quiz_try.asked[:2])
    with pytest.raises(NotAllowed):
        actions.answer(quiz_try, second, chosen_for(second, right=True), by=learner, at=AT)
    with pytest.raises(NotAllowed):
        actions.answer(quiz_try, first, chosen_for(second, right=True), by=learner, at=AT)
    with pytest.raises(NotAllowed):
        actions.answer(quiz_try, first, [], by=learner, at=AT)


def test_it_lets_nobody_answer_for_another(module: Any, learner: Any, stranger: Any) -> None:
    read_all(module, learner)
    quiz_try = actions.start_try(module, by=learner, at=AT)
    first = Question.objects.get(pk=quiz_try.asked[0])
    with pytest.raises(QuizTry.DoesNotExist):
        actions.answer(quiz_try, first, chosen_for(first, right=True), by=stranger, at=AT)


@pytest.mark.parametrize(("right", "passed"), [(5, True), (4, True), (3, False)])
def test_it_passes_with_four_of_five(module: Any, learner: Any, right: int, passed: bool) -> None:
    quiz_try = take_quiz(module, learner, right=right)
    assert quiz_try.is_finished
    assert quiz_try.score == right * 20
    assert quiz_try.is_passed is passed
    assert ModulePass.objects.filter(user=learner, module=module).exists() is passed


def test_it_can_be_tried_again_in_a_new_mix(module: Any, learner: Any) -> None:
    first = take_quiz(module, learner, right=0)
    second = actions.start_try(module, by=learner, at=AT)
    assert second.pk != first.pk
    assert second.seed != first.seed
    assert not second.answers


def test_the_database_holds_one_open_try(module: Any, learner: Any) -> None:
    QuizTry.objects.create(user=learner, module=module, seed=1, started_at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        QuizTry.objects.create(user=learner, module=module, seed=2, started_at=AT)


def test_a_draft_is_closed_to_learners(course: Any, module: Any, learner: Any) -> None:
    course.is_published = False
    course.save()
    with pytest.raises(NotAllowed):
        actions.read(Question.objects.first().module.lessons.first(), by=learner, at=AT)
