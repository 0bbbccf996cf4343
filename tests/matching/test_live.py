"""Everybody who suits one young person at this moment: the engine's order, and nobody who is not possible."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from django.utils import timezone

from benchmarks.recall import best_mentors
from matching.actions import everyone_for, live, run_night
from matching.actions.crowd import Crowd
from matching.actions.pack import pack
from matching.models import Block, Shortlist
from matching.models.waiting import in_the_pool
from mentees.models import Profile as MenteeProfile
from mentors.models import Check, Mentor
from partners.models import HelpTopic
from tests import factories
from tests.matching.engine.worlds import invent


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    live._kept.clear()
    yield
    live._kept.clear()


@pytest.fixture
def crowd(cast: SimpleNamespace) -> SimpleNamespace:
    """Nine more mentors: three sorts, of whom three each are alike."""
    words = [("Interviews",), ("Confidence",), ("Interviews", "Confidence")]
    cast.mentee.topics.set([factories.make_word(HelpTopic, name) for name in words[2]])
    MenteeProfile.objects.repack(pk=cast.mentee.pk)
    cast.others = [
        factories.make_ready_mentor(f"Mentor{n}", programme=cast.programme, topics=words[n % 3])
        for n in range(9)
    ]
    return cast


def listed(request: Any, **more: Any) -> list[tuple[int, int]]:
    found = everyone_for(request, at=timezone.now(), **more)
    return [(one.mentor.pk, one.score) for one in found.explained]


# --- The engine's part: arrays -------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(12))
def test_it_finds_whom_the_engine_finds_in_the_same_order(seed: int) -> None:
    """All mentors of an invented world, page by page, against the rules and the score over everybody."""
    world = invent(seed, requests=12, mentors=90)
    crowd = Crowd.of(world.mentors, world.blocked, world.tied)
    apart = {1, 2, 3}
    lists = best_mentors(world.mentors, world.mentees, world.blocked, world.settings, world.tied, 90)
    for row, best in enumerate(lists):
        asked = world.mentees.take(np.argsort(world.mentees.id)[[row]])
        found: list[int] = []
        after, pages = "", 0
        while pages < 90:
            page = crowd.best_for(asked, world.settings, first=7, after=after, apart_from=apart)
            found += page.mentor_ids.tolist()
            pages += 1
            if len(page.keys) < 7:
                break
            after = page.keys[-1]
        assert found == [pk for pk in best.tolist() if pk != -1 and pk not in apart]


def test_a_key_that_we_did_not_write_begins_at_the_start() -> None:
    world = invent(3, requests=1, mentors=60)
    crowd = Crowd.of(world.mentors, world.blocked, world.tied)
    best = crowd.best_for(world.mentees, world.settings, first=5).mentor_ids.tolist()
    for after in ("x", "-", "1-", "-1-2", "²-3", "9" * 40 + "-1", "1-2-3"):
        assert crowd.best_for(world.mentees, world.settings, first=5, after=after).mentor_ids.tolist() == best


# --- Today's people ------------------------------------------------------------------------------------


def test_it_gives_the_same_mentors_and_scores_as_the_night_and_goes_on_after_them(
    crowd: SimpleNamespace,
) -> None:
    run_night(at=timezone.now())
    night = [(one.mentor_id, one.score) for one in Shortlist.objects.get().listed]
    everybody = listed(crowd.request)
    assert len(everybody) == 10
    assert everybody[: len(night)] == night
    assert listed(crowd.request, apart_from=[pk for pk, _ in night]) == everybody[len(night) :]


@pytest.mark.parametrize("limit", [2_000, 0])
def test_it_gives_pages_that_join(
    crowd: SimpleNamespace, limit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "AFRESH", limit)
    monkeypatch.setattr(live, "SPARE", 2)
    at, after, found = timezone.now(), "", []
    for _ in range(4):
        page = everyone_for(crowd.request, at=at, first=3, after=after)
        found += [(one.mentor.pk, one.score) for one in page.explained]
        if not (after := page.more):
            break
    assert found == listed(crowd.request)
    assert len(found) == 10
    assert not after


def lapse(crowd: SimpleNamespace, mentor: Mentor, how: str) -> None:
    if how == "full":
        factories.make_match(mentor, factories.make_request(factories.make_mentee("Zed")))
    elif how == "check":
        Check.objects.filter(mentor=mentor, kind="dbs").update(
            expires_on=timezone.localdate() - timedelta(days=1)
        )
    elif how == "paused":
        Mentor.objects.filter(pk=mentor.pk).update(paused_until=timezone.localdate() + timedelta(days=9))
    elif how == "block":
        Block.objects.create(mentor=mentor, mentee=crowd.mentee, why="known", at=timezone.now())
    elif how == "programme":
        mentor.programmes.set([factories.make_programme("Cardiff")])
    else:
        Mentor.objects.filter(pk=mentor.pk).update(free_slots=0)


@pytest.mark.parametrize("limit", [2_000, 0])
@pytest.mark.parametrize("how", ["full", "check", "paused", "block", "programme", "time"])
def test_it_shows_only_who_is_possible_now(
    crowd: SimpleNamespace, limit: int, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a large programme the arrays were read before somebody lapsed: they leave all the same."""
    monkeypatch.setattr(live, "AFRESH", limit)
    before = listed(crowd.request)
    mentor = crowd.others[2]
    assert mentor.pk in dict(before)
    lapse(crowd, mentor, how)
    after = listed(crowd.request)
    assert bool(live._kept) is (limit == 0)
    for kept in live._kept.values():  # the control: what was read before still has them
        asked = pack(Mentor.objects.none(), in_the_pool(timezone.now()), [], at=timezone.now())
        first = asked.mentees.take(np.flatnonzero(asked.mentees.id == crowd.request.pk))
        assert mentor.pk in kept.crowd.best_for(first, asked.settings, first=99).mentor_ids
    assert sorted(after) == sorted(pair for pair in before if pair[0] != mentor.pk)


