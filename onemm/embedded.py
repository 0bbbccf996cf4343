"""The house on one machine, without services: pages, letters and the timetable in one process.

The demonstration runs like this. In production gunicorn, a worker and beat do the same (docs/deployment.md).
"""

from __future__ import annotations

import copy
import errno
import json
import logging
import os
import shutil
import socket
import socketserver
import sqlite3
import threading
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIServer

from celery.schedules import maybe_schedule
from celery.utils.time import remaining
from django.conf import settings
from django.core.servers.basehttp import WSGIRequestHandler
from django.db import OperationalError, close_old_connections, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

log = logging.getLogger(__name__)

LETTERS_EVERY = 2.0
LEAST_ROOM = 200 * 1024 * 1024


class CannotStart(Exception):
    """Something outside the house is in the way; its text is one sentence that says what to do."""


# --- The timetable -------------------------------------------------------------------------------


def due(schedule: Any, last: datetime, now: datetime) -> bool:
    """Whether an entry that last ran at `last` should have run by `now`, a missed night included."""
    clock = copy.copy(maybe_schedule(schedule))
    clock.nowfun = lambda: now
    start, delta, _ = (
        clock.remaining_delta(last) if hasattr(clock, "remaining_delta") else (last, clock.run_every, None)
    )
    return bool(remaining(start, delta, now) <= timedelta(0))


class Timetable:
    """Runs what is due, one thing at a time, and remembers in a file when each last ran."""

    def __init__(
        self,
        entries: Mapping[str, Mapping[str, Any]],
        memory: Path,
        run: Callable[[str, Any, Any], None] | None = None,
    ) -> None:
        self.entries = entries
        self.memory = memory
        self.run = run or run_task
        try:
            self.last = {
                name: datetime.fromisoformat(at) for name, at in json.loads(memory.read_text()).items()
            }
        except (OSError, ValueError, AttributeError):
            self.last = {}

    def tick(self, now: datetime) -> list[str]:
        """Run every entry that is due, each by itself: one that fails is logged and stops no other."""
        now = now.astimezone(timezone.get_default_timezone())
        ran = []
        is_news = not self.last.keys() >= self.entries.keys()
        for name, entry in self.entries.items():
            last = self.last.setdefault(name, now).astimezone(now.tzinfo)
            if not due(entry["schedule"], last, now):
                continue
            # Noted before it runs: what fails is tried again when it is next due, not every second.
            self.last[name] = now
            ran.append(name)
            try:
                self.run(entry["task"], entry.get("args", ()), entry.get("kwargs", {}))
            except Exception:
                log.exception("the timetable's “%s” failed", name)
        if ran or is_news:
            self._remember()
        return ran

    def _remember(self) -> None:
        fresh = self.memory.with_suffix(".new")
        try:
            fresh.write_text(json.dumps({name: at.isoformat() for name, at in self.last.items()}, indent=1))
            fresh.replace(self.memory)
        except OSError as error:
            log.error("the timetable cannot note when things ran: %s", error.strerror)


def run_task(name: str, args: Any, kwargs: Any) -> None:
    """Run a Celery task here and now; raises what it raised."""
    from onemm.celery import app

    app.loader.import_default_modules()
    app.tasks[name].apply(args=tuple(args), kwargs=dict(kwargs), throw=True)


class Housekeeper(threading.Thread):
    """The background thread: letters every two seconds, and whatever the timetable says."""

    def __init__(self, timetable: Timetable) -> None:
        super().__init__(name="housekeeper", daemon=True)
        self.timetable = timetable
        self.stopping = threading.Event()

    def run(self) -> None:
        from notifications import actions

        while not self.stopping.is_set():
            try:
                actions.send_due(at=timezone.now(), budget=30.0)
                self.timetable.tick(timezone.now())
            except OperationalError as error:
                log.warning("the housekeeper waits for the database: %s", error)
            except Exception:
                log.exception("the housekeeper stumbled and goes on")
            close_old_connections()
            self.stopping.wait(LETTERS_EVERY)
        connections.close_all()

    def stop(self) -> None:
        """Ask it to end and give a task that is running a few seconds; SQLite undoes what is half done."""
        self.stopping.set()
        self.join(timeout=5)


# --- Serving -------------------------------------------------------------------------------------


class QuietHandler(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: a page that was fetched is no news, and its address may name somebody."""


class Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 128

    def server_bind(self) -> None:
        # Without HTTPServer's look-up of the machine's own name, which can take seconds.
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])
        self.setup_environ()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A visitor who left in the middle of a page is no error."""


def open_server(port: int, application: Any) -> Server:
    """Listen on this port of this machine alone. Raises CannotStart when somebody else has it."""
    try:
        server = Server(("127.0.0.1", port), QuietHandler)
    except OverflowError as error:
        raise CannotStart("PORT must be a number from 1 to 65535.") from error
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CannotStart(
                f"Port {port} is taken. Stop what uses it, or choose another: PORT={port + 1} make demo"
            ) from error
        raise CannotStart(f"Port {port} cannot be used: {error.strerror}. Try PORT=8080 make demo") from error
    server.set_app(application)
    return server


def port_from(environ: Mapping[str, str]) -> int:
    try:
        port = int(environ.get("PORT") or 8000)
    except ValueError as error:
        raise CannotStart("PORT must be a number, like 8000.") from error
    if not 0 < port < 65536:
        raise CannotStart("PORT must be a number from 1 to 65535.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise CannotStart(
                    f"Port {port} is taken. Stop what uses it, or choose another: PORT={port + 1} make demo"
                ) from error
            raise CannotStart(
                f"Port {port} cannot be used: {error.strerror}. Try PORT=8080 make demo"
            ) from error
    return port


def check_room(folder: Path) -> None:
    """Make sure that we can write where the data lives. Raises CannotStart."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".probe-{os.getpid()}"
        probe.write_bytes(b"0" * 4096)
        probe.unlink()
    except OSError as error:
        raise CannotStart(
            f"Cannot write in {folder}: {error.strerror}. Free some room or allow writing there, "
            "or choose another folder: ONEMM_VAR=/some/folder make demo"
        ) from error
    room = shutil.disk_usage(folder).free
    if room < LEAST_ROOM:
        raise CannotStart(
            f"Only {room // 1024 // 1024} MB are free in {folder}; the demonstration needs 200 MB."
        )


def database_file() -> Path:
    return Path(str(settings.DATABASES["default"]["NAME"]))


def check_unlocked(database: Path) -> None:
    """Make sure that nobody else is writing. Raises sqlite3.OperationalError after a short wait."""
    if database.exists():
        probe = sqlite3.connect(database, timeout=3, isolation_level=None)
        try:
            probe.execute("BEGIN IMMEDIATE")
            probe.execute("ROLLBACK")
        finally:
            probe.close()


def needs_migrating() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
