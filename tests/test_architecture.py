"""The floors hold: every import is read, and an offender is named."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FLOORS = [
    {"audit", "notifications"},
    {"users"},
    {"training"},
    {"partners"},
    {"mentors", "mentees"},
    {"matching"},
    {"mentoring"},
    {"safeguarding"},
    {"onemm"},
]
FLOOR_OF = {app: n for n, floor in enumerate(FLOORS) for app in floor}
# What another app may take; the rest of an app is its own business.
DOORS = {"models", "actions", "signals"}
GROUND_DOORS = {
    "audit": DOORS | {"transitions", "desk", "looking"},
    "notifications": DOORS | {"post", "links", "gates"},
    "users": DOORS | {"clock", "fields", "widgets", "text", "middleware", "demo", "forms"},
}
# Inside an app: who may import whom (ARCHITECTURE.md, section 2). Files not named here may import anything.
ROOMS = {"models", "rules", "emails", "actions", "tasks", "forms", "views", "urls", "admin"}
MAY_IMPORT = {
    "models": {"models", "rules"},
    "rules": {"rules"},
    "emails": {"emails", "models", "rules"},
    "actions": {"actions", "models", "rules", "emails"},
    "tasks": {"tasks", "actions", "models"},
    "forms": {"forms", "models", "rules"},
}


def imports_of(path: Path, package: str) -> Iterator[str]:
    """Every module that a file imports, also inside functions, as a dotted name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = (
                ".".join(package.split(".")[: len(package.split(".")) - node.level + 1]) if node.level else ""
            )
            module = ".".join(part for part in (base, node.module or "") if part)
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def offences(root: Path) -> list[str]:
    found = []
    for app, floor in FLOOR_OF.items():
        for path in sorted((root / app).rglob("*.py")):
            if "migrations" in path.parts:
                continue
            inside = path.relative_to(root / app)
            room = inside.parts[0].removesuffix(".py")
            package = ".".join((app, *inside.parent.parts))
            for name in imports_of(path, package):
                other, _, rest = name.partition(".")
                door = rest.split(".")[0]
                if other not in FLOOR_OF:
                    continue
                where = f"{app}/{inside.as_posix()}"
                if other == app:
                    if room in MAY_IMPORT and door in ROOMS - MAY_IMPORT[room]:
                        found.append(f"{where} imports {name}")
                elif FLOOR_OF[other] >= floor:
                    found.append(f"{where} imports {other}")
                elif app != "onemm" and door and door not in GROUND_DOORS.get(other, DOORS):
                    found.append(f"{where} imports {name}: only models and actions are for others")
    return sorted(set(found))


def test_it_has_no_import_against_the_floors() -> None:
    assert offences(ROOT) == []


@pytest.mark.parametrize(
    ("file", "line", "offence"),
    [
        ("partners/actions.py", "from mentors.models import Mentor", "partners/actions.py imports mentors"),
        ("mentors/views.py", "import mentees.models", "mentors/views.py imports mentees"),
        (
            "mentoring/actions.py",
            "def f():\n    from safeguarding import models",
            "mentoring/actions.py imports safeguarding",
        ),
        ("users/models.py", "from onemm import settings", "users/models.py imports onemm"),
        ("matching/views.py", "from mentors.rules import x", "matching/views.py imports mentors.rules"),
        ("mentors/rules.py", "from mentors import models", "mentors/rules.py imports mentors.models"),
    ],
)
def test_it_names_an_offender(tmp_path: Path, file: str, line: str, offence: str) -> None:
    for app in FLOOR_OF:
        (tmp_path / app).mkdir()
        (tmp_path / app / "models.py").write_text("")
    (tmp_path / file).write_text(line)
    assert any(found.startswith(offence) for found in offences(tmp_path))


def test_it_keeps_the_engine_free_of_django() -> None:
    for path in (ROOT / "matching" / "engine").rglob("*.py"):
        for name in imports_of(path, "matching.engine"):
            assert name.split(".")[0] != "django", path
            assert not name.startswith("matching.") or name.startswith("matching.engine"), path


def test_it_has_no_room_for_odds_and_ends() -> None:
    banned = {"core", "common", "utils", "helpers"}
    for app in FLOOR_OF:
        assert not banned & {path.stem for path in (ROOT / app).rglob("*")}, app
