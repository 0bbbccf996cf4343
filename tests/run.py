"""Every test that can run here: on SQLite, on PostgreSQL, in a browser, with real services.

The last lines say what was skipped and why. With CI=true a skip is a failure. Standard library only.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent
POSTGRES = os.environ.get("DATABASE_URL", "")
if not POSTGRES.startswith("postgres"):
    POSTGRES = "postgres://postgres@127.0.0.1:5432/postgres"
REDIS = os.environ.get("REDIS_URL") or "redis://127.0.0.1:6379"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
IS_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
WORKERS = int(os.environ.get("TEST_WORKERS") or 2)
SERVICES = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "ONEMM_ENV", "SITE_URL", "PORT")

failed: list[str] = []
skipped: list[str] = []


def answers(url: str) -> bool:
    """Whether somebody listens at this address. Looks at nothing there."""
    parts = urlsplit(url)
    port = parts.port or {"redis": 6379}.get(parts.scheme, 5432)
    try:
        socket.create_connection((parts.hostname or "127.0.0.1", port), timeout=2).close()
    except OSError:
        return False
    return True


def ask_redis(url: str, *commands: str) -> list[bytes]:
    """What Redis says to each of these, up to the first that it refuses."""
    parts = urlsplit(url)
    told: list[bytes] = []
    try:
        with socket.create_connection((parts.hostname or "127.0.0.1", parts.port or 6379), timeout=2) as line:
            said = line.makefile("rb")
            if parts.password:
                who = f"{parts.username} " if parts.username else ""
                line.sendall(f"AUTH {who}{parts.password}\r\n".encode())
                said.readline()
            for command in commands:
                line.sendall(f"{command}\r\n".encode())
                told.append(said.readline())
                if not told[-1].startswith((b"+", b":")):
                    break
    except OSError:
        pass
    return told


def empty_databases(url: str) -> list[str]:
    """Redis databases that hold nothing, highest first: we empty ours again, and must not empty anybody's."""
    return [
        urlunsplit(urlsplit(url)._replace(path=f"/{number}"))
        for number in range(15, 0, -1)
        if ask_redis(url, f"SELECT {number}", "DBSIZE") == [b"+OK\r\n", b":0\r\n"]
    ]


def empty(url: str) -> None:
    ask_redis(url, f"SELECT {urlsplit(url).path[1:]}", "FLUSHDB")


def own_database(url: str, name: str) -> str:
    """The same server, a name of our own; pytest-django makes test_<name> from it and takes it away."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


@dataclass
class Round:
    """One run of pytest, under way. One without any test fails, as pytest then does."""

    name: str
    process: subprocess.Popen[bytes]
    began: float

    def end(self) -> None:
        said, _ = self.process.communicate()
        if said:
            print(f"\n=== {self.name}, meanwhile\n{said.decode(errors='replace').rstrip()}")
        if self.process.returncode != 0:
            failed.append(self.name)
        print(f"=== {self.name}: {time.monotonic() - self.began:.0f} s", flush=True)


def begin(name: str, *arguments: str, aside: bool = False, **environment: str) -> Round:
    """Start a round; `aside`: what it says is kept until its end, since another says something too."""
    print(f"\n=== {name}" + (", told at its end" if aside else ""), flush=True)
    process = subprocess.Popen(
        [sys.executable, "-m", "pytest", "-q", *arguments],
        cwd=ROOT,
        env={**{k: v for k, v in os.environ.items() if k not in SERVICES}, **environment},
        stdout=subprocess.PIPE if aside else None,
        stderr=subprocess.STDOUT if aside else None,
    )
    return Round(name, process, time.monotonic())


def find_chromium() -> str:
    """A Chromium, installed by apt where we may; its path, or nothing."""
    for _ in range(2):
        for name in CHROMIUM:
            if path := shutil.which(name):
                return path
        if os.geteuid() != 0 or not shutil.which("apt-get"):
            return ""
        for command in (
            ("apt-get", "update", "-qq"),
            ("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"),
        ):
            env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            if subprocess.run(command, env=env, stdout=subprocess.DEVNULL).returncode != 0:
                return ""
    return ""


def main() -> int:
    began = time.monotonic()
    workers = ("-n", str(WORKERS))
    chromium, caches = find_chromium(), empty_databases(REDIS)
    browser = {"CHROMIUM_PATH": chromium, "DJANGO_ALLOW_ASYNC_UNSAFE": "true"}
    database = {"DATABASE_URL": own_database(POSTGRES, f"onemm_{os.getpid()}")}
    missing = [n for n, ok in (("PostgreSQL", answers(POSTGRES)), ("Redis", len(caches) > 1)) if not ok]

    # It waits for beat's minutes most of its time, so it may as well wait while others work.
    services = None
    if missing:
        skipped.append(f"Service tests: no {' and no '.join(missing)} to use. Start it, or set its address.")
    else:
        services = begin(
            "with a real worker and beat",
            *("-m", "services"),
            aside=True,
            **{**browser, **database, "REDIS_URL": caches[1]},
        )
    begin("the suite on SQLite", *workers, "-m", "not browser and not services and not postgres").end()
    if services:
        services.end()

    if "PostgreSQL" in missing:
        skipped.append("The suite on PostgreSQL: no server answers. Start one, or set DATABASE_URL.")
    else:
        # A power cut may take the last rows of a test; nothing else changes.
        hasty = {"PGOPTIONS": f"{os.environ.get('PGOPTIONS', '')} -c synchronous_commit=off".strip()}
        redis = {"REDIS_URL": caches[0]} if caches else {}
        begin(
            "the suite on PostgreSQL",
            *(*workers, "-m", "not browser and not services", "--asks-a-database"),
            **{**database, **hasty, **redis},
        ).end()
    if "Redis" in missing:
        skipped.append("Redis in the suite: none with empty databases answers. Start one, or set REDIS_URL.")
    for url in caches[:2]:
        empty(url)

    if chromium:
        # A browser waits more than it works.
        more = ("-n", str(2 * WORKERS))
        begin("in a browser", *more, "--maxschedchunk", "1", "-m", "browser", **browser).end()
    else:
        skipped.append("Browser tests: no Chromium here and no right to install it. Install chromium.")

    print(f"\nAll rounds took {time.monotonic() - began:.0f} s.")
    for name in failed:
        print(f"Failed: {name}.")
    for sentence in skipped:
        print(f"Skipped. {sentence}")
    if not skipped:
        print("Nothing was skipped.")
    return 1 if failed or (IS_CI and skipped) else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("The tests were broken off.")
