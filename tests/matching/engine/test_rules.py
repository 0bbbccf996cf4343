from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine import RULES, MenteeArrays, MentorArrays, Settings, broken_rules, run
from tests.matching.engine import plain
from tests.matching.engine.worlds import Invented, invent

few = settings(max_examples=40, deadline=None, derandomize=True)
seeds = st.integers(0, 10_000)


def night_of(world: Invented):
    return run(world.mentors, world.mentees, world.blocked, world.settings, tied=world.tied)


@few
@given(seeds, st.integers(1, 25), st.integers(1, 25))
def test_it_lets_meet_exactly_whom_the_rules_let_meet(seed: int, n: int, m: int) -> None:
    invented = invent(seed, n, m)
    world = invented.world()
    scores = np.concatenate([scores for *_, scores in invented.board().blocks()])
    for row, mentee in enumerate(plain.people(world.mentees)):
        for column, mentor in enumerate(plain.people(world.mentors)):
            wanted = -1
            if plain.may_meet(invented, mentor, mentee):
                wanted = plain.score(invented, mentor, mentee)
            assert scores[row, column] == wanted


@few
@given(seeds)
def test_it_never_suggests_or_recommends_a_pair_that_breaks_a_rule(seed: int) -> None:
    world = invent(seed, 15, 15)
    mentors = {mentor["id"]: mentor for mentor in plain.people(world.mentors)}
    mentees = {mentee["id"]: mentee for mentee in plain.people(world.mentees)}
    night = night_of(world)
    told = np.column_stack((night.shortlists.mentor_ids, night.recommended))
    for request, them in zip(night.request_ids.tolist(), told.tolist(), strict=True):
        for mentor in set(them) - {-1}:
            assert plain.may_meet(world, mentors[mentor], mentees[request])
    paired = night.recommended >= 0
    given_away = np.unique(night.recommended[paired], return_counts=True)
    for mentor, count in zip(*given_away, strict=True):
        assert count <= mentors[int(mentor)]["free_places"]


GOOD_MENTOR = {
    "programmes": 1,
    "slots": 1,
    "languages": 1,
    "online": True,
    "accepted_ages": 15,
    "check_level": 2,
    "gender": 1,
    "employer": 7,
}
GOOD_MENTEE = {
    "person": 50,
    "slots": 1,
    "languages": 1,
    "online": True,
    "age_band": 2,
    "required_check": 2,
    "organisation": 8,
}


def broken_by(mentor: dict | None = None, mentee: dict | None = None, blocked=None, tied=None, **programme):
    one = MentorArrays.of(id=[3], **{name: [v] for name, v in (GOOD_MENTOR | (mentor or {})).items()})
    other = MenteeArrays.of(id=[9], **{name: [v] for name, v in (GOOD_MENTEE | (mentee or {})).items()})
    return broken_rules(one, other, blocked, [Settings(**programme)], tied=tied)


def test_it_finds_nothing_against_a_good_pair() -> None:
    assert broken_by() == []


@pytest.mark.parametrize(
    ("case", "key"),
    [
        ({"mentor": {"programmes": 2}}, "programme"),
        ({"mentor": {"free_places": 0}}, "place"),
        ({"mentor": {"online": False}}, "meeting"),
        ({"meets_online": False}, "meeting"),
        ({"mentee": {"slots": 2}}, "time"),
        ({"mentee": {"languages": 2}}, "language"),
        ({"mentee": {"languages": 3, "required_language": 2}}, "language"),
        ({"mentee": {"required_gender": 2}}, "gender"),
        ({"mentor": {"accepted_ages": 12}}, "age"),
        ({"mentee": {"age_band": 0}}, "age"),
        ({"mentee": {"required_check": 3}}, "check"),
        ({"mentee": {"organisation": 7}}, "tie"),
        ({"mentee": {"referrer": 7}}, "tie"),
        ({"tied": [(3, 8)]}, "tie"),
        ({"blocked": [(3, 50)]}, "block"),
    ],
)
def test_it_names_the_rule_a_pair_breaks(case: dict, key: str) -> None:
    assert broken_by(**case) == [key]


def test_it_names_every_rule_once() -> None:
    assert len({rule.key for rule in RULES}) == len(RULES)


def test_it_takes_no_organisation_for_no_tie() -> None:
    assert broken_by({"employer": 0}, {"organisation": 0, "referrer": 0}, tied=[(3, 0)]) == []


def test_it_needs_both_to_be_able_to_travel_the_distance() -> None:
    here = {"online": False, "in_person": True, "easting": 0, "northing": 0, "travel": 100}
    there = {"online": False, "in_person": True, "easting": 60, "northing": 80, "travel": 100}
    assert broken_by(here, there) == []
    assert broken_by(here | {"travel": 99}, there) == ["meeting"]
    assert broken_by(here, there | {"travel": 99}) == ["meeting"]
    assert broken_by(here, there | {"easting": -1}) == ["meeting"]
