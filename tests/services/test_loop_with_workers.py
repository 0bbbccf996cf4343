"""The whole loop against real processes: gunicorn, a Celery worker and beat, on PostgreSQL and Redis.

Their clock cannot be turned. So the night comes early, by the operator's own setting; and the hour that was
planned for tomorrow is moved into the past once its reminder has gone out.
"""

from __future__ import annotations

import email
import email.policy
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from celery import Celery
from django.conf import settings
from django.db import connection
from django.utils import timezone

from matching.models import Match, Run
from mentoring.models import Meeting
from notifications.models import Letter
from tests.browser.loop import stage, story

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
LONGEST = 540
QUEUES = ("-Q", "celery,urgent")


def wait_for(condition: Callable[[], Any], seconds: float, what: str) -> Any:
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, f"Waited {seconds:.0f} s in vain for {what}"
        time.sleep(0.2)
    return found


@pytest.fixture(autouse=True)
def _time_limit() -> Iterator[None]:
    """Whatever hangs, ends."""

    def over(*_: Any) -> None:
        raise TimeoutError(f"The story took longer than {LONGEST} s")

    before = signal.signal(signal.SIGALRM, over)
    signal.alarm(LONGEST)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


class House:
    """The real processes, each in a group of its own, so that none is left behind."""

    def __init__(self, broker: str, mailbox: Any, var: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        base = connection.settings_dict
        secret = f":{base['PASSWORD']}" if base["PASSWORD"] else ""
        place = f"{base['HOST'] or '127.0.0.1'}:{base['PORT'] or 5432}"
        self.env = {
            **os.environ,
            "DATABASE_URL": f"postgres://{base['USER']}{secret}@{place}/{base['NAME']}",
            "REDIS_URL": broker,
            "EMAIL_URL": f"smtp://127.0.0.1:{mailbox.server_address[1]}",
            "SITE_URL": self.url,
            "BIND": f"127.0.0.1:{self.port}",
            "WEB_CONCURRENCY": "2",
            "ONEMM_VAR": str(var),
        }
        self.mailbox, self.var = mailbox, var
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, *arguments: str, **env: str) -> None:
        with (self.var / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, "-m", *arguments],
                cwd=settings.BASE_DIR,
                env={**self.env, **env},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def start_beat(self, **env: str) -> None:
        self.start("beat", "celery", "-A", "onemm", "beat", "--loglevel", "INFO", **env)

    def end(self, name: str) -> int:
        """Ask it to end, as an operator would; its last word. Nothing of its group is left."""
        process = self.running.pop(name)
        process.terminate()
        try:
            code = process.wait(timeout=40)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            code = process.wait()
        with pytest.raises(ProcessLookupError):
            os.killpg(process.pid, 0)
        return code

    def log(self, name: str) -> str:
        return (self.var / f"{name}.log").read_text()

    def answers(self, path: str) -> bool:
        try:
            with urllib.request.urlopen(self.url + path, timeout=2) as answer:  # noqa: S310
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    # --- Post --------------------------------------------------------------------------------------

    def post(self) -> list[Any]:
        return [email.message_from_bytes(raw, policy=email.policy.default) for raw in self.mailbox.texts]

    def arrived(self, letter: Letter) -> str:
        """The text of a letter as the mail server got it."""

        def found() -> Any:
            return next((m for m in self.post() if m["Message-ID"] == letter.message_id), None)

        message = wait_for(found, 75, f"the letter {letter.kind}")
        return str(message.get_body(("plain",)).get_content())


@pytest.fixture
def house(broker: str, mailbox: Any, tmp_path: Path) -> Iterator[House]:
    house = House(broker, mailbox, tmp_path)
    yield house
    for name, process in house.running.items():
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        print(f"--- {name}\n{house.log(name)[-3000:]}")


def in_two_minutes() -> str:
    """The minute after the next one, in London: beat has time to wake up."""
    return f"{timezone.localtime() + timedelta(minutes=1, seconds=15):%H:%M}"


def test_it_leads_from_a_visitor_to_a_logged_meeting(house: House, broker: str, browser: Any) -> None:
    began = stage.furnish(timezone.now(), modules=2)
    house.start("web", "gunicorn")
    house.start("worker", "celery", "-A", "onemm", "worker", *QUEUES, "-c", "2", "--loglevel", "INFO")
    house.start_beat()
    wait_for(lambda: house.answers("/ready"), 60, "the web server")

    def night() -> None:
        """Beat is started again with another hour for the night, and starts the run itself."""
        assert not Run.objects.exists()
        assert house.end("beat") == 0
        house.start_beat(TIMETABLE_NIGHT=in_two_minutes())
        wait_for(lambda: Run.objects.filter(is_current=True).exists(), 150, "the night")
        assert "Sending due task look for matches" in house.log("beat")

    def remind() -> None:
        Celery(broker=broker, set_as_current=False).send_task("mentoring.tasks.remind_meetings")
        told = Letter.objects.filter(kind="mentoring/meeting_tomorrow")
        wait_for(lambda: told.count() == 2, 30, "the reminders")

    def after_the_meeting() -> None:
        over = timezone.now() - timedelta(minutes=10)
        Meeting.objects.update(starts_at=over - timedelta(hours=1), ends_at=over)

    here = stage.Stage(
        browser,
        house.url,
        stage.Clock(),
        night=night,
        remind=remind,
        after_the_meeting=after_the_meeting,
        arrived=house.arrived,
        has_axe=False,
    )
    try:
        story.tell(here, began)
    finally:
        here.close()
    assert Match.objects.get().status == "active"
    assert Meeting.objects.get().status == "held"
    assert Run.objects.count() == 1
    assert not here.findings.wrong, f"\n{here.findings}"

    # Every letter that was written left through the worker, was marked, and arrived once and no more.
    wait_for(lambda: not Letter.objects.exclude(status="sent").exists(), 75, "the last letters")
    assert not Letter.objects.filter(on_the_wire=False).exists()
    written = Letter.objects.values_list("message_id", "to_email")
    assert Counter((m["Message-ID"], str(m["To"])) for m in house.post()) == Counter(written)
    assert len(written) > 25
    for name in ("beat", "worker", "web"):
        assert house.end(name) == 0, house.log(name)[-2000:]
    assert "Traceback" not in house.log("worker") + house.log("beat") + house.log("web")
