"""A course as one file: what goes out comes in again the same, and nothing hostile comes in at all."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from tests import factories
from tests.signing_in import sign_in
from tests.training import pictures
from tests.training.conftest import AT
from training import actions, content, packing
from training.models import Course, Module, Picture
from training.packing import unpack
from training.writer import files_of, zip_of

Files = dict[str, bytes]


def zipped(files: Files, folder: str = "other-course/") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as box:
        for name, data in files.items():
            box.writestr(folder + name, data)
    return made.getvalue()


@pytest.fixture
def files(course: Course) -> Files:
    return files_of(content.of_course(course))


def test_it_comes_back_as_it_went(course: Course, folder: Path) -> None:
    (folder / "pictures").mkdir()
    (folder / "pictures" / "one.png").write_bytes(pictures.png())
    lesson = folder / "01-first" / "01-part-1.md"
    lesson.write_text('# Odd “title” \\ "x"\n\n![One](pictures/one.png)\n\n::: reflect\nWhy? 李 é 😀\n:::\n')
    actions.load_course(folder)
    course.refresh_from_db()
    sent = content.of_course(course, with_pictures=True)
    got = unpack(zip_of(sent))
    assert got == sent
    assert got.is_published
    assert [picture.raw for picture in got.pictures] == [picture.data for picture in sent.pictures]
    assert zip_of(sent) == zip_of(sent)


def test_our_own_courses_come_back() -> None:
    from training.reader import read_course

    for path in sorted((Path(__file__).parents[2] / "training" / "courses").glob("*/course.toml")):
        read = read_course(path.parent)
        assert unpack(zip_of(read)) == read


def test_a_new_course_comes_in_as_a_draft(files: Files, learner: Any) -> None:
    draft = actions.import_course(unpack(zipped(files)), by=None, at=AT)
    assert (draft.slug, draft.version, draft.is_published) == ("other-course", 0, False)
    assert draft.modules.count() == 2
    assert not Course.objects.visible_to(learner).filter(pk=draft.pk).exists()
    assert actions.publish(draft, by=None, at=AT).number == 1


def test_a_course_that_we_have_becomes_a_draft_of_its_next_version(course: Course, files: Files) -> None:
    files["01-first/01-part-1.md"] = b"# New\n\nNew words.\n"
    draft = actions.import_course(unpack(zipped(files, "small-course/")), by=None, at=AT)
    assert draft.draft_of == course
    with pytest.raises(actions.BadCourse, match="draft of “Small course” is open"):
        actions.import_course(unpack(zipped(files, "small-course/")), by=None, at=AT)
    assert "Some words" in course.modules.first().lessons.first().body


def test_a_picture_does_not_change_under_its_name(course: Course, folder: Path) -> None:
    (folder / "pictures").mkdir()
    (folder / "pictures" / "one.png").write_bytes(pictures.png())
    (folder / "01-first" / "01-part-1.md").write_text("# T\n\n![One](pictures/one.png)\n")
    actions.load_course(folder)
    (folder / "pictures" / "one.png").write_bytes(pictures.png(9, 9))
    (folder / "01-first" / "01-part-1.md").write_text("# T\n\nx ![One](pictures/one.png)\n")
    with pytest.raises(actions.BadCourse, match="give the new one its own"):
        actions.load_course(folder)
    assert Picture.objects.count() == 1


def with_file(name: str, data: bytes) -> Callable[[Files], bytes]:
    return lambda files: zipped({**files, name: data})


def locked(files: Files) -> bytes:
    """Every entry says that it is encrypted."""
    made = bytearray(zipped(files))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = made.find(mark)
        while at >= 0:
            made[at + offset] |= 1
            at = made.find(mark, at + 1)
    return bytes(made)


HOSTILE: dict[str, tuple[Callable[[Files], bytes], str]] = {
    "nothing": (lambda files: b"", "must be a zip"),
    "text": (lambda files: b"hello", "must be a zip"),
    "an empty zip": (lambda files: zipped({}), "must be a zip"),
    "half a zip": (lambda files: zipped(files)[:-40], "must be a zip"),
    "a broken zip": (lambda files: zipped(files).replace(b"course.toml", b"course.tom\xff", 1), "must be"),
    "a locked zip": (locked, "password"),
    "a way out": (with_file("../../evil.md", b"x"), "must lie inside the folder"),
    "from the root": (lambda files: zipped(files, "/etc/"), "must lie inside the folder"),
    "another drive": (lambda files: zipped(files, "C:\\course/"), "must lie inside the folder"),
    "two folders": (lambda files: zipped({"a/course.toml": b"", "b/course.toml": b""}, ""), "one folder"),
    "no folder": (lambda files: zipped(files, ""), "more than one folder|must lie inside"),
    "a bomb": (with_file("bomb.md", b"\0" * 30_000_000), "unpacks to more than 20 MB"),
    "many files": (
        lambda files: zipped({**files, **{f"x{n}": b"" for n in range(700)}}),
        "more than 600 files",
    ),
    "no course file": (
        lambda files: zipped({n: d for n, d in files.items() if n != "course.toml"}),
        "“course.toml” is missing",
    ),
    "no quiz": (
        lambda files: zipped({n: d for n, d in files.items() if n != "01-first/quiz.toml"}),
        "“quiz.toml” is missing",
    ),
    "utf-16": (with_file("01-first/01-part-1.md", "# T\n\nx".encode("utf-16")), "save the file as UTF-8"),
    "cp1252": (with_file("01-first/01-part-1.md", "# T\n\né".encode("cp1252")), "save the file as UTF-8"),
    "a nought": (with_file("01-first/01-part-1.md", b"# T\n\na\0b"), "line 3: there is a hidden character"),
    "turned words": (
        with_file("01-first/01-part-1.md", "# T\n\n\u202eevil".encode()),
        "hidden character",
    ),
    "a nought in toml": (
        with_file("course.toml", b'title = "a\\u0000b"'),
        "key “title”: write it in one line",
    ),
    "a long file": (with_file("01-first/01-part-1.md", b"# T\n\n" + b"x" * 300_000), "longer than 200,000"),
    "nested toml": (with_file("01-first/quiz.toml", b"question = " + b"[" * 5_000), "quiz.toml: "),
    "no such picture": (
        with_file("01-first/01-part-1.md", b"# T\n\n![x](pictures/x.png)"),
        "There is no picture “x.png”",
    ),
    "a picture that is none": (
        lambda files: zipped(
            {
                **files,
                "01-first/01-part-1.md": b"# T\n\n![x](pictures/x.png)",
                "pictures/x.png": b"<svg onload=alert(1)>",
            }
        ),
        "pictures/x.png: The picture must be a JPG or PNG",
    ),
    "an audience of cats": (with_file("course.toml", b'title = "x"\naudience = "cats"'), "key “audience”"),
    "too large": (lambda files: b"x" * (packing.MOST_BYTES + 1), "larger than 20 MB"),
}


@pytest.fixture
def desk(client: Any, db: Any) -> Any:
    sign_in(client, factories.make_staff("Ada", is_superuser=True))
    return client


@pytest.mark.parametrize("what", HOSTILE)
def test_a_bad_file_gets_one_sentence_and_saves_nothing(
    desk: Any, course: Course, files: Files, what: str
) -> None:
    spoil, says = HOSTILE[what]
    with pytest.raises(actions.BadCourse, match=says) as refusal:
        unpack(spoil(files))
    assert "\n" not in str(refusal.value)
    sent = SimpleUploadedFile("course.zip", spoil(files))
    answer = desk.post(reverse("admin:training_import"), {"file": sent})
    assert answer.status_code == 422
    assert (Course.objects.count(), Module.objects.count()) == (1, 2)


def test_litter_of_computers_is_overlooked(files: Files) -> None:
    sent = zipped({**files, ".DS_Store": b"\0"})
    with zipfile.ZipFile(box := io.BytesIO(sent), "a") as made:
        made.writestr("__MACOSX/other-course/._course.toml", b"\0")
    assert unpack(box.getvalue()).slug == "other-course"


def test_staff_take_it_out_and_in_at_the_desk(desk: Any, course: Course) -> None:
    answer = desk.get(reverse("admin:training_export", args=[course.pk]))
    assert answer["Content-Type"] == "application/zip"
    sent = SimpleUploadedFile("x.zip", answer.content.replace(b"small-course", b"large-course"))
    answer = desk.post(reverse("admin:training_import"), {"file": sent}, follow=True)
    assert "here as a draft" in answer.content.decode()
    assert Course.objects.get(slug="large-course").modules.count() == 2


def test_the_command_writes_the_same_file(course: Course, tmp_path: Path) -> None:
    call_command("export_course", "small-course", str(tmp_path / "x.zip"), stdout=StringIO())
    assert unpack((tmp_path / "x.zip").read_bytes()) == content.of_course(course)
    with pytest.raises(CommandError, match="There is no course"):
        call_command("export_course", "nowhere")
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_course", "small-course", str(tmp_path / "no" / "x.zip"))
