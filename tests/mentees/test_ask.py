"""Asking for a mentor, from the first question to the confirmed request."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from mentees.forms.questions import QUESTIONS
from mentees.models import Draft, Mentee, Permission, Request
from notifications.models import Letter
from tests import factories
from tests.mentees.asking import answer, fill_in, letters, link_in, pages, send, words
from tests.signing_in import sign_in
from users.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def today() -> Any:
    with time_machine.travel(NOW, tick=False):
        words()
        factories.make_programme()
        yield


def test_it_goes_from_the_first_question_to_a_confirmed_request(client: Any) -> None:
    assert client.get(reverse("mentees:ask")).status_code == 200
    fill_in(client)
    checked = client.get(reverse("mentees:ask_check"))
    assert b"Interviews" in checked.content
    assert send(client).url == reverse("mentees:ask_done")
    assert b"zadie@people.example" in client.get(reverse("mentees:ask_done")).content

    request = Request.objects.get()
    mentee = request.mentee
    assert request.status == "unconfirmed"
    assert (mentee.born_on, mentee.outcode, mentee.free_slots) == (date(2010, 5, 3), "M14", 0b100100)
    assert mentee.agreed_at is not None
    assert Permission.objects.get().status == "noted"
    assert [letter.kind for letter in Letter.objects.all()] == ["mentees/confirm"]

    path = link_in(letters("confirm")[0])
    assert client.get(path).status_code == 200
    assert Request.objects.get().status == "unconfirmed"  # a mail scanner's GET changes nothing
    assert client.post(path, {"answer": "yes"}).url == reverse("mentees:waiting")
    request.refresh_from_db()
    assert request.status == "asked"
    assert Permission.objects.get().status == "asked"
    assert [letter.to_email for letter in letters("permission_request")] == ["denise@people.example"]
    assert client.get(reverse("mentees:waiting")).status_code == 200  # signed in


def test_it_writes_to_no_guardian_before_the_young_person_confirmed(client: Any) -> None:
    fill_in(client)
    send(client)
    assert letters("permission_request") == []


def test_it_is_one_request_when_sent_twice(client: Any) -> None:
    fill_in(client)
    send(client)
    assert send(client).url == reverse("mentees:ask_done")
    assert Request.objects.count() == 1
    assert len(letters("confirm")) == 1


def test_it_confirms_once_and_signs_nobody_in_by_a_used_link(client: Any) -> None:
    fill_in(client)
    send(client)
    path = link_in(letters("confirm")[0])
    client.post(path, {"answer": "yes"})
    client.logout()
    again = client.post(path, {"answer": "yes"})
    assert again.status_code == 200
    assert b"has been used" in again.content
    assert "_auth_user_id" not in client.session
    assert len(letters("received")) == len(letters("permission_request")) == 1


def test_it_lets_the_owner_of_the_address_say_it_was_somebody_else(client: Any) -> None:
    fill_in(client)
    send(client)
    client.post(link_in(letters("confirm")[0]), {"answer": "no"})
    assert Request.objects.get().status == "withdrawn"
    assert Permission.objects.get().status == "expired"
    assert letters("permission_request") == []


def test_it_keeps_what_was_typed_when_something_is_wrong(client: Any) -> None:
    answer(client, "about-you", pages()["about-you"])
    answer(client, "place", pages()["place"])
    wrong = answer(client, "help", {"topics": []})
    assert wrong.status_code == 200
    assert b"error-summary" in wrong.content
    assert answer(client, "reach", {"email": "nonsense", "school_name": "Northside"}).status_code == 200
    assert b"Northside" in client.get(reverse("mentees:ask_question", args=["reach"])).content


def test_it_keeps_what_was_typed_on_save_and_exit(client: Any) -> None:
    answer(client, "about-you", pages()["about-you"])
    answer(client, "place", pages()["place"])
    left = answer(client, "goals", {"goals": "Half a sen", "then": "exit"})
    assert left.url == reverse("mentees:ask_saved")
    assert b"4 December" in client.get(left.url).content
    assert b"Half a sen" in client.get(reverse("mentees:ask_question", args=["goals"])).content
    assert (
        reverse("mentees:ask_question", args=["help"]).encode() in client.get(reverse("mentees:ask")).content
    )


def test_it_goes_back_and_forth_without_losing_an_answer(client: Any) -> None:
    fill_in(client)
    first = client.get(reverse("mentees:ask_question", args=["about-you"]))
    assert b"Zadie" in first.content
    answer_again = client.post(
        reverse("mentees:ask_question", args=["about-you"]) + "?check", pages()["about-you"]
    )
    assert answer_again.url == reverse("mentees:ask_check")


def test_it_shows_nobody_another_browsers_answers(client: Any) -> None:
    fill_in(client)
    client.cookies.clear()
    assert b"Zadie" not in client.get(reverse("mentees:ask_question", args=["about-you"])).content
    assert client.get(reverse("mentees:ask_check")).url == reverse("mentees:ask")


@pytest.mark.parametrize(
    ("day", "month", "year", "says"),
    [
        ("31", "2", "2010", "Date of birth must be a real date, like 29 2 2008"),
        ("29", "2", "2009", "Date of birth must be a real date, like 29 2 2008"),
        ("1", "1", "2030", "Date of birth must be in the past"),
        ("1", "1", "10", "Write the year with four digits"),
        ("21", "11", "2012", "This programme is for ages 14 to 25. You can ask from 21 November 2026"),
        ("20", "11", "2000", "This programme is for ages 14 to 25"),
        ("", "", "", "Date of birth must be a real date"),
    ],
)
def test_it_says_what_is_wrong_with_a_birth_date(
    client: Any, day: str, month: str, year: str, says: str
) -> None:
    page = answer(
        client,
        "about-you",
        {"first_name": "Zadie", "born_on_0": day, "born_on_1": month, "born_on_2": year},
    )
    assert page.status_code == 200
    assert says in page.content.decode()
    assert "Zadie" in page.content.decode()


@pytest.mark.parametrize(
    ("year", "month", "day"), [("2012", "11", "20"), ("2000", "11", "21"), ("2008", "2", "29")]
)
def test_it_takes_the_youngest_the_oldest_and_the_leap_day(
    client: Any, year: str, month: str, day: str
) -> None:
    page = answer(
        client,
        "about-you",
        {"first_name": "李", "born_on_0": day, "born_on_1": month, "born_on_2": year},
    )
    assert page.status_code == 302


def test_it_signposts_who_is_too_young_or_too_old(client: Any) -> None:
    young = {**pages()["about-you"], "born_on_2": "2016"}
    old = {**pages()["about-you"], "born_on_2": "1980"}
    assert b"Childline" in answer(client, "about-you", young).content
    assert b"National Careers Service" in answer(client, "about-you", old).content


def test_it_asks_no_adult_at_18(client: Any) -> None:
    page = fill_in(client, skip=("permission",), about_you__born_on_2="2008")
    assert page.url == reverse("mentees:ask_check")
    send(client)
    assert not Permission.objects.exists()


def test_it_contacts_nobody_when_it_is_complicated(client: Any) -> None:
    fill_in(client, permission__who="complicated")
    send(client)
    client.post(link_in(letters("confirm")[0]), {"answer": "yes"})
    assert Request.objects.get().wants_a_talk_first
    assert not Permission.objects.exists()
    assert not Letter.objects.filter(to_email="denise@people.example").exists()


@pytest.mark.parametrize("email", ["zadie@people.example", "Zadie+home@People.example"])
def test_it_refuses_their_own_address_for_the_adult(client: Any, email: str) -> None:
    fill_in(client, skip=("permission",))
    page = answer(client, "permission", {**pages()["permission"], "guardian_email": email})
    assert "Use a parent or carer’s e-mail, not the young person’s" in page.content.decode()


def test_it_refuses_their_own_address_however_late_it_is_given(client: Any) -> None:
    """The guardian's page was right when it was filled in; then the own address became the same."""
    fill_in(client)
    answer(client, "reach", {**pages()["reach"], "email": "denise@people.example"})
    assert send(client).url == reverse("mentees:ask_question", args=["permission"])
    assert not Request.objects.exists()


