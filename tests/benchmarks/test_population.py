import numpy as np
import pytest

from benchmarks.population import people

N = 20_000


@pytest.fixture(scope="module")
def crowd():
    return people(N)


def test_it_draws_the_same_people_for_the_same_seed(crowd):
    again, others = people(N), people(N, seed=8)
    for name in ("mentors", "mentees"):
        mine, same = vars(getattr(crowd, name)), vars(getattr(again, name))
        assert all(np.array_equal(mine[column], same[column]) for column in mine)
        assert not np.array_equal(mine["slots"], vars(getattr(others, name))["slots"])
    assert np.array_equal(crowd.blocked, again.blocked)
    assert np.array_equal(crowd.cleared, again.cleared)


def test_it_clears_85_of_100_mentors_with_14_places_for_ten(crowd):
    assert crowd.cleared.mean() == pytest.approx(0.85, abs=0.01)
    assert len(crowd.ready) == crowd.cleared.sum()
    assert crowd.ready.free_places.mean() == pytest.approx(1.4, abs=0.02)


def test_it_lets_everyone_meet_somehow_sometime_and_speak_something(crowd):
    for side in (crowd.mentors, crowd.mentees):
        assert (side.slots > 0).all()
        assert (side.online | side.in_person).all()
        assert side.online.mean() == pytest.approx(0.6, abs=0.02)
        assert (side.languages > 0).all()


def test_it_asks_for_what_one_knows_oneself(crowd):
    asked = crowd.mentees.required_language
    assert (asked & ~crowd.mentees.languages == 0).all()
    assert (asked != 0).mean() == pytest.approx(0.15, abs=0.01)


def test_it_takes_other_numbers_of_mentors():
    crowd = people(100, 40)
    assert (len(crowd.mentees), len(crowd.mentors)) == (100, 40)
    assert crowd.blocked[:, 0].max() <= 40
