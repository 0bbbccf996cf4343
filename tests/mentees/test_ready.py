"""Ready to be matched: in SQL for many, in rules for one, and the two always agree."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from mentees import rules
from mentees.models import Request
from tests import factories

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def is_ready(request: Request, at: datetime = NOW) -> bool:
    """Asked both ways; the test fails when they differ."""
    request = Request.objects.get(pk=request.pk)
    in_sql = Request.objects.ready(at).filter(pk=request.pk).exists()
    assert in_sql is (request.what_is_missing(at) == [])
    return in_sql


def gaps(request: Request, at: datetime = NOW) -> list[str]:
    return [gap.what for gap in Request.objects.get(pk=request.pk).what_is_missing(at)]


def test_it_is_ready_when_everything_is_there() -> None:
    assert is_ready(factories.make_request())


@pytest.mark.parametrize("status", [s for s in Request.Status.values if s != "accepted"])
def test_it_needs_to_be_accepted(status: str) -> None:
    assert not is_ready(factories.make_request(status=status))


@pytest.mark.parametrize("status", ["asked", "refused", "withdrawn", "expired"])
def test_it_needs_a_yes_from_a_guardian_under_age(status: str) -> None:
    mentee = factories.make_mentee()
    factories.make_permission(mentee, status=status)
    request = factories.make_request(mentee)
    assert not is_ready(request)
    assert gaps(request) == ["permission"]


@pytest.mark.parametrize(
    ("field", "value", "gap"),
    [("agreed_at", None, "agreement"), ("free_slots", 0, "times"), ("outcode", "", "place")],
)
def test_it_needs_the_young_persons_own_answers(field: str, value: Any, gap: str) -> None:
    request = factories.make_request(factories.make_mentee(**{field: value}))
    assert not is_ready(request)
    assert gaps(request) == [gap]


def test_it_needs_no_place_to_meet_online() -> None:
    assert is_ready(factories.make_request(factories.make_mentee(outcode="", way="online")))


def test_it_needs_a_language() -> None:
    assert not is_ready(factories.make_request(factories.make_mentee(languages=())))


def test_it_waits_for_the_talk_they_asked_for() -> None:
    request = factories.make_request(wants_a_talk_first=True)
    assert not is_ready(request)
    assert gaps(request) == ["talk"]


def test_it_ends_with_the_account() -> None:
    request = factories.make_request()
    request.mentee.user.is_active = False
    request.mentee.user.save()
    assert not is_ready(request)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "ready"),
    [
        (date(2026, 11, 20), None, True),
        (date(2026, 11, 21), None, False),
        (date(2026, 1, 1), date(2026, 11, 20), True),
        (date(2026, 1, 1), date(2026, 11, 19), False),
    ],
)
def test_it_needs_a_running_programme(starts_on: date, ends_on: date | None, ready: bool) -> None:
    programme = factories.make_programme("Short", starts_on=starts_on, ends_on=ends_on)
    assert is_ready(factories.make_request(programme=programme)) is ready


@pytest.mark.parametrize(
    ("born_on", "at", "ready"),
    [
        (date(2012, 11, 20), NOW, True),  # 14 today
        (date(2012, 11, 21), NOW, False),  # 14 tomorrow
        (date(2000, 11, 21), NOW, True),  # 25, for one more day
        (date(2000, 11, 20), NOW, False),  # 26 today
        (date(2012, 2, 29), datetime(2026, 2, 28, 12, tzinfo=UTC), False),
        (date(2012, 2, 29), datetime(2026, 3, 1, 12, tzinfo=UTC), True),
        (date(2014, 3, 1), datetime(2028, 2, 29, 12, tzinfo=UTC), False),
        (date(2014, 2, 28), datetime(2028, 2, 29, 12, tzinfo=UTC), True),
    ],
)
def test_it_keeps_to_the_programmes_ages(born_on: date, at: datetime, ready: bool) -> None:
    assert is_ready(factories.make_request(factories.make_mentee(born_on=born_on)), at) is ready


@pytest.mark.parametrize(
    ("born_on", "at", "ready"),
    [
        (date(2008, 11, 21), NOW, False),
        (date(2008, 11, 20), NOW, True),
        (date(2008, 2, 29), datetime(2026, 2, 28, 12, tzinfo=UTC), False),
        (date(2008, 2, 29), datetime(2026, 3, 1, 0, 1, tzinfo=UTC), True),
        # Midnight in London, not in UTC: in summer the birthday begins an hour earlier.
        (date(2008, 7, 2), datetime(2026, 7, 1, 23, 30, tzinfo=UTC), True),
        (date(2008, 7, 2), datetime(2026, 7, 1, 22, 30, tzinfo=UTC), False),
    ],
)
def test_it_lets_the_need_for_permission_end_at_18(born_on: date, at: datetime, ready: bool) -> None:
    mentee = factories.make_mentee(born_on=born_on)
    assert is_ready(factories.make_request(mentee, permission=False), at) is ready


def test_it_follows_each_programmes_own_ages() -> None:
    lenient = factories.make_programme("Lenient", permission_under=16, min_age=11)
    mentee = factories.make_mentee(born_on=date(2010, 1, 1))
    assert is_ready(factories.make_request(mentee, programme=lenient, permission=False))
    assert not is_ready(factories.make_request(mentee, permission=False))


def test_it_agrees_with_the_rules_on_every_combination() -> None:
    """64 young people that differ in six ways: one is ready in SQL exactly when nothing is missing."""
    programme = factories.make_programme()
    for n, (old, yes, agreed, talk, times, accepted) in enumerate(itertools.product([True, False], repeat=6)):
        mentee = factories.make_mentee(
            f"Person{n}",
            born_on=date(2004 if old else 2010, 1, 1),
            agreed_at=NOW if agreed else None,
            free_slots=3 if times else 0,
        )
        factories.make_permission(mentee, status="given" if yes else "asked")
        factories.make_request(
            mentee,
            programme=programme,
            status="accepted" if accepted else "asked",
            wants_a_talk_first=talk,
            permission=False,
        )
    in_sql = set(Request.objects.ready(NOW).values_list("pk", flat=True))
    in_rules = {r.pk for r in Request.objects.all() if not r.what_is_missing(NOW)}
    assert in_sql == in_rules
    assert len(in_sql) == 3  # of age with or without a yes, under age with one


def test_it_costs_two_queries_whatever_the_rows(django_assert_num_queries: Any) -> None:
    for _ in range(3):
        factories.make_request()
    with django_assert_num_queries(2):
        assert len(Request.objects.ready(timezone.now())) == 3


@pytest.mark.parametrize("years", [14, 18, 26])
def test_birth_dates_and_ages_agree_on_every_day(years: int) -> None:
    for n in range(1600):
        on = date(2026, 1, 1) + timedelta(days=n)
        latest = rules.born_by(on, years)
        assert rules.age(latest, on) == years
        assert rules.age(latest + timedelta(days=1), on) == years - 1
        assert rules.age(on, rules.birthday(on, years)) == years
        assert rules.age(on, rules.birthday(on, years) - timedelta(days=1)) == years - 1
