"""One address for everybody, in every state of their journey."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from mentoring import actions
from mentors.models import Mentor
from notifications.models import Letter
from tests import factories
from tests.mentoring.conftest import NOW, log, plan, status
from tests.signing_in import sign_in

HOME = "/home/"


@pytest.fixture(autouse=True)
def _the_day():
    with time_machine.travel(NOW, tick=False):
        yield


def page(client, user):
    client.force_login(user)
    answer = client.get(HOME)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_sends_staff_to_their_desk_and_coordinators_to_their_list(cast, client):
    sign_in(client, cast.staff)
    assert client.get(HOME)["Location"] == reverse("admin:index")
    client.force_login(cast.coordinator.user)
    assert client.get(HOME)["Location"] == reverse("mentees:partner_home")


def test_it_shows_the_doors_to_somebody_new(cast, client):
    html = page(client, cast.stranger)
    assert "Become a mentor" in html
    assert "Find a mentor" in html


def test_it_shows_a_new_mentor_what_is_next(cast, client):
    html = page(client, factories.make_mentor("Newby").user)
    assert "Getting ready to mentor" in html
    assert "Do this next" in html
    assert "Not yet" in html


def test_it_tells_a_ready_mentor_that_we_look(cast, client):
    assert "We look" in page(client, cast.mentor.user)


def test_it_puts_an_offer_on_top(pair, client):
    status(pair.match, "offered_to_mentor")
    html = page(client, pair.mentor)
    assert "Would you like to meet Kayden?" in html
    assert reverse("mentoring:offer", args=[pair.match.pk]) in html
    status(pair.match, "offered_to_mentee")
    html = page(client, pair.mentor)
    assert "You said yes to Kayden" in html
    assert "We look for your match" not in html


def test_it_shows_a_mentor_the_pair(pair, client):
    plan(pair, days=4)
    actions.send_message(pair.match, by=pair.mentee, at=NOW, words="hello!", form_key=uuid.uuid4())
    log(pair)
    html = page(client, pair.mentor)
    for shown in ("You and Kayden meet in four days", "Read Kayden’s message", "1 meeting so far, 11 to go"):
        assert shown in html, shown
    assert "hello!" not in html


def test_it_shows_a_young_person_the_pair(pair, client):
    plan(pair, days=4)
    html = page(client, pair.mentee)
    assert "Next meeting with Amara" in html
    assert "Okafor" not in html


def test_it_tells_a_waiting_young_person_the_truth(cast, client):
    html = page(client, cast.mentee.user)
    assert "We’re looking for your person" in html
    assert "have not matched enough people in Manchester lately" in html
    for n in range(8):
        request = factories.make_request(
            factories.make_mentee(f"Before{n}"), asked_at=NOW - timedelta(days=100)
        )
        mentor = factories.make_ready_mentor(f"Mentor{n}")
        factories.make_match(mentor, request, at=NOW - timedelta(days=79), status="closed")
    assert "three in four waited 3 weeks or less" in page(client, cast.mentee.user)


def test_it_says_where_an_unread_request_stands(cast, client):
    request = factories.make_request(factories.make_mentee("Fresh"), status="asked")
    html = page(client, request.mentee.user)
    assert "Where you are" in html
    assert "We’re looking for your person" not in html


def test_it_suggests_with_reasons_and_never_a_score(pair, client):
    pair.match.score = 87
    pair.match.components = {"topics": 87}
    pair.match.answer_by = NOW.date() + timedelta(days=5)
    pair.match.save()
    status(pair.match, "offered_to_mentee")
    html = page(client, pair.mentee)
    assert "We think we’ve found someone" in html
    assert "Yes, I’d like to meet Amara" in html
    assert "You’ve got until 23 November" in html
    for private in ("87", "Okafor", "Bridge Works"):
        assert private not in html, private


@pytest.mark.parametrize("who", ["mentor", "mentee"])
def test_it_costs_the_same_however_long_the_story(pair, client, django_assert_max_num_queries, who):
    user = getattr(pair, who)
    page(client, user)

    def count():
        with django_assert_max_num_queries(15) as found:
            client.get(HOME)
        return len(found)

    plan(pair, days=4)
    log(pair)
    before = count()
    for n in range(5, 25):
        log(pair, days=-n)
    assert count() == before


def offered(pair, to):
    status(pair.match, f"offered_to_{to}")
    return reverse("mentoring:offer", args=[pair.match.pk])


def test_a_mentor_says_yes_by_post_only_and_twice_is_once(pair, client):
    url = offered(pair, "mentor")
    client.force_login(pair.mentor)
    client.get(url)
    pair.match.refresh_from_db()
    assert pair.match.status == "offered_to_mentor"
    client.post(url)
    client.post(url)
    pair.match.refresh_from_db()
    assert pair.match.status == "offered_to_mentee"
    assert Letter.objects.filter(kind="matching/meet_your_mentor").count() == 1


def test_a_mentor_says_no_with_a_reason_and_may_pause(pair, client):
    offered(pair, "mentor")
    client.force_login(pair.mentor)
    no = reverse("mentoring:decline_offer", args=[pair.match.pk])
    assert "Choose a reason" in client.post(no, {}).content.decode()
    after = client.post(no, {"why": "busy", "words": "New baby"})
    pair.match.refresh_from_db()
    assert pair.match.status == "declined_by_mentor"
    assert client.get(after["Location"]).status_code == 200
    client.post(after["Location"], {"months": "3"})
    assert Mentor.objects.get(user=pair.mentor).paused_until.isoformat() == "2027-02-18"
    client.force_login(pair.mentee)
    assert client.get(after["Location"]).status_code == 404


def test_a_young_person_says_no_and_keeps_their_place(pair, client):
    offered(pair, "mentee")
    asked_at = pair.match.request.asked_at
    client.force_login(pair.mentee)
    client.post(reverse("mentoring:decline_offer", args=[pair.match.pk]), {"why": "fit"})
    pair.match.refresh_from_db()
    assert pair.match.status == "declined_by_mentee"
    pair.match.request.refresh_from_db()
    assert pair.match.request.asked_at == asked_at
    assert "We’re looking for your person" in page(client, pair.mentee)


def test_either_asks_first(pair, client):
    offered(pair, "mentee")
    client.force_login(pair.mentee)
    ask = reverse("mentoring:ask_about_offer", args=[pair.match.pk])
    for _ in range(2):
        client.post(ask, {"words": "Can we meet online?"})
    assert pair.match.questions.count() == 1
    assert (
        "Can we meet online?" in client.get(reverse("mentoring:offer", args=[pair.match.pk])).content.decode()
    )


def test_an_offer_that_has_lapsed_cannot_be_answered(pair, client):
    url = offered(pair, "mentor")
    pair.match.refresh_from_db()
    pair.match.answer_by = NOW.date() - timedelta(days=1)
    pair.match.save()
    client.force_login(pair.mentor)
    client.post(url)
    pair.match.refresh_from_db()
    assert pair.match.status == "offered_to_mentor"
    assert client.get(reverse("mentoring:decline_offer", args=[pair.match.pk])).status_code == 404


def test_nobody_else_answers(pair, client):
    url = offered(pair, "mentor")
    for person in (pair.mentee, pair.stranger, pair.coordinator.user):
        client.force_login(person)
        assert client.post(url).status_code == 404
