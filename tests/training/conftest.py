"""A small course of two modules, the second of which lapses, and the people who take it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests import factories
from training import actions
from training.models import Course, Module, Question, QuizTry

AT = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)

QUESTION = """
[[question]]
slug = "question-{n}"
kind = "{kind}"
{story}text = "Question {n}?"
choices = [
  {{ text = "Right {n}", right = true, feedback = "Because {n}." }},
  {{ text = "Also {n}", {also}feedback = "Partly {n}." }},
  {{ text = "Wrong {n}", feedback = "Not {n}, and why." }},
]
"""


def quiz(questions: int = 6) -> str:
    parts = []
    for n in range(1, questions + 1):
        kind = ("one", "many", "scenario")[n % 3]
        story = 'story = "Once."\n' if kind == "scenario" else ""
        parts.append(
            QUESTION.format(n=n, kind=kind, story=story, also="right = true, " if kind == "many" else "")
        )
    return "".join(parts)


def write_course(folder: Path) -> Path:
    folder.mkdir()
    (folder / "course.toml").write_text('title = "Small course"\nis_published = true\n')
    for order, slug, lapses in ((1, "first", ""), (2, "safety", "lapses_after_months = 12\n")):
        module = folder / f"{order:02}-{slug}"
        module.mkdir()
        (module / "module.toml").write_text(f'title = "Module {slug}"\n{lapses}')
        for n in (1, 2):
            (module / f"{n:02}-part-{n}.md").write_text(f"# Part {n} of {slug}\n\n" + "Some words. " * 150)
        (module / "quiz.toml").write_text(quiz())
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_course(tmp_path / "small-course")


@pytest.fixture
def course(folder: Path, db: Any) -> Course:
    return actions.load_course(folder)


@pytest.fixture
def learner(db: Any) -> Any:
    return factories.make_user("Amara", last_name="Okafor")


@pytest.fixture
def stranger(db: Any) -> Any:
    return factories.make_user("Nobody")


def chosen_for(question: Question, *, right: bool) -> list[int]:
    if right:
        return [choice.pk for choice in question.choices.all() if choice.is_right]
    return [question.choices.get(text__startswith="Wrong").pk]


def read_all(module: Module, user: Any, at: datetime = AT) -> None:
    for lesson in module.lessons.all():
        actions.read(lesson, by=user, at=at)


def take_quiz(module: Module, user: Any, *, right: int = 5, at: datetime = AT) -> QuizTry:
    """Read the module and answer its quiz with so many right answers."""
    read_all(module, user, at)
    quiz_try = actions.start_try(module, by=user, at=at)
    for n, pk in enumerate(quiz_try.asked):
        question = Question.objects.get(pk=pk)
        chosen = chosen_for(question, right=n < right)
        quiz_try = actions.answer(quiz_try, question, chosen, by=user, at=at)
    return quiz_try


def take_course(course: Course, user: Any, at: datetime = AT) -> None:
    for module in course.modules.all():
        take_quiz(module, user, at=at)


def draft_of(course: Course) -> Course:
    """The next version of a published course, for staff to change."""
    return actions.start_draft(course, by=None, at=AT)


@pytest.fixture
def signed_in(client: Any) -> Callable[[Any], Any]:
    def sign_in(user: Any) -> Any:
        client.force_login(user)
        return client

    return sign_in
