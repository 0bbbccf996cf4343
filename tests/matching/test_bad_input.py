"""What does not fit stops nobody else: the night goes on, and says whom it left out and why."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from matching.actions import pool, run_night
from matching.actions.feed import read_everybody
from matching.actions.memory import give_back
from matching.actions.pool import settings_of
from matching.engine import MenteeArrays
from matching.models import Block, Run, Shortlist, WithoutSuggestion
from mentees.models import Profile as MenteeProfile
from mentees.models import Request
from mentors.models import Mentor
from mentors.models import Profile as MentorProfile
from tests import factories
from tests.signing_in import sign_in

NOW = timezone.now


def programme(pk: int, weights: Any) -> Any:
    return SimpleNamespace(pk=pk, weights=weights, meets_online=True, meets_in_person=True)


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        ({"topics": 10}, "topics: no such weight"),
        ({"topic": "ten"}, "topic: ten given, whole numbers from 0 to 10000 fit"),
        ({"topic": None}, "topic: None given, whole numbers from 0 to 10000 fit"),
        ({"sector": 50}, "weights: a pair could have 176 points, 100 fit"),
        ({"closeness": 5}, "int"),
        ({"closeness": [[30]]}, "unpack"),
        ({"closeness": [[float("inf"), 5]]}, "infinity"),
        ([1, 2], "mapping"),
        (7, "mapping"),
        (None, "mapping"),
    ],
)
def test_weights_of_any_shape_leave_out_their_own_programme_alone(weights: Any, said: str) -> None:
    kept, settings, left_out = settings_of([programme(1, {}), programme(2, weights), programme(3, {})])
    assert [one.pk for one in kept] == [1, 3]
    assert len(settings) == 2
    assert said in left_out[2]


def test_it_takes_as_many_programmes_as_there_are_bits() -> None:
    kept, settings, left_out = settings_of(programme(pk, {}) for pk in range(1, 67))
    assert (len(kept), len(settings)) == (64, 64)
    assert left_out == dict.fromkeys((65, 66), "programmes: 65 given, 64 fit")


def test_the_others_are_matched_beside_a_programme_too_many(
    cast: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = factories.make_programme("Later 2026")
    factories.make_request(factories.make_mentee("Zed"), programme=later)
    monkeypatch.setattr(pool, "PROGRAMMES", 1)
    run = run_night(at=NOW())
    assert [row.pk for row in Shortlist.objects.all()] == [cast.request.pk]
    assert run.left_out == [f"Programme {later.pk} was left out. programmes: 2 given, 1 fit."]


@pytest.mark.parametrize("field", ["easting", "travel"])
def test_a_mentor_whose_numbers_do_not_fit_is_left_out_alone(
    cast: SimpleNamespace, caplog: pytest.LogCaptureFixture, field: str
) -> None:
    other = factories.make_ready_mentor("Tomos", programme=cast.programme)
    MentorProfile.objects.filter(pk=cast.mentor.pk).update(**{field: 40_000})
    run = run_night(at=NOW())
    assert [one.mentor_id for one in Shortlist.objects.get().listed] == [other.pk]
    told = f"Left out for {field}, which does not fit: 1 of the mentors, ids {cast.mentor.pk}."
    assert run.left_out == [told]
    assert told in caplog.text


def test_a_request_whose_numbers_do_not_fit_is_left_out_alone(
    cast: SimpleNamespace, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = (
        factories.make_request(factories.make_mentee(name), programme=cast.programme)
        for name in ("Ed", "Zed")
    )
    Request.objects.filter(pk=one.pk).update(asked_at=datetime(1900, 1, 1, tzinfo=UTC))
    MenteeProfile.objects.filter(pk=other.mentee_id).update(northing=50_000)
    call_command("run_matching")
    assert [row.pk for row in Shortlist.objects.all()] == [cast.request.pk]
    said = capsys.readouterr().err
    assert f"Left out for waiting days, which does not fit: 1 of the requests, ids {one.pk}." in said
    assert f"Left out for northing, which does not fit: 1 of the requests, ids {other.pk}." in said


def test_staff_read_on_the_page_of_the_night_who_was_left_out(client: Client, cast: SimpleNamespace) -> None:
    odd = factories.make_programme("Odd 2026", weights={"topics": 10})
    factories.make_request(factories.make_mentee("Zed"), programme=odd)
    sign_in(client, cast.staff)
    told = f"Programme {odd.pk} was left out. topics: no such weight."
    assert told in client.post(reverse("admin:matching_run_now"), follow=True).content.decode()
    page = client.get(reverse("admin:matching_run_change", args=[Run.objects.get().pk]))
    assert told in page.content.decode()


def test_it_names_all_who_do_not_fit_by_column() -> None:
    ids = np.arange(1, 6)
    travel, topics = np.array([0, -1, 40_000, 5, 6]), np.array([1, 1, 2**24, 2**24, 1])
    rows, misfits = MenteeArrays.of_those_who_fit(id=ids, person=ids, travel=travel, topics=topics)
    assert rows.id.tolist() == [1, 5]
    assert {name: left.tolist() for name, left in misfits.items()} == {"topics": [3, 4], "travel": [2]}


@pytest.mark.parametrize("missing", ["mentors", "requests", "places", "anybody they may meet"])
def test_it_answers_when_one_side_is_missing(cast: SimpleNamespace, missing: str) -> None:
    if missing == "mentors":
        Mentor.objects.update(status="suspended")
    elif missing == "requests":
        Request.objects.update(status="withdrawn")
    elif missing == "places":
        MentorProfile.objects.update(capacity=0)
    else:
        Block.objects.create(mentor=cast.mentor, mentee=cast.mentee, why="known", at=NOW())
    run = run_night(at=NOW())
    assert run.counts["recommended"] == run.counts["suggestions"] == 0
    assert run.certificate["is_exact"]
    without = WithoutSuggestion.objects.first()
    if missing == "requests":
        assert without is None
    else:
        assert without is not None
        assert without.reasons["eligible"] == 0
        assert without.reasons["ready"] == (missing == "anybody they may meet")
        assert without.in_words


def test_nothing_stays_left_out_that_fits(cast: SimpleNamespace) -> None:
    assert run_night(at=NOW()).left_out == []
    assert Run.objects.get().settings["misfits"] == {}
    assert read_everybody(at=NOW()).world().shape == (1, 1)


def test_it_gives_memory_back_wherever_it_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    give_back()
    monkeypatch.setattr("ctypes.CDLL", lambda name: object())  # a system whose library has no such call
    give_back()
