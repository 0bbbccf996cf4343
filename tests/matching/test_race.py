"""Many staff at the same moment: one match, and a clear refusal for all others. PostgreSQL, with threads."""

from __future__ import annotations

import threading
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from audit.transitions import NotAllowed
from matching.actions import approve
from matching.models import Match
from tests import factories
from tests.races import MARKS, at_once

pytestmark = MARKS


def grown_requests(programme: Any, count: int) -> list[Any]:
    return [
        factories.make_request(
            factories.make_mentee(f"Kid{n}", born_on=date(2004, 1, 1)), programme=programme
        )
        for n in range(count)
    ]


@pytest.mark.parametrize(("capacity", "attempts"), [(1, 2), (1, 12), (3, 12)])
def test_it_makes_as_many_matches_as_there_are_places(capacity: int, attempts: int) -> None:
    programme = factories.make_programme()
    staff = [factories.make_staff(f"Staff{n}", programmes=[programme]) for n in range(2)]
    mentor = factories.make_ready_mentor(programme=programme, capacity=capacity)
    requests = grown_requests(programme, attempts)
    answers = at_once(
        [
            lambda n=n, row=row: approve(row, mentor, by=staff[n % 2], at=timezone.now())
            for n, row in enumerate(requests)
        ]
    )
    refused = [answer for answer in answers if isinstance(answer, NotAllowed)]
    assert sum(isinstance(answer, Match) for answer in answers) == capacity, answers
    assert len(refused) == attempts - capacity, answers
    assert all("This mentor has no free place" in str(answer) for answer in refused)
    assert Match.objects.open().count() == capacity


def test_it_makes_one_match_for_one_young_person() -> None:
    programme = factories.make_programme()
    staff = factories.make_staff(programmes=[programme])
    mentors = [factories.make_ready_mentor(f"Mentor{n}", programme=programme) for n in range(8)]
    (row,) = grown_requests(programme, 1)
    answers = at_once([lambda m=m: approve(row, m, by=staff, at=timezone.now()) for m in mentors])
    assert sum(isinstance(answer, Match) for answer in answers) == 1, answers
    assert sum(isinstance(answer, NotAllowed) for answer in answers) == 7, answers


def test_it_never_lets_one_person_say_both_yeses() -> None:
    programme = factories.make_programme()
    staff = factories.make_staff(programmes=[programme])
    mentor = factories.make_ready_mentor(programme=programme)
    row = factories.make_request(programme=programme)
    at_once([lambda: approve(row, mentor, by=staff, at=timezone.now())] * 6)
    assert not Match.objects.exists()


def test_the_race_is_real() -> None:
    """The negative control: look first and then write, and the same threads overfill the mentor."""
    programme = factories.make_programme()
    mentor = factories.make_ready_mentor(programme=programme)
    both_looked = threading.Barrier(2)

    def carelessly(row: Any, slot: int) -> Match:
        assert Match.objects.open().filter(mentor=mentor).count() < mentor.capacity
        both_looked.wait(timeout=20)
        return factories.make_match(mentor, row, status="approved", slot=slot)

    rows = grown_requests(programme, 2)
    at_once([lambda n=n, row=row: carelessly(row, n + 1) for n, row in enumerate(rows)])
    assert Match.objects.open().count() == 2 > mentor.capacity
