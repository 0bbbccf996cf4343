"""The demonstration's one-click sign-ins, and that they exist nowhere else."""

from __future__ import annotations

import pytest

from tests.factories import make_user
from tests.users.conftest import is_signed_in
from users import demo

PATH = "/account/demo-sign-in/"


@pytest.fixture
def people(db):
    staff = {"staff@demo.example", "staff2@demo.example", "safeguarding@demo.example", "admin@demo.example"}
    for _, email, _ in demo.SIGN_INS:
        make_user("Demo", email=email, is_staff=email in staff, is_superuser=email == "admin@demo.example")


@pytest.mark.parametrize("email", [email for _, email, _ in demo.SIGN_INS])
def test_it_does_not_exist_outside_the_demonstration(client, people, settings, email):
    settings.DEMO = False
    assert client.post(PATH, {"email": email}).status_code == 404
    assert client.get(PATH).status_code in {404, 405}
    assert not is_signed_in(client)
    page = client.get("/accounts/login/").content.decode()
    assert email not in page
    assert demo.PASSWORD not in page


@pytest.mark.parametrize("email", [email for _, email, _ in demo.SIGN_INS])
def test_it_signs_each_of_them_in(client, people, settings, email):
    settings.DEMO = True
    assert email in client.get("/accounts/login/").content.decode()
    assert client.post(PATH, {"email": email})["Location"] == "/home/"
    assert is_signed_in(client)
    assert client.get("/account/").status_code == 200


def test_it_opens_the_admin_to_staff(client, people, settings):
    settings.DEMO = True
    client.post(PATH, {"email": "admin@demo.example", "next": "/admin/"})
    assert client.get("/admin/").status_code == 200


def test_it_signs_in_nobody_else(client, people, settings, amara):
    settings.DEMO = True
    for email in (amara.email, "", "nobody@demo.example"):
        assert client.post(PATH, {"email": email}).status_code == 404
    assert not is_signed_in(client)


def test_it_changes_nothing_when_only_looked_at(client, people, settings):
    settings.DEMO = True
    assert client.get(PATH).status_code == 405


def test_it_shows_codes_that_work(client, people, settings):
    from tests.signing_in import give_totp
    from users.actions import give_demo_totp
    from users.models import User

    settings.DEMO = True
    staff = User.objects.get(email="staff@demo.example")
    authenticator = give_demo_totp(staff)
    assert authenticator == give_totp(staff)
    assert demo.totp_code(staff.email) in client.get("/accounts/login/").content.decode()
    assert authenticator.wrap().validate_code(demo.totp_code(staff.email))


@pytest.mark.parametrize("then", ["//evil.example", "https://evil.example"])
def test_it_never_leads_away(client, people, settings, then):
    settings.DEMO = True
    assert client.post(PATH, {"email": "mentor@demo.example", "next": then})["Location"] == "/home/"
