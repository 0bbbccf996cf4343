"""A concern is saved whatever else is down, told of without a word of it, and told of once."""

import time
import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse

from notifications.models import Letter
from safeguarding import actions, rules
from safeguarding.models import Concern, SafeguardingLead
from tests import factories
from tests.signing_in import sign_in

NOW = datetime(2026, 11, 18, 14, 2, tzinfo=UTC)  # a Wednesday
URL = "/safe/"
WORDS = "CANARYWORDS he said not to tell"


@pytest.fixture
def deputy(cast):
    user = factories.make_user("Dep", is_staff=True)
    SafeguardingLead.objects.create(user=user, is_deputy=True)
    return user


def answers(**more):
    return {"what_happened": WORDS, "form_key": str(uuid.uuid4()), **more}


def tell(at=NOW, by=None, **more):
    fields = {"what_happened": WORDS, "form_key": uuid.uuid4(), **more}
    return actions.raise_concern(by=by, at=at, **fields)


def test_it_answers_with_time_and_reference(cast, deputy, client):
    client.force_login(cast.mentee.user)
    with time_machine.travel(NOW, tick=False):
        page = client.post(URL, answers(about="mentor"))
    concern = Concern.objects.get()
    html = page.content.decode()
    assert page.status_code == 200
    assert "Received 14:02, reference" in html
    assert concern.reference in html
    assert "Danger now? Call" in html
    assert concern.raised_by == cast.mentee.user
    assert WORDS not in html


def test_only_what_happened_is_asked_for(cast, client):
    html = client.post(URL, {"form_key": str(uuid.uuid4())}).content.decode()
    assert "Write a few words" in html
    assert not Concern.objects.exists()
    assert client.post(URL, {"what_happened": "x"}).status_code == 200
    assert Concern.objects.count() == 1


def test_it_is_one_concern_and_one_answer_however_often_it_is_sent(cast, deputy, client):
    client.force_login(cast.mentor.user)
    sent = answers()
    with time_machine.travel(NOW, tick=False):
        first, second = (client.post(URL, sent) for _ in range(2))
    reference = Concern.objects.get().reference
    assert reference in first.content.decode()
    assert reference in second.content.decode()
    assert Letter.objects.count() == 2


def test_it_tells_lead_and_deputy_and_not_a_word_of_it(cast, deputy):
    concern = tell(by=cast.mentee.user, who="Amara", when_and_where="the library", reply_to="07700 900123")
    letters = list(Letter.objects.all())
    assert {letter.to_user for letter in letters} == {cast.lead, deputy}
    for letter in letters:
        assert letter.urgent
        assert concern.reference in letter.subject
        for private in ("CANARY", "Amara", "library", "900123", "Kayden"):
            assert private not in letter.subject + letter.text + letter.html


