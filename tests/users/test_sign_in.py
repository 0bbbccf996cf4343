"""Signing in: with a password, with a code."""

from __future__ import annotations

import pytest

from notifications.models import Letter
from tests.factories import make_user
from tests.users.conftest import PASSWORD, is_signed_in, last_code

SIGN_IN, ASK, CONFIRM = "/accounts/login/", "/accounts/login/code/", "/accounts/login/code/confirm/"


def test_it_takes_an_address_and_a_password(client, amara):
    answer = client.post(SIGN_IN, {"login": "amara@people.example", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/home/")
    assert is_signed_in(client)


@pytest.mark.parametrize("typed", ["AMARA@people.example", "  amara@People.Example "])
def test_it_takes_the_address_in_any_case(client, amara, typed):
    client.post(SIGN_IN, {"login": typed, "password": PASSWORD})
    assert is_signed_in(client)


@pytest.mark.parametrize(
    "email",
    [
        "amara+mentor@people.example",
        "amara@bücher.example",
        "o'brien@people.example",
        "a" * 63 + "@" + ".".join(["b" * 60] * 3) + ".example",
    ],
)
def test_it_takes_unusual_addresses(client, db, email):
    assert len(email) <= 254
    make_user("Amara", email=email, password=PASSWORD)
    client.post(SIGN_IN, {"login": email.upper() if email.isascii() else email, "password": PASSWORD})
    assert is_signed_in(client)


def test_it_keeps_plus_addresses_apart(client, amara):
    client.post(SIGN_IN, {"login": "amara+other@people.example", "password": PASSWORD})
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "email", ["amara", "amara@", "@people.example", "a" * 245 + "@b.example", "a\0@b.example"]
)
def test_it_says_how_an_address_looks(client, db, email):
    answer = client.post(SIGN_IN, {"login": email, "password": PASSWORD})
    assert answer.status_code == 200
    assert not is_signed_in(client)
    assert "another look" in answer.content.decode()


def test_it_refuses_a_wrong_password_and_says_what_to_do(client, amara):
    answer = client.post(SIGN_IN, {"login": amara.email, "password": "not this one at all"})
    assert "do not belong together" in answer.content.decode()
    assert 'value="amara@people.example"' in answer.content.decode()
    assert not is_signed_in(client)


def test_it_sends_a_code_and_takes_it(client, amara):
    answer = client.post(ASK, {"email": amara.email})
    assert answer["Location"] == CONFIRM
    letter = Letter.objects.get()
    assert (letter.kind, letter.to_user, letter.urgent) == ("account/login_code", amara, True)
    assert "amara" not in letter.key
    client.post(CONFIRM, {"code": last_code()})
    assert is_signed_in(client)


def test_it_takes_the_code_without_the_dash(client, amara):
    client.post(ASK, {"email": amara.email})
    client.post(CONFIRM, {"code": " " + last_code().replace("-", "") + " "})
    assert is_signed_in(client)


def test_it_confirms_the_address_of_who_signs_in_with_a_code(client, kayden):
    client.post(ASK, {"email": kayden.email})
    client.post(CONFIRM, {"code": last_code()})
    assert is_signed_in(client)
    assert kayden.emailaddress_set.get().verified


def test_it_gives_three_tries_at_a_code(client, amara):
    client.post(ASK, {"email": amara.email})
    right = last_code()
    wrong = "0000-0000" if right != "0000-0000" else "1111-1111"
    for _ in range(3):
        client.post(CONFIRM, {"code": wrong})
    client.post(CONFIRM, {"code": right})
    assert not is_signed_in(client)


def test_it_takes_a_code_for_ten_minutes(client, amara, time_machine):
    time_machine.move_to("2026-11-24 18:00:00+00:00", tick=False)
    client.post(ASK, {"email": amara.email})
    time_machine.move_to("2026-11-24 18:10:01+00:00", tick=False)
    client.post(CONFIRM, {"code": last_code()})
    assert not is_signed_in(client)


def test_it_takes_a_code_in_the_browser_that_asked_for_it_only(client, amara):
    from django.test import Client

    client.post(ASK, {"email": amara.email})
    Client().post(CONFIRM, {"code": last_code()})
    other = Client()
    other.post(ASK, {"email": "somebody@people.example"})
    other.post(CONFIRM, {"code": last_code_for(amara)})
    assert not is_signed_in(other)


def last_code_for(user):
    import re

    return re.search(r"\b\d{4}-\d{4}\b", Letter.objects.filter(to_user=user).latest("pk").text).group()


def test_it_drops_a_password_that_a_stranger_set_on_an_unconfirmed_address(client, db):
    victim = make_user("Kayden", email="kayden@people.example", password=PASSWORD, verified=False)
    client.post(ASK, {"email": victim.email})
    client.post(CONFIRM, {"code": last_code()})
    assert is_signed_in(client)
    victim.refresh_from_db()
    assert not victim.has_usable_password()


def test_it_keeps_the_password_of_a_confirmed_account(client, amara):
    client.post(ASK, {"email": amara.email})
    client.post(CONFIRM, {"code": last_code()})
    amara.refresh_from_db()
    assert amara.check_password(PASSWORD)


def test_it_has_no_sign_up_of_its_own(client, db):
    for method in (client.get, client.post):
        answer = method("/accounts/signup/")
        assert (answer.status_code, answer["Location"]) == (302, "/#doors")
