"""From a folder into the tables, without losing what anybody has done."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from audit.models import Entry
from audit.transitions import NotAllowed
from training import content
from training.actions.publish import put_out, start_draft
from training.actions.tables import write
from training.content import ReadCourse
from training.models import Course
from training.reader import BadCourse, read_course


@transaction.atomic
def load_course(path: str | Path, *, by: Any = None, at: datetime | None = None) -> Course:
    """Load a course from its folder; the same folder twice changes nothing.

    With `is_published = true` what changed becomes the next version at once; else it becomes, or changes, a
    draft. Gives the course that was written. Raises BadCourse, and writes nothing, when the folder has a
    mistake or staff have a draft of this course open.
    """
    folder = read_course(Path(path).resolve())
    course = _course(folder)
    at = at or timezone.now()
    if course.version and content.of_course(course) == folder:
        return course
    if not folder.is_published:
        return _as_draft(course, folder, by=by, at=at)
    if Course.objects.filter(draft_of=course).exists():
        raise BadCourse(
            f"{folder.slug}: staff have a draft of this course open; publish it or throw it away first."
        )
    _put_out(course, folder, by=by, at=at)
    course.refresh_from_db()
    return course


@transaction.atomic
def import_course(folder: ReadCourse, *, by: Any, at: datetime) -> Course:
    """Make what was read from a file a draft: of a new course, or of the next version of one that we have.

    Raises BadCourse when a draft is open already, so that nobody's work is written over.
    """
    course = _course(folder)
    if course.version and Course.objects.filter(draft_of=course).exists():
        raise BadCourse(f"A draft of “{course.title}” is open; publish it or throw it away first.")
    if not course.version and course.modules.exists():
        raise BadCourse(
            f"“{course.title}” is a draft already; publish it, or give the folder in the file another name."
        )
    return _as_draft(course, folder, by=by, at=at)


def _course(folder: ReadCourse) -> Course:
    course, _ = Course.objects.get_or_create(slug=folder.slug, defaults=folder.fields)
    return course


def _as_draft(course: Course, folder: ReadCourse, *, by: Any, at: datetime) -> Course:
    draft = start_draft(course, by=by, at=at)
    write(draft, folder, number=1)
    Entry.objects.record(draft, "loaded", by=by, at=at, modules=len(folder.modules))
    return draft


def _put_out(course: Course, folder: ReadCourse, *, by: Any, at: datetime) -> None:
    try:
        put_out(course, folder, by=by, at=at)
    except NotAllowed as error:
        raise BadCourse(f"{folder.slug}: {error}") from error
    Entry.objects.record(course, "loaded", by=by, at=at, modules=len(folder.modules))
