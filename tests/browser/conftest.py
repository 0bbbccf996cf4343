"""A real browser and a real server; skipped with a sentence where there is no Chromium. CI never skips."""

from __future__ import annotations

import os
import shutil
from typing import Any

import pytest

# Playwright keeps an event loop of its own, in which Django would take our plain queries for asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM = os.environ.get("CHROMIUM_PATH") or shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    if not CHROMIUM and not os.environ.get("CI"):
        pytest.skip("No Chromium on this machine: install Debian's chromium to run the browser tests.")
    return {"executable_path": CHROMIUM, "args": ["--no-sandbox", "--disable-dev-shm-usage"]}


@pytest.fixture
def complaints(page: Any) -> list[str]:
    """What the browser's console complains about: broken CSP, missing files, failing scripts."""
    heard: list[str] = []
    page.on("console", lambda m: heard.append(m.text) if m.type in {"error", "warning"} else None)
    page.on("pageerror", lambda e: heard.append(str(e)))
    return heard


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long stories first, or the last of them would run while everybody else has finished.

    Every worker is dealt two tests to begin with, so behind each of the first four stands a short one.
    """
    here = [item for item in items if "browser" in item.keywords]
    stories = [item for item in here if item.path.name == "test_whole_loop.py"]
    others = [item for item in here if item not in stories]
    dealt = [item for pair in zip(stories, others, strict=False) for item in pair]
    here = dealt + [item for item in (*stories, *others) if item not in dealt]
    items[:] = here + [item for item in items if "browser" not in item.keywords]
