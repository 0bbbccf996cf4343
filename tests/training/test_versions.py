"""Versions: published once and for ever, and a new one asks only for what changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from audit.transitions import NotAllowed
from notifications.models import Letter
from tests import factories
from tests.training.conftest import AT, draft_of, read_all, take_course, take_quiz
from training import actions
from training.models import (
    Certificate,
    Choice,
    Course,
    Enrolment,
    Lesson,
    LessonRead,
    Module,
    ModulePass,
    Question,
    QuizTry,
    Version,
    training_complete,
)

LATER = AT + timedelta(days=10)
GRACE = date(2027, 1, 1)  # 28 days after LATER


def change(draft: Course, module: str = "first", when: str = "ask") -> None:
    row = draft.modules.get(slug=module)
    row.when_changed = when
    row.save()
    lesson = row.lessons.first()
    lesson.body = "Something new to learn.\n"
    lesson.save()


def publish_a_change(course: Course, module: str = "first", when: str = "ask", **fields: Any) -> Version:
    draft = draft_of(course)
    change(draft, module, when)
    return actions.publish(draft, by=None, at=LATER, **fields)


SPOIL: dict[str, Callable[[], Any]] = {
    "lesson": lambda: Lesson.objects.first().save(),
    "module": lambda: Module.objects.first().save(),
    "question": lambda: Question.objects.first().save(),
    "choice": lambda: Choice.objects.first().save(),
    "a new lesson": lambda: Lesson(module=Module.objects.first(), order=9, slug="x", title="X").save(),
    "a deleted lesson": lambda: Lesson.objects.first().delete(),
    "a deleted module": lambda: Module.objects.first().delete(),
    "the pass mark": lambda: Course(pk=Course.objects.get().pk, version=1, pass_mark=1).save(),
}


@pytest.mark.parametrize("what", SPOIL)
def test_a_published_course_is_not_written(course: Course, what: str) -> None:
    with pytest.raises(NotAllowed, match="Start a draft"):
        SPOIL[what]()


@pytest.mark.parametrize("what", [name for name in SPOIL if name != "the pass mark"])
def test_the_control_a_draft_is(course: Course, what: str) -> None:
    Course.objects.update(version=0, is_published=False)
    SPOIL[what]()


def test_the_database_refuses_to_change_a_version(course: Course) -> None:
    version = course.versions.get()
    for fields in ({"content": {}}, {"number": 2}, {"note": "x"}):
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            Version.objects.filter(pk=version.pk).update(**fields)
    with pytest.raises(NotAllowed):
        version.save()
    with pytest.raises(NotAllowed):
        version.delete()


def test_a_version_outlives_who_published_it(course: Course, stranger: Any) -> None:
    draft = draft_of(course)
    change(draft)
    version = actions.publish(draft, by=stranger, at=LATER)
    stranger.delete()
    version.refresh_from_db()
    assert version.published_by is None


def test_a_version_keeps_every_word(course: Course) -> None:
    publish_a_change(course)
    first, second = course.versions.order_by("number")
    assert "Some words." in str(first.content)
    assert "Something new to learn." in str(second.content)
    assert first.content["modules"][0]["fingerprint"] != second.content["modules"][0]["fingerprint"]
    assert first.content["modules"][1]["fingerprint"] == second.content["modules"][1]["fingerprint"]


def test_a_draft_is_a_copy_that_nobody_sees(course: Course, learner: Any) -> None:
    draft = draft_of(course)
    assert draft_of(course) == draft
    change(draft)
    assert "Some words." in course.modules.first().lessons.first().body
    assert not Course.objects.visible_to(learner).filter(pk=draft.pk).exists()
    actions.publish(draft, by=None, at=LATER)
    assert not Course.objects.filter(pk=draft.pk).exists()
    assert "Something new" in course.modules.first().lessons.first().body


def test_a_draft_can_be_thrown_away(course: Course) -> None:
    actions.discard_draft(draft_of(course), by=None, at=AT)
    assert Course.objects.get() == course
    with pytest.raises(NotAllowed):
        actions.discard_draft(course, by=None, at=AT)


def test_it_asks_only_for_what_changed(course: Course, learner: Any) -> None:
    take_course(course, learner)
    publish_a_change(course)
    course.refresh_from_db()
    first, safety = course.progress_of(learner, LATER).modules
    assert first.is_changed
    assert not first.is_done
    assert [lesson.slug for lesson in first.unread] == ["part-1"]  # part-2 says what it said
    assert safety.is_done
    progress = course.progress_of(learner, LATER)
    assert progress.next_module == first.module
    assert progress.is_complete  # and their training goes on counting
    assert training_complete(course, LATER + timedelta(days=300)).exists()
    take_quiz(course.modules.first(), learner, at=LATER)
    assert course.progress_of(learner, LATER).next_step is None
    assert ModulePass.objects.get(user=learner, module=first.module).version == 2
    assert QuizTry.objects.filter(user=learner, version=2).count() == 1
    assert LessonRead.objects.filter(user=learner, version=2).count() == 1


def test_a_small_correction_asks_nobody(course: Course, learner: Any) -> None:
    take_course(course, learner)
    publish_a_change(course, when="nobody")
    assert course.progress_of(learner, LATER).next_step is None


def test_who_is_half_way_keeps_what_stayed(course: Course, learner: Any) -> None:
    first, safety = course.modules.all()
    take_quiz(first, learner)
    read_all(safety, learner)
    publish_a_change(course, "safety")
    progress = Course.objects.get().progress_of(learner, LATER)
    assert progress.of(first).is_done
    assert [lesson.slug for lesson in progress.of(safety).unread] == ["part-1"]
    take_quiz(Module.objects.get(slug="safety"), learner, at=LATER)
    assert Certificate.objects.get().version == 2


def test_a_changed_module_is_needed_for_a_certificate(course: Course, learner: Any) -> None:
    take_quiz(course.modules.first(), learner)
    publish_a_change(course, "first")
    course.refresh_from_db()
    take_quiz(course.modules.last(), learner, at=LATER)
    assert not Certificate.objects.exists()
    take_quiz(course.modules.first(), learner, at=LATER)
    assert Certificate.objects.exists()


def test_what_must_be_taken_again_counts_until_the_day(course: Course, learner: Any) -> None:
    take_course(course, learner)
    publish_a_change(course, "safety", "must")
    course.refresh_from_db()
    assert course.progress_of(learner, LATER).changed[0].must_by == GRACE
    eve = LATER + timedelta(days=27)
    assert training_complete(course, eve).exists()
    assert not training_complete(course, eve + timedelta(days=1)).exists()
    # The letter about it goes out that night, once.
    assert [actions.remind_lapsing(at=LATER), actions.remind_lapsing(at=LATER)] == [1, 0]
    letter = Letter.objects.get(kind="training/lapsing")
    assert "1 January 2027" in letter.text
    assert "This module has changed" in letter.text
    assert letter.subject == "A training module has changed"
    take_quiz(course.modules.last(), learner, at=LATER)
    assert training_complete(course, LATER + timedelta(days=364)).exists()


def test_it_never_gives_back_time_that_has_run(course: Course, learner: Any) -> None:
    take_course(course, learner)
    ModulePass.objects.filter(module__slug="safety").update(lapses_on=date(2026, 12, 10))
    publish_a_change(course, "safety", "must")
    assert ModulePass.objects.get(module__slug="safety").lapses_on == date(2026, 12, 10)


def test_a_new_module_that_must_be_taken_gives_time(course: Course, learner: Any, stranger: Any) -> None:
    take_course(course, learner)
    take_quiz(course.modules.first(), stranger)  # half-way: they have no certificate to lose
    draft = draft_of(course)
    source = draft.modules.get(slug="first")
    added = Module.objects.create(course=draft, order=3, slug="third", title="Third", when_changed="must")
    for lesson in source.lessons.all():
        lesson.pk, lesson.module = None, added
        lesson.save()
    for question in source.questions.all():
        choices = list(question.choices.all())
        question.pk, question.module = None, added
        question.save()
        for choice in choices:
            choice.pk, choice.question = None, question
            choice.save()
    actions.publish(draft, by=None, at=LATER)
    course.refresh_from_db()
    third = course.modules.get(slug="third")
    assert ModulePass.objects.get(module=third).user == learner
    assert course.progress_of(learner, LATER).next_module == third
    assert training_complete(course, LATER + timedelta(days=27)).exists()
    assert not training_complete(course, LATER + timedelta(days=28)).exists()
    take_quiz(third, learner, at=LATER + timedelta(days=40))
    assert training_complete(course, LATER + timedelta(days=41)).exists()


def test_a_date_too_near_is_refused(course: Course) -> None:
    with pytest.raises(NotAllowed, match="at least 14 days"):
        publish_a_change(course, grace_until=LATER.date() + timedelta(days=13))


def test_the_same_again_is_no_version(course: Course) -> None:
    with pytest.raises(NotAllowed, match="Nothing has changed"):
        actions.publish(draft_of(course), by=None, at=LATER)


def test_half_a_draft_is_not_published(course: Course) -> None:
    draft = draft_of(course)
    draft.modules.first().questions.first().delete()
    draft.modules.first().questions.first().delete()
    with pytest.raises(NotAllowed, match=r"01-first/quiz\.toml: a quiz needs at least 5 questions"):
        actions.publish(draft, by=None, at=LATER)
    course.refresh_from_db()
    assert course.version == 1


def test_staff_who_look_through_a_draft_complete_nothing(course: Course) -> None:
    ada = factories.make_staff("Ada", is_superuser=True)
    take_course(draft_of(course), ada)
    assert Enrolment.objects.filter(user=ada).exists()
    assert not Certificate.objects.exists()
    actions.discard_draft(Course.objects.get(draft_of=course), by=ada, at=AT)


def test_a_closed_course_can_be_opened_again(course: Course, learner: Any) -> None:
    take_course(course, learner)
    actions.close(course, by=None, at=AT)
    assert not Course.objects.visible_to(learner).exists()
    assert Certificate.objects.valid(AT).exists()
    actions.reopen(course, by=None, at=AT)
    assert Course.objects.visible_to(learner).exists()
    with pytest.raises(NotAllowed):
        actions.reopen(course, by=None, at=AT)
