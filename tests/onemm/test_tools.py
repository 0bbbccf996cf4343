"""The tools that run the house say what they do."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR
TARGETS = {
    "help",
    "demo",
    "test",
    "check",
    "bench",
    "bench-matching",
    "bench-matching-peers",
    "bench-live",
    "fairness",
    "worker",
    "web",
    "beat",
    "format",
    "migrations",
    "lock",
}


def test_it_lists_every_target_with_a_sentence() -> None:
    said = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert {line.split()[1] for line in said.splitlines()} == TARGETS
    assert all(len(line.split()) > 4 for line in said.splitlines())


@pytest.mark.parametrize(
    "name",
    [
        "requirements.lock",
        "requirements-dev.lock",
        "requirements-uv.lock",
        "benchmarks/peers/requirements.lock",
        "benchmarks/peers/munkres.lock",
    ],
)
def test_it_locks_by_hash_and_names_no_host(name: str) -> None:
    text = (ROOT / name).read_text()
    assert "://" not in text
    assert "--index-url" not in text
    pins = re.findall(r"^[a-z0-9][^\n=]*==[^\n]*", text, re.M | re.I)
    assert pins
    assert len(pins) == len(re.findall(r"^[a-z0-9].*\n(?:    --hash)", text, re.M | re.I))


def test_it_writes_a_valid_compose_file_with_secrets_as_files() -> None:
    subprocess.run(
        [
            f"{sys.prefix}/bin/check-jsonschema",
            "--builtin-schema",
            "vendor.compose-spec",
            "docker-compose.yml",
        ],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    text = (ROOT / "docker-compose.yml").read_text()
    assert "noeviction" in text
    assert "--appendonly" in text
    assert not re.search(r"^\s+(SECRET_KEY|DATABASE_URL|EMAIL_URL|POSTGRES_PASSWORD):", text, re.M)


def test_it_says_kindly_that_python_is_too_old() -> None:
    ran = subprocess.run(["make", "demo", "PYTHON="], cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode != 0
    assert ran.stderr.startswith("One Million Mentors needs Python 3.11")
