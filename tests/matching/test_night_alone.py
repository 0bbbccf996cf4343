"""Two nights never overlap; one that is killed leaves last night's answer, and stops nobody."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone

from audit.transitions import NotAllowed
from matching import engine
from matching.actions import run_night
from matching.actions.alone import alone
from matching.models import Run, Shortlist
from tests import factories

NOW = timezone.now
IS_POSTGRESQL = connection.vendor == "postgresql"
on_postgresql = pytest.mark.skipif(not IS_POSTGRESQL, reason="SQLite has no such lock")


def in_thread(work: Any) -> Any:
    """What the work returned or raised, in a thread with connections of its own."""
    answers: list[Any] = []

    def run() -> None:
        try:
            answers.append(work())
        except Exception as error:
            answers.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(timeout=60)
    return answers[0]


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_second_run_is_refused_while_one_computes(
    cast: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, seen = engine.run, []

    def and_another(*args: Any, **named: Any) -> Any:
        monkeypatch.setattr(engine, "run", real)
        seen.append(in_thread(lambda: run_night(at=NOW())))
        return real(*args, **named)

    monkeypatch.setattr(engine, "run", and_another)
    first = run_night(at=NOW())
    (refusal,) = seen
    assert isinstance(refusal, NotAllowed)
    assert "right now" in str(refusal)
    assert Run.objects.get() == first
    assert run_night(at=NOW()).is_current


@on_postgresql
def test_what_a_killed_run_left_behind_stops_nobody(cast: SimpleNamespace) -> None:
    left = Run.objects.create(night=timezone.localdate(), started_at=NOW())
    assert run_night(at=NOW()).is_current
    left.refresh_from_db()
    assert not left.is_running


@on_postgresql
def test_it_lets_go_of_the_night_whatever_happens(db: None) -> None:
    with pytest.raises(ZeroDivisionError), alone():
        raise ZeroDivisionError
    with alone(), pytest.raises(NotAllowed), alone():
        pass
    with alone():
        pass


@pytest.mark.skipif(IS_POSTGRESQL, reason="PostgreSQL knows at once that a run was killed")
def test_sqlite_waits_half_an_hour_for_a_run_that_says_nothing(cast: SimpleNamespace) -> None:
    Run.objects.create(night=timezone.localdate(), started_at=NOW())
    with pytest.raises(NotAllowed, match="right now"):
        run_night(at=NOW())
    Run.objects.update(started_at=NOW() - timedelta(hours=1))
    assert run_night(at=NOW()).is_current


# --- Killed, in a process of its own ---------------------------------------------------------------

PROGRAM = """
import os, signal, sys
import django
django.setup()
from django.utils import timezone
from matching import engine
from matching.actions import publish, run_night

def then_die(module, name):
    real = getattr(module, name)
    def dying(*args, **named):
        real(*args, **named)
        print("dying", flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    setattr(module, name, dying)

stops = {"computed": (engine, "run"), "filled": (publish, "fill"), "swapped": (publish, "swap")}
if sys.argv[1] in stops:
    then_die(*stops[sys.argv[1]])
run_night(at=timezone.now())
print("done", flush=True)
"""


def in_process(stop: str, url: str) -> str:
    """Run a night in another process, which is killed, as by the kernel, right after this step."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, stop],
        cwd=Path(__file__).resolve().parents[2],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "onemm.settings", "DATABASE_URL": url},
        capture_output=True,
        text=True,
        timeout=120,
    )
    said = done.stdout.strip()
    assert done.returncode == (-signal.SIGKILL if said == "dying" else 0), done.stderr
    return said


@pytest.fixture
def elsewhere(transactional_db: None, cast: SimpleNamespace, tmp_path: Path) -> Any:
    """Another process's address of a database with the cast and one night in it, and a look into it."""
    run_night(at=NOW())
    factories.make_ready_mentor("Tomos", programme=cast.programme)
    look = connection.copy()
    if IS_POSTGRESQL:
        s = connection.settings_dict
        password = f":{s['PASSWORD']}" if s["PASSWORD"] else ""
        url = f"postgres://{s['USER']}{password}@{s['HOST']}:{s['PORT'] or 5432}/{s['NAME']}"
    else:  # the tests' own database is in memory, where no other process reaches
        file = tmp_path / "elsewhere.sqlite3"
        with sqlite3.connect(file) as copy:
            connection.connection.backup(copy)
        copy.close()
        look.settings_dict["NAME"] = str(file)
        url = f"sqlite:///{file}"

    def ask(sql: str) -> list[Any]:
        with look.cursor() as cursor:
            cursor.execute(sql)
            return list(cursor.fetchall()) if cursor.description else []

    yield SimpleNamespace(url=url, ask=ask)
    look.close()


def test_a_killed_run_leaves_last_nights_answer(elsewhere: SimpleNamespace) -> None:
    answer = "SELECT * FROM matching_shortlist ORDER BY request_id"
    current = "SELECT id FROM matching_run WHERE is_current"
    running = "SELECT count(*) FROM matching_run WHERE is_running"
    last_night, good = elsewhere.ask(answer), elsewhere.ask(current)
    assert len(last_night) == 1
    for stop in ("computed", "filled", "swapped"):
        assert in_process(stop, elsewhere.url) == "dying"
        assert elsewhere.ask(answer) == last_night, stop
        assert elsewhere.ask(current) == good
        assert elsewhere.ask(running) == [(1,)]
        if not IS_POSTGRESQL:
            elsewhere.ask("UPDATE matching_run SET started_at = '2020-01-01' WHERE is_running")
    assert in_process("nowhere", elsewhere.url) == "done"
    ((request, run, *mentors),) = elsewhere.ask(answer)
    assert (run,) == elsewhere.ask(current)[0] != good[0]
    assert mentors[1] > 0  # and it found the mentor who came since
    assert elsewhere.ask(running) == [(0,)]
    if IS_POSTGRESQL:
        assert Shortlist.objects.get(pk=request).run_id == run
        assert elsewhere.ask("SELECT count(*) FROM pg_tables WHERE tablename LIKE 'matching%new'") == [(0,)]
