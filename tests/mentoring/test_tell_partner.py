"""What a coordinator hears of a match: that they meet, and when; nothing of what is said."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from mentoring import actions
from tests import factories
from tests.mentoring.conftest import log, plan, status
from tests.signing_in import sign_in


@pytest.fixture
def referred(pair, client):
    factories.make_referral(
        pair.match.request, pair.coordinator, first_name="Kayden", born_on=pair.match.mentee.born_on
    )
    with time_machine.travel(pair.now, tick=False):
        sign_in(client, pair.coordinator.user)
        yield lambda: client.get(reverse("mentees:partner_home")).content.decode()


def test_it_shows_status_next_and_last_meeting(pair, referred, client):
    plan(pair, days=6)
    log(pair, days=-22)
    html = referred()
    assert "Meeting a mentor" in html
    assert "Next meeting 24 November. Last met 27 October." in html
    page = client.get(reverse("mentees:referral", args=[pair.match.request.referral.pk])).content.decode()
    assert "Next meeting 24 November" in page


def test_it_shows_no_mentor_no_message_and_no_note(pair, referred):
    log(pair, shared_words="CANARYSHARED", staff_words="CANARYSTAFF")
    actions.send_message(
        pair.match, by=pair.mentor, at=pair.now, words="CANARYMESSAGE", form_key=uuid.uuid4()
    )
    html = referred()
    assert "CANARY" not in html
    assert "Amara" not in html


def test_it_flags_a_pair_gone_quiet(pair, referred):
    assert "Gone quiet" in referred()
    log(pair, days=-34)
    assert "Gone quiet" not in referred()


@pytest.mark.parametrize(
    ("to", "words"),
    [("offered_to_mentee", "Choosing a mentor"), ("paused", "On hold"), ("closed", "Match ended")],
)
def test_it_names_each_state(pair, referred, to, words):
    status(pair.match, to)
    assert words in referred()


def test_an_offer_to_a_mentor_is_not_told(pair, referred):
    status(pair.match, "offered_to_mentor")
    assert "Looking for a mentor" in referred()


def test_it_costs_one_query_for_all(pair, referred, django_assert_num_queries):
    from mentoring.models.progress import progress_of_requests

    with django_assert_num_queries(1):
        progress_of_requests([pair.match.request_id, 1, 2, 3], pair.now + timedelta(1))
