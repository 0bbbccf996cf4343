"""`make demo`: the whole house on this machine, with demonstration people in it."""

from __future__ import annotations

import fcntl
import os
import signal
import sqlite3
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, OperationalError, connections

from onemm import embedded
from onemm.celery import TIMETABLE


class Command(BaseCommand):
    help = "Serve the demonstration: SQLite, invented people, letters kept. RESET=1 starts over."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            # Settings are read once and early, so say which house it is and begin again.
            os.environ["ONEMM_ENV"] = "demo"
            os.execv(sys.executable, [sys.executable, *sys.argv])  # noqa: S606  our own command line
        signal.signal(signal.SIGTERM, _end)
        try:
            self._run()
        except KeyboardInterrupt:
            self.stdout.write("\nThe demonstration has ended. Your data stays until RESET=1 make demo.")
        except embedded.CannotStart as reason:
            raise CommandError(str(reason)) from None
        except (OperationalError, sqlite3.OperationalError) as error:
            raise CommandError(_in_words(error)) from None
        except (DatabaseError, sqlite3.DatabaseError) as error:
            raise CommandError(
                f"The demonstration’s database is damaged ({error}). Start over with RESET=1 make demo"
            ) from None
        except OSError as error:
            raise CommandError(f"{error.strerror or error}. Nothing was started.") from None
        finally:
            connections.close_all()

    def _run(self) -> None:
        port = embedded.port_from(os.environ)
        if not settings.ON_SQLITE:
            raise embedded.CannotStart("The demonstration keeps its data in SQLite: take DATABASE_URL away.")
        database = embedded.database_file()
        embedded.check_room(database.parent)
        embedded.check_room(settings.VAR_DIR)
        key = _only_one(settings.VAR_DIR)
        loaded = settings.VAR_DIR / "demo-loaded"
        memory = settings.VAR_DIR / "timetable.json"
        if os.environ.get("RESET", "") not in {"", "0"} or (database.exists() and not loaded.exists()):
            # Asked for, or the first start was broken off half way.
            _forget(database, loaded, memory)
        embedded.check_unlocked(database)
        if embedded.needs_migrating():
            call_command("migrate", verbosity=0, interactive=False)
        if not loaded.exists():
            self.stdout.write("First start: inviting the demonstration’s people. This happens once.")
            call_command("load_demo", stdout=self.stdout, stderr=self.stderr)
            loaded.write_text("The demonstration data is in the database. RESET=1 make demo starts over.\n")
        from onemm.wsgi import application

        server = embedded.open_server(port, application)
        keeper = embedded.Housekeeper(embedded.Timetable(TIMETABLE, memory))
        keeper.start()
        self._welcome(port)
        try:
            server.serve_forever(poll_interval=0.2)
        finally:
            server.server_close()
            keeper.stop()
            key.close()

    def _welcome(self, port: int) -> None:
        from users.demo import PASSWORD, SIGN_INS

        width = max(len(who) for who, _, _ in SIGN_INS)
        wide = max(len(email) for _, email, _ in SIGN_INS)
        say = self.stdout.write
        say(f"\nOne Million Mentors is open at http://localhost:{port}\n")
        for who, email, sees in SIGN_INS:
            say(f"  {who:<{width}}  {email:<{wide}}  {sees}")
        say(f"\nThe password is always {PASSWORD}; the sign-in page lists everyone too.")
        say("Letters are kept, not posted: staff read them in the admin. Ctrl-C ends it.\n")
        self.stdout.flush()


def _end(*_: Any) -> None:
    raise KeyboardInterrupt


def _only_one(folder: Path) -> Any:
    """Hold the folder's key while we live: two timetables on one database would do the night twice."""
    key = (folder / "demo.lock").open("w")
    try:
        fcntl.flock(key, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        key.close()
        raise embedded.CannotStart(
            "The demonstration is already running from this folder. End that one first, "
            "or use another folder: ONEMM_VAR=/tmp/another PORT=8001 make demo"
        ) from None
    return key


def _forget(database: Path, *others: Path) -> None:
    connections.close_all()
    for path in (database, *(Path(f"{database}{end}") for end in ("-wal", "-shm", "-journal")), *others):
        path.unlink(missing_ok=True)


def _in_words(error: Exception) -> str:
    text = str(error).lower()
    if "locked" in text:
        return "The demonstration’s database is in use by another program. Close it and try again."
    if "full" in text or "disk i/o" in text:
        return "The disk is full or broken, so nothing could be written. Free some room and try again."
    if "readonly" in text or "unable to open" in text:
        return f"Cannot write in {settings.VAR_DIR}. Allow that, or choose another folder with ONEMM_VAR."
    return f"The demonstration’s database cannot be used ({error}). Start over with RESET=1 make demo"
