"""The score: how many right answers are enough."""

from __future__ import annotations

import pytest

from training import rules


@pytest.mark.parametrize(
    ("right", "asked", "percent", "passed"),
    [
        (5, 5, 100, True),
        (4, 5, 80, True),
        (3, 5, 60, False),
        (0, 5, 0, False),
        (2, 3, 66, False),
        (0, 0, 0, False),
    ],
)
def test_it_passes_at_eighty_percent(right: int, asked: int, percent: int, passed: bool) -> None:
    assert rules.percent(right, asked) == percent
    assert rules.has_passed(right, asked, 80) is passed


def test_it_says_how_many_are_needed() -> None:
    assert rules.needed(5, 80) == 4
    assert rules.needed(6, 80) == 5


def test_it_takes_all_the_right_ones_and_no_other() -> None:
    assert rules.is_right([2, 1], [1, 2])
    assert not rules.is_right([1], [1, 2])
    assert not rules.is_right([1, 2, 3], [1, 2])
    assert not rules.is_right([], [1])


def test_it_never_rounds_a_fail_up() -> None:
    # 79.9… percent: the comparison is of whole numbers, not of the rounded score
    assert not rules.has_passed(799, 1000, 80)
