from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine import MenteeArrays, MentorArrays, Night, Settings, run
from matching.engine.reference.assign import assign
from matching.engine.reference.board import Board
from tests.matching.engine import plain
from tests.matching.engine.worlds import Invented, alike, invent

few = settings(max_examples=40, deadline=None, derandomize=True)
seeds = st.integers(0, 10_000)


def night_of(world: Invented) -> Night:
    return run(world.mentors, world.mentees, world.blocked, world.settings, tied=world.tied)


def same(one: object, other: object) -> bool:
    """Whether two answers agree in everything but the time they took."""
    if isinstance(one, np.ndarray):
        return bool(np.array_equal(one, other))
    if hasattr(one, "__dataclass_fields__"):
        names = set(one.__dataclass_fields__) - {"timings"}
        return all(same(getattr(one, name), getattr(other, name)) for name in names)
    return one == other


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.sampled_from([invent, alike]), seeds, st.integers(1, 6), st.integers(1, 5))
def test_it_is_the_best_of_all_assignments(make: Callable[..., Invented], seed: int, n: int, m: int) -> None:
    world = make(seed, n, m)
    mentors = {mentor["id"]: mentor for mentor in plain.people(world.mentors)}
    queue = sorted(plain.people(world.mentees), key=lambda mentee: (-mentee["waiting_days"], mentee["id"]))
    options = [
        [i for i, mentor in mentors.items() if plain.may_meet(world, mentor, mentee)] for mentee in queue
    ]

    def worth(assignment: tuple[int, ...]) -> tuple[object, ...]:
        """Most matched, then points, then the first in the queue, the second, …, then idle mentors."""
        pairs = [(mentee, i) for mentee, i in zip(queue, assignment, strict=True) if i >= 0]
        points = sum(plain.score(world, mentors[i], e) + plain.waiting(world, e) for e, i in pairs)
        idle = sorted(mentors.values(), key=lambda mentor: (-mentor["idle_days"], mentor["id"]))
        used = [assignment.count(mentor["id"]) for mentor in idle]
        return len(pairs), points, tuple(i >= 0 for i in assignment), tuple(used)

    places = {i: mentor["free_places"] for i, mentor in mentors.items()}
    best = max(worth(assignment) for assignment in plain.every_assignment(options, places))
    night = night_of(world)
    given_ = dict(zip(night.request_ids.tolist(), night.recommended.tolist(), strict=True))
    assert worth(tuple(given_[mentee["id"]] for mentee in queue)) == best
    assert night.certificate.is_exact
    assert (night.certificate.matched, night.certificate.points) == best[:2]


@few
@given(seeds, st.integers(2, 40), st.integers(2, 40))
def test_it_gives_the_same_answer_for_shuffled_rows(seed: int, n: int, m: int) -> None:
    world = invent(seed, n, m)
    assert same(night_of(world), night_of(world.shuffled(seed + 1)))


@few
@given(seeds, st.integers(1, 40), st.integers(1, 40))
def test_it_never_matches_fewer_when_a_mentor_is_added(seed: int, n: int, m: int) -> None:
    world = invent(seed, n, m + 1)
    fewer = replace(world, mentors=world.mentors.take(slice(0, m)))
    assert night_of(fewer).certificate.matched <= night_of(world).certificate.matched


@few
@given(seeds, st.integers(20, 80), st.integers(5, 60), st.integers(40, 400))
def test_it_finds_the_same_optimum_with_short_lists(seed: int, n: int, m: int, pairs: int) -> None:
    board = invent(seed, n, m).board()
    whole, lists = assign(board), assign(board, edges_at_once=pairs)
    assert lists.certificate.is_exact
    assert replace(lists.certificate, ties_settled=True) == whole.certificate
    if lists.certificate.ties_settled:
        assert (np.sort(lists.partner) == np.sort(whole.partner)).all()


@few
@given(seeds, st.integers(30, 80), st.integers(5, 60))
def test_it_is_honest_when_stopped_early(seed: int, n: int, m: int) -> None:
    board = invent(seed, n, m).board()
    best, stopped = assign(board).certificate, assign(board, edges_at_once=n, rounds=0).certificate
    assert stopped.matched <= best.matched <= stopped.matched_possible
    assert stopped.points <= stopped.points_possible
    if stopped.matched == best.matched:
        assert best.points <= stopped.points_possible


def test_it_never_keeps_a_second_young_person_out_to_please_the_first() -> None:
    # Mentor 1 could meet both and suits request 1 perfectly; mentor 2 could meet request 1 only, and barely.
    mentors = MentorArrays.of(
        id=[1, 2],
        programmes=[1, 1],
        topics=[7, 0],
        sectors=[3, 0],
        languages=[1, 1],
        slots=[0b11, 0b01],
        online=[True, True],
        accepted_ages=[15, 15],
    )
    mentees = MenteeArrays.of(
        id=[1, 2],
        person=[1, 2],
        topics=[7, 0],
        sectors=[3, 0],
        languages=[1, 1],
        slots=[0b01, 0b10],
        online=[True, True],
        age_band=[1, 1],
        waiting_days=[300, 0],
    )
    assert run(mentors, mentees, None, [Settings()]).recommended.tolist() == [2, 1]


def test_it_answers_for_hundreds_in_a_moment() -> None:
    night = night_of(invent(3, 600, 500))
    assert night.certificate.is_exact
    assert sum(night.timings.values()) < 5


def test_it_settles_a_world_of_people_all_alike_by_waiting_and_id() -> None:
    world = invent(2, 30, 12, programmes=1)
    mentor = {k: np.repeat(v[:1], 12) for k, v in vars(world.mentors).items()}
    mentee = {k: np.repeat(v[:1], 30) for k, v in vars(world.mentees).items()}
    open_to_all = {"online": np.ones(12, bool), "slots": np.ones(12, int), "languages": np.ones(12, int)}
    mentor |= open_to_all | {"accepted_ages": np.full(12, 15), "check_level": np.full(12, 3)}
    mentor |= {"id": np.arange(1, 13), "free_places": np.ones(12, int), "employer": np.zeros(12, int)}
    mentee |= {k: np.resize(v, 30) for k, v in open_to_all.items()}
    mentee |= {"id": np.arange(1, 31), "person": np.arange(1, 31), "required_gender": np.zeros(30, int)}
    mentee |= {"required_language": np.zeros(30, int), "waiting_days": np.arange(30) % 3}
    night = run(MentorArrays.of(**mentor), type(world.mentees).of(**mentee), None, world.settings)
    # Two days of waiting are no full week, so points are equal: the ten with two days first, then lowest ids.
    chosen = night.request_ids[night.recommended >= 0]
    assert chosen.tolist() == sorted([*range(3, 31, 3), 2, 5])


@pytest.mark.parametrize("kept", [0, 1 << 20])
def test_it_needs_no_board_in_memory(kept: int) -> None:
    world = invent(8, 50, 40).world()
    assert same(assign(Board(world, kept=kept)), assign(Board(world)))
