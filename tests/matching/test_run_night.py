"""The nightly run reads who is ready, and publishes one answer in one piece."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from matching import engine
from matching.actions import run_night
from matching.models import Block, Run, Shortlist, WithoutSuggestion
from mentors.models import Check
from mentors.models import Profile as MentorProfile
from tests import factories

NOW = timezone.now


def test_it_suggests_who_fits_with_true_reasons(cast: SimpleNamespace) -> None:
    run = run_night(at=NOW())
    shortlist = Shortlist.objects.get()
    assert (shortlist.request, shortlist.run) == (cast.request, run)
    (listed,) = shortlist.listed
    assert listed.mentor_id == cast.mentor.pk
    assert listed.is_recommended
    assert listed.score == sum(listed.components.values()) == shortlist.recommended_score
    assert listed.components["topics"] == 10
    assert run.is_current
    assert set(run.timings) >= {"read", "lists", "assign", "write"}
    assert run.certificate["is_exact"]


@pytest.mark.parametrize("fact", ["lapsed check", "open match", "blocked", "no permission", "full"])
def test_it_leaves_out_whom_facts_rule_out(cast: SimpleNamespace, fact: str) -> None:
    if fact == "lapsed check":
        Check.objects.filter(kind="dbs").update(expires_on=timezone.localdate() - timedelta(days=1))
    elif fact == "open match":
        factories.make_match(factories.make_ready_mentor("Tomos"), cast.request)
    elif fact == "blocked":
        Block.objects.create(mentor=cast.mentor, mentee=cast.mentee, why="known", at=NOW())
    elif fact == "no permission":
        cast.mentee.permissions.all().delete()
    else:
        factories.make_match(cast.mentor, factories.make_request(factories.make_mentee("Zed")))
    run_night(at=NOW())
    shortlist = Shortlist.objects.filter(pk=cast.request.pk).first()
    assert cast.mentor.pk not in [one.mentor_id for one in (shortlist.listed if shortlist else [])]


def test_it_says_why_in_numbers(cast: SimpleNamespace) -> None:
    type(cast.mentor).objects.update(free_slots=1)
    MentorProfile.objects.repack()
    run_night(at=NOW())
    without = WithoutSuggestion.objects.get(request=cast.request)
    assert without.in_words.startswith("1 mentor is ready: 1 with no common time.")
    assert "1 more if they had more free times" in without.in_words


def test_it_is_run_once_a_night_by_the_timetable(cast: SimpleNamespace) -> None:
    first = run_night(at=NOW(), only_if_due=True)
    assert run_night(at=NOW(), only_if_due=True) == first
    assert Run.objects.count() == 1


def test_it_changes_nothing_when_run_again(cast: SimpleNamespace) -> None:
    def answer() -> list[Any]:
        return [(row.pk, row.listed) for row in Shortlist.objects.order_by("pk")]

    factories.make_ready_mentor("Tomos", programme=cast.programme)
    run_night(at=NOW())
    before = answer()
    run_night(at=NOW())
    assert answer() == before
    ((_, listed),) = before
    assert len(listed) == 2


def test_it_leaves_the_last_answer_when_it_fails(
    cast: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = run_night(at=NOW())

    def fall(*_: Any, **__: Any) -> None:
        raise MemoryError

    monkeypatch.setattr(engine, "run", fall)
    with pytest.raises(MemoryError):
        run_night(at=NOW())
    assert Run.objects.get(is_current=True) == good
    assert Shortlist.objects.get().run == good
    monkeypatch.undo()
    assert run_night(at=NOW()).is_current


def test_it_goes_on_without_a_programme_whose_weights_make_no_sense(cast: SimpleNamespace) -> None:
    odd = factories.make_programme("Odd 2026", weights={"topic": -3})
    factories.make_request(factories.make_mentee("Zed"), programme=odd)
    run = run_night(at=NOW())
    assert [row.pk for row in Shortlist.objects.all()] == [cast.request.pk]
    assert str(odd.pk) in run.settings["left_out"]


def test_it_answers_when_nobody_is_there(db: None) -> None:
    run = run_night(at=NOW())
    assert run.counts["requests"] == 0


def test_it_uses_a_constant_number_of_queries(cast: SimpleNamespace) -> None:
    asked = []
    for n in range(3):
        for k in range(2 * n):  # one pair, then three, then seven
            factories.make_ready_mentor(f"Mentor{n}{k}", programme=cast.programme)
            factories.make_request(factories.make_mentee(f"Mentee{n}{k}"), programme=cast.programme)
        with CaptureQueriesContext(connection) as queries:
            run_night(at=NOW())
        asked.append(len(queries))
    assert asked[2] == asked[1] <= asked[0] + 2  # the first night has no run to take the place of


def test_it_meets_a_partners_wish(cast: SimpleNamespace) -> None:
    employer = factories.make_organisation("Bridge Works", kind="employer")
    partner = cast.coordinator.organisation
    partner.mentors_first_from = employer
    partner.save()
    factories.make_referral(cast.request, cast.coordinator)
    cast.mentor.employed_by = employer
    cast.mentor.save()
    MentorProfile.objects.repack(pk=cast.mentor.pk)
    run_night(at=NOW())
    (listed,) = Shortlist.objects.get().listed
    assert listed.components["wish"] == 6
