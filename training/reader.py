"""A course folder, read and checked whole before anything is written (format: training/courses/README.md)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training.prose import title_and_body

NUMBERED = re.compile(r"(\d{2})-([a-z0-9]+(?:-[a-z0-9]+)*)")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
KINDS = ("one", "many", "scenario")
LEAST_QUESTIONS = 5
TAKEN = {"certificate", "verify", "quiz", "result"}  # words that our addresses use themselves


class BadCourse(Exception):
    """A course folder that cannot be loaded; its text is a sentence that names file and place."""


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


@dataclass(frozen=True)
class ReadModule:
    order: int
    slug: str
    fields: dict[str, Any]
    lessons: tuple[ReadLesson, ...]
    questions: tuple[ReadQuestion, ...]


@dataclass(frozen=True)
class ReadCourse:
    slug: str
    fields: dict[str, Any]
    modules: tuple[ReadModule, ...]


# What a key may hold: type, needed, greatest length or number.
Shape = dict[str, tuple[Any, bool, int]]
COURSE: Shape = {
    "title": (str, True, 120),
    "summary": (str, False, 300),
    "pass_mark": (int, False, 100),
    "is_published": (bool, False, 0),
}
MODULE: Shape = {
    "title": (str, True, 120),
    "summary": (str, False, 300),
    "lapses_after_months": (int, False, 120),
}
QUESTION: Shape = {
    "slug": (str, True, 60),
    "kind": (str, True, 8),
    "story": (str, False, 500),
    "text": (str, True, 300),
    "choices": (list, True, 8),
}
CHOICE: Shape = {"text": (str, True, 300), "right": (bool, False, 0), "feedback": (str, True, 400)}
NAMES = {str: "text in quotes", int: "a whole number", bool: "true or false", list: "a list"}


def read_course(folder: Path) -> ReadCourse:
    """The whole folder, checked. Raises BadCourse at the first thing that is wrong."""
    if not folder.is_dir():
        raise BadCourse(f"There is no folder “{folder}”.")
    if not SLUG.fullmatch(folder.name):
        raise BadCourse(f"The folder “{folder.name}” needs a name like “becoming-a-mentor”.")
    fields = _shaped(_toml(folder / "course.toml"), COURSE, "course.toml")
    modules = tuple(
        _module(path, order, slug) for path, order, slug in _numbered(folder, folder.name, is_dir=True)
    )
    if not modules:
        raise BadCourse(f"{folder.name}: there is no module folder like “01-what-mentoring-is”.")
    defaults = {"summary": "", "pass_mark": 80, "is_published": False}
    return ReadCourse(folder.name, {**defaults, **fields}, modules)


def _module(folder: Path, order: int, slug: str) -> ReadModule:
    fields = _shaped(_toml(folder / "module.toml"), MODULE, f"{folder.name}/module.toml")
    lessons = tuple(
        _lesson(path, order, slug) for path, order, slug in _numbered(folder, folder.name, is_dir=False)
    )
    if not lessons:
        raise BadCourse(f"{folder.name}: there is no lesson like “01-hello.md”.")
    defaults = {"summary": "", "lapses_after_months": None}
    return ReadModule(order, slug, {**defaults, **fields}, lessons, _quiz(folder))


def _lesson(path: Path, order: int, slug: str) -> ReadLesson:
    where = f"{path.parent.name}/{path.name}"
    try:
        title, body = title_and_body(_text(path))
    except ValueError as error:
        raise BadCourse(f"{where}, {error}.") from error
    if len(title) > 120:
        raise BadCourse(f"{where}, line 1: the title is longer than 120 characters.")
    return ReadLesson(order, slug, title, body)


def _quiz(folder: Path) -> tuple[ReadQuestion, ...]:
    where = f"{folder.name}/quiz.toml"
    raw = _toml(folder / "quiz.toml").get("question", [])
    if not isinstance(raw, list) or len(raw) < LEAST_QUESTIONS:
        raise BadCourse(
            f"{where}: a quiz needs at least {LEAST_QUESTIONS} questions, each under [[question]]."
        )
    questions = tuple(_question(item, f"{where}, question {n}") for n, item in enumerate(raw, 1))
    slugs = [question.slug for question in questions]
    for n, slug in enumerate(slugs, 1):
        if slug in slugs[: n - 1]:
            raise BadCourse(f"{where}, question {n}: the slug “{slug}” is used twice.")
    return questions


def _question(item: Any, where: str) -> ReadQuestion:
    fields = _shaped(item, QUESTION, where)
    kind, story, slug = fields["kind"], fields.get("story", ""), fields["slug"]
    if not SLUG.fullmatch(slug):
        raise BadCourse(f"{where}, key “slug”: write it like “not-been-home”.")
    if kind not in KINDS:
        raise BadCourse(f"{where}, key “kind”: choose one, many or scenario.")
    if (kind == "scenario") != bool(story):
        raise BadCourse(f"{where}, key “story”: a scenario needs one, and another question has none.")
    choices = tuple(_choice(c, f"{where}, choice {n}") for n, c in enumerate(fields["choices"], 1))
    right = sum(choice.is_right for choice in choices)
    if len(choices) < 2 or (right == len(choices) and kind != "many"):
        raise BadCourse(f"{where}, key “choices”: give at least two, and not all of them right.")
    if right == 0 or (right > 1 and kind != "many"):
        wanted = "at least one" if kind == "many" else "exactly one"
        raise BadCourse(f"{where}, key “right”: mark {wanted} choice as right.")
    if len({choice.text for choice in choices}) < len(choices):
        raise BadCourse(f"{where}, key “choices”: two choices say the same.")
    return ReadQuestion(slug, kind, story, fields["text"], choices)


def _choice(item: Any, where: str) -> ReadChoice:
    fields = _shaped(item, CHOICE, where)
    return ReadChoice(fields["text"], fields.get("right", False), fields["feedback"])


def _numbered(folder: Path, where: str, *, is_dir: bool) -> list[tuple[Path, int, str]]:
    """The folders or lessons, in the order of the number before their name."""
    found: list[tuple[Path, int, str]] = []
    for path in sorted(folder.iterdir()):
        if path.is_dir() != is_dir or path.name.startswith(".") or (not is_dir and path.suffix != ".md"):
            continue
        match = NUMBERED.fullmatch(path.stem if not is_dir else path.name)
        if not match:
            raise BadCourse(f"{where}/{path.name}: the name must begin with two digits, like “01-hello”.")
        order, slug = int(match[1]), match[2]
        if slug in TAKEN:
            raise BadCourse(f"{where}/{path.name}: “{slug}” is a word our addresses use; choose another.")
        if any(order == o or slug == s for _, o, s in found):
            raise BadCourse(f"{where}/{path.name}: another one has the same number or name.")
        found.append((path, order, slug))
    return found


def _shaped(item: Any, shape: Shape, where: str) -> dict[str, Any]:
    if not isinstance(item, dict):
        raise BadCourse(f"{where}: keys and values are expected here.")
    for key, value in item.items():
        if key not in shape:
            raise BadCourse(f"{where}, key “{key}”: we don’t know this key; use {', '.join(shape)}.")
        kind, _, most = shape[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise BadCourse(f"{where}, key “{key}”: write {NAMES[kind]}.")
        if kind is int and not 1 <= value <= most:
            raise BadCourse(f"{where}, key “{key}”: choose a number from 1 to {most}.")
        if kind in (str, list) and len(value) > most:
            raise BadCourse(f"{where}, key “{key}”: it is longer than {most}.")
    for key, (_, needed, _) in shape.items():
        value = item.get(key)
        if needed and not (value.strip() if isinstance(value, str) else value):
            raise BadCourse(f"{where}, key “{key}”: it is missing or empty.")
    return dict(item)


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError as error:
        raise BadCourse(f"{path.parent.name}/{path.name}: {error}.") from error


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise BadCourse(f"{path.parent.name}: the file “{path.name}” is missing.") from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise BadCourse(f"{path.parent.name}/{path.name}, line {line}: save the file as UTF-8.") from error
