"""Every account page wears our dress and runs under our content security policy."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.test import Client

from tests.signing_in import give_totp, sign_in
from tests.users.conftest import PASSWORD, last_code

OPEN = ["/accounts/login/", "/accounts/login/code/", "/accounts/password/reset/", "/accounts/inactive/"]
CLOSED = [
    "/account/",
    "/accounts/email/",
    "/accounts/logout/",
    "/accounts/password/change/",
    "/accounts/reauthenticate/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/sessions/",
]
WITH_A_SECOND_FACTOR = [
    "/accounts/2fa/",
    "/accounts/2fa/reauthenticate/",
    "/accounts/2fa/totp/deactivate/",
    "/accounts/2fa/recovery-codes/generate/",
]


def is_ours(answer):
    assert answer.status_code == 200
    page = answer.content.decode()
    assert page.count("<h1") == 1
    assert "css/onemm.css" in page
    assert "One Million Mentors</title>" in page
    for inline in (r"<style", r"\sstyle=", r"\son[a-z]+=", r"javascript:"):
        assert not re.search(inline, page), inline
    for attributes, script in re.findall(r"<script([^>]*)>(.*?)</script>", page, re.S):
        assert 'type="application/json"' in attributes or not script.strip(), script
    assert "'unsafe-inline'" not in answer["Content-Security-Policy"]
    for word in ("Invalid", "Submit", "user ", "!</"):
        assert word not in re.sub(r"<script.*?</script>|<[^>]+>", " ", page, flags=re.S), word
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    return page


def recently_shown(client, user):
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


@pytest.mark.parametrize("path", OPEN)
def test_it_is_ours_when_open(client, db, path):
    is_ours(client.get(path))


@pytest.mark.parametrize("path", CLOSED)
def test_it_is_ours_when_signed_in(client, amara, path):
    sign_in(client, amara)
    recently_shown(client, amara)
    page = is_ours(client.get(path))
    assert len(page) < 30_000


def test_it_is_ours_without_a_password(client, kayden):
    sign_in(client, kayden)
    is_ours(client.get("/accounts/password/set/"))
    assert "Choose a password" in is_ours(client.get("/account/"))


@pytest.mark.parametrize("path", WITH_A_SECOND_FACTOR)
def test_it_is_ours_with_a_second_factor(client, amara, path):
    sign_in(client, amara, second_factor=True)
    recently_shown(client, amara)
    is_ours(client.get(path))


def test_it_is_ours_with_recovery_codes(client, amara):
    sign_in(client, amara, second_factor=True)
    recently_shown(client, amara)
    client.post("/accounts/2fa/recovery-codes/generate/")
    page = is_ours(client.get("/accounts/2fa/recovery-codes/"))
    assert len(re.findall(r'<li class="code">\d{8}</li>', page)) == 10


def test_it_is_ours_at_the_second_step(client, amara):
    give_totp(amara)
    client.post("/accounts/login/", {"login": amara.email, "password": PASSWORD})
    page = is_ours(client.get("/accounts/2fa/authenticate/"))
    assert "mfa_webauthn_authenticate" in page


@pytest.fixture
def passkey(amara, monkeypatch):
    monkeypatch.setattr(WebAuthn, "is_passwordless", True, raising=False)
    monkeypatch.setattr("allauth.mfa.webauthn.internal.auth.get_credentials", lambda user: [], raising=False)
    return Authenticator.objects.create(
        user=amara, type="webauthn", data={"name": "My phone", "credential": {}}
    )


def test_it_is_ours_with_passkeys(client, amara, passkey):
    sign_in(client, amara)
    recently_shown(client, amara)
    assert "My phone" in is_ours(client.get("/accounts/2fa/webauthn/"))
    is_ours(client.get(f"/accounts/2fa/webauthn/keys/{passkey.pk}/edit/"))
    is_ours(client.get(f"/accounts/2fa/webauthn/keys/{passkey.pk}/remove/"))
    is_ours(client.get("/accounts/2fa/webauthn/reauthenticate/"))


def test_it_is_ours_when_asking_for_codes(client, amara):
    for path in ("/accounts/login/code/", "/accounts/password/reset/"):
        browser = Client()
        answer = browser.post(path, {"email": amara.email})
        is_ours(browser.get(answer["Location"]))


def test_it_is_ours_from_forgotten_to_new_password(client, amara):
    client.post("/accounts/password/reset/", {"email": amara.email})
    answer = client.post("/accounts/password/reset/confirm/", {"code": last_code()})
    is_ours(client.get(answer["Location"]))
    new = "eleven brass lanterns"
    short = client.post(answer["Location"], {"password1": "short", "password2": "short"})
    assert "Use at least 12 characters" in is_ours(short)
    answer = client.post(answer["Location"], {"password1": new, "password2": new})
    is_ours(client.get(answer["Location"]))
    amara.refresh_from_db()
    assert amara.check_password(new)


def test_it_is_ours_when_the_address_changes(client, amara):
    from notifications.models import Letter

    sign_in(client, amara)
    recently_shown(client, amara)
    client.post("/accounts/email/", {"email": "new@people.example", "action_add": ""})
    assert Letter.objects.get().to_email == "new@people.example"
    is_ours(client.get("/accounts/confirm-email/"))
    is_ours(client.get("/accounts/email/"))
    client.post("/accounts/confirm-email/", {"code": last_code()})
    amara.refresh_from_db()
    assert amara.email == "new@people.example"
    assert set(Letter.objects.values_list("kind", "to_email")) == {
        ("account/confirm_email", "new@people.example"),
        ("account/changed", "amara@people.example"),
    }


@pytest.mark.parametrize("path", [*OPEN, "/account/", "/accounts/sessions/", "/accounts/2fa/"])
def test_it_costs_few_queries(client, amara, path, django_assert_max_num_queries):
    if path not in OPEN:
        sign_in(client, amara)
    with django_assert_max_num_queries(15):
        client.get(path)
