"""The task list: where a mentor stands, and who has to act."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mentors import actions, rules
from mentors.models import Mentor
from tests import factories
from tests.mentors.conftest import check_all
from tests.training.workshops import make_session, make_workshop
from training import actions as training
from training.models import Booking, Course


def tags(mentor, at):
    return {t.key: (t.tag_kind, t.tag_text) for t in mentor.task_list(at)}


def test_it_follows_the_journey(programme, staff, second, at):
    user = factories.make_user("Amara")
    mentor = Mentor.objects.create(user=user, signed_up_at=at)
    mentor.programmes.add(programme)
    assert tags(mentor, at)["profile"] == ("todo", "0 of 9 done")
    assert tags(mentor, at)["references"] == ("plain", "Later")
    assert mentor.next_thing(at).key == "about"


def test_after_applying_it_is_with_us(applied, staff, second, at):
    assert tags(applied, at)["profile"] == ("done", "Done")
    assert tags(applied, at)["references"] == ("wait", "0 of 2 in")
    assert tags(applied, at)["checks"] == ("wait", "With us")
    assert rules.summary(applied.task_list(at)) == "Two are with us."
    check_all(applied, by=staff, at=at)
    actions.approve(applied, by=second, at=at)
    ready = Mentor.objects.get(pk=applied.pk)
    assert {kind for kind, _ in tags(ready, at).values()} == {"done"}
    assert rules.summary(ready.task_list(at)) == "Nothing is left for you to do."
    assert ready.next_thing(at) is None


def test_a_referee_who_declines_is_a_job_for_the_mentor(applied, at):
    applied.references.filter(pk=applied.references.first().pk).update(status="declined")
    assert tags(applied, at)["references"] == ("todo", "Name another")


def test_ready_to_send_is_one_job(applicant, at):
    assert tags(applicant, at)["profile"] == ("now", "Ready to send")
    assert rules.summary(applicant.task_list(at)) == "One job left for you."


def test_it_costs_one_query_or_none(applied, at, django_assert_num_queries):
    with django_assert_num_queries(1):
        asked = applied.task_list(at)
    annotated = type(applied).objects.with_task_list(at).select_related("user").get(pk=applied.pk)
    with django_assert_num_queries(0):
        assert annotated.task_list(at) == asked


@pytest.mark.parametrize(("yours", "ours", "words"), [(2, 2, "Two jobs left for you. Two more are with us.")])
def test_it_says_how_much_is_left(yours, ours, words):
    tasks = [rules.Task("a", "", "", "todo", "")] * yours + [rules.Task("b", "", "", "wait", "")] * ours
    assert rules.summary(tasks) == words


def test_training_is_a_row_where_a_programme_asks_for_it(applied, programme, at):
    assert "training" not in tags(applied, at)
    programme.course = Course.objects.create(slug="start", title="Getting started", is_published=True)
    programme.save()
    assert tags(applied, at)["training"] == ("todo", "To do")
    halfway = applied.task_list(at, modules_done=4, modules_total=6)
    assert [t.tag_text for t in halfway if t.key == "training"] == ["4 of 6 done"]


def test_a_suspended_mentor_is_told_so(programme, at):
    mentor = factories.make_ready_mentor(programme=programme, at=at)
    Mentor.objects.update(status="suspended")
    assert tags(mentor, at)["approval"] == ("stop", "Paused by us")


def test_the_workshop_says_who_has_to_act(applied, programme, staff, at):
    """With you: book. Then a date, or the waiting list. With us: we mark who came."""
    assert "workshop" not in tags(applied, at)
    session = make_session(make_workshop(programme), starts_at=at + timedelta(days=3), places=1)
    assert tags(applied, at)["workshop"] == ("todo", "To book")
    other = factories.make_mentor("Bola", programme=programme).user
    first = training.book(session, by=other, at=at)
    mine = training.book(session, by=applied.user, at=at)
    assert tags(applied, at)["workshop"] == ("plain", "Waiting list")
    training.give_back(first, by=other, at=at)
    assert tags(applied, at)["workshop"] == ("plain", "Booked")
    after = session.ends_at + timedelta(hours=1)
    assert tags(applied, after)["workshop"] == ("wait", "With us")
    training.mark_attendance(session, {mine.pk: False}, by=staff, at=after)
    assert tags(applied, after)["workshop"] == ("todo", "Choose a date")
    training.mark_attendance(session, {mine.pk: True}, by=staff, at=after)
    assert tags(applied, after)["workshop"] == ("done", "Done")
    assert Booking.objects.count() == 2
