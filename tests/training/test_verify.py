"""Checking a number: open to anyone, and it says four things and no more."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from tests.training.conftest import take_course
from training import actions
from training.models import Certificate
from training.rules import tidy_number

URL = "/training/verify/"


@pytest.fixture
def certificate(course: Any, learner: Any) -> Certificate:
    take_course(course, learner, at=timezone.now())
    return Certificate.objects.get()


def test_it_shows_name_course_date_and_whether_it_counts(client: Any, certificate: Certificate) -> None:
    page = client.get(URL, {"number": certificate.number}).content.decode()
    for fact in ("Amara Okafor", "Small course", certificate.number, "This certificate counts"):
        assert fact in page


def test_it_leaks_nothing_else(client: Any, certificate: Certificate, learner: Any) -> None:
    page = client.get(reverse("training:verify", args=[certificate.number])).content.decode()
    assert learner.email not in page
    assert f"/{learner.pk}" not in page
    assert "Module" not in page


def test_it_says_no_more_than_no_when_it_does_not_count(
    client: Any, certificate: Certificate, stranger: Any
) -> None:
    actions.revoke(certificate, by=stranger, reason="a secret reason", at=timezone.now())
    page = client.get(URL, {"number": certificate.number}).content.decode()
    assert "doesn’t count today" in page
    assert "revoked" not in page
    assert "secret" not in page


def test_a_lapsed_one_does_not_count(client: Any, course: Any, learner: Any) -> None:
    take_course(course, learner, at=timezone.now() - timedelta(days=400))
    page = client.get(URL, {"number": Certificate.objects.get().number}).content.decode()
    assert "doesn’t count today" in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    "number", ["1MM-26-ZZZZ-ZZZZ", "x", "1MM", "' OR 1=1 --", "９", "<script>", "a" * 40]
)
def test_an_unknown_number_gets_a_plain_sentence(client: Any, number: str) -> None:
    response = client.get(URL, {"number": number})
    assert response.status_code == 404
    assert "We have no certificate with this number" in response.content.decode()
    assert "<script>" not in response.content.decode()


@pytest.mark.django_db
def test_an_empty_number_asks_for_one(client: Any) -> None:
    page = client.get(URL, {"number": " "}).content.decode()
    assert "Enter the number on the certificate." in page
    assert client.get(URL).status_code == 200


def test_it_reads_numbers_as_people_type_them(client: Any, certificate: Certificate) -> None:
    typed = certificate.number.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert tidy_number(typed) == certificate.number
    assert client.get(URL, {"number": typed}).status_code == 200


@pytest.mark.django_db
def test_it_slows_down_after_twenty(client: Any) -> None:
    answers = [client.get(URL, {"number": "1MM-26-ZZZZ-ZZZZ"}).status_code for _ in range(41)]
    assert answers[:20] == [404] * 20
    assert 429 in answers[20:]  # a minute may turn over in between
    assert client.get(URL).status_code == 200


def test_it_stays_open_when_the_cache_is_away(
    client: Any, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*args: Any, **kwargs: Any) -> Any:
        raise ConnectionError

    monkeypatch.setattr(cache, "add", gone)
    assert client.get(URL, {"number": certificate.number}).status_code == 200


@pytest.mark.django_db
def test_search_engines_keep_out(client: Any) -> None:
    assert client.get(URL)["X-Robots-Tag"] == "noindex"
