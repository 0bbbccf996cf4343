"""How long a session lasts, and who ends it."""

from __future__ import annotations

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from tests.signing_in import sign_in
from tests.users.conftest import PASSWORD, is_signed_in
from users import actions

START = "2026-11-24 09:00:00+00:00"


def move(time_machine, minutes):
    import datetime as dt

    start = dt.datetime.fromisoformat(START)
    time_machine.move_to(start + dt.timedelta(minutes=minutes), tick=False)


@pytest.mark.parametrize(("who", "minutes"), [("dele", 30), ("amara", 120)])
def test_it_ends_when_left_alone(client, request, time_machine, who, minutes):
    time_machine.move_to(START, tick=False)
    sign_in(client, request.getfixturevalue(who))
    move(time_machine, minutes)
    assert client.get("/account/").status_code == 200
    move(time_machine, minutes * 2 + 1)
    answer = client.get("/account/?a=b")
    assert answer["Location"] == "/accounts/login/?next=%2Faccount%2F%3Fa%3Db"
    assert not is_signed_in(client)


@pytest.mark.parametrize(("who", "hours", "step"), [("dele", 12, 29), ("amara", 14 * 24, 119)])
def test_it_ends_some_time_however_busy(client, request, time_machine, who, hours, step):
    time_machine.move_to(START, tick=False)
    sign_in(client, request.getfixturevalue(who))
    for minute in range(step, hours * 60 + 1, step):
        move(time_machine, minute)
        assert client.get("/account/").status_code == 200
    move(time_machine, hours * 60 + 1)
    client.get("/account/")
    assert not is_signed_in(client)


def test_it_takes_its_lengths_from_the_settings(client, amara, time_machine, settings):
    settings.SESSION = (60, 3600)
    time_machine.move_to(START, tick=False)
    sign_in(client, amara)
    move(time_machine, 2)
    assert client.get("/account/").status_code == 302


def test_it_writes_once_a_minute_at_most(client, amara, time_machine, django_assert_num_queries):
    time_machine.move_to(START, tick=False)
    client.post("/accounts/login/", {"login": amara.email, "password": PASSWORD})
    client.get("/account/")
    seen = UserSession.objects.get().last_seen_at
    time_machine.move_to("2026-11-24 09:00:59+00:00", tick=False)
    client.get("/account/")
    assert UserSession.objects.get().last_seen_at == seen
    time_machine.move_to("2026-11-24 09:01:00+00:00", tick=False)
    client.get("/account/")
    assert UserSession.objects.get().last_seen_at > seen


def test_it_keeps_what_was_typed_and_sends_it_again(client, amara, time_machine):
    time_machine.move_to(START, tick=False)
    sign_in(client, amara)
    move(time_machine, 121)
    answer = client.post("/account/nowhere/?q=1", {"text": ['a "long" <b>answer</b>'], "topic": ["1", "2"]})
    assert answer["Location"] == "/accounts/login/?next=%2Faccount%2Fkept%2F"
    answer = client.post(answer["Location"], {"login": amara.email, "password": PASSWORD})
    assert answer["Location"] == "/account/kept/"
    page = client.get("/account/kept/").content.decode()
    assert 'action="/account/nowhere/?q=1"' in page
    assert "a &quot;long&quot; &lt;b&gt;answer&lt;/b&gt;" in page
    assert page.count('name="topic"') == 2
    client.post("/account/nowhere/?q=1", {"text": "again"})
    assert client.get("/account/kept/").status_code == 302


def test_it_shows_what_was_typed_to_nobody_else(client, amara, kayden, time_machine):
    time_machine.move_to(START, tick=False)
    sign_in(client, amara)
    move(time_machine, 121)
    client.post("/account/nowhere/", {"text": "mine"})
    client.force_login(kayden)
    answer = client.get("/account/kept/")
    assert answer.status_code == 302
    assert "mine" not in answer.content.decode()


def test_it_never_keeps_a_password(client, amara, time_machine):
    time_machine.move_to(START, tick=False)
    sign_in(client, amara)
    move(time_machine, 121)
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": "x", "password2": "x"})
    assert PASSWORD not in str(dict(client.session))


def test_it_ends_with_the_next_request_when_the_account_is_closed(client, amara, dele):
    sign_in(client, amara)
    assert client.get("/account/").status_code == 200
    amara.is_active = False
    amara.save()
    assert client.get("/account/").status_code == 302


def test_it_ends_everywhere_when_staff_close_the_account(client, amara, dele):
    client.post("/accounts/login/", {"login": amara.email, "password": PASSWORD})
    actions.close(amara, by=dele)
    assert not UserSession.objects.exists()
    assert client.get("/account/").status_code == 302
    actions.reopen(amara, by=dele)
    assert client.get("/account/").status_code == 302
    client.post("/accounts/login/", {"login": amara.email, "password": PASSWORD})
    assert is_signed_in(client)


def test_it_takes_demotion_at_the_next_request(client, dele):
    sign_in(client, dele)
    assert client.get("/admin/").status_code == 200
    dele.is_staff = False
    dele.save()
    assert client.get("/admin/").status_code != 200


def test_it_can_be_ended_from_another_device(client, amara):
    phone, laptop = Client(), Client()
    for browser, agent in (
        (phone, "Mozilla/5.0 (iPhone) Safari/1"),
        (laptop, "Mozilla/5.0 (Mac OS X) Firefox/1"),
    ):
        browser.post("/accounts/login/", {"login": amara.email, "password": PASSWORD}, HTTP_USER_AGENT=agent)
    page = laptop.get("/accounts/sessions/").content.decode()
    assert "Safari on an iPhone" in page
    assert "Firefox on a Mac" in page
    laptop.post("/accounts/sessions/")
    assert laptop.get("/account/").status_code == 200
    assert phone.get("/account/").status_code == 302


def test_it_forbids_browsers_to_store_private_pages(client, amara):
    assert "no-store" not in client.get("/accessibility/").get("Cache-Control", "")
    sign_in(client, amara)
    for path in ("/account/", "/accessibility/", "/accounts/sessions/", "/nowhere/"):
        assert "no-store" in client.get(path)["Cache-Control"], path
