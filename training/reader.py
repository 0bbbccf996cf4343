"""A course folder, read and checked whole before anything is written (format: training/courses/README.md).

It is read from a folder or from an import's zip alike: as names and bytes.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from training import pictures
from training.content import ReadChoice, ReadCourse, ReadLesson, ReadModule, ReadPicture, ReadQuestion
from training.models import Course, Module
from training.prose import lesson_fault, pictures_in, title_and_body

NUMBERED = re.compile(r"(\d{2})-([a-z0-9]+(?:-[a-z0-9]+)*)")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
KINDS = ("one", "many", "scenario")
LEAST_QUESTIONS = 5
MOST_TEXT = 200_000  # bytes in one file of words
# Words that our addresses use themselves.
TAKEN = {"certificate", "notes", "pictures", "quiz", "result", "verify", "workshops", "young-people"}
# What no author types, and what hides what a line says.
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
Files = dict[str, bytes]


class BadCourse(Exception):
    """A course that cannot be loaded; its text is a sentence that names file and place."""


# What a key may hold: type, needed, greatest length or number.
Shape = dict[str, tuple[Any, bool, int]]
COURSE: Shape = {
    "title": (str, True, 120),
    "summary": (str, False, 300),
    "audience": (str, False, 12),
    "pass_mark": (int, False, 100),
    "is_published": (bool, False, 0),
}
MODULE: Shape = {
    "title": (str, True, 120),
    "summary": (str, False, 300),
    "lapses_after_months": (int, False, 120),
    "when_changed": (str, False, 6),
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
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }
    return read_files(folder.name, files)


def read_files(name: str, files: Files) -> ReadCourse:
    """The same of files by their names inside the folder, like `01-hello/quiz.toml`."""
    if not SLUG.fullmatch(name) or len(name) > 54 or name in TAKEN or name.endswith("-draft"):
        raise BadCourse(f"The folder “{name}” needs a name like “becoming-a-mentor”.")
    fields = _shaped(_toml(files, "course.toml", name), COURSE, "course.toml")
    _one_of(fields, "audience", Course.Audience.values, "course.toml")
    found = tuple(
        _module(files, path, order, slug) for path, order, slug in _numbered(files, "", name, is_dir=True)
    )
    if not found:
        raise BadCourse(f"{name}: there is no module folder like “01-what-mentoring-is”.")
    is_published = fields.pop("is_published", False)
    defaults = {"summary": "", "pass_mark": 80, "audience": Course.Audience.MENTORS.value}
    return ReadCourse(name, {**defaults, **fields}, found, is_published, _pictures(files, found))


def _module(files: Files, folder: str, order: int, slug: str) -> ReadModule:
    where = f"{folder}/module.toml"
    fields = _shaped(_toml(files, where, folder), MODULE, where)
    _one_of(fields, "when_changed", Module.WhenChanged.values, where)
    lessons = tuple(
        _lesson(files, path, order, slug)
        for path, order, slug in _numbered(files, f"{folder}/", folder, is_dir=False)
    )
    if not lessons:
        raise BadCourse(f"{folder}: there is no lesson like “01-hello.md”.")
    # What must be taken every year must be taken again when it changes, if nobody says otherwise.
    when = Module.WhenChanged.MUST if fields.get("lapses_after_months") else Module.WhenChanged.ASK
    defaults = {"summary": "", "lapses_after_months": None, "when_changed": when.value}
    return ReadModule(order, slug, {**defaults, **fields}, lessons, _quiz(files, folder))


def _lesson(files: Files, where: str, order: int, slug: str) -> ReadLesson:
    try:
        title, body = title_and_body(_text(files, where, where))
    except ValueError as error:
        raise BadCourse(f"{where}, {error}.") from error
    if len(title) > 120:
        raise BadCourse(f"{where}, line 1: the title is longer than 120 characters.")
    if fault := lesson_fault(body, {name.removeprefix("pictures/") for name in files}):
        raise BadCourse(f"{where}: {fault}")
    return ReadLesson(order, slug, title, body)


def _pictures(files: Files, modules: tuple[ReadModule, ...]) -> tuple[ReadPicture, ...]:
    """The pictures that the lessons show, drawn anew; others in the folder stay behind."""
    found: dict[str, ReadPicture] = {}
    for lesson in (lesson for module in modules for lesson in module.lessons):
        for name, alt in pictures_in(lesson.body):
            if name in found:
                continue
            raw = files[f"pictures/{name}"]
            try:
                drawn = pictures.redraw(raw)
            except pictures.BadPicture as error:
                raise BadCourse(f"pictures/{name}: {error}") from error
            found[name] = ReadPicture(name, alt[:200], drawn.data, raw)
    return tuple(found.values())


def _quiz(files: Files, folder: str) -> tuple[ReadQuestion, ...]:
    where = f"{folder}/quiz.toml"
    raw = _toml(files, where, folder).get("question", [])
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


def _numbered(files: Files, inside: str, where: str, *, is_dir: bool) -> list[tuple[str, int, str]]:
    """The folders or lessons in there, in the order of the number before their name."""
    rest = [name.removeprefix(inside) for name in files if name.startswith(inside)]
    if is_dir:
        names = {name.split("/")[0] for name in rest if "/" in name} - {"pictures"}
    else:
        names = {name for name in rest if "/" not in name and name.endswith(".md")}
    found: list[tuple[str, int, str]] = []
    for name in sorted(names):
        match = NUMBERED.fullmatch(name.removesuffix(".md"))
        if not match or len(match[2]) > 60 or match[1] == "00":
            raise BadCourse(f"{where}/{name}: the name must begin with two digits, like “01-hello”.")
        order, slug = int(match[1]), match[2]
        if slug in TAKEN:
            raise BadCourse(f"{where}/{name}: “{slug}” is a word our addresses use; choose another.")
        if any(order == o or slug == s for _, o, s in found):
            raise BadCourse(f"{where}/{name}: another one has the same number or name.")
        found.append((f"{inside}{name}", order, slug))
    return found


def _shaped(item: Any, shape: Shape, where: str) -> dict[str, Any]:
    if not isinstance(item, dict):
        raise BadCourse(f"{where}: keys and values are expected here.")
    for key, value in item.items():
        if key not in shape:
            raise BadCourse(f"{where}, key “{key[:40]}”: we don’t know this key; use {', '.join(shape)}.")
        kind, _, most = shape[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise BadCourse(f"{where}, key “{key}”: write {NAMES[kind]}.")
        if kind is int and not 1 <= value <= most:
            raise BadCourse(f"{where}, key “{key}”: choose a number from 1 to {most}.")
        if kind in (str, list) and len(value) > most:
            raise BadCourse(f"{where}, key “{key}”: it is longer than {most}.")
        if kind is str and (UNSEEN.search(value) or "\n" in value):
            raise BadCourse(f"{where}, key “{key}”: write it in one line, without hidden characters.")
    for key, (_, needed, _) in shape.items():
        value = item.get(key)
        if needed and not (value.strip() if isinstance(value, str) else value):
            raise BadCourse(f"{where}, key “{key}”: it is missing or empty.")
    return dict(item)


def _one_of(fields: dict[str, Any], key: str, values: list[str], where: str) -> None:
    if key in fields and fields[key] not in values:
        raise BadCourse(f"{where}, key “{key}”: choose {' or '.join(f'“{value}”' for value in values)}.")


def _toml(files: Files, name: str, folder: str) -> dict[str, Any]:
    try:
        return tomllib.loads(_text(files, name, folder))
    except tomllib.TOMLDecodeError as error:
        raise BadCourse(f"{name}: {error}.") from error
    except RecursionError:
        raise BadCourse(f"{name}: it is nested too deeply.") from None


def _text(files: Files, name: str, folder: str) -> str:
    try:
        raw = files[name]
    except KeyError:
        raise BadCourse(f"{folder}: the file “{name.split('/')[-1]}” is missing.") from None
    if len(raw) > MOST_TEXT:
        raise BadCourse(f"{name}: it is longer than {MOST_TEXT:,} bytes.")
    try:
        text = raw.decode().replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise BadCourse(f"{name}, line {line}: save the file as UTF-8.") from error
    if unseen := UNSEEN.search(text):
        line = text[: unseen.start()].count("\n") + 1
        raise BadCourse(f"{name}, line {line}: there is a hidden character; take it out.")
    return text
