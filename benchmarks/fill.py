"""A drawn population as rows of an empty PostgreSQL database: every fact of readiness, and the profiles.

Rows go in by COPY and by statements over whole tables (fill.sql), while indexes and constraints are away;
making them again proves that what was written is what the actions could have written.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from django.db import connection

from benchmarks.population import EMPLOYERS, SCHOOLS, People
from matching.actions.tables import BEGIN, END, encoded
from matching.engine.columns import Array

SQUARE = 20  # places are known to 2 km, as by the first half of a postcode
REASONS = 6  # why somebody is not ready; see fill.sql
STAFF = 9  # accounts 1 to 9
MATCHED = 20  # every so manyth mentor has a young person already
AWAY = (("f",), ("u", "p", "c"))  # kinds of constraints, in the order in which they can be dropped

Told = Callable[[str], object]


class NotEmpty(Exception):
    """Somebody is in this database; invented people go into an empty one."""


def fill(people: People, *, at: datetime, told: Told = lambda step: None) -> None:
    """Write everybody into the database of the settings, migrated and empty. Raises NotEmpty.

    Mentors and requests keep their ids; a request's id is its person's too. Places become the middles of
    squares, wishes are their school's, and some more young people are matched already.
    """
    facts: dict[str, Any] = {
        "at": at,
        "programmes": len(people.settings),
        "employers": EMPLOYERS,
        "organisations": EMPLOYERS + SCHOOLS,
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM users_user)")
        if cursor.fetchone()[0]:
            raise NotEmpty("This database has people in it. Invented ones go into an empty one.")
        drawn = _drawn(people)
        for name, columns in drawn.items():
            _copy(cursor, name, columns)
        statements = _statements()
        with _bare(cursor, [table for table, _ in statements], told):
            for table, statement in statements:
                told(table)
                cursor.execute(statement, facts)
        for name in drawn:
            cursor.execute(f"DROP TABLE {name}")
        told("statistics")
        cursor.execute(
            "VACUUM ANALYZE"
        )  # the night reads indexes alone, once their pages are known to be old


def _drawn(people: People) -> dict[str, dict[str, Array]]:
    """The arrays as tables of this session, with what only rows need."""
    m, n = len(people.mentors), len(people.mentees)
    mentors = {name: column.astype(np.int64) for name, column in vars(people.mentors).items()}
    mentors["lacks"] = np.where(people.cleared, 0, 1 + mentors["id"] % REASONS)
    mentors["user_id"] = STAFF + mentors["id"]
    taken = np.flatnonzero((mentors["id"] % MATCHED == 0) & (mentors["free_places"] < 3))[:n]
    mentors["capacity"] = mentors["free_places"].copy()
    mentors["capacity"][taken] += 1
    twins = people.mentees.take(np.arange(len(taken)))
    mentees = {
        name: np.concatenate((column, vars(twins)[name])).astype(np.int64)
        for name, column in vars(people.mentees).items()
    }
    mentees["id"] = mentees["person"] = np.arange(1, n + len(taken) + 1)
    mentees["user_id"] = STAFF + m + mentees["id"]
    mentees["mentor"] = np.concatenate((np.zeros(n, np.int64), mentors["id"][taken]))
    for side in (mentors, mentees):
        side["ways"] = side.pop("online") + 2 * side.pop("in_person")
        for axis in ("easting", "northing"):
            side[axis] = side[axis] // SQUARE * SQUARE + SQUARE // 2
    return {
        "drawn_mentors": mentors,
        "drawn_mentees": mentees,
        "drawn_ties": dict(zip(("mentor_id", "organisation_id"), people.tied.T, strict=True)),
        "drawn_blocks": dict(zip(("mentor_id", "mentee_id"), people.blocked.T, strict=True)),
    }


def _copy(cursor: Any, table: str, columns: Mapping[str, Array]) -> None:
    """A table of this session, of whole numbers, by binary COPY."""
    names = ", ".join(f"{name} bigint NOT NULL" for name in columns)
    cursor.execute(f"CREATE TEMPORARY TABLE {table} ({names})")
    rows = encoded([column.astype(np.int64) for column in columns.values()])
    data = io.BytesIO(b"".join((BEGIN, rows, END)))
    cursor.copy_expert(f"COPY {table} FROM STDIN (FORMAT BINARY)", data, size=1 << 20)
    cursor.execute(f"ANALYZE {table}")


def _statements() -> list[tuple[str, str]]:
    """(table, statement), in the order of fill.sql."""
    text = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    parts = [part.strip() for part in text.split(";\n") if part.strip()]
    return [(part.partition("INSERT INTO ")[2].split()[0], part) for part in parts]


@contextmanager
def _bare(cursor: Any, tables: list[str], told: Told) -> Iterator[None]:
    """These tables without indexes and constraints; on leaving, all of them are made again."""
    made: list[str] = []
    for kinds in AWAY:
        cursor.execute(
            "SELECT conrelid::regclass, conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE contype::text = ANY (%s)"
            " AND ARRAY[conrelid, confrelid]::regclass[] && %s::regclass[] ORDER BY conname",
            [list(kinds), tables],
        )
        for table, name, definition in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
            made.append(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes"
        " WHERE schemaname = current_schema() AND tablename::text = ANY (%s)",
        [tables],
    )
    for name, definition in cursor.fetchall():
        cursor.execute(f'DROP INDEX "{name}"')
        made.append(definition)
    yield
    cursor.execute("SET maintenance_work_mem = '512MB'")
    for definition in reversed(made):  # keys before the rows that point at them
        told(" ".join(definition.split()[:6]))
        cursor.execute(definition)
    for table in dict.fromkeys(tables):
        cursor.execute(
            "SELECT EXISTS (SELECT FROM information_schema.columns"
            " WHERE table_schema = current_schema() AND table_name = %s AND is_identity = 'YES')",
            [table],
        )
        if cursor.fetchone()[0]:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"  # noqa: S608  # nosec B608: our own tables
            )
