"""How often somebody may guess."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.signing_in import give_totp
from tests.users.conftest import PASSWORD, is_signed_in

SIGN_IN, WRONG = "/accounts/login/", "wrong, wrong, wrong"


def guess(email, *, ip="10.0.0.1", password=WRONG, client=None):
    client = client or Client()
    return client.post(SIGN_IN, {"login": email, "password": password}, REMOTE_ADDR=ip)


def is_blocked(answer):
    return "one try too many" in answer.content.decode()


def test_it_blocks_an_account_after_five_wrong_passwords(amara):
    for n in range(5):
        assert not is_blocked(guess(amara.email, ip=f"10.0.1.{n}"))
    assert is_blocked(guess(amara.email, ip="10.0.2.1"))
    client = Client()
    assert is_blocked(guess(amara.email, ip="10.0.2.2", password=PASSWORD, client=client))
    assert not is_signed_in(client)


def test_it_blocks_in_any_case(amara):
    for n in range(5):
        guess(amara.email.upper() if n % 2 else amara.email, ip=f"10.0.1.{n}")
    assert is_blocked(guess(" Amara@People.Example ", ip="10.0.2.1"))


def test_it_blocks_an_unknown_account_just_the_same(db):
    for n in range(5):
        assert not is_blocked(guess("nobody@people.example", ip=f"10.0.1.{n}"))
    assert is_blocked(guess("nobody@people.example", ip="10.0.2.1"))


def test_it_lifts_the_block_after_five_minutes(amara, time_machine):
    time_machine.move_to("2026-11-24 18:00:00+00:00", tick=False)
    for n in range(6):
        guess(amara.email, ip=f"10.0.1.{n}")
    time_machine.move_to("2026-11-24 18:05:01+00:00", tick=False)
    client = Client()
    guess(amara.email, password=PASSWORD, client=client)
    assert is_signed_in(client)


def test_it_blocks_an_address_after_ten_wrong_passwords(amara):
    for n in range(10):
        assert not is_blocked(guess(f"person{n}@people.example"))
    client = Client()
    assert is_blocked(guess(amara.email, password=PASSWORD, client=client))
    assert not is_signed_in(client)
    assert not is_blocked(guess(amara.email, ip="10.0.0.2"))


def test_it_cannot_lock_out_an_owner_with_a_second_factor(dele):
    give_totp(dele)
    for n in range(20):
        guess(dele.email, ip=f"10.0.1.{n}")
    client = Client()
    answer = guess(dele.email, ip="10.9.9.9", password=PASSWORD, client=client)
    assert answer["Location"] == "/accounts/2fa/authenticate/"
    assert not is_signed_in(client)


def test_it_says_the_same_of_a_blocked_account_with_a_second_factor(dele):
    give_totp(dele)
    for n in range(6):
        guess(dele.email, ip=f"10.0.1.{n}")
    assert is_blocked(guess(dele.email, ip="10.0.2.1"))


def test_it_counts_a_right_guess_at_a_blocked_account(amara):
    for n in range(6):
        guess(amara.email, ip=f"10.0.1.{n}")
    for _ in range(10):
        guess(amara.email, ip="10.0.0.1", password=PASSWORD)
    assert is_blocked(guess("somebody@people.example", ip="10.0.0.1"))


def test_it_covers_the_admins_own_sign_in(client, dele):
    answer = client.get("/admin/login/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")
    for n in range(8):
        answer = client.post(
            "/admin/login/", {"username": dele.email, "password": PASSWORD}, REMOTE_ADDR=f"10.0.3.{n}"
        )
        assert answer.status_code == 302
    assert not is_signed_in(client)


def test_it_limits_codes(client, amara):
    for _ in range(3):
        Client().post("/accounts/login/code/", {"email": amara.email})
    answer = Client().post("/accounts/login/code/", {"email": amara.email})
    assert is_blocked(answer)


@pytest.mark.parametrize("path", ["/accounts/login/"])
def test_it_has_a_page_of_ours_for_too_many(client, db, path):
    for _ in range(30):
        client.post(path, {"login": "x@people.example", "password": ""})
    answer = client.post(path, {"login": "x@people.example", "password": ""})
    assert answer.status_code == 429
    assert "Please wait" in answer.content.decode()
    assert "css/onemm.css" in answer.content.decode()


def test_it_limits_second_steps(client, dele):
    give_totp(dele)
    guess(dele.email, password=PASSWORD, client=client)
    for _ in range(5):
        client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    answer = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert is_blocked(answer)
