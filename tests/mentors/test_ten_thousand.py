"""The staff's list of mentors, with ten thousand of them in the middle of their course."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mentors.models import Mentor
from tests import factories
from tests.crowd import FIRST, copies
from tests.mentors.conftest import name_two
from tests.signing_in import sign_in
from training.models import Course, Enrolment, Module, ModulePass

pytestmark = pytest.mark.django_db


def half_way(programme: Any) -> Mentor:
    """Applied, and half of the course done."""
    at = timezone.now()
    course = Course.objects.create(slug="start", title="Getting started", is_published=True)
    one, _ = (Module.objects.create(course=course, order=n, slug=f"m{n}", title=f"M{n}") for n in (1, 2))
    programme.course = course
    programme.save()
    mentor = factories.make_mentor(programme=programme, applied_at=at)
    name_two(mentor, status="asked", asked_at=at)
    Enrolment.objects.create(user=mentor.user, course=course, started_at=at, last_active_at=at)
    ModulePass.objects.create(user=mentor.user, module=one, passed_on=at.date())
    return mentor


def crowd(mentor: Mentor, many: int, *, after: int = 0) -> None:
    """So many more, in this programme and at this point."""
    number = f"({FIRST + after} + n)"
    chosen = [
        getattr(mentor, many_to_many).through.objects.get(mentor=mentor)
        for many_to_many in ("programmes", "topics", "sectors", "languages")
    ]
    copies(
        mentor.user,
        many,
        id=number,
        email=f"'mentor' || {number} || '@many.example'",
        first_name="'Half' || n",
    )
    copies(mentor, many, id=number, user_id=number)
    for k, row in enumerate((*chosen, *mentor.references.all(), mentor.disclosure)):
        copies(row, many, id=f"{FIRST * (k + 1) + after} + n", mentor_id=number)
    for row in (*mentor.user.enrolments.all(), *mentor.user.module_passes.all()):
        copies(row, many, id=number, user_id=number)


ASKED = ("", "o=1", "q=Half7", "status__exact=applying", "lacks=training", "stands=check")


def test_the_list_costs_the_same_for_10_and_10_000(client: Any, programme: Any) -> None:
    mentor = half_way(programme)
    sign_in(client, factories.make_staff(programmes=[programme]))
    url = reverse("admin:mentors_mentor_changelist")
    crowd(mentor, 10)

    def cost() -> dict[str, int]:
        found = {}
        for asked in ASKED:
            began = time.process_time()
            with CaptureQueriesContext(connection) as queries:
                page = client.get(f"{url}?{asked}")
            assert "Training, Two good references, Identity" in page.text, asked
            assert time.process_time() - began < 1, asked
            found[asked] = len(queries)
            [facts] = [one["sql"] for one in queries if "fact_account" in one["sql"]]
            assert '"mentors_mentor"."id" IN (' in facts, "they are asked of the page's rows alone"
        return found

    client.get(url)
    few = cost()
    crowd(mentor, 10_000, after=10)
    assert cost() == few
    assert max(few.values()) <= 16


def test_who_is_ready_is_said_to_be(client: Any, programme: Any) -> None:
    factories.make_ready_mentor(programme=programme)
    sign_in(client, factories.make_staff(programmes=[programme]))
    assert client.get(reverse("admin:mentors_mentor_changelist")).text.count("Nothing: ready") == 1
