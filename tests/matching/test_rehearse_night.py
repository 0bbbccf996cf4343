"""A night as a rehearsal: everything is computed and compared, and nothing stored."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import timezone

from audit.models import Entry
from matching import engine
from matching.actions import rehearse_night, run_night
from matching.actions.feed.binary import Misread
from matching.models import Block, Run, Shortlist
from tests import factories

NOW = timezone.now


def changes(cast: SimpleNamespace) -> dict[str, int]:
    change = rehearse_night(at=NOW())
    return {name: getattr(change, name) for name in ("new", "other", "gone", "same")}


def test_it_says_what_would_change(cast: SimpleNamespace) -> None:
    assert changes(cast) == {"new": 1, "other": 0, "gone": 0, "same": 0}
    run_night(at=NOW())
    assert changes(cast) == {"new": 0, "other": 0, "gone": 0, "same": 1}
    factories.make_ready_mentor("Tomos", programme=cast.programme)
    Block.objects.create(mentor=cast.mentor, mentee=cast.mentee, why="known", at=NOW())
    assert changes(cast) == {"new": 0, "other": 1, "gone": 0, "same": 0}
    type(cast.mentee).objects.update(free_slots=0)
    assert changes(cast) == {"new": 0, "other": 0, "gone": 1, "same": 0}


def test_it_stores_nothing(cast: SimpleNamespace) -> None:
    good = run_night(at=NOW())
    before = list(Shortlist.objects.values()), Entry.objects.count()
    factories.make_ready_mentor("Tomos", programme=cast.programme)
    rehearse_night(at=NOW())
    assert (list(Shortlist.objects.values()), Entry.objects.count()) == before
    assert Run.objects.get() == good


def test_the_command_tells_its_stages(cast: SimpleNamespace, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("run_matching", "--dry-run")
    said = capsys.readouterr().out
    assert "Putting 1 mentors and 1 young people in order … 0." in said
    assert "Comparing with the current answer … 0." in said
    assert "Nothing was stored" in said
    assert "1 would be new" in said
    assert not Run.objects.exists()
    call_command("run_matching")
    said = capsys.readouterr().out
    assert "Publishing the answer … 0." in said
    assert "1 young people wait, 1 have a recommended mentor (the best possible)" in said
    assert Run.objects.get().is_current


@pytest.mark.parametrize("arguments", [(), ("--dry-run",)])
@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (engine.FieldTooWide("sectors", 33, 32), "sectors: 33 given, 32 fit"),
        (Misread("slots: 2 bytes came, 4 fit."), "slots: 2 bytes came, 4 fit."),
        (
            OperationalError("disk full\nHINT: buy one"),
            "The database did not take it, and last night’s answer stays: disk full",
        ),
    ],
)
def test_the_command_says_what_went_wrong_in_one_sentence(
    cast: SimpleNamespace,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    sentence: str,
    arguments: tuple[str, ...],
) -> None:
    def fall(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr(engine, "run", fall)
    with pytest.raises(CommandError) as refusal:
        call_command("run_matching", *arguments)
    assert str(refusal.value) == sentence
    assert not Run.objects.filter(is_running=True).exists()
