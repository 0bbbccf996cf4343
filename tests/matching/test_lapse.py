"""Offers are recalled to mind once, and end after their last day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine

from matching.actions import accept, approve, lapse_offers, remind_offers
from matching.models import Match
from notifications.models import Letter
from tests import factories

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def offer(db: None) -> SimpleNamespace:
    with time_machine.travel(MONDAY, tick=False):
        programme = factories.make_programme()
        staff = factories.make_staff(programmes=[programme])
        mentor = factories.make_ready_mentor(programme=programme, at=MONDAY)
        request = factories.make_request(factories.make_mentee(born_on=date(2005, 1, 1)), programme=programme)
        match = approve(request, mentor, by=staff, at=MONDAY)
    return SimpleNamespace(match=match, mentor=mentor, mentee=request.mentee)


def sent(kind: str) -> int:
    return Letter.objects.filter(kind=f"matching/{kind}").count()


def test_it_reminds_on_the_third_working_day_once(offer: SimpleNamespace) -> None:
    remind_offers(at=MONDAY + timedelta(days=2))
    assert sent("offer_reminder") == 0
    for day in (3, 3, 4):  # Thursday, again, and a day late
        remind_offers(at=MONDAY + timedelta(days=day))
    assert sent("offer_reminder") == 1


def test_it_lapses_after_five_working_days(offer: SimpleNamespace) -> None:
    next_monday = MONDAY + timedelta(days=7)
    lapse_offers(at=next_monday)  # the last day counts
    assert sent("offer_lapsed") == 0
    for _ in range(2):
        lapse_offers(at=next_monday + timedelta(days=1))
    offer.match.refresh_from_db()
    assert offer.match.status == Match.Status.LAPSED
    assert sent("offer_lapsed") == 1


def test_it_gives_the_young_person_days_of_their_own(offer: SimpleNamespace) -> None:
    accept(offer.match, by=offer.mentor.user, at=MONDAY + timedelta(days=4))
    offer.match.refresh_from_db()
    assert offer.match.answer_by == date(2026, 3, 13)
    lapse_offers(at=MONDAY + timedelta(days=30))
    assert (sent("meet_lapsed"), sent("not_this_time"), sent("offer_lapsed")) == (1, 1, 0)


def test_it_counts_bank_holidays_as_no_working_days(db: None) -> None:
    thursday = datetime(2026, 4, 2, 9, 0, tzinfo=UTC)  # Good Friday and Easter Monday follow
    programme = factories.make_programme()
    staff = factories.make_staff(programmes=[programme])
    mentor = factories.make_ready_mentor(programme=programme, at=thursday)
    request = factories.make_request(factories.make_mentee(born_on=date(2005, 1, 1)), programme=programme)
    match = approve(request, mentor, by=staff, at=thursday)
    assert match.answer_by == date(2026, 4, 13)
