"""Loading a course: as often as you like, and a bad file says where it is bad."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.training.conftest import AT, draft_of, read_all, take_course
from training import actions
from training.models import Certificate, Choice, Course, Lesson, LessonRead, Module, Question, QuizTry

OURS = Path(__file__).resolve().parents[2] / "training" / "courses" / "becoming-a-mentor"
MODELS: tuple[Any, ...] = (Course, Module, Lesson, Question, Choice)


def everything() -> dict[str, list[tuple[Any, ...]]]:
    return {model.__name__: sorted(model._default_manager.values_list()) for model in MODELS}


def test_it_changes_nothing_the_second_time(course: Any, folder: Path) -> None:
    before = everything()
    actions.load_course(folder)
    assert everything() == before


def test_it_keeps_what_people_have_done(course: Any, folder: Path, learner: Any) -> None:
    take_course(course, learner)
    lesson = folder / "01-first" / "01-part-1.md"
    lesson.write_text("# A better title\n\nBetter words.\n")
    assert actions.load_course(folder).version == 2
    assert Lesson.objects.get(module__slug="first", slug="part-1").title == "A better title"
    assert LessonRead.objects.count() == 4
    assert Certificate.objects.valid(AT).exists()


def test_it_follows_a_new_order(course: Any, folder: Path, learner: Any) -> None:
    take_course(course, learner)
    (folder / "01-first").rename(folder / "03-first")
    (folder / "02-safety" / "01-part-1.md").rename(folder / "02-safety" / "03-part-1.md")
    actions.load_course(folder)
    assert [m.slug for m in course.modules.all()] == ["safety", "first"]
    assert [x.slug for x in course.modules.first().lessons.all()] == ["part-2", "part-1"]
    assert course.progress_of(learner, AT).is_complete
    assert course.progress_of(learner, AT).next_step is None  # another order is nothing to learn again


def test_a_module_left_out_is_set_aside_with_what_people_did(course: Any, folder: Path, learner: Any) -> None:
    take_course(course, learner)
    (folder / "02-safety").rename(folder / "02-renamed")
    (folder / "02-renamed" / "module.toml").write_text('title = "Renamed"\n')
    actions.load_course(folder)
    assert [m.slug for m in course.modules.all()] == ["first", "renamed"]
    retired = Module.ever.get(is_retired=True)
    assert retired.passes.get(user=learner).lapses_on is None  # what is not taught cannot lapse
    assert QuizTry.objects.filter(module=retired).exists()
    a_decade_later = AT + timedelta(days=3650)
    assert Certificate.objects.valid(a_decade_later).exists()


def test_a_module_that_nobody_began_just_goes(course: Any, folder: Path) -> None:
    (folder / "01-first").rename(folder / "01-renamed")
    actions.load_course(folder)
    assert not Module.ever.filter(is_retired=True).exists()


def test_half_a_try_begins_again_when_its_questions_changed(course: Any, folder: Path, learner: Any) -> None:
    module = course.modules.first()
    read_all(module, learner)
    actions.start_try(module, by=learner, at=AT)
    (folder / "01-first" / "01-part-1.md").write_text("# Other words\n\nBut the same questions.\n")
    actions.load_course(folder)
    assert QuizTry.objects.count() == 1
    quiz = folder / "01-first" / "quiz.toml"
    quiz.write_text(quiz.read_text().replace("Wrong", "Other"))
    actions.load_course(folder)
    assert not QuizTry.objects.exists()


def test_unpublished_changes_become_a_draft(course: Any, folder: Path, learner: Any) -> None:
    (folder / "course.toml").write_text('title = "Small course, better"\n')
    draft = actions.load_course(folder)
    assert draft.draft_of == course
    assert draft.title == "Small course, better"
    course.refresh_from_db()
    assert (course.version, course.title) == (1, "Small course")


def test_it_does_not_publish_over_a_draft(course: Any, folder: Path) -> None:
    draft_of(course)
    (folder / "course.toml").write_text('title = "Other"\nis_published = true\n')
    with pytest.raises(actions.BadCourse, match="draft of this course open"):
        actions.load_course(folder)
    course.refresh_from_db()
    assert course.title == "Small course"


BAD: dict[str, tuple[str, Callable[[str], str | bytes], str]] = {
    "no course file": ("course.toml", lambda text: "", "course.toml, key “title”"),
    "broken toml": (
        "01-first/quiz.toml",
        lambda text: text.replace("]]", "]", 1),
        "01-first/quiz.toml: .*line",
    ),
    "unknown key": ("01-first/module.toml", lambda text: text + "colour = 1", "module.toml, key “colour”"),
    "wrong type": ("course.toml", lambda text: text + 'pass_mark = "80"', "key “pass_mark”: write a whole"),
    "pass mark of nought": ("course.toml", lambda text: text + "pass_mark = 0", "from 1 to 100"),
    "true as a number": ("course.toml", lambda text: text + "pass_mark = true", "write a whole number"),
    "no title line": ("01-first/01-part-1.md", lambda text: text[2:], "01-part-1.md, line 1"),
    "empty lesson": ("01-first/01-part-1.md", lambda text: "# Title\n", "01-part-1.md, line 2"),
    "not utf-8": ("01-first/01-part-1.md", lambda text: b"# A\n\n\xff", "01-part-1.md, line 3"),
    "two right": (
        "01-first/quiz.toml",
        lambda text: text.replace('Wrong 3",', 'Wrong 3", right = true,'),
        "question 3, key “right”: mark exactly one",
    ),
    "none right": (
        "01-first/quiz.toml",
        lambda text: text.replace("right = true", "right = false"),
        "question 1, key “right”: mark at least one",
    ),
    "no feedback": (
        "01-first/quiz.toml",
        lambda text: text.replace("Not 2, and why.", " "),
        "question 2, choice 3, key “feedback”",
    ),
    "no story": ("01-first/quiz.toml", lambda text: text.replace('story = "Once."', ""), "key “story”"),
    "same slug": (
        "01-first/quiz.toml",
        lambda text: text.replace("question-6", "question-5"),
        "question 6: the slug “question-5” is used twice",
    ),
    "too few": ("01-first/quiz.toml", lambda text: text.split("[[question]]")[1], "question"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("what", BAD)
def test_it_says_in_one_sentence_what_is_wrong(folder: Path, what: str) -> None:
    file, spoil, says = BAD[what]
    path = folder / file
    spoilt = spoil(path.read_text())
    path.write_bytes(spoilt if isinstance(spoilt, bytes) else spoilt.encode())
    with pytest.raises(CommandError, match=says) as refusal:
        call_command("load_course", str(folder))
    assert "\n" not in str(refusal.value)
    assert str(refusal.value).endswith(".")
    assert not Course.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["quiz", "one", "1-one", "01-One"])
def test_it_refuses_names_that_cannot_be_addresses(folder: Path, name: str) -> None:
    (folder / "01-first" / "01-part-1.md").rename(folder / "01-first" / f"{name}.md")
    with pytest.raises(CommandError, match="two digits"):
        call_command("load_course", str(folder))
    (folder / "01-first" / f"{name}.md").rename(folder / "01-first" / "01-quiz.md")
    with pytest.raises(CommandError, match="addresses use"):
        call_command("load_course", str(folder))


@pytest.mark.django_db
def test_it_refuses_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no folder"):
        call_command("load_course", str(tmp_path / "nowhere"))


@pytest.mark.django_db
def test_our_own_course_is_whole() -> None:
    call_command("load_course", str(OURS), stdout=StringIO())
    course = Course.objects.get(slug="becoming-a-mentor")
    assert course.modules.count() == 10
    assert course.pass_mark == 80
    assert course.modules.get(slug="keeping-people-safe").lapses_after_months == 12
    for module in course.modules.all():
        assert module.lessons.count() >= 3
        assert module.questions.count() >= 8
        assert set(module.questions.values_list("kind", flat=True)) == {"one", "many", "scenario"}
    for lesson in Lesson.objects.all():
        assert 240 <= lesson.words <= 460, lesson
        assert lesson.minutes in (2, 3)
