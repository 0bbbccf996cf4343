"""From a folder into the tables, without losing what anybody has done."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import F

from audit.models import Entry
from training.models import Choice, Course, Lesson, Module, ModulePass, Question, QuizTry
from training.reader import BadCourse, ReadCourse, ReadModule, ReadQuestion, read_course

ASIDE = 1000  # out of the way, so that two rows may swap places under a unique order


@transaction.atomic
def load_course(path: str | Path, *, by: Any = None) -> Course:
    """Load or update a course from its folder; the same folder twice changes nothing.

    Rows are known by their slug, so that reads, tries and passes stay with them. A module that somebody has
    passed is never deleted. Raises BadCourse, and writes nothing, when the folder has a mistake.
    """
    folder = read_course(Path(path).resolve())
    course, _ = Course.objects.update_or_create(slug=folder.slug, defaults=folder.fields)
    _refuse_to_forget(course, folder)
    course.modules.exclude(slug__in=[m.slug for m in folder.modules]).delete()
    course.modules.update(order=F("order") + ASIDE)
    for read in folder.modules:
        module, _ = Module.objects.update_or_create(
            course=course, slug=read.slug, defaults={"order": read.order, **read.fields}
        )
        _load_lessons(module, read)
        _load_questions(module, read)
    Entry.objects.record(course, "loaded", by=by, modules=len(folder.modules))
    return course


def _refuse_to_forget(course: Course, folder: ReadCourse) -> None:
    kept = [m.slug for m in folder.modules]
    gone = (
        ModulePass.objects.filter(module__course=course)
        .exclude(module__slug__in=kept)
        .select_related("module")
    )
    if first := gone.first():
        raise BadCourse(
            f"{folder.slug}: the module “{first.module.slug}” is not in the folder, but people have "
            "passed it; put it back under this name."
        )


def _load_lessons(module: Module, read: ReadModule) -> None:
    module.lessons.exclude(slug__in=[lesson.slug for lesson in read.lessons]).delete()
    module.lessons.update(order=F("order") + ASIDE)
    for lesson in read.lessons:
        fields = {"order": lesson.order, "title": lesson.title, "body": lesson.body}
        Lesson.objects.update_or_create(module=module, slug=lesson.slug, defaults=fields)


def _load_questions(module: Module, read: ReadModule) -> None:
    gone = module.questions.exclude(slug__in=[q.slug for q in read.questions])
    touched = set(gone.values_list("pk", flat=True))
    gone.delete()
    for order, asked in enumerate(read.questions, 1):
        question, _ = Question.objects.update_or_create(
            module=module,
            slug=asked.slug,
            defaults={"order": order, "kind": asked.kind, "story": asked.story, "text": asked.text},
        )
        if _load_choices(question, asked):
            touched.add(question.pk)
    # Half a try with questions that changed underneath would be unfair: it begins again.
    for half in QuizTry.objects.open().filter(module=module):
        if touched & set(half.asked):
            half.delete()


def _load_choices(question: Question, asked: ReadQuestion) -> bool:
    """Whether an answer given before may now mean something else."""
    before = set(question.choices.values_list("text", "is_right"))
    question.choices.exclude(text__in=[c.text for c in asked.choices]).delete()
    for order, choice in enumerate(asked.choices, 1):
        fields: dict[str, Any] = {"order": order, "is_right": choice.is_right, "feedback": choice.feedback}
        Choice.objects.update_or_create(question=question, text=choice.text, defaults=fields)
    return bool(before) and before != {(c.text, c.is_right) for c in asked.choices}
