"""A night is written in one piece, a million rows or one, on either database; and readers never wait."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone

from audit.transitions import NotAllowed
from matching import engine
from matching.actions import publish as publishing
from matching.actions import tables
from matching.actions.publish import publish
from matching.models import Run, Shortlist, WithoutSuggestion
from matching.models.points import components_of, packed

NOW = timezone.now
PARTS = len(engine.COMPONENTS)
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no such thing")


def a_night(requests: int = 7, *, seed: int = 1, counted: int | None = None) -> engine.Night:
    """An answer with shortlists of every length, and reasons for the first `counted` who get nobody."""
    rng = np.random.default_rng(seed)
    length = np.arange(requests) % 6
    filled = np.arange(5) < length[:, None]
    points = rng.integers(0, 15, (requests, 5, PARTS)).astype(np.uint8) * filled[..., None]
    mentors = np.where(filled, rng.integers(1, 2**40, (requests, 5)), -1)
    recommended = np.where(length > 2, mentors[:, 1], -1)
    has_one = (recommended >= 0)[:, None]
    own = (points[:, 1] * has_one).astype(np.uint8)
    request_ids = np.arange(1, requests + 1) * 3
    left = request_ids[recommended < 0][:counted]
    return engine.Night(
        request_ids=request_ids,
        shortlists=engine.Shortlists(
            mentors, np.where(filled, points.sum(axis=2), -1).astype(np.int16), points
        ),
        recommended=recommended,
        recommended_score=np.where(recommended >= 0, own.sum(axis=1), -1).astype(np.int16),
        recommended_points=own,
        without=engine.Reasons(
            left,
            ready=np.full(len(left), 12, np.int32),
            eligible=np.zeros(len(left), np.int32),
            failures=np.tile(np.arange(len(engine.RULES), dtype=np.int32), (len(left), 1)),
            gains=np.tile(np.arange(len(engine.CHANGES), dtype=np.int32), (len(left), 1)),
        ),
        certificate=engine.Certificate(requests, requests, 1, 1, ties_settled=True),
    )


def a_run() -> Run:
    return Run.objects.create(night=timezone.localdate(), started_at=NOW())


def published(night: engine.Night) -> Run:
    run = a_run()
    publish(run, night, at=NOW())
    return run


def indexes() -> set[tuple[Any, ...]]:
    """What Django would look for when a later migration changes the tables: names, columns, constraints."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE tablename LIKE 'matching_%%'"
            " UNION SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)"
            " FROM pg_constraint WHERE conrelid::regclass::text LIKE 'matching_%%'"
            " UNION SELECT table_name, column_name, data_type || is_nullable || coalesce(column_default, '-')"
            " FROM information_schema.columns WHERE table_name LIKE 'matching_%%'"
        )
        return set(cursor.fetchall())


# --- Points ---------------------------------------------------------------------------------------


def test_it_packs_points_and_gives_them_back() -> None:
    points = np.array([[30, 24, 16, 10, 8, 6, 6], [0, 0, 0, 0, 0, 0, 255], [0] * 7], np.uint8)
    whole = packed(points)
    assert whole.dtype == np.int64
    assert (whole >= 0).all()
    keys = [component.key for component in engine.COMPONENTS]
    assert components_of(int(whole[0])) == dict(zip(keys, points[0].tolist(), strict=True))
    assert components_of(int(whole[1])) == {keys[-1]: 255}
    assert components_of(int(whole[2])) == {}
    assert packed(np.zeros((4, 5, 7), np.uint8)).shape == (4, 5)


def test_it_refuses_more_components_than_fit() -> None:
    with pytest.raises(ValueError, match="8 components given, 7 fit"):
        packed(np.zeros((1, 8), np.uint8))


# --- What is written ------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3, tables.ROWS])
def test_it_writes_every_row_as_the_engine_gave_it(
    db: None, monkeypatch: pytest.MonkeyPatch, rows: int
) -> None:
    monkeypatch.setattr(tables, "ROWS", rows)
    night = a_night()
    run = published(night)
    written = {row.pk: row for row in Shortlist.objects.all()}
    assert list(written) == night.request_ids.tolist()
    for n, pk in enumerate(night.request_ids.tolist()):
        row = written[pk]
        assert row.run_id == run.pk
        listed = row.listed
        mentors = night.shortlists.mentor_ids[n]
        assert [one.mentor_id for one in listed] == mentors[mentors >= 0].tolist()
        assert all(one.score == sum(one.components.values()) for one in listed)
        assert [one.score for one in listed] == night.shortlists.score[n][: len(listed)].tolist()
        assert row.recommended == max(0, night.recommended[n])
        assert [one.is_recommended for one in listed].count(True) == (row.recommended > 0)
        assert row.recommended_score == max(0, night.recommended_score[n])
    assert Run.objects.get(is_current=True) == run
    assert not Run.objects.filter(is_running=True).exists()


