"""A note beside a page that asks to think: kept, read again, and nobody else's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib import admin

from tests import factories
from tests.signing_in import sign_in
from tests.training.conftest import AT, draft_of
from training import actions
from training.models import Course, LessonRead, Note

URL = "/training/small-course/first/part-1/"
NOTES = "/training/small-course/notes/"


@pytest.fixture
def course(folder: Path, db: Any) -> Course:
    (folder / "01-first" / "01-part-1.md").write_text("# Part 1\n\n::: reflect\nWhat would you do?\n:::\n")
    return actions.load_course(folder)


@pytest.fixture
def reader(client: Any, learner: Any, course: Course) -> Any:
    sign_in(client, learner)
    return client


def test_it_is_saved_and_read_again(reader: Any, learner: Any) -> None:
    page = reader.get(URL).content.decode()
    assert "Only you can read it" in page
    assert reader.post(URL, {"words": "I would <listen>.\r\nTwice.", "keep": "1"}).url == URL
    assert Note.objects.get().words == "I would <listen>.\nTwice."
    assert not LessonRead.objects.exists()  # saving a note is not reading to the end
    assert "I would &lt;listen&gt;." in reader.get(URL).content.decode()
    assert "I would &lt;listen&gt;." in reader.get(NOTES).content.decode()


def test_going_on_keeps_it_too(reader: Any) -> None:
    assert reader.post(URL, {"words": "First thought."}).status_code == 302
    assert LessonRead.objects.count() == 1
    reader.post(URL, {"words": "Second thought."})
    assert Note.objects.get().words == "Second thought."
    reader.post(URL, {"words": "  ", "keep": "1"})
    assert not Note.objects.exists()


def test_too_much_is_told_and_not_lost(reader: Any) -> None:
    answer = reader.post(URL, {"words": "x" * 4001, "keep": "1"})
    assert answer.status_code == 422
    assert "4,000 characters at most" in answer.content.decode()
    assert "x" * 4001 in answer.content.decode()
    assert not Note.objects.exists()


def test_a_page_without_a_question_has_none(reader: Any) -> None:
    other = URL.replace("part-1", "part-2")
    assert "Your note" not in reader.get(other).content.decode()
    reader.post(other, {"words": "Uninvited"})
    assert not Note.objects.exists()


def test_nobody_else_reads_it(reader: Any, client: Any, learner: Any) -> None:
    reader.post(URL, {"words": "QzMine", "keep": "1"})
    for who in (factories.make_user("Other"), factories.make_staff("Ada", is_superuser=True)):
        assert not Note.objects.visible_to(who).exists()
        sign_in(client, who)
        for url in (URL, NOTES):
            assert "QzMine" not in client.get(url).content.decode()
    assert Note.objects.visible_to(learner).exists()  # the control
    assert Note not in admin.site._registry


def test_it_outlives_its_page(reader: Any, course: Course) -> None:
    reader.post(URL, {"words": "QzMine", "keep": "1"})
    draft = draft_of(course)
    draft.modules.first().lessons.get(slug="part-1").delete()
    actions.publish(draft, by=None, at=AT)
    page = reader.get(NOTES).content.decode()
    assert "QzMine" in page
    assert "no longer part of the course" in page


def test_it_is_forgotten_with_the_person(reader: Any, learner: Any) -> None:
    reader.post(URL, {"words": "QzMine", "keep": "1"})
    actions.forget(learner)
    assert not Note.objects.exists()
