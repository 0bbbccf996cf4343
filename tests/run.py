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


def empty_databases(url: str) -> list[str]:
    """Redis databases that hold nothing, highest first: tests flush theirs, and must not flush anybody's."""
    parts = urlsplit(url)
    found = []
    try:
        with socket.create_connection((parts.hostname or "127.0.0.1", parts.port or 6379), timeout=2) as line:
            said = line.makefile("rb")
            if parts.password:
                who = f"{parts.username} " if parts.username else ""
                line.sendall(f"AUTH {who}{parts.password}\r\n".encode())
                said.readline()
            for number in range(15, 0, -1):
                line.sendall(f"SELECT {number}\r\nDBSIZE\r\n".encode())
                if (said.readline(), said.readline()) == (b"+OK\r\n", b":0\r\n"):
                    found.append(urlunsplit(parts._replace(path=f"/{number}")))
    except OSError:
        return []
    return found


def own_database(url: str, name: str) -> str:
    """The same server, a name of our own; pytest-django makes test_<name> from it and takes it away."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def has_tests(marker: str) -> bool:
    """Whether any test carries this mark, so that an empty round is not called a success."""
    found = pytest("--collect-only", "-q", "-m", marker, quiet=True)
    return found.returncode == 0


def pytest(*arguments: str, quiet: bool = False, **environment: str) -> subprocess.CompletedProcess[bytes]:
    env = {k: v for k, v in os.environ.items() if k not in SERVICES}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *arguments],
        cwd=ROOT,
        env={**env, **environment},
        stdout=subprocess.DEVNULL if quiet else None,
        stderr=subprocess.DEVNULL if quiet else None,
    )


def round_of(name: str, *arguments: str, **environment: str) -> None:
    print(f"\n=== {name}", flush=True)
    began = time.monotonic()
    if pytest(*arguments, **environment).returncode != 0:
        failed.append(name)
    print(f"=== {name}: {time.monotonic() - began:.0f} s", flush=True)


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
    round_of("the suite on SQLite", "-n", str(WORKERS), "-m", "not browser and not services and not postgres")

    caches = empty_databases(REDIS)
    has_postgres, has_redis = answers(POSTGRES), len(caches) > WORKERS
    services = {"DATABASE_URL": own_database(POSTGRES, f"onemm_{os.getpid()}")}
    if has_redis:
        # One each: a test clears its cache, and must not clear its neighbour's.
        services |= {"REDIS_URL": caches[-1], "TEST_REDIS_URLS": " ".join(caches[:WORKERS])}
    if has_postgres:
        round_of(
            "the suite on PostgreSQL", "-n", str(WORKERS), "-m", "not browser and not services", **services
        )
    else:
        skipped.append("The suite on PostgreSQL: no server answers. Start one, or set DATABASE_URL.")
    if not has_redis:
        skipped.append("Redis in the suite: none with empty databases answers. Start one, or set REDIS_URL.")

    if not has_tests("browser"):
        skipped.append("Browser tests: there are none.")
    elif chromium := find_chromium():
        found = {"CHROMIUM_PATH": chromium, "DJANGO_ALLOW_ASYNC_UNSAFE": "true"}
        round_of("in a browser", "-n", str(WORKERS), "--maxschedchunk", "1", "-m", "browser", **found)
    else:
        skipped.append("Browser tests: no Chromium here and no right to install it. Install chromium.")

    if not has_tests("services"):
        skipped.append("Service tests: there are none.")
    elif has_postgres and has_redis:
        round_of("with a real worker and beat", "-m", "services", **services)
    else:
        missing = " and ".join(n for n, ok in (("PostgreSQL", has_postgres), ("Redis", has_redis)) if not ok)
        skipped.append(f"Service tests: {missing} does not answer. Start it, or set its address.")

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
