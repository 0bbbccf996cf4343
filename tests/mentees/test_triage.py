"""Our answer to a request, and who may give it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from audit.models import Entry
from audit.transitions import NotAllowed
from mentees import actions, signals
from mentees.models import Permission, Request
from tests import factories
from tests.mentees.asking import letters
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)  # a Friday


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def desk(db: Any) -> SimpleNamespace:
    programme = factories.make_programme()
    request = factories.make_request(programme=programme, status="asked", confirmed_at=NOW)
    referral = factories.make_referral(request, factories.make_coordinator())
    staff = factories.make_staff(programmes=[programme])
    return SimpleNamespace(request=request, staff=staff, referral=referral, coordinator=referral.by)


def test_it_accepts_once_and_tells_both(desk: Any) -> None:
    actions.accept(desk.request, by=desk.staff, at=NOW)
    with pytest.raises(NotAllowed):
        actions.accept(desk.request, by=desk.staff, at=NOW)
    desk.request.refresh_from_db()
    assert (desk.request.status, desk.request.triaged_by) == ("accepted", desk.staff)
    assert len(letters("accepted")) == len(letters("referral_accepted")) == 1


def test_it_declines_with_words_and_tells_both(desk: Any) -> None:
    heard: list[Any] = []

    def listener(sender: Any, request: Any, **_: Any) -> None:
        heard.append(request.pk)

    signals.request_closed.connect(listener)
    with pytest.raises(NotAllowed, match="silence"):
        actions.decline(desk.request, words=" ", by=desk.staff, at=NOW)
    actions.decline(desk.request, words="Try the college’s own scheme.", by=desk.staff, at=NOW)
    signals.request_closed.disconnect(listener)
    desk.request.refresh_from_db()
    assert desk.request.status == "declined"
    assert heard == [desk.request.pk]
    assert len(letters("declined")) == len(letters("referral_declined")) == 1
    assert "college" not in letters("declined")[0].text  # the words are on the page


def test_it_asks_for_more_and_either_of_them_answers(client: Any, desk: Any) -> None:
    actions.ask_for_more(desk.request, words="Which days are you free?", by=desk.staff, at=NOW)
    assert len(letters("more_needed")) == len(letters("referral_more_needed")) == 1
    sign_in(client, desk.request.mentee.user)
    assert b"Which days are you free?" in client.get(reverse("mentees:waiting")).content
    client.post(reverse("mentees:answer_question"), {"words": "Mondays"})
    desk.request.refresh_from_db()
    assert (desk.request.status, desk.request.their_answer) == ("asked", "Mondays")
    actions.ask_for_more(desk.request, words="And the evenings?", by=desk.staff, at=NOW)
    sign_in(client, desk.coordinator)
    client.post(reverse("mentees:answer_more", args=[desk.referral.pk]), {"words": "Yes"})
    desk.request.refresh_from_db()
    assert (desk.request.status, desk.request.their_answer) == ("asked", "Yes")


@pytest.mark.parametrize("who", ["coordinator", "young person", "other staff", "former staff", "mentor"])
@pytest.mark.parametrize("verb", ["accept", "decline", "ask_for_more", "talked_to_them"])
def test_it_is_decided_by_staff_of_the_programme_only(desk: Any, who: str, verb: str) -> None:
    by = {
        "coordinator": lambda: desk.coordinator,
        "young person": lambda: desk.request.mentee.user,
        "other staff": lambda: factories.make_staff("Other"),
        "former staff": lambda: factories.make_staff(
            "Past", programmes=[desk.request.programme], is_active=False
        ),
        "mentor": lambda: factories.make_ready_mentor().user,
    }[who]()
    words = {"words": "Because."} if verb in {"decline", "ask_for_more"} else {}
    with pytest.raises(NotAllowed):
        getattr(actions, verb)(desk.request, by=by, at=NOW, **words)
    desk.request.refresh_from_db()
    assert desk.request.status == "asked"


def test_it_talks_first_where_it_is_complicated(desk: Any) -> None:
    Request.objects.update(wants_a_talk_first=True)
    Permission.objects.all().delete()
    with pytest.raises(NotAllowed, match="talk to them first"):
        actions.accept(desk.request, by=desk.staff, at=NOW)
    actions.talked_to_them(
        desk.request, by=desk.staff, at=NOW, guardian=actions.Guardian("Ray", "ray@people.example", "uncle")
    )
    assert Permission.objects.get().status == "asked"
    actions.accept(desk.request, by=desk.staff, at=NOW)
    assert Entry.objects.about(desk.request).filter(verb="talked to them").exists()


def test_it_is_due_after_five_working_days(desk: Any) -> None:
    assert desk.request.triage_by == date(2026, 11, 27)


def test_the_desk_decides_on_post_only(client: Any, desk: Any) -> None:
    sign_in(client, desk.staff)
    page = client.get(reverse("admin:mentees_request_change", args=[desk.request.pk]))
    assert page.status_code == 200
    url = reverse("admin:mentees_decide", args=[desk.request.pk])
    assert client.get(url).status_code == 200
    desk.request.refresh_from_db()
    assert desk.request.status == "asked"
    assert client.post(url, {"decision": "decline", "words": ""}).status_code == 200
    client.post(url, {"decision": "accept"})
    desk.request.refresh_from_db()
    assert desk.request.status == "accepted"


@pytest.mark.parametrize("page", ["request_change", "decide", "talked", "paper"])
def test_the_desk_is_not_there_for_staff_of_other_programmes(client: Any, desk: Any, page: str) -> None:
    sign_in(client, factories.make_staff("Other", programmes=[factories.make_programme("Cardiff")]))
    name = f"admin:mentees_{page}"
    assert client.get(reverse(name, args=[desk.request.pk])).status_code == 404
    assert client.post(reverse(name, args=[desk.request.pk]), {"decision": "accept"}).status_code == 404
    desk.request.refresh_from_db()
    assert desk.request.status == "asked"


def test_the_desk_deletes_and_edits_nothing(client: Any, desk: Any) -> None:
    sign_in(client, factories.make_staff("Ada", is_superuser=True))
    delete = client.post(reverse("admin:mentees_request_delete", args=[desk.request.pk]), {"post": "yes"})
    assert delete.status_code == 403
    client.post(reverse("admin:mentees_request_change", args=[desk.request.pk]), {"status": "accepted"})
    desk.request.refresh_from_db()
    assert desk.request.status == "asked"


def test_the_desk_lists_in_a_fixed_number_of_queries(
    client: Any, desk: Any, django_assert_max_num_queries: Any
) -> None:
    sign_in(client, desk.staff)
    url = reverse("admin:mentees_request_changelist")
    client.get(url)
    with django_assert_max_num_queries(20) as few:
        client.get(url, {"waits": "answer"})
    for _ in range(10):
        factories.make_request(programme=desk.request.programme, status="asked", confirmed_at=NOW)
    with django_assert_max_num_queries(len(few)):
        client.get(url, {"waits": "answer"})
    for waits in ("talk", "yes", "ready"):
        assert client.get(url, {"waits": waits}).status_code == 200
