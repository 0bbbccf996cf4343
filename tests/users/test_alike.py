"""Known and unknown addresses cannot be told apart."""

from __future__ import annotations

import re
import statistics
import time

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password
from django.core.cache import cache
from django.test import Client

from notifications.models import Letter
from tests.users.conftest import PASSWORD


class SlowHasher(PBKDF2PasswordHasher):
    iterations = 300_000


PAGES = {
    "sign-in code": ("/accounts/login/code/", "email", {}),
    "new password": ("/accounts/password/reset/", "email", {}),
    "password": ("/accounts/login/", "login", {"password": "a wrong one, surely"}),
}


def body(answer, email):
    page = answer.content.decode().replace(email, "…")
    return re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1", page)


@pytest.mark.parametrize("where", PAGES)
@pytest.mark.parametrize("kind", ["password", "no password", "closed", "unconfirmed"])
def test_it_answers_alike(amara, where, kind):
    if kind == "no password":
        amara.set_unusable_password()
    amara.is_active = kind != "closed"
    amara.save()
    amara.emailaddress_set.update(verified=kind != "unconfirmed")
    path, field, more = PAGES[where]
    seen = []
    for email in ("amara@people.example", "nobody@people.example"):
        before = Letter.objects.count()
        client = Client()
        answer = client.post(path, {field: email, **more})
        then = client.get(answer["Location"]) if answer.status_code == 302 else None
        seen.append(
            (
                answer.status_code,
                answer.get("Location"),
                body(answer, email),
                then and (then.status_code, body(then, email)),
                Letter.objects.count() - before,
                sorted(client.cookies),
            )
        )
    assert seen[0] == seen[1]
    assert seen[0][4] == (0 if where == "password" else 1)


@pytest.mark.parametrize("where", PAGES)
def test_it_takes_as_long(amara, where, settings):
    """Processor time, because a busy machine says little about us; a hash takes 0.1 s or more."""
    settings.PASSWORD_HASHERS = ["tests.users.test_alike.SlowHasher"]
    amara.password = make_password(PASSWORD)
    amara.save()
    path, field, more = PAGES[where]
    took = {"amara@people.example": [], "nobody@people.example": []}
    for _ in range(7):
        for email, times in took.items():
            cache.clear()
            client = Client()
            started = time.process_time()
            client.post(path, {field: email, **more})
            times.append(time.process_time() - started)
    known, unknown = (statistics.median(times) for times in took.values())
    assert abs(known - unknown) < 0.05
