"""A mentor's own pause."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from audit.models import Entry
from audit.transitions import NotAllowed
from mentors import actions, rules
from mentors.models import Mentor
from tests import factories
from tests.signing_in import sign_in

URL = "mentors:pause"


@pytest.fixture
def mentor(programme):
    return factories.make_ready_mentor(programme=programme)


@pytest.mark.parametrize("months", [1, 3, 6])
def test_it_takes_them_out_for_so_many_months(mentor, at, months):
    actions.pause(mentor, months, by=mentor.user, at=at)
    actions.pause(mentor, months, by=mentor.user, at=at)
    assert not Mentor.objects.ready(at).exists()
    assert [m.key for m in Mentor.objects.get().readiness(at)] == ["not_paused"]
    assert Entry.objects.about(mentor).filter(verb="paused").count() == 1
    actions.unpause(mentor, by=mentor.user, at=at)
    assert Mentor.objects.ready(at).get() == mentor


def test_it_knows_no_other_length(mentor, at):
    with pytest.raises(NotAllowed):
        actions.pause(mentor, 2, by=mentor.user, at=at)


@pytest.mark.parametrize(
    ("on", "months", "until"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 29), 3, date(2028, 2, 29)),
        (date(2026, 12, 31), 6, date(2027, 6, 30)),
        (date(2026, 1, 15), 1, date(2026, 2, 15)),
    ],
)
def test_months_end_on_the_same_day_or_the_last(on, months, until):
    assert rules.months_after(on, months) == until


@time_machine.travel("2026-11-21 12:00", tick=False)
def test_the_page_starts_and_ends_it(client, mentor):
    sign_in(client, mentor.user)
    assert client.get(reverse(URL)).status_code == 200
    assert "Choose for how long" in client.post(reverse(URL), {}).text
    assert client.post(reverse(URL), {"months": "3"}).status_code == 302
    assert "until 21 February 2027" in client.get(reverse(URL)).text
    assert client.post(reverse(URL), {"end": "1"}).status_code == 302
    mentor.refresh_from_db()
    assert mentor.paused_until is None
