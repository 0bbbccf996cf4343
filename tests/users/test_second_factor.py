"""Staff's second factor."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, format_hotp_value, hotp_value

from notifications.models import Letter
from tests.factories import make_user
from tests.signing_in import give_totp, sign_in
from tests.users.conftest import PASSWORD, is_signed_in
from users import actions

ACTIVATE, STEP, AGAIN = (
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/authenticate/",
    "/accounts/2fa/reauthenticate/",
)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_of(secret, at=None):
    import time

    return format_hotp_value(hotp_value(secret, int(at or time.time()) // 30))


def start(client, user):
    return client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})


def test_it_refuses_the_admin_to_staff_without_one(client, dele):
    start(client, dele)
    assert is_signed_in(client)
    answer = client.get("/admin/")
    assert (answer.status_code, answer["Location"]) == (302, ACTIVATE)


def test_it_refuses_every_closed_page_to_staff_without_one(client, dele):
    sign_in(client, dele, second_factor=False)
    assert client.get("/home/")["Location"] == ACTIVATE
    assert client.get("/account/").status_code == 200


def test_it_asks_nobody_else(client, amara):
    sign_in(client, amara)
    assert client.get("/home/").get("Location") != ACTIVATE


def test_it_opens_the_admin_with_password_and_code(client, dele):
    give_totp(dele, SECRET)
    assert start(client, dele)["Location"] == STEP
    assert not is_signed_in(client)
    client.post(STEP, {"code": code_of(SECRET)})
    assert is_signed_in(client)
    assert client.get("/admin/").status_code == 200


def test_it_refuses_a_wrong_code(client, dele):
    give_totp(dele, SECRET)
    start(client, dele)
    answer = client.post(STEP, {"code": "000000" if code_of(SECRET) != "000000" else "111111"})
    assert "six digits" in answer.content.decode()
    assert not is_signed_in(client)


def test_it_takes_a_code_once(client, dele):
    from django.test import Client

    give_totp(dele, SECRET)
    code = code_of(SECRET)
    start(client, dele)
    client.post(STEP, {"code": code})
    assert is_signed_in(client)
    other = Client()
    start(other, dele)
    other.post(STEP, {"code": code})
    assert not is_signed_in(other)


def test_it_asks_for_it_in_a_session_that_has_not_shown_it(client, dele):
    """Set up on another device, or after this session began."""
    client.force_login(dele)
    give_totp(dele, SECRET)
    answer = client.get("/admin/?a=1")
    assert answer["Location"] == f"{AGAIN}?next=%2Fadmin%2F%3Fa%3D1"
    answer = client.post(answer["Location"], {"code": code_of(SECRET)})
    assert answer["Location"] == "/admin/?a=1"
    assert client.get("/admin/").status_code == 200


def test_it_lets_a_recovery_code_in_but_not_stand_alone(client, dele):
    sign_in(client, dele)
    Authenticator.objects.filter(user=dele, type="totp").delete()
    Authenticator.objects.create(user=dele, type="recovery_codes", data={"seed": "", "used_mask": 0})
    assert client.get("/admin/")["Location"] == ACTIVATE


def test_it_refuses_the_admin_on_the_next_request_after_the_factor_is_gone(client, dele):
    sign_in(client, dele)
    assert client.get("/admin/").status_code == 200
    Authenticator.objects.filter(user=dele).delete()
    assert client.get("/admin/")["Location"] == ACTIVATE


def test_it_believes_no_other_persons_second_factor(client, dele, amara):
    """The records in a session name whose they are."""
    sign_in(client, dele)
    session = client.session
    session["account_authentication_methods_user"] = str(amara.pk)
    session.save()
    assert client.get("/admin/")["Location"].startswith(AGAIN)


@pytest.mark.django_db(transaction=True)
def test_it_can_be_set_up(client):
    dele = make_user("Dele", password=PASSWORD, is_staff=True, is_superuser=True)
    start(client, dele)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get(ACTIVATE).content.decode()
    assert re.search(r'<img src="data:image/svg\+xml;base64,', page)
    secret = client.session[SECRET_SESSION_KEY]
    assert secret in page
    answer = client.post(ACTIVATE, {"code": code_of(secret)})
    assert answer["Location"] == "/accounts/2fa/recovery-codes/"
    assert client.get("/admin/").status_code == 200
    assert Letter.objects.filter(kind="account/changed", to_user=dele).exists()


def test_it_keeps_secrets_locked(dele):
    stored = give_totp(dele, SECRET)
    assert SECRET not in str(stored.data)
    assert stored.wrap().validate_code(code_of(SECRET))


def test_it_opens_secrets_locked_with_an_older_key(dele, settings):
    stored = give_totp(dele, SECRET)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a-new-key-" * 6
    assert stored.wrap().validate_code(code_of(SECRET))


def test_it_signs_in_with_it_for_those_who_showed_it(rf, dele):
    assert actions.give_demo_totp(dele) == actions.give_demo_totp(dele)
