from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

from notifications import links
from onemm import logs

SAY = """
import logging
from onemm.logs import configure
import logging.config, structlog
logging.config.dictConfig(configure(production=True, level="INFO"))
path = "GET /a/{token}/?email=kayden@people.example"
structlog.get_logger("x").info("request_finished", request=path, ip="10.0.0.1", user_agent="b")
try:
    raise ValueError("Key (email)=(kayden@people.example) named Kayden exists")
except ValueError:
    logging.getLogger("y").exception("no luck with %s", "amara@people.example")
"""


@pytest.mark.django_db
def test_it_writes_json_without_people_or_keys() -> None:
    token = links.sign("permission", 7, 3)
    ran = subprocess.run(
        [sys.executable, "-c", SAY.replace("{token}", token)],
        capture_output=True,
        text=True,
        check=True,
        cwd=settings.BASE_DIR,
        env={**os.environ},
    )
    page, failure = (json.loads(line) for line in ran.stderr.splitlines())
    assert page["request"] == "GET /a/…/"
    assert failure["exception"] == "ValueError"
    assert failure["at"]
    for secret in (token, "people.example", "Kayden", "10.0.0.1"):
        assert secret not in ran.stderr


def test_it_leaves_ordinary_words_alone() -> None:
    event = {"event": "letter 7 waits: SMTP 451", "at": "09:30:15", "n": 3}
    assert logs.clean(None, "info", dict(event)) == event


def test_a_console_prints_no_variables() -> None:
    code = """
import logging, logging.config
from onemm.logs import configure
logging.config.dictConfig(configure(production=False, level="INFO"))
def page(person):
    raise ValueError
try:
    page("".join(("Kay", "den")))
except ValueError:
    logging.getLogger("y").exception("no luck")
"""
    command = [sys.executable, "-c", code]
    ran = subprocess.run(command, capture_output=True, text=True, check=True, cwd=settings.BASE_DIR)
    assert "ValueError" in ran.stderr
    assert "Kayden" not in ran.stderr
