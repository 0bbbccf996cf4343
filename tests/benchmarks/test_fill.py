"""What the benchmark writes is what the platform could have written, and the night reads it."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
from django.core.management import call_command
from django.db import connection

from benchmarks.fill import MATCHED, NotEmpty, fill
from benchmarks.population import people
from matching.actions.feed import read_everybody
from matching.models import Match
from mentees.models import Request
from mentors.models import Mentor
from partners.models import Organisation

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="it fills PostgreSQL"),
]
NOW = datetime(2026, 11, 20, 2, 15, tzinfo=UTC)


def indexes() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename || ' ' || indexname FROM pg_indexes WHERE schemaname = current_schema()"
            " UNION SELECT conrelid::regclass || ' ' || conname FROM pg_constraint"
        )
        return {row[0] for row in cursor.fetchall()}


def test_it_writes_everybody_as_drawn() -> None:
    before = indexes()
    drawn = people(400, 300)  # of whom four drew no time in the week
    fill(drawn, at=NOW)
    assert indexes() == before
    call_command("rebuild_profiles", "--verify")  # fails if anybody's numbers are not their facts

    pool = read_everybody(at=NOW)
    ready = drawn.mentors.take(np.flatnonzero(drawn.cleared))
    for there, here in ((pool.mentors, ready), (pool.mentees, drawn.mentees)):
        there = there.take(np.argsort(there.id))
        for name in vars(here):
            if name not in {"easting", "northing", "wished", "partner"}:
                assert getattr(there, name).tolist() == getattr(here, name).tolist(), name
        for axis in ("easting", "northing"):
            assert (abs(getattr(there, axis) - getattr(here, axis)) <= 10).all()
    assert set(Mentor.objects.ready(NOW).values_list("pk", flat=True)) == set(ready.id.tolist())
    assert (pool.mentees.wished > 0).any()
    assert len(pool.tied) > 0
    assert Match.objects.open().count() > 0.5 * len(drawn.mentors) / MATCHED
    assert Request.objects.ready(NOW).count() > len(drawn.mentees)  # those who are matched besides

    assert Organisation.objects.create(name="The next one", kind="school").pk > 400  # numbers go on
    with pytest.raises(NotEmpty):
        fill(drawn, at=NOW)
