"""Whole tables written at once: filled out of sight, then put in the place of what was there.

A sheet is all rows that a table is to have, as columns of arrays: whole numbers as they are, JSON as bytes
(dtype S). Everything here happens in the caller's transaction, so a reader meets the old rows or the new
ones, and whoever is killed half-way leaves the old ones. Names of tables and columns come from our models.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import sleep
from typing import Any

import numpy as np
from django.db import OperationalError, connection, transaction
from django.db.models import Model

from matching.engine.columns import Array

ROWS = 1 << 14  # written together: 3 MB of the widest table, which stay in the cache
PIECE = 1 << 20  # bytes handed to the server together
TRIES, TRY_MS, PAUSE = 6, 400, 0.6  # how patiently a swap waits for readers who hold the table

BEGIN, END = b"PGCOPY\n\xff\r\n\0" + bytes(8), b"\xff\xff"
JSONB = b"\x01"  # the version that stands before a jsonb in COPY's binary format


@dataclass(frozen=True)
class Sheet:
    """All rows of one table: how many, and the columns of any slice of them by name."""

    model: type[Model]
    rows: int
    columns: Callable[[slice], Mapping[str, Array]]

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def key(self) -> str:
        return str(self.model._meta.pk.column)

    @property
    def beside(self) -> str:
        """The name of the table that is being filled."""
        return f"{self.table}_new"

    def parts(self) -> Iterator[Mapping[str, Array]]:
        for start in range(0, self.rows, ROWS):
            yield self.columns(slice(start, min(start + ROWS, self.rows)))


def fill(sheets: Sequence[Sheet]) -> None:
    """On PostgreSQL, write the sheets into tables beside the old ones, which nobody sees yet.

    Elsewhere nothing is done before the swap. Constraints and defaults come along from the old table; its one
    index, the primary key, is built when the rows are there, and tells the planner how many there are.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for sheet in sheets:
            new = sheet.beside
            cursor.execute(f"CREATE TABLE {new} (LIKE {sheet.table} INCLUDING ALL EXCLUDING INDEXES)")
            if sheet.rows:
                names = ", ".join(sheet.columns(slice(0, 1)))
                # Frozen: a table of this very transaction needs no second look at its rows later.
                order = f"COPY {new} ({names}) FROM STDIN (FORMAT BINARY, FREEZE)"
                cursor.copy_expert(order, Reader(binary(sheet)), PIECE)
            cursor.execute(f"ALTER TABLE {new} ADD CONSTRAINT {new}_pkey PRIMARY KEY ({sheet.key})")


def swap(sheets: Sequence[Sheet]) -> None:
    """Put the filled tables in the place of the old ones; what follows until the commit should be short.

    Readers wait for the few milliseconds between this and the commit. Whoever reads for long, as a backup
    does, is waited for in short tries that let others through; when that does not help, the rows are replaced
    instead, which is slower and asks nobody to wait.
    """
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            for sheet in sheets:
                cursor.execute(f"DELETE FROM {sheet.table}")  # noqa: S608  # nosec B608: our own tables
                _insert(cursor, sheet)
            return
        if _alone_with(cursor, [sheet.table for sheet in sheets]):
            for sheet in sheets:
                cursor.execute(f"DROP TABLE {sheet.table}")
                cursor.execute(f"ALTER TABLE {sheet.beside} RENAME TO {sheet.table}")
                # The constraint follows its index; Django and PostgreSQL expect this name.
                cursor.execute(f"ALTER INDEX {sheet.beside}_pkey RENAME TO {sheet.table}_pkey")
        else:
            for sheet in sheets:
                cursor.execute(f"DELETE FROM {sheet.table}")  # noqa: S608  # nosec B608: our own tables
                cursor.execute(f"INSERT INTO {sheet.table} TABLE {sheet.beside}")
                cursor.execute(f"DROP TABLE {sheet.beside}")


def _alone_with(cursor: Any, tables: Sequence[str]) -> bool:
    """Lock the tables against readers too, for the rest of the transaction; whether that was possible."""
    for attempt in range(TRIES):
        if attempt:
            sleep(PAUSE)
        try:
            with transaction.atomic():
                cursor.execute(f"SET LOCAL lock_timeout = {TRY_MS}")
                cursor.execute(f"LOCK TABLE {', '.join(tables)} IN ACCESS EXCLUSIVE MODE")
        except OperationalError as refusal:
            if getattr(refusal.__cause__, "pgcode", "") != "55P03":  # lock_not_available
                raise
        else:
            cursor.execute("SET LOCAL lock_timeout = DEFAULT")
            return True
    return False


def _insert(cursor: Any, sheet: Sheet) -> None:
    for part in sheet.parts():
        names, marks = ", ".join(part), ", ".join(["%s"] * len(part))
        order = f"INSERT INTO {sheet.table} ({names}) VALUES ({marks})"  # noqa: S608  # nosec B608: our own tables
        columns = [
            [value.decode() for value in column.tolist()] if column.dtype.kind == "S" else column.tolist()
            for column in part.values()
        ]
        cursor.executemany(order, list(zip(*columns, strict=True)))


def binary(sheet: Sheet) -> Iterator[bytes]:
    """A sheet in COPY's binary format, `ROWS` rows at a time."""
    yield BEGIN
    for part in sheet.parts():
        yield encoded(list(part.values()))
    yield END


def encoded(columns: Sequence[Array]) -> bytes:
    """Rows in COPY's binary format: the number of fields, then each one's length and its bytes, big first.

    JSON that is shorter than its column is filled up with spaces, which mean nothing there, so that all rows
    are of one length and numpy writes them together.
    """
    kinds: list[tuple[str, Any]] = [("fields", ">i2")]
    for n, column in enumerate(columns):
        is_json = column.dtype.kind == "S"
        kinds.append((f"length_{n}", ">i4"))
        kinds.append((f"value_{n}", f"S{column.itemsize + 1}" if is_json else column.dtype.newbyteorder(">")))
    rows = np.empty(len(columns[0]), np.dtype(kinds))
    rows["fields"] = len(columns)
    for n, column in enumerate(columns):
        if column.dtype.kind == "S":
            filled: Array = np.char.ljust(column, column.itemsize)
            column = np.char.add(JSONB, filled)
        rows[f"length_{n}"] = column.itemsize
        rows[f"value_{n}"] = column
    return rows.tobytes()


class Reader(io.RawIOBase):
    """What psycopg2 reads from: pieces of the chunks, without holding more than one chunk."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self.chunks = chunks
        self.rest = memoryview(b"")

    def read(self, size: int = -1) -> bytes:
        while not self.rest:
            try:
                self.rest = memoryview(next(self.chunks))
            except StopIteration:
                return b""
        piece, self.rest = self.rest[:size], self.rest[size:]
        return piece.tobytes()
