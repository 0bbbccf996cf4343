"""Opening an account, and confirming its address."""

from __future__ import annotations

import pytest
from allauth.account.internal.flows.email_verification_by_code import EMAIL_VERIFICATION_CODE_SESSION_KEY
from allauth.account.middleware import AccountMiddleware
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpResponse
from django.test import Client, RequestFactory

from audit.models import Entry
from notifications.models import Letter
from tests.users.conftest import PASSWORD, is_signed_in, last_code
from users import actions
from users.models import User

CONFIRM = "/accounts/confirm-email/"


def sign_up(email, *, password=PASSWORD, client=None, then="", ip="127.0.0.1"):
    """Do what a sign-up page does, in a browser of its own; gives the answer and the browser."""
    client = client or Client()
    holder = {}

    def page(request):
        user = actions.open_account(email, "Amara", "Okafor", password)
        holder["answer"] = actions.begin_verification(request, user, email=email, then=then)
        return HttpResponse("ok")

    request = RequestFactory().post("/sign-up/", REMOTE_ADDR=ip)
    request.user = AnonymousUser()
    SessionMiddleware(MessageMiddleware(AccountMiddleware(page)))(request)
    request.session.save()
    client.cookies["onemm"] = request.session.session_key
    return holder["answer"], client


def test_it_makes_an_account_with_an_unconfirmed_address(db):
    user = actions.open_account(" Amara@People.example", "Amara", "Okafor", PASSWORD)
    assert (user.email, user.get_full_name()) == ("amara@people.example", "Amara Okafor")
    assert user.check_password(PASSWORD)
    address = user.emailaddress_set.get()
    assert (address.email, address.primary, address.verified) == ("amara@people.example", True, False)
    assert Entry.objects.about(user).get().verb == "account opened"


def test_it_needs_no_password(db):
    assert not actions.open_account("k@people.example", "Kayden").has_usable_password()


@pytest.mark.parametrize("typed", ["amara@people.example", "AMARA@PEOPLE.EXAMPLE "])
def test_it_makes_no_second_account_and_tells_the_owner(amara, typed):
    assert actions.open_account(typed, "Somebody", password=PASSWORD + "!") is None
    assert User.objects.count() == 1
    letter = Letter.objects.get()
    assert (letter.kind, letter.to_user) == ("account/account_already_exists", amara)
    amara.refresh_from_db()
    assert amara.check_password(PASSWORD)
    assert amara.first_name == "Amara"


def test_it_sends_a_code_that_confirms_and_signs_in(db):
    answer, client = sign_up("amara@people.example", then="/mentor/profile/")
    assert answer["Location"] == CONFIRM
    assert Letter.objects.get().kind == "account/confirm_email"
    answer = client.post(CONFIRM, {"code": last_code()})
    assert answer["Location"] == "/mentor/profile/"
    assert is_signed_in(client)
    user = User.objects.get()
    assert user.emailaddress_set.get().verified
    assert user.check_password(PASSWORD)


def test_it_signs_nobody_in_before_the_code(db):
    _, client = sign_up("amara@people.example")
    assert not is_signed_in(client)
    answer = client.post("/accounts/login/", {"login": "amara@people.example", "password": PASSWORD})
    assert not is_signed_in(client)
    assert answer.status_code == 302


def test_it_looks_the_same_for_a_known_address(amara):
    new_answer, new = sign_up("new@people.example", ip="10.0.0.1")
    new_letters = Letter.objects.count()
    known_answer, known = sign_up("amara@people.example", ip="10.0.0.2")
    assert Letter.objects.count() == 2 * new_letters == 2
    assert (known_answer.status_code, known_answer["Location"]) == (
        new_answer.status_code,
        new_answer["Location"],
    )
    pages = [
        c.get(CONFIRM).content.decode().replace(e, "…")
        for c, e in ((new, "new@people.example"), (known, "amara@people.example"))
    ]
    assert without_tokens(pages[0]) == without_tokens(pages[1])
    wrong = [c.post(CONFIRM, {"code": "0000-0001"}) for c in (new, known)]
    assert wrong[0].status_code == wrong[1].status_code == 200


def test_it_accepts_no_code_for_a_known_address(amara):
    _, client = sign_up("amara@people.example")
    code = client.session[EMAIL_VERIFICATION_CODE_SESSION_KEY]["code"]
    client.post(CONFIRM, {"code": code})
    assert not is_signed_in(client)


def without_tokens(page):
    import re

    return re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1", page)


def test_it_makes_one_account_of_two_forms_sent_at_once(db):
    """The second form passes the first question and must be stopped by the database."""
    real = User.objects.filter

    class Nothing:
        def exists(self):
            return False

    calls = []

    def blind_once(*args, **kwargs):
        calls.append(kwargs)
        return Nothing() if len(calls) == 1 else real(*args, **kwargs)

    actions.open_account("amara@people.example", "Amara")
    from unittest.mock import patch

    with (
        patch.object(User.objects, "filter", blind_once),
        patch("users.actions.EmailAddress.objects.filter", lambda **_: Nothing()),
    ):
        assert actions.open_account("amara@people.example", "Amara") is None
    assert User.objects.count() == 1


def test_it_confirms_an_address_by_hand(kayden):
    actions.confirm_email(kayden)
    assert kayden.emailaddress_set.get().verified
    actions.confirm_email(kayden)
    assert kayden.emailaddress_set.count() == 1
