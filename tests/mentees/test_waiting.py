"""While they wait: their page, letters after 14, 30 and 60 days, changed answers, and the way out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from audit.transitions import NotAllowed
from mentees import actions
from mentees.models import Request
from tests import factories
from tests.mentees.asking import letters, pages, words
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def test_it_writes_after_14_30_and_60_days_once_each() -> None:
    request = factories.make_request(asked_at=NOW)
    told = {}
    for day in range(80):
        at = NOW + timedelta(days=day, hours=-3)
        for _ in range(2):
            actions.tell_waiting(at=at, among=Request.objects.all())
        told[day] = len(letters("waiting"))
    assert [day for day in range(1, 80) if told[day] > told[day - 1]] == [14, 30, 60]
    assert {letter.to_user for letter in letters("waiting")} == {request.mentee.user}


def test_it_writes_only_what_is_still_true() -> None:
    factories.make_request(asked_at=NOW)
    actions.tell_waiting(at=NOW + timedelta(days=25), among=Request.objects.all())
    assert letters("waiting") == []


@pytest.mark.parametrize("status", ["unconfirmed", "declined", "withdrawn", "fulfilled"])
def test_it_writes_to_nobody_who_does_not_wait(status: str) -> None:
    factories.make_request(asked_at=NOW, status=status)
    actions.tell_waiting(at=NOW + timedelta(days=14), among=Request.objects.all())
    assert letters("waiting") == []


def test_it_writes_to_nobody_outside_those_it_is_given() -> None:
    factories.make_request(asked_at=NOW)
    actions.tell_waiting(at=NOW + timedelta(days=14), among=Request.objects.none())
    assert letters("waiting") == []


@pytest.mark.parametrize(
    ("fields", "permission", "now"),
    [
        ({"status": "unconfirmed"}, "noted", "You asked for a mentor"),
        ({"status": "asked"}, "asked", "Denise says yes or no"),
        ({"status": "accepted"}, "refused", "Denise said no"),
        ({"status": "accepted"}, "expired", "Denise has not answered"),
        ({"status": "accepted"}, "given", "We find your mentor"),
        ({"status": "asked", "wants_a_talk_first": True}, "", "We talk to you first"),
        ({"status": "more_needed"}, "given", "We read your answers"),
        ({"status": "declined"}, "given", "We could not take this on"),
        ({"status": "withdrawn"}, "given", "You took your request back"),
    ],
)
def test_its_journey_tells_the_truth(client: Any, fields: dict[str, Any], permission: str, now: str) -> None:
    mentee = factories.make_mentee()
    if permission:
        factories.make_permission(mentee, status=permission)
    request = factories.make_request(mentee, permission=False, **fields)
    here = [step.label for step in request.journey(NOW) if step.state == "now"]
    assert here[0] == now
    sign_in(client, mentee.user)
    assert now in client.get(reverse("mentees:waiting")).content.decode()


def test_it_is_not_there_for_who_never_asked(client: Any) -> None:
    sign_in(client, factories.make_user("Nobody"))
    for name in ("waiting", "answers", "withdraw", "guardian", "answer_question"):
        assert client.get(reverse(f"mentees:{name}")).status_code == 404


def test_it_changes_an_answer_and_leaves_the_others(client: Any) -> None:
    words()
    request = factories.make_request(factories.make_mentee(topics=["Interviews"], goals="As before"))
    sign_in(client, request.mentee.user)
    assert b"As before" in client.get(reverse("mentees:answers")).content
    typed = {"free_slots": ["0"], "way": "online", "travel_minutes": "15"}
    for _ in range(2):
        saved = client.post(reverse("mentees:change_answer", args=["times"]), typed)
        assert saved.url == reverse("mentees:answers")
    mentee = request.mentee
    mentee.refresh_from_db()
    assert (mentee.free_slots, mentee.way, mentee.goals) == (1, "online", "As before")
    assert [topic.name for topic in mentee.topics.all()] == ["Interviews"]
    assert mentee.agreed_at is not None


def test_it_keeps_the_answer_when_the_change_is_not_right(client: Any) -> None:
    words()
    request = factories.make_request()
    sign_in(client, request.mentee.user)
    page = client.post(reverse("mentees:change_answer", args=["times"]), {"way": "online"})
    assert b"Choose at least one time" in page.content
    request.mentee.refresh_from_db()
    assert request.mentee.free_slots == factories.EVENINGS


def test_it_changes_neither_name_nor_birth_date(client: Any) -> None:
    words()
    request = factories.make_request()
    sign_in(client, request.mentee.user)
    url = reverse("mentees:change_answer", args=["about-you"])
    assert client.post(url, pages()["about-you"]).status_code == 404


def test_it_is_taken_back_once_by_its_owner(client: Any) -> None:
    request = factories.make_request(confirmed_at=NOW)
    sign_in(client, request.mentee.user)
    assert client.get(reverse("mentees:withdraw")).status_code == 200
    request.refresh_from_db()
    assert request.status == "accepted"
    for _ in range(2):
        client.post(reverse("mentees:withdraw"))
    request.refresh_from_db()
    assert request.status == "withdrawn"
    assert len(letters("withdrawn")) == 1


def test_it_is_taken_back_by_nobody_else() -> None:
    request = factories.make_request()
    with pytest.raises(NotAllowed):
        actions.withdraw(request, by=factories.make_user("Nobody"), at=NOW)


def test_it_can_be_asked_again_after_the_end(client: Any) -> None:
    words()
    request = factories.make_request(
        factories.make_mentee(born_on=date(2004, 1, 1), topics=["Interviews"]), status="withdrawn"
    )
    sign_in(client, request.mentee.user)
    assert client.get(reverse("mentees:ask")).status_code == 200
    typed = {"school_name": "", "heard_of_us": ""}
    client.post(reverse("mentees:ask_question", args=["reach"]), typed)
    client.post(reverse("mentees:ask_check"), {"agrees": "on"})
    assert Request.objects.get(status="asked").mentee == request.mentee


def test_its_pages_cost_few_queries(client: Any, django_assert_max_num_queries: Any) -> None:
    words()
    request = factories.make_request(confirmed_at=NOW)
    sign_in(client, request.mentee.user)
    for name in ("waiting", "answers", "guardian"):
        with django_assert_max_num_queries(15):
            client.get(reverse(f"mentees:{name}"))
