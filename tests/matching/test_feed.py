"""What the night reads of everybody is what is true of each."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from django.db import connection
from django.utils import timezone

from matching.actions.feed import read_everybody, reading
from matching.actions.feed.binary import BIG, NUMBER, Misread
from matching.actions.feed.joining import different_pairs, joined, same_pairs
from matching.actions.feed.reading import columns, ids, ids_by, moment, together
from matching.actions.feed.requests import days_since
from matching.actions.pack import pack
from matching.engine.places import different, row_of
from matching.engine.population import MAN, OTHER, WOMAN
from matching.engine.population import NOWHERE as ENGINES_NOWHERE
from matching.models.waiting import in_the_pool
from mentees.models import Mentee, Request
from mentees.models import Profile as MenteeProfile
from mentors.models import Mentor
from mentors.models import Profile as MentorProfile
from partners.models.packed import GENDERS, NOWHERE
from tests import factories
from tests.matching.houses import House

NOW = datetime(2026, 11, 20, 2, 15, tzinfo=UTC)


def packed(at: datetime) -> Any:
    return pack(
        Mentor.objects.ready(at),
        in_the_pool(at),
        Mentor.objects.ready_places(at).values_list("mentor_id", "programme_id"),
        at=at,
    )


def assert_same(one: Any, other: Any) -> None:
    """The same people with the same numbers of the same kind, whatever the order of rows."""
    for side in ("mentors", "mentees"):
        a, b = (getattr(pool, side).take(np.argsort(getattr(pool, side).id)) for pool in (one, other))
        for name in vars(a):
            mine, theirs = getattr(a, name), getattr(b, name)
            assert mine.tolist() == theirs.tolist(), (side, name)
            assert mine.dtype == theirs.dtype, (side, name)
    assert one.blocked.tolist() == other.blocked.tolist()
    assert one.tied.tolist() == other.tied.tolist()
    assert (one.settings, one.programmes, one.left_out) == (other.settings, other.programmes, other.left_out)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(24))
def test_it_gives_what_packing_each_gives(seed: int) -> None:
    House(seed, NOW)
    pool = read_everybody(at=NOW)
    assert_same(pool, packed(NOW))
    world = pool.world()  # they come in the engine's order, so nobody is copied
    assert world.mentors is pool.mentors
    assert world.mentees is pool.mentees


@pytest.mark.django_db
def test_houses_are_worth_looking_at() -> None:
    """Of the random people some are ready and some are not, or the test above says nothing."""
    House(1, NOW, people=40)
    pool = read_everybody(at=NOW)
    ready, all_of_them = len(pool.mentors), Mentor.objects.count()
    assert 0.1 * all_of_them < ready < 0.9 * all_of_them
    assert 0 < len(pool.mentees) < Request.objects.count()


@pytest.mark.django_db
def test_it_gives_nobody_in_an_empty_house() -> None:
    pool = read_everybody(at=NOW)
    assert (len(pool.mentors), len(pool.mentees), pool.blocked.shape, pool.programmes) == (0, 0, (0, 2), [])


def test_it_says_what_it_does(cast: SimpleNamespace) -> None:
    said: list[str] = []
    assert len(read_everybody(at=timezone.now(), told=said.append).mentors) == 1
    assert said == ["Reading everybody who is ready"]


def test_it_leaves_out_whoever_has_no_numbers_yet(cast: SimpleNamespace) -> None:
    MentorProfile.objects.all().delete()
    pool = read_everybody(at=timezone.now())
    assert (len(pool.mentors), len(pool.mentees)) == (0, 1)
    MenteeProfile.objects.all().delete()
    assert len(read_everybody(at=timezone.now()).mentees) == 0


def test_it_reads_numbers_and_not_what_they_repeat(cast: SimpleNamespace) -> None:
    """So that the test of all above would notice a stale row."""
    Mentee.objects.update(free_slots=1)
    assert read_everybody(at=timezone.now()).mentees.slots.tolist() == [factories.EVENINGS]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite reads one after the other")
def test_it_reads_side_by_side() -> None:
    House(5, NOW)
    assert not connection.in_atomic_block
    assert_same(read_everybody(at=NOW), packed(NOW))
    with pytest.raises(ZeroDivisionError):
        together({"fine": lambda: 1, "bad": lambda: 1 / 0})


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="only COPY has widths")
def test_it_names_a_column_of_another_width(cast: SimpleNamespace) -> None:
    with pytest.raises(Misread, match="capacity: 2 bytes came in row 1, 4 bytes fit"):
        columns(Mentor.objects.values_list("pk", "capacity"), {"id": BIG, "capacity": NUMBER})


@pytest.mark.django_db
def test_it_names_a_column_that_is_empty(cast: SimpleNamespace) -> None:
    with pytest.raises(Misread, match="employer: no value came in"):
        columns(Mentor.objects.values_list("pk", "employed_by"), {"id": BIG, "employer": BIG})


@pytest.mark.django_db
def test_it_reads_nobody_where_nobody_can_be(cast: SimpleNamespace) -> None:
    nobody = Mentor.objects.filter(pk__in=[])
    assert columns(nobody.values_list("pk"), {"id": BIG})["id"].tolist() == []
    assert ids(nobody.values_list("pk")).tolist() == []
    assert {key: found.tolist() for key, found in ids_by(nobody.values_list("pk", "pk"), [3]).items()} == {
        3: []
    }
    assert ids(Mentor.objects.filter(pk__lt=0).values_list("pk")).tolist() == []


@pytest.mark.django_db
def test_it_reads_chunk_after_chunk(cast: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "CHUNK", 2)
    for n in range(3):
        factories.make_mentee(f"Young{n}")
    found = reading.listed(
        Mentee.objects.order_by("pk").values_list("pk", "agreed_at"), {"id": BIG, "at": BIG}
    )
    assert found["id"].tolist() == list(Mentee.objects.order_by("pk").values_list("pk", flat=True))
    assert found["at"].tolist() == [moment(row.agreed_at) for row in Mentee.objects.order_by("pk")]


# --- The arithmetic ------------------------------------------------------------------------------


def test_the_house_and_the_engine_mean_the_same_numbers() -> None:
    assert (GENDERS["woman"], GENDERS["man"], GENDERS["other"], GENDERS[""]) == (WOMAN, MAN, OTHER, 0)
    assert NOWHERE == ENGINES_NOWHERE


@pytest.mark.parametrize("when", [(2026, 11, 20, 2, 15), (2026, 3, 29, 0, 30), (2026, 7, 1, 23, 30)])
def test_it_counts_days_as_calendars_do(when: Any) -> None:
    now = datetime(*when, tzinfo=UTC)
    today = timezone.localdate(now)
    asked = [now - timedelta(minutes=17 * n) for n in range(40_000)] + [now + timedelta(hours=30)]
    found = days_since(np.array([moment(at) for at in asked]), today)
    assert found.tolist()[:-1] == [(today - timezone.localdate(at)).days for at in asked[:-1]]
    assert found[-1] <= 0


@pytest.mark.parametrize("apart", [1, 10**12], ids=["dense", "far apart"])
def test_it_finds_rows_by_id(apart: int) -> None:
    among = np.array([5, 3, 9, 3])
    wanted = np.array([3, 9, 4, 5, 10, 1, 0]) * apart
    assert row_of(wanted, among * apart).tolist() == [3, 2, -1, 0, -1, -1, -1]
    assert row_of(np.array([-(2**63), 2**63 - 1]), among).tolist() == [-1, -1]
    assert row_of(np.array([3]), np.empty(0, np.int64)).tolist() == [-1]
    assert joined(np.array([9, 4]), among, np.array([1, 2, 3, 4]), otherwise=-7).tolist() == [3, -7]


def test_it_compares_pairs() -> None:
    ones, others = np.array([1, 1, 2]), np.array([10, 11, 10])
    assert same_pairs(ones, others, np.array([1, 2]), np.array([11, 11])).tolist() == [False, True, False]
    assert different(np.array([3, 1, 3])).tolist() == [1, 3]
    assert different_pairs(np.array([[2, 1], [1, 5], [2, 1], [1, 2]])).tolist() == [[1, 2], [1, 5], [2, 1]]
    assert different_pairs(np.empty((0, 2), np.int64)).shape == (0, 2)
