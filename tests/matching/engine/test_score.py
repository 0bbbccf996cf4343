from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine import COMPONENTS, MenteeArrays, MentorArrays, Settings, WrongSettings, run
from matching.engine.settings import Weights, waiting_bonus
from tests.matching.engine.worlds import invent

few = settings(max_examples=40, deadline=None, derandomize=True)


@few
@given(st.integers(0, 10_000))
def test_it_gives_components_that_sum_to_the_score(seed: int) -> None:
    world = invent(seed, 20, 20)
    night = run(world.mentors, world.mentees, world.blocked, world.settings, tied=world.tied)
    lists = night.shortlists
    some = lists.mentor_ids >= 0
    assert (lists.points.sum(axis=2)[some] == lists.score[some]).all()
    assert (lists.points[~some] == 0).all()
    most = np.array([component.most(Settings()) for component in COMPONENTS])
    assert (lists.points <= most).all()
    assert (lists.score <= 100).all()
    given_ = night.recommended >= 0
    assert (night.recommended_points.sum(axis=1)[given_] == night.recommended_score[given_]).all()


def test_it_gives_100_to_a_pair_that_has_everything() -> None:
    everything = {
        "topics": [2**24 - 1],
        "sectors": [2**32 - 1],
        "languages": [2**31 - 1],
        "slots": [2**21 - 1],
        "experiences": [2**16 - 1],
        "in_person": [True],
        "easting": [1],
        "northing": [1],
    }
    mentor = MentorArrays.of(id=[1], programmes=[2**64 - 1], accepted_ages=[15], partner=[4], **everything)
    mentee = MenteeArrays.of(id=[1], person=[1], programme=[0], age_band=[1], wished=[4], **everything)
    night = run(mentor, mentee, None, [Settings()])
    assert night.recommended_score.tolist() == [100]
    assert night.shortlists.score[0].tolist() == [100, -1, -1, -1, -1]
    assert night.shortlists.points[0, 0].tolist() == [30, 24, 16, 10, 8, 6, 6]
    assert Settings().most == 100


def test_it_counts_waiting_by_the_week_and_from_day_56_by_the_day() -> None:
    weights = Weights.from_settings([Settings()]).of(np.zeros(5, np.uint8))
    bonus = waiting_bonus(weights, np.array([0, 6, 55, 56, 63], np.int32))
    assert bonus.tolist() == [0, 0, 7, 8 + 5, 9 + 40]


def test_it_keeps_a_programmes_other_weights_at_their_default() -> None:
    assert Settings.but({"topic": 5, "closeness": [[20, 4]]}) == Settings(topic=5, closeness=((20, 4),))


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        ({"topik": 5}, "topik: no such weight"),
        ({"topic": -1}, "topic: -1 given"),
        ({"topic": 1.5}, "topic: 1.5 given"),
        ({"topic": 20}, "weights: a pair could have 130 points, 100 fit"),
        ({"closeness": [[60, 5], [30, 10]]}, "closeness"),
        ({"closeness": [[30, 5], [60, 10]]}, "closeness"),
        ({"closeness": [[40_000, 5]]}, "closeness"),
    ],
)
def test_it_refuses_weights_that_make_no_sense(weights: dict, said: str) -> None:
    with pytest.raises(WrongSettings, match=said):
        Settings.but(weights)
