"""Staff write a course at the desk, publish it, and change it; all of it by plain forms, without script."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories
from tests.signing_in import sign_in
from tests.training.conftest import AT, draft_of, take_course
from training import actions
from training.models import (
    Course,
    Enrolment,
    Lesson,
    LessonRead,
    Module,
    ModulePass,
    Question,
    QuizTry,
    Version,
)


@pytest.fixture
def desk(client: Any, db: Any) -> Any:
    sign_in(client, factories.make_staff("Ada", is_superuser=True))
    return client


def none_of(*prefixes: str) -> dict[str, Any]:
    return {f"{p}-{key}": n for p in prefixes for key, n in (("TOTAL_FORMS", 0), ("INITIAL_FORMS", 0))}


def add(desk: Any, model: str, **fields: Any) -> Any:
    return desk.post(reverse(f"admin:training_{model}_add"), fields)


def a_question(n: int, module: Module, kind: str = "one", **more: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "module": module.pk,
        "order": n,
        "kind": kind,
        "story": "Amina comes late." if kind == "scenario" else "",
        "text": f"Which way {n}?",
        "slug": "",
        "choices-TOTAL_FORMS": 2,
        "choices-INITIAL_FORMS": 0,
    }
    for c, right in enumerate((True, False)):
        fields |= {
            f"choices-{c}-order": c + 1,
            f"choices-{c}-text": f"Choice {c}",
            f"choices-{c}-feedback": "Because.",
            **({f"choices-{c}-is_right": "on"} if right else {}),
        }
    return fields | more


def test_a_course_is_written_and_published(desk: Any, learner: Any) -> None:
    course = {"title": "Getting ready", "audience": "young people", "pass_mark": 70}
    assert add(desk, "course", **course, **none_of("modules")).status_code == 302
    row = Course.objects.get()
    assert (row.slug, row.version, row.is_published) == ("getting-ready", 0, False)
    module = {"course": row.pk, "order": 1, "title": "Your mentor", "when_changed": "ask"}
    assert add(desk, "module", **module, **none_of("lessons", "questions")).status_code == 302
    part = Module.objects.get()
    page = {
        "module": part.pk,
        "order": 1,
        "title": "Who they are",
        "body": "Hello.\r\n\r\n::: words\r\nHi\r\n:::",
    }
    assert add(desk, "lesson", **page).status_code == 302
    lesson = Lesson.objects.get()
    assert lesson.body == "Hello.\n\n::: words\nHi\n:::\n"
    shown = desk.get(reverse("admin:training_lesson_change", args=[lesson.pk])).content.decode()
    assert "card--green" in shown  # the preview
    versions = reverse("admin:training_versions", args=[row.pk])
    assert "a quiz needs at least 5 questions" in desk.get(versions).content.decode()
    refused = desk.post(versions, {"do": "publish"})
    assert refused.status_code == 422
    for n, kind in enumerate(("one", "many", "scenario", "one", "one"), 1):
        assert add(desk, "question", **a_question(n, part, kind)).status_code == 302
    assert Question.objects.filter(slug="which-way-1").exists()
    assert not Course.objects.visible_to(learner).exists()
    desk.post(versions, {"do": "publish", "note": "The first one."})
    version = Version.objects.get()
    assert (version.number, version.note, version.published_by.first_name) == (1, "The first one.", "Ada")
    assert Course.objects.visible_to(learner).exists()


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"choices-0-is_right": ""}, "Mark exactly one choice as right."),
        ({"choices-1-is_right": "on"}, "not all of them right"),
        ({"choices-1-feedback": ""}, "This field is required."),
        ({"kind": "scenario"}, "A scenario needs a story"),
        ({"choices-TOTAL_FORMS": 0}, "at least two choices"),
    ],
)
def test_a_bad_question_is_told_what_to_do(desk: Any, course: Course, fields: Any, says: str) -> None:
    part, before = draft_of(course).modules.first(), Question.objects.count()
    typed = a_question(9, part) | fields
    answer = add(desk, "question", **{key: value for key, value in typed.items() if value != ""})
    assert answer.status_code == 200
    assert says in answer.content.decode()
    assert Question.objects.count() == before


def test_a_bad_page_is_told_what_to_do(desk: Any, course: Course) -> None:
    part = draft_of(course).modules.first()
    page = {"module": part.pk, "order": 9, "title": "Quiz", "body": "![](pictures/x.png)"}
    answer = add(desk, "lesson", **page).content.decode()
    assert "There is no picture “x.png”" in answer
    assert "a word our addresses use" in answer
    assert "![](pictures/x.png)" in answer  # nothing typed is lost
    doubled = add(desk, "lesson", **page | {"title": "New", "slug": "part-1", "body": "x"})
    assert doubled.status_code == 200
    published = course.modules.first().pk
    answer = add(desk, "lesson", **page | {"title": "New", "module": published, "body": "x"})
    assert "not one of the available choices" in answer.content.decode()


def test_a_published_course_is_only_read(desk: Any, course: Course) -> None:
    part = course.modules.first()
    rows = [course, part, part.lessons.first(), part.questions.first()]
    for row in rows:
        url = reverse(f"admin:training_{row._meta.model_name}_change", args=[row.pk])
        page = desk.get(url)
        assert page.status_code == 200
        assert "_save" not in page.content.decode()
        assert desk.post(url, {"title": "Other"}).status_code == 403
    assert (
        desk.post(reverse("admin:training_lesson_delete", args=[rows[2].pk]), {"post": "yes"}).status_code
        == 403
    )
    course.refresh_from_db()
    assert course.title == "Small course"


def test_the_buttons_of_a_version(desk: Any, course: Course, learner: Any) -> None:
    take_course(course, learner)
    url = reverse("admin:training_versions", args=[course.pk])
    assert "Start a draft of version 2" in desk.get(url).content.decode()
    desk.post(url, {"do": "draft"})
    draft = Course.objects.get(draft_of=course)
    assert "Nothing differs" in desk.get(url).content.decode()
    lesson = draft.modules.first().lessons.first()
    change = reverse("admin:training_lesson_change", args=[lesson.pk])
    typed = {"module": lesson.module_id, "order": 1, "title": "Part 1", "slug": "part-1", "body": "New."}
    assert desk.post(change, typed).status_code == 302
    page = desk.get(url).content.decode()
    assert "Changed: we ask for another look" in page
    assert "Module first" in page
    near = desk.post(url, {"do": "publish", "grace_until": f"{AT:%Y-%m-%d}"})
    assert "at least 14 days" in near.content.decode()
    desk.post(url, {"do": "publish", "note": "Clearer."})
    course.refresh_from_db()
    assert course.version == 2
    assert "Clearer." in desk.get(url).content.decode()
    desk.post(url, {"do": "close"})
    assert not Course.objects.get().is_published
    assert "Open this course again" in desk.get(url).content.decode()
    assert "nothing to do" in desk.post(url, {"do": "publish"}).content.decode()
    desk.post(url, {"do": "reopen"})
    desk.post(url, {"do": "draft"})
    desk.post(url, {"do": "discard"})
    assert Course.objects.get().is_published


def test_who_may_only_look_moves_nothing(client: Any, course: Course) -> None:
    from django.contrib.auth.models import Permission

    dele = factories.make_staff("Dele")
    dele.user_permissions.add(*Permission.objects.filter(codename="view_course"))
    sign_in(client, dele)
    url = reverse("admin:training_versions", args=[course.pk])
    page = client.get(url)
    assert page.status_code == 200
    assert "Start a draft" not in page.content.decode()
    assert client.post(url, {"do": "draft"}).status_code == 403
    assert Course.objects.count() == 1
    assert client.get(reverse("admin:training_export", args=[course.pk])).status_code == 200


def half_way(course: Course, people: int) -> None:
    """So many people who have read the first module and passed it, and no more."""
    model = get_user_model()
    users = model.objects.bulk_create(
        (model(email=f"half-way-{n}@many.example", first_name=f"Half{n}") for n in range(people)), 2_000
    )
    first = course.modules.first()
    rows: list[Any] = [
        *(Enrolment(user=u, course=course, started_at=AT, last_active_at=AT) for u in users),
        *(LessonRead(user=u, lesson=x, read_at=AT) for x in first.lessons.all() for u in users),
        *(ModulePass(user=u, module=first, passed_on=AT.date()) for u in users),
        *(
            QuizTry(
                user=u,
                module=first,
                seed=1,
                score=80,
                is_passed=True,
                started_at=AT,
                finished_at=AT,
                asked=[1],
            )
            for u in users
        ),
    ]
    for kind in (Enrolment, LessonRead, ModulePass, QuizTry):
        kind._default_manager.bulk_create((row for row in rows if type(row) is kind), 2_000)


def test_ten_thousand_people_half_way_cost_no_more_queries(client: Any, course: Course, learner: Any) -> None:
    ada = factories.make_staff("Ada", is_superuser=True)
    names = ("course", "module", "lesson", "question", "enrolment", "quiztry", "certificate")
    desk = [reverse(f"admin:training_{name}_changelist") for name in names]
    desk.append(reverse("admin:training_versions", args=[course.pk]))
    pages = [
        "/training/small-course/",
        "/training/small-course/safety/part-1/",
        "/training/small-course/notes/",
    ]

    def cost() -> dict[str, int]:
        found = {}
        for who, urls in ((ada, desk), (learner, pages)):
            sign_in(client, who)
            for url in urls:
                client.get(url)
                with CaptureQueriesContext(connection) as queries:
                    assert client.get(url).status_code == 200, url
                found[url] = len(queries)
        return found

    take_course(course, learner)
    half_way(course, 2)
    actions.start_draft(course, by=None, at=AT)
    before = cost()
    get_user_model().objects.filter(email__endswith="many.example").delete()
    half_way(course, 10_000)
    assert cost() == before
    assert max(before[url] for url in pages) <= 15, before
    assert max(before.values()) <= 22, before
