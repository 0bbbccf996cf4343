"""Sessions, devices and limits that are over leave no trace."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from tests.users.conftest import PASSWORD
from users import actions


@pytest.fixture
def shared_cache(db, settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cached"}
    }
    call_command("createcachetable", verbosity=0)
    return caches["default"]


def rows():
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM cached")
        return cursor.fetchone()[0]


def test_it_forgets_sessions_that_ran_out(client, amara):
    client.post("/accounts/login/", {"login": amara.email, "password": PASSWORD})
    assert (Session.objects.count(), UserSession.objects.count()) == (1, 1)
    actions.forget_what_is_over(at=timezone.now() + timedelta(days=13))
    assert (Session.objects.count(), UserSession.objects.count()) == (1, 1)
    actions.forget_what_is_over(at=timezone.now() + timedelta(days=15))
    assert (Session.objects.count(), UserSession.objects.count()) == (0, 0)


def test_it_forgets_limits_that_are_over(shared_cache):
    shared_cache.set("short", 1, 60)
    shared_cache.set("long", 1, 3600)
    actions.forget_what_is_over(at=timezone.now() + timedelta(minutes=2))
    assert rows() == 1
    assert shared_cache.get("long") == 1


def test_it_holds_limits_in_the_shared_cache(shared_cache, client, amara):
    """As in production: in the database, where no Redis can lose them."""
    for n in range(6):
        answer = client.post(
            "/accounts/login/", {"login": amara.email, "password": "wrong, wrong"}, REMOTE_ADDR=f"10.0.1.{n}"
        )
    assert "one try too many" in answer.content.decode()
    assert rows() > 0
