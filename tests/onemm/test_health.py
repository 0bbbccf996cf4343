from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import DatabaseError
from django.utils import timezone

from notifications.models import Letter
from onemm import health
from tests import factories
from tests.signing_in import sign_in


def make_letter(status: str, n: int, minutes: int = 0) -> None:
    now = timezone.now()
    Letter.objects.create(
        key=f"{status}:{n}",
        kind="scratch/hello",
        to_email="amara@people.example",
        message_id=f"<{status}{n}@x>",
        status=status,
        next_try_at=now - timedelta(minutes=minutes),
        sent_at=now if status == "sent" else None,
    )


def test_it_is_alive_without_a_database(client: Any) -> None:
    """No database mark: a query would fail this test."""
    answer = client.get("/live")
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert client.post("/live").status_code == 405


@pytest.mark.django_db
def test_it_is_ready_when_database_and_cache_answer(client: Any, monkeypatch: Any) -> None:
    assert client.get("/ready").json() == {"database": True, "cache": True}

    def away(*_: Any, **__: Any) -> None:
        raise DatabaseError("password=secret host=db")

    monkeypatch.setattr(health.connection, "cursor", away)
    answer = client.get("/ready")
    assert answer.status_code == 503
    assert b"secret" not in answer.content


@pytest.mark.django_db
def test_it_is_not_ready_without_its_cache(client: Any, monkeypatch: Any) -> None:
    def away(*_: Any, **__: Any) -> None:
        raise ConnectionError

    monkeypatch.setattr(health.cache, "set", away)
    assert client.get("/ready").json() == {"database": True, "cache": False}


@pytest.mark.django_db
def test_it_gives_totals_to_staff_and_to_the_token_and_404_to_others(client: Any, settings: Any) -> None:
    assert client.get("/status").status_code == 404
    assert client.get("/status", headers={"Authorization": "Bearer "}).status_code == 404
    settings.STATUS_TOKEN = "watch-" * 6
    assert client.get("/status", headers={"Authorization": "Bearer wrong"}).status_code == 404
    good = {"Authorization": f"Bearer {settings.STATUS_TOKEN}"}
    assert client.get("/status", headers=good).status_code == 200
    sign_in(client, factories.make_user("Nobody"))
    assert client.get("/status").status_code == 404
    sign_in(client, factories.make_staff())
    assert client.get("/status").status_code == 200


@pytest.mark.django_db
def test_it_counts_what_waits_and_names_nobody(client: Any, settings: Any) -> None:
    settings.STATUS_TOKEN = "watch-" * 6
    make_letter("queued", 1, minutes=10)
    make_letter("queued", 2, minutes=-10)  # waits for its next try, so it is not late
    make_letter("dead", 1)
    make_letter("unsure", 1)
    make_letter("sent", 1)
    health.note_tick(timezone.now() - timedelta(seconds=30))
    answer = client.get("/status", headers={"Authorization": f"Bearer {settings.STATUS_TOKEN}"})
    found = answer.json()
    assert found["letters"]["waiting"] == 2
    assert (found["letters"]["dead"], found["letters"]["unsure"]) == (1, 1)
    assert 590 <= found["letters"]["oldest_unsent_seconds"] <= 620
    assert 29 <= found["beat_seconds"] <= 40
    assert b"amara" not in answer.content
    cache.clear()
    assert health.figures(timezone.now())["beat_seconds"] is None
