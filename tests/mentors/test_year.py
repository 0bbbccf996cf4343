"""A year and a month on a fake clock: every letter of a mentor's journey comes once, and on its day.

Both clock changes and 29 February are in it. What happens by itself runs every morning, and twice whenever
it wrote something.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from matching.models import Match
from mentors import actions, rules, tasks
from mentors.models import Mentor
from notifications.models import Letter
from partners import actions as partners
from partners import tasks as partners_tasks
from tests import factories
from tests.mentors.conftest import ANSWERS, DBS, link, name_two
from training import actions as training
from training import tasks as training_tasks
from training.models import Course, Module

LONDON = ZoneInfo("Europe/London")
FIRST, LAST = date(2027, 10, 20), date(2028, 11, 20)
NUDGED = date(2027, 12, 1)
BY_ITSELF: tuple[Callable[[], Any], ...] = (
    tasks.watch_checks,
    tasks.end_pauses,
    tasks.remind_referees,
    training_tasks.remind_lapsing,
    partners_tasks.tell_interested,
    partners_tasks.forget_interest,
)

EXPECTED = {
    "mentors/signed_up": ["2027-10-20"],
    "mentors/task_list_nudge": ["2027-10-27", "2027-11-03"],  # the clocks went back on 31 October
    "mentors/application_sent": ["2027-11-05"],
    # The third is for the referee who took another's place.
    "mentors/reference_requested": ["2027-11-05", "2027-11-05", "2027-11-16"],
    "mentors/reference_reminder": ["2027-11-10", "2027-11-15"],
    "mentors/reference_received": ["2027-11-07", "2027-11-18"],
    "mentors/referee_declined": ["2027-11-16"],
    "training/certificate": ["2027-11-09"],
    "mentors/approved": ["2027-11-20"],
    "mentors/pause_over": ["2028-02-29"],
    "mentors/check_expiring": ["2027-12-01", "2027-12-31", "2028-01-30", "2028-02-22"],
    "mentors/check_lapsed": ["2028-02-29"],
    "matching/paused": ["2028-11-09"],  # to the young person: the mentor's is the one about the training
    "training/lapsing": ["2028-10-10"],
    "mentors/training_lapsed": ["2028-11-09"],
    "partners/confirm_interest": ["2027-12-01"],
    "partners/opened_near": ["2028-03-27"],
}


class Life:
    """What people do, and on which morning; `act` does whatever falls on a day."""

    def __init__(self) -> None:
        course = Course.objects.create(slug="start", title="Getting started", is_published=True)
        Module.objects.create(course=course, order=1, slug="safe", title="Safe", lapses_after_months=12)
        self.course = course
        # Four years, so that a check of one 29 February is due on another.
        self.programme = factories.make_programme(check_months=48, course=course)
        self.checker, self.second = (
            factories.make_staff(n, programmes=[self.programme]) for n in ("Dele", "Mina")
        )
        factories.make_outcode("LS1", "Leeds", 4300, 4335)

    @property
    def mentor(self) -> Mentor:
        return Mentor.objects.select_related("user").get()

    def act(self, day: str, at: datetime) -> None:
        getattr(self, f"on_{day.replace('-', '_')}", lambda at: None)(at)

    def on_2027_10_20(self, at: datetime) -> None:
        factories.make_mentor(programme=self.programme, at=at)
        name_two(self.mentor)
        actions.welcome(self.mentor.user)
        actions.welcome(self.mentor.user)

    def on_2027_11_05(self, at: datetime) -> None:
        for _ in range(2):
            actions.send_application(self.mentor, by=self.mentor.user, at=at)

    def on_2027_11_07(self, at: datetime) -> None:
        for _ in range(2):
            actions.give_reference(link(self.mentor.references.all()[0]), answers=ANSWERS, at=at)

    def on_2027_11_09(self, at: datetime) -> None:
        for _ in range(2):
            training.pass_all(self.mentor.user, self.course, by=self.checker, at=at)

    def on_2027_11_16(self, at: datetime) -> None:
        silent = self.mentor.references.all()[1]
        actions.decline_reference(link(silent), at=at)
        new = rules.Referee("Nia Rhys", "nia@people.example", "coach", 4)
        actions.replace_referee(silent, new, by=self.mentor.user, at=at)

    def on_2027_11_18(self, at: datetime) -> None:
        asked = self.mentor.references.get(status="asked")
        actions.give_reference(link(asked), answers=ANSWERS, at=at)

    def on_2027_11_19(self, at: datetime) -> None:
        for kind in ("identity", "references"):
            actions.record_check(self.mentor, kind, by=self.checker, at=at)
        self.dbs("001234567890", date(2024, 2, 29), at)

    def dbs(self, number: str, issued_on: date, at: datetime) -> None:
        facts = {**DBS, "certificate_number": number, "issued_on": issued_on}
        actions.record_check(self.mentor, "dbs", by=self.checker, at=at, **facts)

    def on_2027_11_20(self, at: datetime) -> None:
        actions.approve(self.mentor, by=self.second, at=at)

    def on_2027_11_30(self, at: datetime) -> None:
        actions.pause(self.mentor, 3, by=self.mentor.user, at=at)
        assert self.mentor.paused_until == date(2028, 2, 29)

    def on_2027_12_01(self, at: datetime) -> None:
        for _ in range(2):
            row = partners.note_interest(email="far@people.example", outcode="LS1", at=at)
        partners.confirm_interest(row, at=at)

    def on_2028_03_26(self, at: datetime) -> None:
        assert not self.mentor.is_ready(at), "the check ran out on 29 February"
        self.dbs("009876543210", date(2028, 3, 20), at)  # the clocks go forward
        assert self.mentor.is_ready(at)
        request = factories.make_request(programme=self.programme)
        factories.make_match(self.mentor, request, at=at)

    def on_2028_03_27(self, at: datetime) -> None:
        factories.make_programme("Leeds 2028", place="Leeds", starts_on=date(2028, 3, 27))


@pytest.mark.django_db
def test_every_letter_comes_once_and_on_its_day(time_machine: Any) -> None:
    time_machine.move_to(datetime(2027, 10, 19, 8, tzinfo=LONDON), tick=False)
    life, day = Life(), FIRST
    while day <= LAST:
        morning = datetime(day.year, day.month, day.day, 8, tzinfo=LONDON)
        time_machine.move_to(morning, tick=False)
        life.act(str(day), timezone.now())
        time_machine.move_to(morning + timedelta(minutes=80), tick=False)
        before = Letter.objects.count()
        # The nudge alone takes half of the time, and is for the first weeks: later, once a week.
        todays = (*BY_ITSELF, tasks.nudge) if day < NUDGED or day.weekday() == 0 else BY_ITSELF
        for do in todays:
            do()
        if Letter.objects.count() > before:
            for do in todays:
                do()
        day += timedelta(days=1)
    came = defaultdict(list)
    for letter in Letter.objects.order_by("created_at"):
        came[letter.kind].append(str(timezone.localdate(letter.created_at)))
    assert dict(came) == EXPECTED
    assert Match.objects.get().status == "paused"
    assert not life.mentor.is_ready(timezone.now())
