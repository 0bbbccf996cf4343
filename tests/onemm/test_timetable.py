from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured

from onemm import embedded
from onemm.celery import TIMETABLE, app, night_at

LONDON = ZoneInfo("Europe/London")
NIGHTLY = crontab(hour=2, minute=15)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("last", "now", "is_due"),
    [
        ("2026-11-20 12:00", "2026-11-21 02:14", False),
        ("2026-11-20 12:00", "2026-11-21 02:15", True),
        ("2026-11-20 02:15", "2026-11-21 09:00", True),  # the machine slept through the night
        ("2026-11-21 02:15", "2026-11-21 09:00", False),
        ("2026-11-18 02:15", "2026-11-21 09:00", True),  # three nights missed are one run
        ("2026-03-28 02:15", "2026-03-29 02:15", True),  # the night the clocks go forward
        ("2026-10-24 02:15", "2026-10-25 02:15", True),  # and back
    ],
)
def test_it_knows_when_a_night_is_due(last: str, now: str, is_due: bool) -> None:
    assert embedded.due(NIGHTLY, at(last), at(now)) is is_due


def test_it_understands_plain_intervals() -> None:
    now = at("2026-11-21 09:00")
    assert embedded.due(timedelta(minutes=5), now - timedelta(minutes=5), now)
    assert not embedded.due(timedelta(minutes=5), now - timedelta(minutes=4), now)


def keep(memory: Path, run: Any) -> embedded.Timetable:
    entries = {
        "break": {"task": "break", "schedule": crontab()},
        "the night": {"task": "night", "schedule": NIGHTLY, "args": (7,)},
    }
    return embedded.Timetable(entries, memory, run)


def test_it_runs_each_once_and_catches_up_after_a_restart(tmp_path: Path) -> None:
    ran: list[Any] = []

    def run(task: str, args: Any, kwargs: Any) -> None:
        ran.append((task, args))

    memory = tmp_path / "timetable.json"
    timetable = keep(memory, run)
    assert timetable.tick(at("2026-11-20 18:00")) == []  # a first start owes nothing
    again = keep(memory, run)
    assert again.tick(at("2026-11-21 09:00")) == ["break", "the night"]
    assert again.tick(at("2026-11-21 09:00:30")) == []
    assert ("night", (7,)) in ran
    assert keep(memory, run).tick(at("2026-11-21 09:00:40")) == []


def test_it_isolates_a_task_that_breaks(tmp_path: Path, caplog: Any) -> None:
    ran: list[str] = []

    def run(task: str, args: Any, kwargs: Any) -> None:
        ran.append(task)
        if task == "break":
            raise RuntimeError("no")

    timetable = keep(tmp_path / "timetable.json", run)
    timetable.tick(at("2026-11-20 18:00"))
    timetable.tick(at("2026-11-21 09:00"))
    assert ran == ["break", "night"]
    assert "“break” failed" in caplog.text


@pytest.mark.parametrize("rubbish", ["", "[]", "{", '{"a": "yesterday"}'])
def test_it_survives_a_damaged_memory(tmp_path: Path, rubbish: str) -> None:
    memory = tmp_path / "timetable.json"
    memory.write_text(rubbish)
    keep(memory, lambda *_: None).tick(at("2026-11-20 18:00"))
    assert set(json.loads(memory.read_text())) == {"break", "the night"}


def test_it_names_only_tasks_that_exist() -> None:
    app.loader.import_default_modules()
    for sentence, entry in TIMETABLE.items():
        assert entry["task"] in app.tasks, sentence
        assert sentence == sentence.strip()
        assert len(sentence.split()) >= 3, sentence


@pytest.mark.django_db(transaction=True)
def test_it_runs_a_task_by_name_and_says_when_it_fails() -> None:
    embedded.run_task("notifications.tasks.send_due", (), {})
    with pytest.raises(TypeError):
        embedded.run_task("notifications.tasks.send_letter", (1, 2, 3), {})


def test_it_moves_the_night_for_an_operator() -> None:
    assert (night_at("03:40").hour, night_at("03:40").minute) == (3, 40)
    with pytest.raises(ImproperlyConfigured, match="a time of day, like 03:40"):
        night_at("25:00")
