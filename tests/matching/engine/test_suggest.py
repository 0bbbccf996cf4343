from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine import run
from matching.engine.board import Board
from matching.engine.suggest import best_few
from tests.matching.engine import plain
from tests.matching.engine.worlds import Invented, invent

few = settings(max_examples=40, deadline=None, derandomize=True)


def lists(world: Invented) -> dict[int, list[int]]:
    """Every request's eligible mentors, best first, in plain Python."""
    answer = {}
    for mentee in plain.people(world.mentees):
        fits = [mentor for mentor in plain.people(world.mentors) if plain.may_meet(world, mentor, mentee)]
        fits.sort(key=lambda one: (-plain.score(world, one, mentee), -one["idle_days"], one["id"]))
        answer[mentee["id"]] = [mentor["id"] for mentor in fits]
    return answer


@few
@given(st.integers(0, 10_000), st.integers(1, 20), st.integers(1, 30))
def test_it_suggests_the_same_five_as_trying_everybody(seed: int, n: int, m: int) -> None:
    world = invent(seed, n, m)
    night = run(world.mentors, world.mentees, world.blocked, world.settings, tied=world.tied)
    wanted = lists(world)
    given_: dict[int, list[int]] = {request: [] for request in wanted}
    rows = night.suggestions
    for k in range(len(rows)):
        request, mentor = int(rows.request_ids[k]), int(rows.mentor_ids[k])
        assert wanted[request].index(mentor) + 1 == rows.rank[k]
        if rows.rank[k] <= 5:
            given_[request].append(mentor)
        else:
            assert rows.recommended[k]
    assert given_ == {request: mentors[:5] for request, mentors in wanted.items()}
    assert night.eligible.tolist() == [len(wanted[int(request)]) for request in night.request_ids]


def test_it_suggests_the_same_when_nothing_is_kept_in_memory() -> None:
    world = invent(4, 60, 40).world()
    kept, again = Board(world), Board(world, kept=0)
    for one, other in zip(best_few(kept), best_few(again), strict=True):
        assert (one == other).all()
