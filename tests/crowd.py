"""Thousands of rows like one row, in one statement: for what must cost the same with any crowd."""

from __future__ import annotations

from typing import Any

from django.db import connection

FIRST = 1_000_000
"""Copies are numbered from here on, far from any row that a test made by itself."""


def copies(row: Any, many: int, **differs: str) -> None:
    """Insert `many` rows like this one. `differs`: column → SQL that may name `n`, 1 to `many`; what others
    point to is numbered `FIRST + n`. The row's own number is so, unless `differs` says otherwise."""
    meta, quote = row._meta, connection.ops.quote_name
    said = {meta.pk.column: f"{FIRST} + n", **differs}
    columns = [field.column for field in meta.concrete_fields]
    chosen = ", ".join(said.get(column, f"row.{quote(column)}") for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(meta.db_table)} ({', '.join(map(quote, columns))}) "  # noqa: S608
            "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < %s) "
            f"SELECT {chosen} FROM {quote(meta.db_table)} AS row CROSS JOIN numbers "
            f"WHERE row.{quote(meta.pk.column)} = %s",
            [many, row.pk],
        )
