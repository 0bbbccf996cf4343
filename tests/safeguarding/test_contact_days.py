"""Four days with under-18s within 30 are a regulated activity: the lead is told, and staff see the number."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mentoring.models import Meeting
from mentoring.models.contact import contact_days, often_in_contact
from mentors.models import Check, Mentor
from notifications.models import Letter
from safeguarding import actions, tasks
from tests import factories
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 21, 6, 30, tzinfo=LONDON)
DAY = timedelta(days=1)


@pytest.fixture
def here(cast: SimpleNamespace, time_machine: Any) -> SimpleNamespace:
    """A mentor with an enhanced check, and a young person of 17."""
    time_machine.move_to(NOW, tick=False)
    Check.objects.filter(kind="dbs").update(level=Check.Level.ENHANCED, barred_list_reason="")
    cast.mentee.born_on = date(2009, 3, 27)
    cast.mentee.save()
    cast.match = factories.make_match(cast.mentor, cast.request, at=NOW - 60 * DAY)
    return cast


def met(match: Any, *days_ago: int, status: str = "held", hour: int = 18, **fields: Any) -> None:
    for n in days_ago:
        start = (NOW - n * DAY).replace(hour=hour)
        Meeting.objects.create(
            match=match,
            status=status,
            starts_at=start,
            ends_at=start + timedelta(hours=1),
            way="online",
            planned_at=start,
            changed_at=start,
            **fields,
        )


def letters() -> int:
    return Letter.objects.filter(kind="safeguarding/contact_days").count()


def test_days_are_counted_and_nothing_else(here: SimpleNamespace) -> None:
    """A day once, however often; of 30 days; held; with somebody who was under 18 on that day."""
    met(here.match, 1, 2)
    met(here.match, 2, hour=9)
    met(here.match, 3, status="cancelled")
    met(here.match, 4, status="missed")
    met(here.match, 31)
    met(here.match, -1, status="planned")
    assert contact_days(here.mentor, NOW) == [date(2026, 11, 19), date(2026, 11, 20)]
    here.mentee.born_on = date(2008, 11, 20)  # 18 since yesterday
    here.mentee.save()
    assert contact_days(here.mentor, NOW) == [date(2026, 11, 19)]


def test_days_with_different_people_add_up(here: SimpleNamespace) -> None:
    Mentor.objects.update(capacity=2)
    request = factories.make_request(factories.make_mentee("Zadie"), programme=here.programme)
    met(here.match, 1, 8)
    met(factories.make_match(here.mentor, request, slot=2), 8, 15, hour=10)
    assert len(contact_days(here.mentor, NOW)) == 3
    assert often_in_contact(NOW, 4) == {}, "four meetings on three days"
    assert list(often_in_contact(NOW, 3)) == [here.mentor.pk]


def test_the_lead_is_told_at_four_once(here: SimpleNamespace) -> None:
    met(here.match, 1, 8, 15)
    tasks.tell_of_contact_days()
    assert letters() == 0
    met(here.match, 22)
    assert [actions.tell_of_contact_days(at=NOW) for _ in range(2)] == [1, 0]
    assert actions.tell_of_contact_days(at=NOW + DAY) == 0
    letter = Letter.objects.get(kind="safeguarding/contact_days")
    assert letter.to_user == here.lead
    assert "Amara has met people under 18 on 4 days" in " ".join(letter.text.split())
    for secret in ("Kayden", "Okafor"):
        assert secret not in letter.text + letter.html + letter.subject


def test_as_many_more_days_are_told_again(here: SimpleNamespace) -> None:
    met(here.match, 1, 8, 15, 22)
    actions.tell_of_contact_days(at=NOW)
    met(here.match, -1, -8, -15)
    assert actions.tell_of_contact_days(at=NOW + 16 * DAY) == 0
    met(here.match, -22)
    assert actions.tell_of_contact_days(at=NOW + 23 * DAY) == 1


def test_a_check_that_covers_it_needs_no_word(here: SimpleNamespace) -> None:
    met(here.match, 1, 8, 15, 22)
    Check.objects.filter(kind="dbs").update(level=3, barred_list_reason="Alone with under-18s")
    assert actions.tell_of_contact_days(at=NOW) == 0
    Check.objects.filter(kind="dbs").update(expires_on=NOW.date())
    assert actions.tell_of_contact_days(at=NOW) == 1


def test_the_number_is_a_setting(here: SimpleNamespace, settings: Any) -> None:
    settings.CONTACT_DAYS = 2
    met(here.match, 1, 8)
    assert actions.tell_of_contact_days(at=NOW) == 1


def test_nobody_near_it_costs_one_question(here: SimpleNamespace) -> None:
    met(here.match, 1, 8)
    with CaptureQueriesContext(connection) as queries:
        actions.tell_of_contact_days(at=NOW)
    assert len(queries) == 1


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ((1,), "under 18 on 1 day. From 4 on it is regulated activity."),
        ((1, 8, 15, 22), "under 18 on 4 days. That is regulated activity."),
    ],
)
def test_staff_read_it_where_they_decide_the_level(
    here: SimpleNamespace, client: Any, days: tuple[int, ...], said: str
) -> None:
    met(here.match, *days)
    sign_in(client, here.staff)
    check = here.mentor.checks.get(kind="dbs")
    for page, args in (("mentors_record_check", ["dbs"]), ("mentors_correct_dbs", [check.pk])):
        assert said in client.get(reverse(f"admin:{page}", args=[here.mentor.pk, *args])).text
    identity = reverse("admin:mentors_record_check", args=[here.mentor.pk, "identity"])
    assert "people under 18 on" not in client.get(identity).text