def test_it_lists_a_recommended_mentor_who_is_none_of_the_five(db: None) -> None:
    night = a_night(6)
    night.recommended[5] = 999
    published(night)
    listed = Shortlist.objects.get(pk=18).listed
    assert len(listed) == 6
    assert (listed[-1].mentor_id, listed[-1].is_recommended) == (999, True)


def test_it_keeps_a_reason_for_everybody_left_over(db: None) -> None:
    published(a_night(12, counted=2))
    rows = list(WithoutSuggestion.objects.order_by("pk"))
    assert [row.pk for row in rows] == [3, 6, 9, 21, 24, 27]
    assert rows[0].reasons["failures"]["time"] == 3
    assert rows[0].in_words.startswith("12 mentors are ready: 2 too far")
    assert "0 more" not in rows[0].in_words
    # Beyond what the engine counted: whether anybody suits is known all the same.
    assert rows[3].in_words == "No mentor fits at the moment."
    assert rows[4].in_words == "Mentors fit, and were recommended to people who have waited longer."
    published(a_night(12, counted=0))
    assert WithoutSuggestion.objects.count() == 6


def test_it_leaves_nothing_of_the_night_before(db: None) -> None:
    published(a_night(20))
    second = published(a_night(4, seed=2))
    assert Shortlist.objects.count() == 4
    assert {*Shortlist.objects.values_list("run", flat=True)} == {second.pk}
    assert {*WithoutSuggestion.objects.values_list("run", flat=True)} == {second.pk}
    published(a_night(0))
    assert not Shortlist.objects.exists()


def test_it_refuses_to_publish_a_run_that_was_given_up(db: None) -> None:
    good = published(a_night())
    run = a_run()
    Run.objects.filter(pk=run.pk).update(is_running=False)
    with pytest.raises(NotAllowed, match="given up"):
        publish(run, a_night(3), at=NOW())
    assert Run.objects.get(is_current=True) == good
    assert Shortlist.objects.count() == 7


def test_it_keeps_the_runs_of_a_month(db: None) -> None:
    for n in range(32):
        Run.objects.create(
            night=timezone.localdate() - timedelta(days=n + 1),
            started_at=NOW() - timedelta(days=n + 1),
            is_running=False,
        )
    published(a_night())
    assert Run.objects.count() == publishing.KEEP_RUNS


# --- Beside the old, and then in its place --------------------------------------------------------


@on_postgresql
def test_it_leaves_every_name_as_django_made_it(db: None) -> None:
    before = indexes()
    for seed in (1, 2):
        published(a_night(seed=seed))
        assert indexes() == before
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
    with connection.schema_editor() as editor:  # a later migration finds the constraint by its name
        names = editor._constraint_names(Shortlist, ["request_id"], primary_key=True)
    assert names == ["matching_shortlist_pkey"]


@contextmanager
def somebody_reading() -> Iterator[None]:
    """Another connection holds the tables as a backup does: open for reading, for long."""
    backup = connection.copy()
    try:
        with backup.cursor() as cursor:
            cursor.execute("BEGIN; LOCK TABLE matching_shortlist IN ACCESS SHARE MODE")
            yield
    finally:
        backup.close()


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_it_replaces_the_rows_while_a_backup_holds_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    published(a_night(20))
    before = indexes()
    monkeypatch.setattr(tables, "TRIES", 2)
    monkeypatch.setattr(tables, "TRY_MS", 20)
    monkeypatch.setattr(tables, "PAUSE", 0.02)
    with somebody_reading():
        published(a_night(5, seed=2))
    assert Shortlist.objects.count() == 5
    assert WithoutSuggestion.objects.count() == 3
    assert indexes() == before


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_no_reader_ever_meets_half_a_night() -> None:
    """Readers ask all the time while nights are swapped under them: one run in every answer, no error."""
    published(a_night(50))
    over, seen, errors = threading.Event(), [0], []

    def read() -> None:
        try:
            while not over.is_set():
                rows = list(Shortlist.objects.values_list("run_id", flat=True))
                assert len(rows) == 50, len(rows)
                assert len(set(rows)) == 1
                seen[0] += 1
        except BaseException as error:
            errors.append(error)
        finally:
            connections.close_all()

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for seed in range(8):
        published(a_night(50, seed=seed))
    over.set()
    for reader in readers:
        reader.join(timeout=20)
    assert not errors
    assert seen[0] > 8
