"""The mix: each try its own, and the same on every device."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from training import rules


@given(st.sets(st.integers(1, 10_000), max_size=40), st.integers(0, 2**31))
def test_it_draws_each_question_once(bank: set[int], seed: int) -> None:
    asked = rules.draw(bank, seed)
    assert len(asked) == len(set(asked)) == min(rules.ASKED, len(bank))
    assert set(asked) <= bank


def test_it_gives_the_same_mix_for_the_same_seed() -> None:
    assert rules.draw([3, 1, 2, 9, 8, 7, 5], 42) == rules.draw([9, 8, 7, 5, 3, 2, 1], 42)
    assert rules.shuffle("abcd", 42, 7) == rules.shuffle("abcd", 42, 7)


def test_it_gives_another_mix_for_another_seed() -> None:
    assert len({tuple(rules.draw(range(8), seed)) for seed in range(50)}) > 20
    assert len({tuple(rules.shuffle("abcd", seed, 7)) for seed in range(50)}) > 10


def test_it_mixes_each_question_by_itself() -> None:
    assert len({tuple(rules.shuffle("abcd", 1, question)) for question in range(50)}) > 10
