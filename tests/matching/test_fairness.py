"""Sixty nights with about half as many places as young people who ask (benchmarks/fairness.py)."""

import numpy as np
import pytest

from benchmarks.fairness import NIGHTS, OURS, POLICIES, SMALL, sixty_nights
from matching.engine.settings import MOST, Settings, Weights, waiting_bonus


@pytest.fixture(scope="module")
def ours():
    return list(sixty_nights(OURS, SMALL))


@pytest.fixture(scope="module")
def score_only():
    return list(sixty_nights(POLICIES[0], SMALL))


def never_passes_anybody_over(evenings):
    """Whoever has waited more than 70 days is left without a recommendation only on a night when every place
    of every mentor who suits them goes to somebody who has waited more than 70 days too."""
    return [night.passed_over[70] for night in evenings] == [0] * NIGHTS


def test_it_passes_nobody_over_who_waits_past_70_days(ours):
    assert never_passes_anybody_over(ours)
    # There was a shortage all the time, so this was not for want of competition.
    assert all(night.waiting > 3 * night.matched for night in ours[1:])
    assert ours[-1].left[45] > 0


def test_it_leaves_nobody_past_70_days_whom_a_free_mentor_suits(ours):
    assert [night.left[70] for night in ours] == [0] * NIGHTS


def test_it_passes_nobody_over_when_two_past_70_days_want_the_same_mentor():
    evenings = list(sixty_nights(OURS, SMALL, seed=12))
    assert sum(night.left[70] for night in evenings) > 0  # one of the two has to wait another night
    assert never_passes_anybody_over(evenings)


def test_score_alone_would_pass_people_over_night_after_night(score_only):
    assert sum(night.passed_over[70] > 0 for night in score_only) > NIGHTS / 2
    assert score_only[-1].passed_over[70] > 20


def test_it_recommends_as_many_as_score_alone(ours, score_only):
    assert sum(n.matched for n in ours) == pytest.approx(sum(n.matched for n in score_only), rel=0.02)


def test_waiting_outweighs_any_score_in_the_end():
    days = np.arange(400)
    bonus = waiting_bonus(Weights.from_settings([Settings()]).of(np.zeros_like(days)), days)
    # To give the mentor to whom has waited longer would bring points, so an exact night does it
    assert bonus[75] - bonus[55] > MOST  # with somebody who is not urgent yet, from day 75 on
    assert (bonus[76:] - bonus[56:-20] > MOST).all()  # with anybody who has come twenty days later
