"""A real worker and a real beat on PostgreSQL and Redis carry a letter from the row to the mail server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from notifications.models import Letter

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def start(broker: str, mailbox: Any, tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    base = connection.settings_dict
    host, port = base["HOST"] or "127.0.0.1", base["PORT"] or 5432
    secret = f":{base['PASSWORD']}" if base["PASSWORD"] else ""
    env = {
        **os.environ,
        "DATABASE_URL": f"postgres://{base['USER']}{secret}@{host}:{port}/{base['NAME']}",
        "REDIS_URL": broker,
        "EMAIL_URL": f"smtp://127.0.0.1:{mailbox.server_address[1]}",
        "ONEMM_VAR": str(tmp_path),
    }
    running: list[subprocess.Popen[bytes]] = []
    log = (tmp_path / "log").open("wb")

    def start(*arguments: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "onemm", *arguments],
            cwd=settings.BASE_DIR,
            env=env,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        running.append(process)
        return process

    yield start
    for process in running:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    log.close()


def make_letter(n: int) -> Letter:
    return Letter.objects.create(
        key=f"services:{n}",
        kind="scratch/hello",
        to_email=f"amara{n}@people.example",
        subject="Hello",
        text="Hello",
        html="<p>Hello</p>",
        message_id=f"<services-{n}@mentors.example>",
        next_try_at=timezone.now(),
    )


def wait_for(condition: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.2)
    return condition()


def test_it_finds_a_letter_that_no_hint_told_of(start: Any, mailbox: Any) -> None:
    """Nobody calls the worker: beat's sweep alone, within its minute."""
    letter = make_letter(1)
    start("worker", "-Q", "celery,urgent", "-c", "1", "--loglevel", "WARNING")
    start("beat", "--loglevel", "WARNING")
    assert wait_for(lambda: Letter.objects.filter(pk=letter.pk, status="sent").exists(), 100)
    assert len(mailbox.texts) == 1


def test_it_sends_nothing_twice_when_the_worker_is_killed(start: Any, mailbox: Any) -> None:
    """Killed in the middle of a letter: that one is unsure, none is doubled, the others are sent."""
    from notifications import actions, rules
    from notifications.tasks import send_due

    letters = [make_letter(n) for n in range(6)]
    mailbox.slow = 1.0
    worker = start("worker", "-Q", "celery,urgent", "-c", "1", "--loglevel", "WARNING")
    send_due.delay()
    assert wait_for(lambda: len(mailbox.texts) >= 2, 60)
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()
    mailbox.slow = 0.0
    stuck = list(Letter.objects.filter(status="sending").values_list("pk", flat=True))
    assert len(stuck) == 1  # the control: the kill did hit a letter in flight
    actions.hand_over_abandoned(at=timezone.now() + rules.LEASE)
    start("worker", "-Q", "celery,urgent", "-c", "1", "--loglevel", "WARNING")
    send_due.delay()
    rest = Letter.objects.filter(status="sent")
    assert wait_for(lambda: rest.count() == len(letters) - 1, 60)
    assert list(Letter.objects.filter(status="unsure").values_list("pk", flat=True)) == stuck
    ids = [line for text in mailbox.texts for line in text.splitlines() if line.startswith(b"Message-ID")]
    assert len(ids) == len(set(ids))
