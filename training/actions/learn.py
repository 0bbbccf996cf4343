"""The learner's steps: read a page, start a quiz, answer a question."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from audit.models import Entry
from audit.transitions import NotAllowed
from training import rules
from training.actions.certify import certify, record_pass
from training.models import Course, Enrolment, Lesson, LessonRead, Module, Note, Question, QuizTry


@transaction.atomic
def read(lesson: Lesson, *, by: Any, at: datetime) -> None:
    """Note that this person has read this page; once is enough."""
    _take_place(lesson.module.course, by=by, at=at)
    now = {"read_at": at, "version": lesson.module.course.number}
    row, is_new = LessonRead.objects.get_or_create(user=by, lesson=lesson, defaults=now)
    if not is_new and row.version < lesson.changed_in:
        LessonRead.objects.filter(pk=row.pk).update(**now)


@transaction.atomic
def keep_note(lesson: Lesson, words: str, *, by: Any, at: datetime) -> None:
    """Keep this person's private words beside this page; empty words take the note away."""
    course = lesson.module.course
    _take_place(course, by=by, at=at)
    if not words.strip():
        Note.objects.filter(user=by, lesson=lesson).delete()
        return
    fields = {"course": course, "title": lesson.title, "words": words.strip(), "changed_at": at}
    Note.objects.update_or_create(user=by, lesson=lesson, defaults=fields)


@transaction.atomic
def start_try(module: Module, *, by: Any, at: datetime) -> QuizTry:
    """Start a try at the module's quiz, or go on with the one that is open.

    Raises NotAllowed while a page of the module has not been read.
    """
    _take_place(module.course, by=by, at=at)
    if open_try := QuizTry.objects.open().filter(user=by, module=module).first():
        return open_try
    unread = module.lessons.exclude(
        pk__in=LessonRead.objects.current().filter(user=by).values("lesson")
    ).first()
    if unread:
        raise NotAllowed(f"Please read “{unread.title}” first. Then the quick check opens.")
    seed = secrets.randbelow(2**31)
    asked = rules.draw(module.questions.values_list("pk", flat=True), seed)
    if not asked:
        raise NotAllowed("This module has no questions yet. Please come back soon.")
    try:
        with transaction.atomic():
            return QuizTry.objects.create(
                user=by,
                module=module,
                version=module.course.number,
                seed=seed,
                asked=asked,
                started_at=at,
            )
    except IntegrityError:  # two clicks at once: the other one won, and its try is as good
        return QuizTry.objects.open().get(user=by, module=module)


@transaction.atomic
def answer(
    quiz_try: QuizTry, question: Question, chosen: Collection[int], *, by: Any, at: datetime
) -> QuizTry:
    """Keep the answer to one question; the last one ends the try, and a pass is recorded at once.

    An answer stands: a second one to the same question changes nothing. Raises NotAllowed when the
    question is not the next one of this try, or no choice of this question was made.
    """
    _take_place(quiz_try.module.course, by=by, at=at)
    row = QuizTry.objects.select_for_update().get(pk=quiz_try.pk, user=by)
    if str(question.pk) in row.answers:
        return row
    if row.is_finished or row.next_number > len(row.asked) or row.asked[row.next_number - 1] != question.pk:
        raise NotAllowed("This is not the next question. Please go on from where you were.")
    choices = dict(question.choices.values_list("pk", "is_right"))
    if not chosen or not set(chosen) <= set(choices) or (len(chosen) > 1 and not question.takes_many):
        raise NotAllowed("Choose an answer, then check it.")
    right = [pk for pk, is_right in choices.items() if is_right]
    row.answers[str(question.pk)] = {"chosen": sorted(chosen), "is_right": rules.is_right(chosen, right)}
    if len(row.answers) == len(row.asked):
        _finish(row, by=by, at=at)
    row.save(update_fields=["answers", "score", "is_passed", "finished_at"])
    return row


def _finish(row: QuizTry, *, by: Any, at: datetime) -> None:
    course, asked = row.module.course, len(row.asked)
    row.finished_at = at
    row.score = rules.percent(row.right, asked)
    row.is_passed = rules.has_passed(row.right, asked, course.pass_mark)
    Entry.objects.record(row, "finished", by=by, at=at, score=row.score, passed=row.is_passed)
    if row.is_passed:
        record_pass(by, row.module, at=at)
        certify(by, course, by=by, at=at)


def _take_place(course: Course, *, by: Any, at: datetime) -> None:
    """The person's place in the course; its row is the lock for everything they do in it."""
    if not course.is_published and not by.has_perm("training.view_course"):
        raise NotAllowed("This course is not open yet.")
    Enrolment.objects.get_or_create(user=by, course=course, defaults={"started_at": at, "last_active_at": at})
    place = Enrolment.objects.select_for_update().get(user=by, course=course)
    place.last_active_at, place.nudges = at, 0
    place.save(update_fields=["last_active_at", "nudges"])