def test_the_letters_are_saved_with_it_or_nothing_is(cast, deputy, monkeypatch):
    monkeypatch.setattr("safeguarding.emails.post", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        tell()
    assert not Concern.objects.exists()


def test_redis_and_the_mail_server_may_be_down(cast, deputy, client, settings, monkeypatch):
    """No task is sent and no cache is asked: a broken one of either changes nothing."""

    def broken(*args, **kwargs):
        raise ConnectionError

    settings.CELERY_TASK_ALWAYS_EAGER = False
    monkeypatch.setattr("celery.app.task.Task.apply_async", broken)
    monkeypatch.setattr("django.core.cache.backends.locmem.LocMemCache.get", broken)
    monkeypatch.setattr("django.core.mail.get_connection", broken)
    client.force_login(cast.mentee.user)
    assert "Received" in client.post(URL, answers()).content.decode()
    assert Letter.objects.count() == 2


@pytest.mark.parametrize("who", ["nobody", "mentor", "mentee", "coordinator", "staff", "admin"])
def test_everybody_can_send_one_at_once(cast, client, who):
    if who != "nobody":
        person = getattr(cast, who)
        client.force_login(getattr(person, "user", person))  # staff: without a second factor
    page = client.get(URL)
    assert page.status_code == 200
    html = page.content.decode()
    assert html.index("999") < html.index("<form action")
    assert 'href="https://www.bbc.co.uk/weather" rel="noreferrer"' in html
    assert client.post(URL, answers()).status_code == 200
    assert Concern.objects.count() == 1


def test_a_session_that_ran_out_loses_nothing(cast, client):
    sign_in(client, cast.mentee.user)
    session = client.session
    session["seen_at"] = int(time.time()) - 10**7
    session.save()
    assert client.post(URL, answers()).status_code == 200
    assert Concern.objects.get().raised_by == cast.mentee.user
    assert client.get("/home/").status_code == 302  # the session is over all the same


def test_without_its_token_it_is_kept_as_a_strangers(cast):
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(cast.mentee.user)
    assert careful.post(URL, answers()).status_code == 200
    assert Concern.objects.get().raised_by is None
    page = careful.get(URL).content.decode()
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    careful.post(URL, answers(csrfmiddlewaretoken=token))
    assert Concern.objects.filter(raised_by=cast.mentee.user).count() == 1


def test_it_takes_what_a_database_could_not_keep(cast, client):
    assert client.post(URL, answers(what_happened="he\x00 said \u202e things \r\n twice")).status_code == 200
    assert Concern.objects.get().what_happened == "he said \u202e things \n twice"


def test_twenty_thousand_characters_pass_and_one_more_is_kept_on_the_page(cast, client):
    assert client.post(URL, answers(what_happened="x" * 20_000)).status_code == 200
    assert Concern.objects.count() == 1
    html = client.post(URL, answers(what_happened="y" * 20_001)).content.decode()
    assert "Send the first part" in html
    assert "y" * 20_001 in html


def test_many_strangers_are_all_kept_and_told_of_together(cast):
    for n in range(rules.STRANGERS_AN_HOUR + 15):
        tell(at=NOW + timedelta(seconds=n))
    assert Concern.objects.count() == rules.STRANGERS_AN_HOUR + 15
    kinds = list(Letter.objects.values_list("kind", flat=True))
    assert kinds.count("safeguarding/raised") == rules.STRANGERS_AN_HOUR
    assert kinds.count("safeguarding/many") == 1
    tell(by=cast.mentee.user)
    assert Letter.objects.filter(kind="safeguarding/raised").count() == rules.STRANGERS_AN_HOUR + 1


def test_it_is_kept_when_nobody_is_lead_yet(cast):
    SafeguardingLead.objects.all().delete()
    tell()
    assert Concern.objects.count() == 1
    assert Letter.objects.get().to_user == cast.admin


def test_it_knows_the_one_match_of_who_tells(cast):
    match = factories.make_match(cast.mentor, cast.request)
    assert tell(by=cast.mentee.user).match == match
    assert tell(by=cast.stranger).match is None
    assert tell(by=cast.staff).match is None


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("more", "at", "by"),
    [
        ({"in_danger": True}, NOW, NOW + timedelta(minutes=15)),
        ({}, NOW, NOW + timedelta(hours=4)),
        ({"about": "mentor"}, NOW, NOW + timedelta(hours=4)),
        ({"about": "work"}, NOW, NOW + timedelta(days=1)),
        ({"about": "work"}, utc(2026, 11, 20, 14, 0), utc(2026, 11, 23, 14, 0)),  # Friday to Monday
        ({"about": "work"}, utc(2026, 11, 21, 14, 0), utc(2026, 11, 24, 0, 0)),  # Saturday: end of Monday
        (
            {"about": "work"},
            utc(2026, 12, 24, 9, 0),
            utc(2026, 12, 29, 9, 0),
        ),  # Christmas, Boxing Day on Monday
        ({"about": "work"}, utc(2026, 10, 23, 14, 0), utc(2026, 10, 26, 15, 0)),  # the clocks go back between
        ({"in_danger": True, "about": "work"}, utc(2026, 10, 25, 0, 50), utc(2026, 10, 25, 1, 5)),
    ],
)
def test_its_clock_is_exact(cast, more, at, by):
    assert tell(at=at, **more).answer_by == by


def test_it_goes_to_the_deputy_once_and_on_time(cast, deputy):
    concern = tell(in_danger=True)
    Letter.objects.all().delete()
    assert actions.escalate(at=NOW + timedelta(minutes=14, seconds=59)) == 0
    assert actions.escalate(at=NOW + timedelta(minutes=15)) == 1
    assert actions.escalate(at=NOW + timedelta(minutes=16)) == 0
    letter = Letter.objects.get()
    assert (letter.to_user, letter.urgent) == (deputy, True)
    assert "CANARY" not in letter.text
    concern.refresh_from_db()
    assert concern.escalated_at == NOW + timedelta(minutes=15)


def test_it_stays_with_the_lead_who_acknowledged(cast, deputy):
    actions.acknowledge(tell(), by=cast.lead, at=NOW)
    assert actions.escalate(at=NOW + timedelta(days=9)) == 0


def test_it_is_two_clicks_away_from_every_page(cast, client):
    factories.make_match(cast.mentor, cast.request)
    for person in (cast.mentor.user, cast.mentee.user):
        client.force_login(person)
        assert f'href="{reverse("safeguarding:raise_concern")}"' in client.get("/home/").content.decode()


def test_the_page_asks_little_of_the_database(cast, client, django_assert_max_num_queries):
    assert connection.vendor
    with django_assert_max_num_queries(2):
        client.get(URL)


def test_it_keeps_what_is_added_after_going_back(cast, deputy, client):
    """The same page sent again with other words is another concern: a word about it is never dropped."""
    client.force_login(cast.mentee.user)
    sent = answers()
    for more in ({}, {"what_happened": f"{WORDS} And he has my number."}, {"in_danger": "on"}, {}):
        client.post(URL, sent | more)
    assert Concern.objects.count() == 3
    assert Concern.objects.filter(what_happened__contains="my number").exists()
    assert Concern.objects.filter(urgency="danger").exists()
