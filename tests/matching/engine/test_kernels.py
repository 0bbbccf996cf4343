"""Two implementations, one answer: whatever numpy says, the kernels say too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numba
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.population import people
from matching.engine import MenteeArrays, MentorArrays, Night, Settings, run
from matching.engine.errors import EngineError
from tests.matching.engine.worlds import Invented, alike, invent

few = settings(max_examples=40, deadline=None, derandomize=True)
seeds = st.integers(0, 10_000)
makes = st.sampled_from([invent, alike])


def night_of(world: Invented, *, compiled: bool) -> Night:
    return run(
        world.mentors, world.mentees, world.blocked, world.settings, tied=world.tied, compiled=compiled
    )


def same(one: Night, other: Night) -> bool:
    """Whether two nights suggest the same pairs, for the same points, and match as well."""
    lists, theirs = one.shortlists, other.shortlists
    return (
        np.array_equal(one.request_ids, other.request_ids)
        and np.array_equal(lists.mentor_ids, theirs.mentor_ids)
        and np.array_equal(lists.score, theirs.score)
        and np.array_equal(lists.points, theirs.points)
        and replace(one.certificate, ties_settled=True) == replace(other.certificate, ties_settled=True)
    )


@few
@given(makes, seeds, st.integers(1, 90), st.integers(1, 90))
def test_it_gives_the_answer_of_the_reference(
    make: Callable[..., Invented], seed: int, n: int, m: int
) -> None:
    world = make(seed, n, m)
    plain, compiled = night_of(world, compiled=False), night_of(world, compiled=True)
    assert compiled.certificate.is_exact
    assert same(plain, compiled)


@settings(max_examples=6, deadline=None, derandomize=True)
@given(makes, seeds, st.integers(5, 40), st.integers(600, 2_000), st.booleans())
def test_it_gives_the_answer_of_the_reference_when_people_fill_several_words(
    make: Callable[..., Invented], seed: int, few_people: int, many: int, mentors_are_many: bool
) -> None:
    world = make(seed, few_people, many) if mentors_are_many else make(seed, many, few_people)
    assert same(night_of(world, compiled=False), night_of(world, compiled=True))


def test_it_suggests_whom_the_reference_does_among_so_many_that_they_are_looked_through_in_stretches() -> (
    None
):
    world = invent(11, 12, 45_000)
    plain, compiled = night_of(world, compiled=False), night_of(world, compiled=True)
    assert np.array_equal(plain.shortlists.mentor_ids, compiled.shortlists.mentor_ids)


@few
@given(seeds, st.integers(1, 60), st.integers(1, 60))
def test_it_gives_the_reasons_of_the_reference(seed: int, n: int, m: int) -> None:
    world = invent(seed, n, m)
    plain, compiled = night_of(world, compiled=False).without, night_of(world, compiled=True).without
    both, mine, theirs = np.intersect1d(plain.request_ids, compiled.request_ids, return_indices=True)
    assert len(both) or not len(plain) or not len(compiled)
    for name in ("ready", "eligible", "failures", "gains"):
        assert np.array_equal(getattr(plain, name)[mine], getattr(compiled, name)[theirs]), name


@few
@given(makes, seeds, st.integers(2, 60), st.integers(2, 60))
def test_it_gives_one_answer_for_any_order_and_number_of_threads(
    make: Callable[..., Invented], seed: int, n: int, m: int
) -> None:
    world = make(seed, n, m)
    first = night_of(world, compiled=True)
    threads = numba.get_num_threads()
    numba.set_num_threads(1)
    try:
        other = night_of(world.shuffled(seed + 1), compiled=True)
    finally:
        numba.set_num_threads(threads)
    assert same(first, other)
    assert np.array_equal(first.recommended, other.recommended)


@few
@given(makes, seeds, st.integers(1, 60), st.integers(1, 60))
def test_it_recommends_nobody_twice_and_only_whom_the_rules_allow(
    make: Callable[..., Invented], seed: int, n: int, m: int
) -> None:
    invented = make(seed, n, m)
    night, world = night_of(invented, compiled=True), invented.world()
    scores = np.concatenate([block for *_, block in invented.board().blocks()])
    paired = np.flatnonzero(night.recommended >= 0)
    order = np.argsort(world.mentors.id)
    columns = order[np.searchsorted(world.mentors.id, night.recommended[paired], sorter=order)]
    assert (scores[paired, columns] == night.recommended_score[paired]).all()
    assert (night.recommended_score[paired] >= 0).all()
    assert (np.bincount(columns, minlength=m) <= world.mentors.free_places).all()


@few
@given(seeds, st.integers(1, 60), st.integers(1, 40))
def test_it_never_matches_fewer_when_a_mentor_is_added(seed: int, n: int, m: int) -> None:
    world = invent(seed, n, m + 1)
    fewer = replace(world, mentors=world.mentors.take(slice(0, m)))
    before, after = night_of(fewer, compiled=True), night_of(world, compiled=True)
    assert before.certificate.matched <= after.certificate.matched


@pytest.mark.parametrize(("n", "m"), [(0, 0), (3, 0), (0, 3), (3, 3)])
def test_it_answers_when_nobody_can_be_matched(n: int, m: int) -> None:
    night = run(
        MentorArrays.of(id=range(1, m + 1), free_places=[0] * m, programmes=[1] * m),
        MenteeArrays.of(id=range(1, n + 1), person=range(1, n + 1)),
        None,
        [Settings()],
        compiled=True,
    )
    assert night.recommended.tolist() == [-1] * n
    assert night.certificate.is_exact


def test_it_takes_a_programme_with_other_weights_and_more_bands_than_its_neighbour() -> None:
    many = tuple((10 * k, 9 - k) for k in range(1, 9))
    world = replace(invent(5, 80, 70), settings=[Settings(closeness=many), Settings(closeness=())])
    assert same(night_of(world, compiled=False), night_of(world, compiled=True))


def test_it_says_how_many_people_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matching.engine.kernels.sides.TIE_BITS", 3)
    world = invent(1, 9, 3)
    with pytest.raises(EngineError, match="people: 9 given on one side, 7 fit"):
        night_of(world, compiled=True)


@few
@given(seeds, st.integers(20, 90), st.integers(20, 90))
def test_it_finds_the_same_optimum_from_short_lists(seed: int, n: int, m: int) -> None:
    world = invent(seed, n, m)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("matching.engine.kernels.assignment.FEW_PEOPLE", 0)
        patch.setattr("matching.engine.kernels.assignment.LIST", 5)
        short = night_of(world, compiled=True)
    assert same(short, night_of(world, compiled=False))


def short_lists(patch: pytest.MonkeyPatch, length: int) -> None:
    patch.setattr("matching.engine.kernels.assignment.FEW_PEOPLE", 0)
    patch.setattr("matching.engine.kernels.assignment.LIST", length)
    patch.setattr("matching.engine.kernels.assignment.LEAST_LIST", length)
    patch.setattr("matching.engine.kernels.assignment.FIRST_LIST", 2)


@few
@given(makes, seeds, st.integers(5, 60), st.integers(5, 60))
def test_it_ends_with_the_optimum_though_few_are_told_apart_by_short_lists(
    make: Callable[..., Invented], seed: int, n: int, m: int
) -> None:
    world = make(seed, n, m)
    with pytest.MonkeyPatch.context() as patch:
        short_lists(patch, 4)
        assert same(night_of(world, compiled=True), night_of(world, compiled=False))


@settings(max_examples=25, deadline=None, derandomize=True)
@given(makes, seeds, st.integers(20, 60))
def test_it_fills_one_place_each_by_shortest_paths_alone(
    make: Callable[..., Invented], seed: int, n: int
) -> None:
    world = make(seed, n, n)
    world = replace(world, mentors=replace(world.mentors, free_places=np.ones(n, np.int8)))
    with pytest.MonkeyPatch.context() as patch:
        short_lists(patch, 4)
        patch.setattr("matching.engine.kernels.assignment.ROUNDS", 1)
        assert same(night_of(world, compiled=True), night_of(world, compiled=False))


def test_it_proves_the_optimum_where_there_is_a_mentor_for_each() -> None:
    crowd = people(1_000)
    mentors = replace(crowd.mentors, free_places=np.ones(1_000, np.int8))
    night = run(mentors, crowd.mentees, crowd.blocked, crowd.settings, tied=crowd.tied, compiled=True)
    assert night.certificate.is_exact


@settings(max_examples=12, deadline=None, derandomize=True)
@given(st.integers(0, 1_000), st.integers(20, 50), st.integers(5, 40))
def test_it_is_honest_when_people_are_all_alike_and_it_gives_up_small_steps(
    seed: int, n: int, m: int
) -> None:
    world = alike(seed, n, m)
    with pytest.MonkeyPatch.context() as patch:
        short_lists(patch, 5)
        for name in ("ROUNDS", "LOOKS", "LOOKS_EACH"):
            patch.setattr(f"matching.engine.kernels.assignment.{name}", 0)
        hasty = night_of(world, compiled=True).certificate
    best = night_of(world, compiled=False).certificate
    assert hasty.matched <= best.matched <= hasty.matched_possible
    assert hasty.points <= hasty.points_possible
    if hasty.matched == best.matched:
        assert best.points <= hasty.points_possible


@few
@given(makes, seeds, st.integers(2, 90), st.integers(2, 90))
def test_it_is_honest_in_the_steps_of_a_large_pool(
    make: Callable[..., Invented], seed: int, n: int, m: int
) -> None:
    world = make(seed, n, m)
    with pytest.MonkeyPatch.context() as patch:
        short_lists(patch, 5)
        patch.setattr("matching.engine.kernels.assignment.EXACT", 0)
        coarse, best = night_of(world, compiled=True), night_of(world, compiled=False)
    assert np.array_equal(coarse.shortlists.mentor_ids, best.shortlists.mentor_ids)
    assert coarse.certificate.matched <= best.certificate.matched <= coarse.certificate.matched_possible
    assert coarse.certificate.points <= coarse.certificate.points_possible
    if coarse.certificate.matched == best.certificate.matched:
        assert best.certificate.points <= coarse.certificate.points_possible


@few
@given(makes, seeds, st.integers(20, 90), st.integers(2, 40))
def test_it_leaves_no_place_empty_that_somebody_could_take_when_bidding_has_to_stop(
    make: Callable[..., Invented], seed: int, n: int, m: int
) -> None:
    invented = make(seed, n, m)
    with pytest.MonkeyPatch.context() as patch:
        short_lists(patch, 5)
        for name in ("BIDS", "BIDS_EACH", "ROUNDS", "LOOKS", "LOOKS_EACH"):
            patch.setattr(f"matching.engine.kernels.assignment.{name}", 0)
        night, best = night_of(invented, compiled=True), night_of(invented, compiled=False)
    world = invented.world()
    scores = np.concatenate([block for *_, block in invented.board().blocks()])
    order = np.argsort(world.mentors.id)
    alone, paired = np.flatnonzero(night.recommended < 0), np.flatnonzero(night.recommended >= 0)
    columns = order[np.searchsorted(world.mentors.id, night.recommended[paired], sorter=order)]
    left = world.mentors.free_places - np.bincount(columns, minlength=m)
    assert (left >= 0).all()
    assert (scores[paired, columns] == night.recommended_score[paired]).all()
    assert (scores[np.ix_(alone, np.flatnonzero(left > 0))] < 0).all()
    assert night.certificate.matched == len(paired) <= best.certificate.matched
    assert best.certificate.matched <= night.certificate.matched_possible
    assert night.certificate.points <= night.certificate.points_possible
    if night.certificate.matched == best.certificate.matched:
        assert best.certificate.points <= night.certificate.points_possible
