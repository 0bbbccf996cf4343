"""Letters about accounts: who may read them, and what stands in them."""

from __future__ import annotations

import pytest

from notifications.models import Letter
from tests.users.conftest import PASSWORD, last_code


def test_it_shows_no_code_to_staff(client, amara, dele, settings):
    client.post("/accounts/login/code/", {"email": amara.email})
    settings.DEMO = False
    assert not Letter.objects.visible_to(dele).exists()
    settings.DEMO = True
    assert Letter.objects.visible_to(dele).exists()


@pytest.mark.parametrize(
    ("path", "field", "kind"),
    [
        ("/accounts/login/code/", "email", "account/login_code"),
        ("/accounts/password/reset/", "email", "account/password_reset_code"),
    ],
)
def test_it_writes_the_code_in_text_and_html(client, amara, path, field, kind):
    client.post(path, {field: amara.email})
    letter = Letter.objects.get()
    assert letter.kind == kind
    assert last_code() in letter.html
    assert last_code() in letter.subject
    assert "Hi Amara," in letter.text
    assert "amara" not in letter.key


def test_it_writes_a_letter_that_is_not_for_anybody_we_know(client, db):
    client.post("/accounts/login/code/", {"email": "nobody@people.example"})
    letter = Letter.objects.get()
    assert (letter.kind, letter.to_user, letter.to_email) == (
        "account/unknown_account",
        None,
        "nobody@people.example",
    )
    assert "Hello," in letter.text


def test_it_tells_the_owner_of_a_new_password(client, amara):
    client.post("/accounts/login/", {"login": amara.email, "password": PASSWORD})
    new = {
        "oldpassword": PASSWORD,
        "password1": "eleven brass lanterns",
        "password2": "eleven brass lanterns",
    }
    client.post("/accounts/password/change/", new)
    letter = Letter.objects.get()
    assert letter.kind == "account/changed"
    assert "Your password was changed." in letter.text
    assert "lanterns" not in letter.text + letter.html


def test_it_writes_no_letter_when_the_account_is_not_saved(client, amara, monkeypatch):
    from users import actions
    from users.models import User

    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(actions, "post", broken)
    with pytest.raises(RuntimeError):
        actions.open_account(amara.email, "Amara")
    assert User.objects.count() == 1
    assert not Letter.objects.exists()