def test_a_kept_crowd_still_shows_the_score_of_now(
    crowd: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "AFRESH", 0)
    before = listed(crowd.request)
    first = before[0][0]
    Mentor.objects.get(pk=first).topics.set([factories.make_word(HelpTopic, "Money")])
    after = listed(crowd.request)
    assert dict(after)[first] < dict(before)[first]
    assert [score for _, score in after] == sorted((score for _, score in after), reverse=True)


def test_a_kept_crowd_is_read_again_after_five_minutes(
    crowd: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "AFRESH", 0)
    at = timezone.now()
    assert len(everyone_for(crowd.request, at=at).explained) == 10
    new = factories.make_ready_mentor("Newman", programme=crowd.programme, at=at - timedelta(days=1))
    for minutes, is_there in ((4, False), (5, True)):
        found = everyone_for(crowd.request, at=at + timedelta(minutes=minutes)).explained
        assert (new.pk in {one.mentor.pk for one in found}) is is_there


def test_it_keeps_few_programmes_and_no_names(
    crowd: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "AFRESH", 0)
    monkeypatch.setattr(live, "MOST_KEPT", 1)
    listed(crowd.request)
    other = factories.make_programme("Cardiff")
    factories.make_ready_mentor("Gwen", programme=other)
    asked = factories.make_request(factories.make_mentee("Rhys"), programme=other)
    assert len(listed(asked)) == 1
    assert [programme for _, programme in live._kept] == [other.pk]
    kept = next(iter(live._kept.values())).crowd
    assert all(
        column.dtype.kind in "biu" for column in (*vars(kept.mentors).values(), kept.blocked, kept.ties)
    )


@pytest.mark.parametrize("limit", [2_000, 0])
def test_it_finds_nobody_for_a_request_that_is_not_ready_or_matched(
    crowd: SimpleNamespace, limit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "AFRESH", limit)
    type(crowd.programme).objects.update(weights={"topic": 999})
    assert not listed(crowd.request)
    type(crowd.programme).objects.update(weights={})
    assert listed(crowd.request)
    factories.make_match(crowd.mentor, crowd.request)
    assert not listed(crowd.request)
    crowd.mentee.permissions.all().delete()
    assert not listed(crowd.request)
