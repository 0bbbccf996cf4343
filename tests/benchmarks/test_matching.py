import re
from argparse import Namespace

import numpy as np
import pytest

from benchmarks import matching, steps
from benchmarks.population import people
from benchmarks.recall import best_mentors, recall, sampled
from matching.engine import run

LAST = (
    r"matching: N=\d+ seconds=[\d.]+ peak_gib=[\d.]+ recall=[\d.]+ matched=\d+ certificate=(exact|[\d.]+%)"
    r" load=[\d.]+ lists=[\d.]+ assign=[\d.]+ write=[\d.]+"
)


@pytest.fixture
def given(tmp_path):
    return Namespace(n=300, m=200, seed=7, folder=tmp_path, at=None)


def test_it_measures_a_night_of_arrays_and_checks_it(given):
    found = steps.night(given)
    checked = steps.check(given)
    line = matching.last_line(300, found, checked)
    assert re.fullmatch(LAST, line)
    assert checked == {"recall": 1.0, "lists": 300}
    assert "certificate=exact" in line
    assert found["counts"]["mentors"] < 200  # some are not cleared


def test_it_notices_a_list_that_is_not_the_best(given):
    steps.night(given)
    lists = np.load(given.folder / "lists.npy")
    full = np.flatnonzero(lists[:, 1] >= 0)[0]
    lists[full, :2] = lists[full, 1::-1]  # the second before the first
    np.save(given.folder / "lists.npy", lists)
    assert steps.check(given)["recall"] == pytest.approx(299 / 300)


def test_it_says_what_could_be_missing_when_nothing_is_proven(given):
    found = steps.night(given)
    found["certificate"] |= {"is_exact": False, "gap": 0.000123}
    assert "certificate=0.0123% load=" in matching.last_line(300, found, {"recall": 1.0})


def test_it_settles_ties_as_the_engine_does():
    crowd = people(600)
    everyone = (crowd.ready, crowd.mentees, crowd.blocked, crowd.settings)
    found = run(*everyone, tied=crowd.tied).shortlists.mentor_ids
    assert recall(found, best_mentors(*everyone, crowd.tied, 5)) == 1.0


def test_it_draws_the_same_sample_for_a_seed():
    ids = np.arange(1, 1_001)
    assert np.array_equal(sampled(ids, 7), sampled(ids, 7))
    assert len(np.unique(sampled(ids, 7))) == 400
    assert len(sampled(ids[:30], 7)) == 30
