"""Pictures: drawn anew, described, shown to those who may open the course."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from tests import factories
from tests.signing_in import sign_in
from tests.training import pictures as made
from tests.training.conftest import AT, draft_of
from training import actions
from training.forms import PictureForm
from training.models import Course, Lesson, Picture
from training.pictures import BadPicture, redraw
from training.prose import html, lesson_fault


def test_it_keeps_pixels_and_nothing_else() -> None:
    sent = made.jpeg_with_a_place()
    assert b"QzWhereILive" in sent  # the control
    drawn = redraw(sent)
    kept = Image.open(io.BytesIO(drawn.data))
    assert b"QzWhereILive" not in drawn.data
    assert not kept.getexif()
    assert (drawn.kind, drawn.width, drawn.height) == ("jpeg", 20, 40)  # and it stands upright


def test_it_drops_what_hides_in_a_png() -> None:
    sent = made.png(comment="QzSecret") + b"<script>alert(1)</script>"
    drawn = redraw(sent)
    assert b"QzSecret" in sent
    assert b"QzSecret" not in drawn.data
    assert b"<script" not in drawn.data


def test_it_makes_large_ones_fit() -> None:
    drawn = redraw(made.png(4000, 1000))
    assert (drawn.width, drawn.height) == (1600, 400)


BAD: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "text": lambda: b"hello",
    "a page": lambda: b"<!doctype html><script>alert(1)</script>",
    "svg": lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "gif": made.gif,
    "half a png": lambda: made.png(200, 200)[:60],
    "half a jpeg": lambda: made.jpeg_with_a_place()[:300],
    "a bomb": made.bomb,
    "too many bytes": lambda: made.png() + b"\0" * (10 * 1024 * 1024),
}


@pytest.mark.parametrize("what", BAD)
def test_it_refuses_everything_else(what: str) -> None:
    with pytest.raises(BadPicture, match=r"JPG or PNG|40 megapixels"):
        redraw(BAD[what]())


def form(course: Course, data: bytes, **fields: str) -> PictureForm:
    typed = {"course": str(course.pk), "name": "two-people.png", "alt": "Two people at a table.", **fields}
    return PictureForm(typed, {"file": SimpleUploadedFile("C:\\..\\x.php", data)})


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"alt": ""}, "alt"),
        ({"name": "../../etc.png"}, "name"),
        ({"name": "Two People.PNG"}, "name"),
        ({"name": "x.svg"}, "name"),
    ],
)
def test_its_name_and_words_are_asked_for(course: Course, fields: dict[str, str], field: str) -> None:
    assert form(course, made.png()).is_valid()
    assert set(form(course, made.png(), **fields).errors) == {field}


@pytest.fixture
def ada(db: Any) -> Any:
    return factories.make_staff("Ada", is_superuser=True)


def upload(client: Any, course: Course, data: bytes = b"") -> Any:
    sent = SimpleUploadedFile("holiday.jpg", data or made.jpeg_with_a_place())
    typed = {"course": course.pk, "name": "two-people.jpg", "alt": "Two people at a table.", "file": sent}
    return client.post(reverse("admin:training_picture_add"), typed)


def test_staff_upload_and_learners_see_it(
    client: Any, course: Course, ada: Any, learner: Any, stranger: Any
) -> None:
    sign_in(client, ada)
    assert upload(client, course).status_code == 302
    picture = Picture.objects.get()
    assert picture.added_by == ada
    draft = draft_of(course)
    lesson = draft.modules.first().lessons.first()
    lesson.body = f"Look.\n\n{picture.markdown}\n"
    lesson.save()
    actions.publish(draft, by=ada, at=AT)
    client.logout()
    assert client.get(picture.get_absolute_url()).status_code == 302
    sign_in(client, learner)
    page = client.get("/training/small-course/first/part-1/").content.decode()
    assert f'<img src="{picture.get_absolute_url()}" alt="Two people at a table.">' in page
    shown = client.get(picture.get_absolute_url())
    assert shown["Content-Type"] == "image/jpeg"
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert shown["Content-Disposition"].startswith("attachment")
    actions.close(course, by=ada, at=AT)
    assert client.get(picture.get_absolute_url()).status_code == 404


def test_a_bad_upload_is_told_beside_the_field(client: Any, course: Course, ada: Any) -> None:
    sign_in(client, ada)
    answer = upload(client, course, b"<svg/>")
    assert answer.status_code == 200
    assert "must be a JPG or PNG" in answer.content.decode()
    assert "Two people at a table." in answer.content.decode()  # nothing typed is lost
    assert not Picture.objects.exists()


def test_one_in_use_is_not_deleted(client: Any, course: Course, ada: Any) -> None:
    sign_in(client, ada)
    upload(client, course)
    picture = Picture.objects.get()
    assert not picture.is_used()
    Lesson.objects.filter(pk=Lesson.objects.first().pk).update(body=picture.markdown)
    assert picture.is_used()
    assert client.get(reverse("admin:training_picture_delete", args=[picture.pk])).status_code == 403


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("![Two people](pictures/two-people.png)", ""),
        ("![](pictures/two-people.png)", "Say what the picture"),
        ("![x](pictures/other.png)", "There is no picture “other.png”"),
        ("![x](https://tracker.example/x.png)", "Upload the picture first"),
        ("![x](pictures/../x.png)", "Upload the picture first"),
        ("::: video 4 https://films.example/x\nAn hour\n:::", ""),
        ("::: video 4 http://films.example/x\nAn hour\n:::", "Line 1: write a film"),
        ("Words\n\n::: video https://films.example/x\nAn hour\n:::", "Line 3: write a film"),
        ("::: video 4 https://\nAn hour\n:::", "Line 1: write a film"),
        ("::: video 4 javascript:alert(1)\nAn hour\n:::", "Line 1: write a film"),
        ("::: video 4 https://films.example/x\n:::", "Line 1: write the title"),
    ],
)
def test_an_author_is_told_what_to_do(body: str, says: str) -> None:
    fault = lesson_fault(body, {"two-people.png"})
    assert fault.startswith(says) if says else fault == ""


def test_a_film_is_an_honest_link() -> None:
    shown = html("::: video 4 https://films.example/x?a=1\nAn *hour* <b>\n:::")
    assert 'href="https://films.example/x?a=1"' in shown
    assert "An *hour* &lt;b&gt;</a>" in shown
    assert "A film, about 4 minutes, on films.example. The link leaves our site." in shown
    assert "iframe" not in shown


def test_a_film_takes_its_time(course: Course) -> None:
    lesson = draft_of(course).modules.first().lessons.first()
    before = lesson.minutes
    lesson.body += "\n::: video 4 https://films.example/x\nAn hour\n:::\n"
    lesson.save()
    assert lesson.minutes == before + 4


def test_nobody_elses_picture_is_fetched() -> None:
    assert "<img" not in html("![x](https://tracker.example/x.png) ![x](//tracker.example/x.png)")
