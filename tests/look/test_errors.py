"""What we say when something is in the way."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client, RequestFactory

from onemm import errors


@pytest.mark.django_db
def test_it_says_a_missing_page_kindly(client: Any) -> None:
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    assert "We can’t find that page" in response.content.decode()


@pytest.mark.django_db
def test_it_explains_a_form_that_came_too_late() -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/accounts/login/", {"login": "a@example.org", "password": "x"})
    assert response.status_code == 403
    assert "open for a long time" in response.content.decode()


def test_it_breaks_without_asking_database_or_session(rf: RequestFactory) -> None:
    response = errors.broken(rf.get("/"))  # no database mark: a query would fail this test
    assert response.status_code == 500
    assert "Something broke on our side" in response.content.decode()


def test_it_has_a_last_word_even_without_templates(
    rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(name: str) -> None:
        raise OSError

    monkeypatch.setattr(errors.loader, "get_template", fail)
    response = errors.broken(rf.get("/"))
    assert response.status_code == 500
    assert b"try again" in response.content
