"""Production starts by the book or not at all."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

GOOD = {
    "ONEMM_ENV": "production",
    "SECRET_KEY": "a-Long.k3y_for+tests" * 4,
    "ALLOWED_HOSTS": "mentors.example",
    "SITE_URL": "https://mentors.example",
    "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "EMAIL_URL": "smtp+tls://mail.example:587",
}


def start(code: str = "import django; django.setup()", **changes: str) -> subprocess.CompletedProcess[str]:
    keep = {k: v for k, v in os.environ.items() if k in {"PATH", "HOME", "LANG"}}
    env = {
        k: v for k, v in {**keep, "DJANGO_SETTINGS_MODULE": "onemm.settings", **GOOD, **changes}.items() if v
    }
    return subprocess.run(
        [sys.executable, "-c", code], cwd=settings.BASE_DIR, env=env, capture_output=True, text=True
    )


def test_it_starts_when_everything_is_given() -> None:
    """The control for all the refusals below."""
    ran = start()
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECRET_KEY": settings.EMBEDDED_SECRET}, "SECRET_KEY"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"SITE_URL": "http://mentors.example"}, "SITE_URL"),
        ({"DATABASE_URL": ""}, "DATABASE_URL"),
        ({"REDIS_URL": ""}, "REDIS_URL"),
        ({"EMAIL_URL": ""}, "EMAIL_URL"),
        ({"DEBUG": "true"}, "DEBUG"),
        ({"ONEMM_ENV": "produktion"}, "ONEMM_ENV"),
    ],
)
def test_it_refuses_to_start_and_says_why(changes: dict[str, str], says: str) -> None:
    ran = start(**changes)
    assert ran.returncode != 0
    last = ran.stderr.strip().splitlines()[-1]
    assert "ImproperlyConfigured" in last
    assert says in last


def test_it_reads_secrets_from_files(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("from-a-file-" * 6)
    code = "from onemm import settings; print(settings.SECRET_KEY[:12])"
    ran = start(code, SECRET_KEY="", SECRET_KEY_FILE=str(secret))
    assert ran.stdout.strip() == "from-a-file-", ran.stderr


def test_it_passes_djangos_own_check() -> None:
    code = (
        "import sys; from django.core.management import execute_from_command_line as run; "
        "run(['manage.py', 'check', '--deploy', '--fail-level', 'WARNING'])"
    )
    ran = start(code)
    assert ran.returncode == 0, ran.stderr


def test_it_caches_hashed_files_for_a_year_and_answers_health_without_tls(tmp_path: Path) -> None:
    collect = (
        "import django; django.setup(); from django.core.management import call_command; "
        "call_command('collectstatic', interactive=False, verbosity=0)"
    )
    where: dict[str, Any] = {"STATIC_ROOT": str(tmp_path / "static"), "ONEMM_VAR": str(tmp_path)}
    assert start(collect, **where).returncode == 0
    fetch = """
import django; django.setup()
from django.templatetags.static import static
from django.test import Client
client = Client(headers={"host": "mentors.example"})
page = client.get(static("css/onemm.css"), secure=True)
print(static("css/onemm.css"), page.status_code, page["Cache-Control"])
print(client.get("/live").status_code, client.get("/").status_code)
"""
    ran = start(fetch, **where)
    assert ran.returncode == 0, ran.stderr
    css, health = ran.stdout.splitlines()
    found = re.fullmatch(r"/static/css/onemm\.[0-9a-f]{12}\.css 200 max-age=(\d+), public, immutable", css)
    assert found, css
    assert int(found[1]) >= 31_536_000
    assert health == "200 301"
