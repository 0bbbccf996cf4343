"""The staff's desk: a preview of the prose, and nothing that learners did can be edited."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse

from tests import factories
from tests.training.conftest import draft_of, take_course
from training.admin.lesson import LessonDesk
from training.models import Certificate, Course, Enrolment, Lesson, Module, Question, QuizTry


@pytest.fixture
def request_of_admin(db: Any) -> Any:
    request = RequestFactory().get("/admin/")
    request.user = factories.make_staff("Ada", is_superuser=True)
    return request


def test_it_previews_a_lesson_safely(course: Any) -> None:
    lesson = draft_of(course).modules.first().lessons.first()
    lesson.body = "::: words\nHello\n:::\n\n<script>alert(1)</script>"
    lesson.save()
    preview = LessonDesk(Lesson, admin.site).preview(lesson)
    assert "card--green" in preview
    assert "<script" not in preview


@pytest.mark.parametrize("model", [Enrolment, QuizTry, Certificate])
def test_what_learners_did_is_read_only(request_of_admin: Any, model: Any) -> None:
    desk = admin.site._registry[model]
    assert not desk.has_add_permission(request_of_admin)
    assert not desk.has_change_permission(request_of_admin)
    assert not desk.has_delete_permission(request_of_admin)


def test_staff_without_the_permission_see_only_their_own(course: Any, learner: Any) -> None:
    take_course(course, learner)
    staff = factories.make_staff("Dele")
    staff.user_permissions.clear()
    staff.groups.clear()
    for model in (QuizTry, Certificate):
        assert not model.objects.visible_to(type(staff).objects.get(pk=staff.pk)).exists()
        assert model.objects.visible_to(learner).exists()


def test_it_walks_the_desk(client: Any, settings: Any, course: Any, learner: Any) -> None:
    settings.MIDDLEWARE = [m for m in settings.MIDDLEWARE if "SecondFactor" not in m]
    take_course(course, learner)
    client.force_login(factories.make_staff("Ada", is_superuser=True))
    for model in (Course, Module, Lesson, Question, Enrolment, QuizTry, Certificate):
        row = model.objects.first()
        name = f"admin:training_{model._meta.model_name}"
        assert client.get(reverse(f"{name}_changelist")).status_code == 200
        assert client.get(reverse(f"{name}_change", args=[row.pk])).status_code == 200
    certificate = Certificate.objects.get()
    chosen = {"action": "revoke", "_selected_action": [certificate.pk]}
    client.post(reverse("admin:training_certificate_changelist"), chosen)
    certificate.refresh_from_db()
    assert certificate.revoked_at