def test_it_looks_the_same_for_an_address_we_know_and_keeps_the_answers_for_its_owner(client: Any) -> None:
    owner = factories.make_user("Zadie", email="zadie@people.example")
    fill_in(client)
    assert send(client).url == reverse("mentees:ask_done")
    assert not Request.objects.exists()
    assert not Mentee.objects.exists()
    assert [letter.kind for letter in Letter.objects.all()] == ["mentees/asked_again"]
    # The browser that typed them sees them no more; the owner finds them.
    assert client.get(reverse("mentees:ask_check")).url == reverse("mentees:ask_done")
    sign_in(client, owner)
    assert b"Canary goal" in client.get(reverse("mentees:ask_check")).content
    assert send(client).url == reverse("mentees:waiting")
    assert Request.objects.get().status == "asked"
    assert Request.objects.get().mentee.user == owner


def test_it_writes_the_confirming_letter_again_to_who_never_confirmed(client: Any) -> None:
    for _ in range(2):
        fill_in(client)
        send(client)
        client.cookies.clear()
    assert Request.objects.count() == User.objects.count() == 1
    assert len(letters("confirm")) == 2


def test_it_finds_a_place_by_its_name(client: Any) -> None:
    answer(client, "about-you", pages()["about-you"])
    assert answer(client, "place", {"place": "salford"}).status_code == 302
    assert "We do not know that place" in answer(client, "place", {"place": "Atlantis"}).content.decode()


