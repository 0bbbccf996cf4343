"""Content into the tables, row by row under its slug, so that what people did stays with it."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Model
from django.utils import timezone

from training.content import MODULE_FIELDS, ReadCourse, ReadModule, ReadQuestion, of_course
from training.models import Choice, Course, Lesson, LessonRead, Module, ModulePass, Picture, Question, QuizTry
from training.pictures import redraw
from training.reader import BadCourse

ASIDE = 10_000  # out of the way, so that two rows may swap places under a unique order
RETIRED = 1_000  # modules that a later version left out come after all others


def write(course: Course, content: ReadCourse, *, number: int) -> None:
    """Make the course's rows say this, as version `number`; in the caller's transaction.

    It does not ask whether the course is published: that is for `put_out`, the one action that may.
    """
    before = of_course(course)
    Course.objects.filter(pk=course.pk).update(**content.fields)
    for name, value in content.fields.items():
        setattr(course, name, value)
    _add_pictures(course, content)
    _retire(course, {module.slug for module in content.modules})
    course.modules.update(order=F("order") + ASIDE)
    for read in content.modules:
        old = before.module(read.slug)
        is_new = old is None or old.fingerprint != read.fingerprint
        is_asked = is_new and (old is None or read.fields["when_changed"] != Module.WhenChanged.NOBODY)
        fields = {"order": read.order, **{name: read.fields[name] for name in MODULE_FIELDS}}
        if is_asked:
            fields["changed_in"] = number
        module = _put(Module, {"course": course, "slug": read.slug}, fields)
        _write_lessons(module, read, old, number if is_asked else 0)
        _write_questions(module, read)


def _write_lessons(module: Module, read: ReadModule, old: ReadModule | None, number: int) -> None:
    """Write the pages; `number` is the version that asks for changed ones again, or nought."""
    known = {lesson.slug: lesson.fingerprint for lesson in old.lessons} if old else {}
    Lesson.objects.filter(module=module).exclude(slug__in=[x.slug for x in read.lessons]).delete()
    module.lessons.update(order=F("order") + ASIDE)
    for lesson in read.lessons:
        row = Lesson(body=lesson.body)
        row.reckon()
        fields: dict[str, Any] = {
            "order": lesson.order,
            "title": lesson.title,
            "body": lesson.body,
            "words": row.words,
            "video_minutes": row.video_minutes,
        }
        if number and known.get(lesson.slug) != lesson.fingerprint:
            fields["changed_in"] = number
        _put(Lesson, {"module": module, "slug": lesson.slug}, fields)


def _write_questions(module: Module, read: ReadModule) -> None:
    Question.objects.filter(module=module).exclude(slug__in=[q.slug for q in read.questions]).delete()
    for order, asked in enumerate(read.questions, 1):
        fields = {"order": order, "kind": asked.kind, "story": asked.story, "text": asked.text}
        _write_choices(_put(Question, {"module": module, "slug": asked.slug}, fields), asked)


def _write_choices(question: Question, asked: ReadQuestion) -> None:
    question.choices.exclude(text__in=[choice.text for choice in asked.choices]).delete()
    for order, choice in enumerate(asked.choices, 1):
        fields = {"order": order, "is_right": choice.is_right, "feedback": choice.feedback}
        _put(Choice, {"question": question, "text": choice.text}, fields)


def _retire(course: Course, kept: set[str]) -> None:
    """Modules that are not taught any more: gone if nobody began one, else set aside with what people did."""
    for module in course.modules.exclude(slug__in=kept):
        begun = any(
            model.objects.filter(**{path: module}).exists()
            for model, path in ((ModulePass, "module"), (QuizTry, "module"), (LessonRead, "lesson__module"))
        )
        if not begun:
            Module.ever.filter(pk=module.pk).delete()
            continue
        place = RETIRED + Module.ever.filter(course=course, is_retired=True).count() + 1
        # Two dashes stand in no name that an author may give.
        Module.ever.filter(pk=module.pk).update(
            is_retired=True, slug=f"{module.slug[:50]}--{place}", order=place
        )


def _add_pictures(course: Course, content: ReadCourse) -> None:
    """Pictures by their names; one that is there stays. Raises BadCourse for another one of the same name."""
    owner = course.original
    known = {picture.name: picture for picture in owner.pictures.all()} if content.pictures else {}
    for picture in content.pictures:
        if row := known.get(picture.name):
            if bytes(row.data) not in (picture.data, picture.raw):
                raise BadCourse(
                    f"pictures/{picture.name}: another picture has this name already; "
                    "give the new one its own."
                )
            continue
        drawn = redraw(picture.raw or picture.data)
        Picture.objects.create(
            course=owner,
            name=picture.name,
            alt=picture.alt,
            kind=drawn.kind,
            width=drawn.width,
            height=drawn.height,
            data=drawn.data,
            added_at=timezone.now(),
        )


def _put(model: Any, key: dict[str, Any], fields: dict[str, Any]) -> Any:
    """Update the row with this key, or add it: past `save`, which refuses to change a published course."""
    rows = model._default_manager.filter(**key)
    if rows.update(**fields):
        return rows.get()
    row: Model = model(**key, **fields)
    return model._default_manager.bulk_create([row])[0]
