"""Staff's queues: who finds them, what they show, and that only a POST decides."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from audit import desk
from audit.transitions import NotAllowed
from mentoring import actions
from mentoring.models import Meeting, MeetingLog, Message
from tests import factories
from tests.mentoring.conftest import log
from tests.signing_in import sign_in


@pytest.fixture(autouse=True)
def _the_day(pair):
    with time_machine.travel(pair.now, tick=False):
        yield


@pytest.fixture
def queues(pair):
    held = actions.send_message(
        pair.match, by=pair.mentor, at=pair.now, words="CANARYHELD 07700 900123", form_key=uuid.uuid4()
    )
    written = log(pair, staff_words="CANARYSTAFF", tell_staff=True)
    log(pair, by=pair.mentee, outcome="mentor_missed", minutes=None)
    return {
        reverse("admin:mentoring_message_page", args=[held.pk]): "CANARYHELD",
        reverse("admin:mentoring_meetinglog_page", args=[written.pk]): "CANARYSTAFF",
        reverse("admin:mentoring_meeting_page", args=[written.meeting_id]): "tell it differently",
    }


def test_staff_of_the_programme_open_each_and_nothing_changes(pair, queues, client):
    sign_in(client, pair.staff)
    for url, words in queues.items():
        assert words in client.get(url).content.decode(), url
    assert Message.objects.held().count() == 1
    assert MeetingLog.objects.asking_for_staff().count() == 1
    assert Meeting.objects.disagreeing().count() == 1
    for name in ("message", "meetinglog", "meeting"):
        html = client.get(reverse(f"admin:mentoring_{name}_changelist")).content.decode()
        assert "Open" in html
        assert "CANARY" not in html


def test_nobody_else_finds_them(pair, queues, client):
    elsewhere = factories.make_staff("Elsewhere", programmes=[factories.make_programme("Leeds 2026")])
    for person in (elsewhere, pair.admin, pair.lead, pair.mentor, pair.coordinator.user):
        sign_in(client, person)
        for url in queues:
            assert client.get(url).status_code in {404, 302}, (person, url)
            assert client.post(url, {"release": "1"}).status_code in {404, 302}
    assert Message.objects.held().count() == 1


def test_they_send_on_or_not(pair, queues, client):
    sign_in(client, pair.staff)
    url = next(iter(queues))
    assert "Write a word" in client.post(url, {"refuse": "1", "words": ""}).content.decode()
    assert client.post(url, {"refuse": "1", "words": "No numbers, please."}).status_code == 302
    assert Message.objects.get().status == "refused"
    assert client.post(url, {"release": "1"}).status_code == 404
    held = actions.send_message(
        pair.match, by=pair.mentor, at=pair.now, words="www.library.example.org", form_key=uuid.uuid4()
    )
    assert (
        client.post(reverse("admin:mentoring_message_page", args=[held.pk]), {"release": "1"}).status_code
        == 302
    )
    held.refresh_from_db()
    assert held.status == "delivered"


def test_they_settle_and_answer(pair, queues, client):
    sign_in(client, pair.staff)
    _, word, stories = queues
    client.post(word)
    assert not MeetingLog.objects.asking_for_staff().exists()
    client.post(stories, {"status": "missed"})
    assert Meeting.objects.get().status == "missed"
    assert not Meeting.objects.disagreeing().exists()


def counts(user):
    return {queue.label: queue.count for queue in desk.queues(user)}


def test_the_desk_counts_what_is_theirs(pair, queues):
    mine = counts(pair.staff)
    assert (mine["Held messages"], mine["Words to our team"], mine["Meetings with two stories"]) == (1, 1, 1)
    assert counts(pair.admin)["Held messages"] == 0


def test_the_desk_finds_pairs_gone_quiet(pair, client):
    assert counts(pair.staff)["Pairs gone quiet"] == 1
    sign_in(client, pair.staff)
    assert "Amara and Kayden" in client.get(reverse("admin:mentoring_quiet")).content.decode()
    log(pair, days=-30)
    assert counts(pair.staff)["Pairs gone quiet"] == 0
    with time_machine.travel(pair.now + timedelta(days=10), tick=False):
        assert counts(pair.staff)["Pairs gone quiet"] == 1


def test_only_leads_have_a_line_for_concerns(pair):
    assert "Concerns" in counts(pair.lead)
    for person in (pair.staff, pair.admin):
        assert "Concerns" not in counts(person)


def test_staff_who_are_one_of_the_pair_decide_nothing_about_it(pair, queues, client):
    """A member of staff may mentor. What is held from them or said of them waits for a colleague."""
    from mentors.models import Mentor

    written = actions.send_message(
        pair.match, by=pair.mentee, at=pair.now, words="CANARYMENTEE he hits me", form_key=uuid.uuid4()
    )
    told = log(pair, by=pair.mentee, days=-9, staff_words="CANARYABOUTHIM", tell_staff=True)
    Mentor.objects.filter(user=pair.mentor).update(user=pair.staff)
    Message.objects.filter(author=pair.mentor).update(author=pair.staff)
    own = Message.objects.get(author=pair.staff)
    sign_in(client, pair.staff)
    urls = [
        *queues,
        reverse("admin:mentoring_message_page", args=[written.pk]),
        reverse("admin:mentoring_meetinglog_page", args=[told.pk]),
    ]
    for url in urls:
        assert client.get(url).status_code == 404, url
        assert client.post(url, {"release": "1", "share": "1", "status": "held"}).status_code == 404, url
    page = client.get(reverse("mentoring:relationship", args=[pair.match.pk])).content.decode()
    assert "CANARYMENTEE" not in page
    assert "CANARYHELD" in page  # their own words stay theirs to take back
    with pytest.raises(NotAllowed, match="your own match"):
        actions.release_message(own, by=pair.staff, at=pair.now)
    sign_in(client, pair.second)
    assert client.get(urls[-1]).status_code == 200
