"""A PostgreSQL database to throw away, beside whatever the server holds."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg2

LOCAL = "postgres://postgres@127.0.0.1:5432/postgres"


def reachable() -> str | None:
    """The server's address: DATABASE_URL's, else this machine's; None if nobody answers or it is another
    kind of database."""
    url = os.environ.get("DATABASE_URL") or LOCAL
    if not url.startswith(("postgres://", "postgresql://")):
        return None
    try:
        psycopg2.connect(_database(url, "postgres"), connect_timeout=5).close()
    except psycopg2.OperationalError:
        return None
    return url


@contextmanager
def thrown_away(server: str) -> Iterator[str]:
    """The address of a new, empty database, which is dropped in the end. Touches no other."""
    name = f"onemm_bench_{os.getpid()}"
    _run(server, f"CREATE DATABASE {name}")
    try:
        yield _database(server, name)
    finally:
        _run(server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _database(url: str, name: str) -> str:
    return urlsplit(url)._replace(scheme="postgresql", path=f"/{name}").geturl()


def _run(server: str, statement: str) -> None:
    connection = psycopg2.connect(_database(server, "postgres"))
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
    finally:
        connection.close()
