from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine import CHANGES, RULES, explained, run
from tests.matching.engine import plain
from tests.matching.engine.worlds import invent

few = settings(max_examples=25, deadline=None, derandomize=True)
seeds = st.integers(0, 10_000)


@few
@given(seeds)
def test_it_shares_only_what_both_have(seed: int) -> None:
    invented = invent(seed, 15, 15)
    world = invented.world()
    rows, columns = np.divmod(np.arange(15 * 15), 15)
    pairs = explained(world, rows, columns)
    mentors, mentees = plain.people(world.mentors), plain.people(world.mentees)
    for k in range(len(rows)):
        mentor, mentee = mentors[columns[k]], mentees[rows[k]]
        for name in ("topics", "sectors", "slots", "languages", "experiences"):
            assert getattr(pairs.shared, name)[k] == mentor[name] & mentee[name]
        squared = plain.distance_squared(mentor, mentee)
        assert pairs.shared.distance[k] == (-1 if squared is None else int(squared**0.5))
        assert bool(pairs.shared.ways[k] & 2) == plain.in_person(invented, mentor, mentee)
        assert pairs.score[k] == pairs.points[k].sum() == plain.score(invented, mentor, mentee)


@few
@given(seeds)
def test_it_accounts_for_every_mentor(seed: int) -> None:
    world = invent(seed, 15, 12)
    night = run(world.mentors, world.mentees, world.blocked, world.settings, tied=world.tied)
    without = night.without
    assert without.request_ids.tolist() == night.request_ids[night.recommended < 0].tolist()
    assert (without.failures.sum(axis=1) + without.eligible == len(world.mentors)).all()
    assert (without.ready == without.eligible + without.failures[:, 2:].sum(axis=1)).all()
    assert without.failures.shape == (len(without), len(RULES))
    assert (without.gains >= 0).all()


@few
@given(seeds)
def test_it_tells_truly_what_meeting_online_would_bring(seed: int) -> None:
    world = invent(seed, 12, 15)
    without = run(world.mentors, world.mentees, world.blocked, world.settings, tied=world.tied).without
    online = replace(world, mentees=replace(world.mentees, online=np.ones(12, np.bool_)))
    scores = np.concatenate([block for *_, block in online.board().blocks()])
    could = dict(zip(online.world().mentees.id.tolist(), (scores >= 0).sum(axis=1).tolist(), strict=True))
    column = [change.key for change in CHANGES].index("online")
    for k, request in enumerate(without.request_ids.tolist()):
        assert without.eligible[k] + without.gains[k, column] == could[request]
