from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine import run
from matching.engine.reference.board import Board
from matching.engine.reference.lists import best_few
from tests.matching.engine import plain
from tests.matching.engine.worlds import Invented, invent

few = settings(max_examples=40, deadline=None, derandomize=True)


def lists(world: Invented) -> dict[int, list[int]]:
    """Every request's eligible mentors, best first, in plain Python."""
    queue = sorted(plain.people(world.mentors), key=lambda one: (-one["idle_days"], one["id"]))
    answer = {}
    for mentee in plain.people(world.mentees):
        begin = (mentee["id"] * 0x9E3779B97F4A7C15 % 2**64 >> 32) % max(1, len(queue))
        fits = [one for one in queue[begin:] + queue[:begin] if plain.may_meet(world, one, mentee)]
        fits.sort(key=lambda one: -plain.score(world, one, mentee))
        answer[mentee["id"]] = [mentor["id"] for mentor in fits]
    return answer


@few
@given(st.integers(0, 10_000), st.integers(1, 20), st.integers(1, 30))
def test_it_suggests_the_same_five_as_trying_everybody(seed: int, n: int, m: int) -> None:
    world = invent(seed, n, m)
    night = run(world.mentors, world.mentees, world.blocked, world.settings, tied=world.tied)
    wanted = lists(world)
    for request, mentors in zip(
        night.request_ids.tolist(), night.shortlists.mentor_ids.tolist(), strict=True
    ):
        assert mentors == (wanted[request] + [-1] * 5)[:5]


def test_it_suggests_the_same_when_nothing_is_kept_in_memory() -> None:
    world = invent(4, 60, 40).world()
    kept, again = Board(world), Board(world, kept=0)
    assert (best_few(kept, 5) == best_few(again, 5)).all()
