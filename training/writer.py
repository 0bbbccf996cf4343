"""A course as files: what training.reader reads, written so that reading it gives the same course again."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from training.content import ReadCourse, ReadModule, ReadQuestion

# The same course makes the same zip, byte for byte, on any day.
LONG_AGO = (2020, 1, 1, 0, 0, 0)


def files_of(content: ReadCourse) -> dict[str, bytes]:
    """Every file by its name inside the course's folder."""
    files = {"course.toml": _toml({**content.fields, "is_published": content.is_published})}
    for module in content.modules:
        folder = f"{module.order:02}-{module.slug}"
        files[f"{folder}/module.toml"] = _toml(module.fields)
        for lesson in module.lessons:
            words = f"# {lesson.title}\n\n{lesson.body.strip()}\n"
            files[f"{folder}/{lesson.order:02}-{lesson.slug}.md"] = words.encode()
        files[f"{folder}/quiz.toml"] = _quiz(module)
    for picture in content.pictures:
        files[f"pictures/{picture.name}"] = picture.data
    return files


def zip_of(content: ReadCourse) -> bytes:
    """The folder in one file, under the name of the course."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as box:
        for name, data in sorted(files_of(content).items()):
            entry = zipfile.ZipInfo(f"{content.slug}/{name}", LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            box.writestr(entry, data)
    return made.getvalue()


def _toml(fields: dict[str, Any]) -> bytes:
    lines = [f"{key} = {_value(value)}" for key, value in fields.items() if value not in (None, "")]
    return ("\n".join(lines) + "\n").encode()


def _quiz(module: ReadModule) -> bytes:
    return "\n".join(_question(question) for question in module.questions).encode()


def _question(question: ReadQuestion) -> str:
    fields = {key: getattr(question, key) for key in ("slug", "kind", "story", "text")}
    lines = ["[[question]]", *(f"{key} = {_value(value)}" for key, value in fields.items() if value)]
    lines.append("choices = [")
    for choice in question.choices:
        right = ", right = true" if choice.is_right else ""
        lines.append(f"  {{ text = {_value(choice.text)}{right}, feedback = {_value(choice.feedback)} }},")
    return "\n".join([*lines, "]", ""])


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    # A JSON string is a TOML string, but for the one character that TOML wants escaped too.
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