def test_it_offers_online_far_away_and_says_so(client: Any) -> None:
    answer(client, "about-you", pages()["about-you"])
    answer(client, "place", {"place": "CF10"})
    page = client.get(reverse("mentees:ask_question", args=["times"])).content.decode()
    assert "so you would meet online" in page
    assert "In a public place" not in page


def test_it_says_so_where_there_is_no_programme(client: Any) -> None:
    from partners.models import Programme

    Programme.objects.update(meeting_ways="in_person")
    answer(client, "about-you", pages()["about-you"])
    page = answer(client, "place", {"place": "CF10"})
    assert page.status_code == 200
    assert b"We are not near you yet" in page.content


def test_it_clears_the_answers_of_a_shared_device(client: Any) -> None:
    fill_in(client)
    client.post(reverse("mentees:ask_clear"))
    assert not Draft.objects.exists()


def test_it_never_takes_more_than_three_topics(client: Any) -> None:
    from partners.models import HelpTopic

    fill_in(client)
    page = answer(client, "help", {"topics": list(HelpTopic.objects.values_list("pk", flat=True)[:4])})
    assert b"Pick three at most" in page.content


def test_it_forgets_after_a_fortnight(client: Any) -> None:
    from mentees import actions

    fill_in(client)
    assert actions.forget_drafts(at=datetime(2026, 12, 4, 11, tzinfo=UTC)) == 0
    assert actions.forget_drafts(at=datetime(2026, 12, 4, 13, tzinfo=UTC)) == 1


def test_it_costs_few_queries(client: Any, django_assert_max_num_queries: Any) -> None:
    fill_in(client)
    with django_assert_max_num_queries(15):
        client.get(reverse("mentees:ask_check"))
    for slug in pages():
        with django_assert_max_num_queries(15):
            client.get(reverse("mentees:ask_question", args=[slug]))


@pytest.mark.parametrize("name", ["first_name", "born_on_0", "born_on_\x001"])
def test_it_keeps_nothing_that_a_database_cannot(client: Any, name: str) -> None:
    page = answer(client, "about-you", pages()["about-you"] | {name: "a\x00b"})
    assert page.status_code in {200, 302}
    assert "\\u0000" not in json.dumps(Draft.objects.get().answers)


@pytest.mark.parametrize("slug", [question.slug for question in QUESTIONS])
def test_it_opens_every_page_again_after_it_was_sent_empty(client: Any, slug: str) -> None:
    client.post(reverse("mentees:ask_question", args=["about-you"]), {"first_name": ""})
    client.post(reverse("mentees:ask_question", args=[slug]), {})
    for page in (slug, "about-you"):
        answered = client.get(reverse("mentees:ask_question", args=[page]), follow=True)
        assert answered.status_code == 200
    assert client.get(reverse("mentees:ask_check"), follow=True).status_code == 200
    assert client.get(reverse("mentees:ask"), follow=True).status_code == 200


def test_it_opens_again_whatever_page_is_empty(client: Any) -> None:
    fill_in(client)
    for slug in [question.slug for question in QUESTIONS]:
        client.post(reverse("mentees:ask_question", args=[slug]), {})
        assert client.get(reverse("mentees:ask_question", args=[slug]), follow=True).status_code == 200
        assert client.get(reverse("mentees:ask_check"), follow=True).status_code == 200
