"""The nightly run reads who is ready, and publishes one answer in one piece."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from audit.transitions import NotAllowed
from matching import engine
from matching.actions import run_night
from matching.models import Block, Run, Suggestion, WithoutSuggestion
from mentors.models import Check
from partners.models import Programme
from tests import factories

NOW = timezone.now


def test_it_suggests_who_fits_with_true_reasons(cast: SimpleNamespace) -> None:
    run = run_night(at=NOW())
    suggestion = Suggestion.objects.get()
    assert (suggestion.mentor, suggestion.request) == (cast.mentor, cast.request)
    assert suggestion.is_recommended
    assert suggestion.score == sum(suggestion.components.values())
    assert suggestion.shared["topics"] == ["Interviews"]
    assert "Tuesday evenings" in suggestion.shared["slots"]
    assert run.is_current
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
    assert not Suggestion.objects.filter(request=cast.request, mentor=cast.mentor).exists()


def test_it_says_why_in_numbers(cast: SimpleNamespace) -> None:
    type(cast.mentor).objects.update(free_slots=1)
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
        rows = Suggestion.objects.current().order_by("request_id", "rank")
        return list(rows.values_list("request_id", "mentor_id", "rank", "score", "is_recommended"))

    factories.make_ready_mentor("Tomos", programme=cast.programme)
    run_night(at=NOW())
    before = answer()
    run_night(at=NOW())
    assert answer() == before
    assert len(before) == Suggestion.objects.count() == 2


def test_it_never_overlaps_itself(cast: SimpleNamespace) -> None:
    Run.objects.create(night=timezone.localdate(), started_at=NOW())
    with pytest.raises(NotAllowed, match="right now"):
        run_night(at=NOW())
    Run.objects.update(started_at=NOW() - timedelta(hours=1))  # killed an hour ago: it stops nobody
    assert run_night(at=NOW()).is_current


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
    assert Suggestion.objects.current().count() == 1
    monkeypatch.undo()
    assert run_night(at=NOW()).is_current


def test_it_goes_on_without_a_programme_whose_weights_make_no_sense(cast: SimpleNamespace) -> None:
    odd = factories.make_programme("Odd 2026", weights={"topic": -3})
    factories.make_request(factories.make_mentee("Zed"), programme=odd)
    run = run_night(at=NOW())
    assert Suggestion.objects.filter(request=cast.request).exists()
    assert str(odd.pk) in run.settings["left_out"]


def test_it_answers_when_nobody_is_there(db: None) -> None:
    run = run_night(at=NOW())
    assert run.counts["requests"] == 0


def test_it_uses_a_constant_number_of_queries(
    cast: SimpleNamespace, django_assert_max_num_queries: Any
) -> None:
    for n in range(6):
        factories.make_ready_mentor(f"Mentor{n}", programme=cast.programme)
        factories.make_request(factories.make_mentee(f"Mentee{n}"), programme=cast.programme)
    with django_assert_max_num_queries(60):
        run_night(at=NOW())


def test_it_reports_at_the_command_line(cast: SimpleNamespace, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("run_matching")
    assert "1 young people wait, 1 have a recommended mentor (the best possible)" in capsys.readouterr().out
    assert Programme.objects.count() == 1


def test_it_meets_a_partners_wish(cast: SimpleNamespace) -> None:
    employer = factories.make_organisation("Bridge Works", kind="employer")
    partner = cast.coordinator.organisation
    partner.mentors_first_from = employer
    partner.save()
    factories.make_referral(cast.request, cast.coordinator)
    cast.mentor.employed_by = employer
    cast.mentor.save()
    run_night(at=NOW())
    suggestion = Suggestion.objects.get()
    assert suggestion.components["wish"] == 6
    assert suggestion.shared["wish"] is True
