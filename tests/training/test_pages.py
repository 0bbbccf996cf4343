"""The pages: safe to open, one effect a click, closed to strangers, and a fixed number of queries."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.training.conftest import chosen_for, read_all, take_course, take_quiz
from training import actions
from training.models import Enrolment, Lesson, LessonRead, ModulePass, Question, QuizTry

BASE = "/training/small-course/"
PAGES = ["", "first/", "first/part-1/", "first/quiz/", "first/quiz/1/", "first/result/", "certificate/"]


@pytest.fixture
def reader(signed_in: Callable[[Any], Any], learner: Any, course: Any) -> Any:
    return signed_in(learner)


def text(response: Any) -> str:
    return response.content.decode()


def test_it_leads_through_the_whole_course(reader: Any, learner: Any, course: Any) -> None:
    url = reader.get("/training/").url
    assert url == BASE
    for module in course.modules.all():
        url = reader.get(f"{BASE}{module.slug}/").url
        for _ in range(2):
            assert reader.get(url).status_code == 200
            url = reader.post(url).url
        assert url == f"{BASE}{module.slug}/quiz/"
        assert "Start the questions" in text(reader.get(url))
        url = reader.post(url).url
        for n in range(1, 6):
            asked = reader.get(url)
            assert f"question {n} of 5" in text(asked)
            question = asked.context["question"]
            answered = reader.post(url, {"chosen": chosen_for(question, right=True)}, follow=True)
            assert "Yes, that’s it" in text(answered)
            assert question.choices.filter(is_right=True).first().feedback in text(answered)
            url = url.replace(f"/{n}/", f"/{n + 1}/")
        assert "You’ve passed this module" in text(reader.get(f"{BASE}{module.slug}/result/"))
    certificate = reader.get(f"{BASE}certificate/")
    assert "Amara Okafor" in text(certificate)
    assert "1MM-" in text(certificate)


def test_a_wrong_answer_shows_both_reasons(reader: Any, learner: Any, course: Any) -> None:
    module = course.modules.first()
    read_all(module, learner)
    url = reader.post(f"{BASE}first/quiz/").url
    question = reader.get(url).context["question"]
    answered = text(reader.post(url, {"chosen": chosen_for(question, right=False)}, follow=True))
    assert "Not quite" in answered
    for choice in question.choices.all():
        assert (choice.feedback in answered) is (choice.is_right or choice.text.startswith("Wrong"))


def test_nothing_chosen_is_said_beside_the_field(reader: Any, learner: Any, course: Any) -> None:
    read_all(course.modules.first(), learner)
    url = reader.post(f"{BASE}first/quiz/").url
    response = reader.post(url)
    assert response.status_code == 422
    assert text(response).count("Choose an answer, then check it.") >= 2
    assert not QuizTry.objects.get().answers


def test_it_resumes_on_another_device(reader: Any, learner: Any, course: Any) -> None:
    read_all(course.modules.first(), learner)
    quiz_try = actions.start_try(course.modules.first(), by=learner, at=timezone.now())
    first = Question.objects.get(pk=quiz_try.asked[0])
    actions.answer(quiz_try, first, chosen_for(first, right=True), by=learner, at=timezone.now())
    assert reader.get(f"{BASE}first/quiz/").url == f"{BASE}first/quiz/2/"
    assert reader.get(f"{BASE}first/quiz/5/").url == f"{BASE}first/quiz/2/"


def test_posting_twice_has_one_effect(reader: Any, learner: Any, course: Any) -> None:
    for _ in range(2):
        reader.post(f"{BASE}first/part-1/")
        reader.post(f"{BASE}first/part-2/")
    assert LessonRead.objects.count() == 2
    assert Enrolment.objects.count() == 1
    for _ in range(2):
        reader.post(f"{BASE}first/quiz/")
    assert QuizTry.objects.count() == 1
    question = Question.objects.get(pk=QuizTry.objects.get().asked[0])
    reader.post(f"{BASE}first/quiz/1/", {"chosen": chosen_for(question, right=False)})
    reader.post(f"{BASE}first/quiz/1/", {"chosen": chosen_for(question, right=True)})
    assert QuizTry.objects.get().right == 0


def test_opening_a_page_changes_nothing(reader: Any, course: Any) -> None:
    for path in PAGES:
        reader.get(BASE + path, follow=True)
    for model in (LessonRead, Enrolment, QuizTry, ModulePass):
        assert not model._default_manager.exists()


def test_the_quiz_asks_for_reading_first(reader: Any, course: Any) -> None:
    assert "Part 1 of first" in text(reader.get(f"{BASE}first/quiz/"))
    landed = reader.post(f"{BASE}first/quiz/", follow=True)
    assert "Please read" in text(landed)
    assert not QuizTry.objects.exists()


def test_a_lesson_body_cannot_run_script(reader: Any, course: Any) -> None:
    body = "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>"
    Lesson.objects.filter(pk=course.modules.first().lessons.first().pk).update(body=body)
    shown = text(reader.get(f"{BASE}first/part-1/"))
    prose = re.search(r'<div class="prose">(.*?)</div>', shown, re.S)
    assert prose
    assert not re.search(r"<script|<img|<a ", prose[1])


def test_every_page_is_free_of_inline_style_and_script(reader: Any, learner: Any, course: Any) -> None:
    take_course(course, learner, at=timezone.now())
    for path in [*PAGES, "safety/result/"]:
        shown = text(reader.get(BASE + path, follow=True))
        assert not re.search(r"<[^>]*\sstyle=|<[^>]*\son\w+=|<script(?![^>]*\ssrc=)", shown), path


def test_strangers_go_to_the_sign_in_page(client: Any, course: Any) -> None:
    for path in PAGES:
        assert "/training/" in client.get(BASE + path).url
        assert client.get(BASE + path).status_code == 302


def test_what_is_not_theirs_is_not_there(
    signed_in: Callable[[Any], Any], learner: Any, stranger: Any, course: Any
) -> None:
    take_course(course, learner, at=timezone.now())
    reader = signed_in(stranger)
    assert reader.get(f"{BASE}certificate/").status_code == 404
    assert reader.get(f"{BASE}first/result/").url == f"{BASE}first/quiz/"
    assert reader.get(f"{BASE}nowhere/").status_code == 404
    assert reader.get(f"{BASE}first/nowhere/").status_code == 404
    course.is_published = False
    course.save()
    for path in ["", "first/", "first/part-1/", "first/quiz/", "first/result/"]:
        assert reader.get(BASE + path).status_code == 404, path


def test_a_page_costs_the_same_for_any_course(reader: Any, learner: Any, course: Any) -> None:
    def cost(path: str) -> int:
        reader.get(BASE + path)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert reader.get(BASE + path).status_code == 200, path
        return len(queries)

    paths = ["", "first/part-1/", "first/quiz/"]
    take_quiz(course.modules.first(), learner, at=timezone.now())
    paths += ["first/quiz/1/", "first/result/"]
    before = {path: cost(path) for path in paths}
    course.version = 0  # as a draft it can be written
    for n in range(3, 12):
        module = course.modules.create(order=n, slug=f"more-{n}", title=f"More {n}")
        for m in range(4):
            module.lessons.create(order=m, slug=f"l-{m}", title="x", body="x")
    assert {path: cost(path) for path in paths} == before
    assert max(before.values()) <= 15, before


def test_progress_costs_five_queries(learner: Any, course: Any, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(5):
        progress = course.progress_of(learner, timezone.now())
        assert progress.minutes_left == 2 * (2 + 2 + 4)
        assert progress.next_lesson.slug == "part-1"
