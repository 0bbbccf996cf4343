"""A whole course as one value: what a folder holds, what a version keeps, what two versions differ by."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import Any

from training.models import Course, Question


@dataclass(frozen=True)
class ReadChoice:
    text: str
    is_right: bool
    feedback: str


@dataclass(frozen=True)
class ReadQuestion:
    slug: str
    kind: str
    story: str
    text: str
    choices: tuple[ReadChoice, ...]


@dataclass(frozen=True)
class ReadLesson:
    order: int
    slug: str
    title: str
    body: str

    @property
    def fingerprint(self) -> str:
        return _digest([_plain(self.title), _plain(self.body)])


@dataclass(frozen=True)
class ReadModule:
    order: int
    slug: str
    fields: dict[str, Any]
    lessons: tuple[ReadLesson, ...]
    questions: tuple[ReadQuestion, ...]

    @property
    def fingerprint(self) -> str:
        """The same for two modules that teach and ask the same; order, titles of modules and spaces aside."""
        questions = sorted((asdict(question) for question in self.questions), key=lambda q: str(q["slug"]))
        return _digest([sorted(lesson.fingerprint for lesson in self.lessons), questions])


@dataclass(frozen=True)
class ReadPicture:
    name: str
    alt: str
    data: bytes
    """As we drew it anew."""
    raw: bytes = b""
    """As it came."""


@dataclass(frozen=True)
class ReadCourse:
    slug: str
    fields: dict[str, Any]
    """title, summary, pass_mark, audience."""
    modules: tuple[ReadModule, ...]
    is_published: bool = field(default=False, compare=False)
    pictures: tuple[ReadPicture, ...] = field(default=(), compare=False)

    def module(self, slug: str) -> ReadModule | None:
        return next((module for module in self.modules if module.slug == slug), None)


COURSE_FIELDS = ("title", "summary", "pass_mark", "audience")
MODULE_FIELDS = ("title", "summary", "lapses_after_months", "when_changed")


def of_course(course: Course, *, with_pictures: bool = False) -> ReadCourse:
    """What stands in the tables, in a fixed number of queries."""
    rows = course.modules.prefetch_related("lessons", "questions__choices")
    modules = tuple(
        ReadModule(
            order=row.order,
            slug=row.slug,
            fields={name: getattr(row, name) for name in MODULE_FIELDS},
            lessons=tuple(ReadLesson(x.order, x.slug, x.title, x.body) for x in row.lessons.all()),
            questions=tuple(_question(question) for question in row.questions.all()),
        )
        for row in rows
    )
    pictures = course.original.pictures.all() if with_pictures else []
    return ReadCourse(
        slug=course.original.slug,
        fields={name: getattr(course, name) for name in COURSE_FIELDS},
        modules=modules,
        is_published=course.is_published,
        pictures=tuple(ReadPicture(p.name, p.alt, bytes(p.data)) for p in pictures),
    )


def as_json(content: ReadCourse) -> dict[str, Any]:
    """For a version's row. Pictures go by name: a course's pictures are added to and never changed."""
    modules = [{**asdict(m), "fingerprint": m.fingerprint} for m in content.modules]
    return {"format": 1, "slug": content.slug, "fields": content.fields, "modules": modules}


def _question(row: Question) -> ReadQuestion:
    choices = tuple(ReadChoice(c.text, c.is_right, c.feedback) for c in row.choices.all())
    return ReadQuestion(row.slug, row.kind, row.story, row.text, choices)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _digest(what: Any) -> str:
    return hashlib.sha256(json.dumps(what, sort_keys=True).encode()).hexdigest()
