"""What is compiled from one state of the engine is never run with another."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from numba.core import config

from matching.engine.kernels import cache


@pytest.fixture
def engine(tmp_path: Path) -> Path:
    copy = tmp_path / "engine"
    shutil.copytree(cache.ENGINE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    return copy


def test_it_is_the_same_for_the_same_source(engine: Path) -> None:
    assert cache.fingerprint(engine) == cache.fingerprint()


@pytest.mark.parametrize("name", ["population.py", "masks.py", "kernels/planes.py", "settings.py"])
def test_it_is_another_once_any_file_says_something_else(engine: Path, name: str) -> None:
    changed = engine / name
    changed.write_text(changed.read_text() + "\n# another day\n")
    assert cache.fingerprint(engine) != cache.fingerprint()


def test_kernels_are_kept_in_the_folder_of_this_state() -> None:
    assert Path(config.CACHE_DIR).name == f"kernels-{cache.fingerprint()}"


def test_it_takes_away_what_others_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "HERE", tmp_path)
    ours = tmp_path / "kernels-ours"
    monkeypatch.setattr(config, "CACHE_DIR", str(ours))
    for folder in (ours, tmp_path / "kernels-theirs", tmp_path / "something"):
        folder.mkdir()
    cache.sweep()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["kernels-ours", "something"]
