import json

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from benchmarks.peers.__main__ import OURS, PEERS, Result, last_line
from benchmarks.peers.work import outcome, values, work, write
from matching.engine import run


@pytest.fixture(scope="module")
def it():
    return work(120)


def best(it):
    table = values(it)
    rows, columns = linear_sum_assignment(table, maximize=True)
    may = table[rows, columns] > 0
    return np.column_stack((rows[may], columns[may]))


def test_it_is_the_same_optimum_as_the_engine_proves(it):
    crowd = it.crowd
    night = run(crowd.mentors, crowd.mentees, crowd.blocked, crowd.settings, tied=crowd.tied)
    assert night.certificate.is_exact
    assert outcome(it, best(it)) == (night.certificate.matched, night.certificate.points)


def test_it_refuses_somebody_twice_and_a_pair_that_may_not_meet(it):
    pairs = best(it)
    twice = pairs.copy()
    twice[1, 1] = twice[0, 1]
    with pytest.raises(AssertionError, match="two pairs"):
        outcome(it, twice)
    row, column = np.argwhere(values(it) == 0)[0]
    with pytest.raises(AssertionError, match="breaks a rule"):
        outcome(it, np.array([[row, column]]))


def test_it_gives_everyone_the_same_people(it, tmp_path):
    write(it, tmp_path)
    given = json.loads((tmp_path / "people.json").read_text())
    assert given["mentors"]["id"] == it.world.mentors.id.tolist()
    assert given["mentees"]["id"] == it.world.mentees.id.tolist()
    assert np.load(tmp_path / "values.npy").max() > given["per_match"]


def test_it_names_how_many_times_as_long_each_takes():
    results = {
        (OURS.name, 1_000): Result(0.002, None, (1, 1)),
        (OURS.name, 10_000): Result(0.05, None, (1, 1)),
    }
    for who in PEERS:
        results |= {(who.name, n): Result(20.0, None, (1, 1)) for n in who.sizes}
    assert last_line(results, True) == (
        "peers: mentor_match@1000=10000x ortools@10000=400x scipy@10000=400x"
        " mentor_match_munkres3@1000=10000x same_optimum=yes"
    )
    results["scipy", 10_000] = Result(600.0, None, None)
    assert "scipy@10000=>12000x" in last_line(results, True)
    assert last_line({}, False) == "peers: same_optimum=no"
