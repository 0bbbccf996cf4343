"""The certificate: once, with its letter, under a number nobody guesses."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from audit.models import Entry
from audit.transitions import NotAllowed
from notifications.models import Letter
from tests.training.conftest import AT, take_course, take_quiz
from training import actions
from training.models import Certificate, Enrolment, LessonRead, ModulePass, QuizTry


def test_it_comes_with_the_last_module(course: Any, learner: Any) -> None:
    first, last = course.modules.all()
    take_quiz(first, learner)
    assert not Certificate.objects.exists()
    take_quiz(last, learner, right=3)
    assert not Certificate.objects.exists()
    take_quiz(last, learner, right=4)
    certificate = Certificate.objects.get()
    assert certificate.user == learner
    assert certificate.name == "Amara Okafor"
    assert certificate.issued_on == date(2026, 11, 24)
    assert Enrolment.objects.get().completed_at == AT


def test_it_is_issued_once_whatever_comes_after(course: Any, learner: Any) -> None:
    take_course(course, learner)
    number = Certificate.objects.get().number
    take_course(course, learner)
    actions.certify(learner, course, by=None, at=AT)
    assert Certificate.objects.get().number == number
    assert Letter.objects.filter(kind="training/certificate").count() == 1
    assert Entry.objects.filter(about="training.certificate", verb="issued").count() == 1


def test_it_writes_a_letter_with_number_and_link(course: Any, learner: Any) -> None:
    take_course(course, learner)
    letter = Letter.objects.get(kind="training/certificate")
    assert letter.to_user == learner
    assert Certificate.objects.get().number in letter.text
    assert "/training/small-course/certificate/" in letter.text
    assert "/training/small-course/certificate/" in letter.html


def test_the_number_is_long_and_unambiguous() -> None:
    numbers = {Certificate.new_number(date(2026, 1, 1)) for _ in range(500)}
    assert len(numbers) == 500
    for number in numbers:
        assert re.fullmatch(r"1MM-26-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", number)


def test_the_database_holds_one_a_course(course: Any, learner: Any) -> None:
    take_course(course, learner)
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.create(user=learner, course=course, number="x", name="x", issued_on=AT.date())


def test_it_stays_revoked_until_staff_give_it_back(course: Any, learner: Any, stranger: Any) -> None:
    take_course(course, learner)
    certificate = Certificate.objects.get()
    actions.revoke(certificate, by=stranger, reason="taken by somebody else", at=AT)
    with pytest.raises(NotAllowed):
        actions.revoke(certificate, by=stranger, reason="again", at=AT)
    take_course(course, learner)
    assert not Certificate.objects.valid(AT).exists()
    assert not course.progress_of(learner, AT).is_complete
    actions.reinstate(certificate, by=stranger, at=AT)
    assert Certificate.objects.valid(AT).exists()


def test_staff_can_record_a_course_taken_in_a_room(course: Any, learner: Any, stranger: Any) -> None:
    actions.pass_all(learner, course, by=stranger, at=AT)
    assert course.progress_of(learner, AT).is_complete
    assert Entry.objects.filter(verb="passed in a room", by=stranger).count() == 1


def test_it_forgets_a_person_altogether(course: Any, learner: Any) -> None:
    take_course(course, learner)
    actions.forget(learner)
    for model in (Certificate, Enrolment, LessonRead, ModulePass, QuizTry):
        assert not model._default_manager.exists()
