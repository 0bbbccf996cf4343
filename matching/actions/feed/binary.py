"""What PostgreSQL sends for COPY … (FORMAT BINARY), as columns of numpy.

A signature; for each row the number of its fields, then of each its length and its bytes, big end first; an
end. Every length is looked at: one column of another width would make nonsense of all that follows it.
Source: PostgreSQL's documentation of COPY, "Binary Format", and array_recv in its arrayfuncs.c.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from matching.engine.columns import Array

Kinds = Mapping[str, np.dtype[Any]]

BIG, NUMBER = np.dtype(np.int64), np.dtype(np.int32)
PAIR: Kinds = {"one": BIG, "other": BIG}
SIGNATURE, END = b"PGCOPY\n\xff\r\n\0" + bytes(8), b"\xff\xff"
FIELDS, LENGTH = np.dtype(">i2"), np.dtype(">i4")
EMPTY = (-1).to_bytes(4, "big", signed=True)  # the length of a field without a value
INT8 = 20  # PostgreSQL's number for its type bigint
HEAD = np.dtype([(name, ">i4") for name in ("length", "dimensions", "has_empty", "type", "count", "first")])
MEMBER = np.dtype([("length", ">i4"), ("value", ">i8")])


class Misread(ValueError):
    """What came from the database is not what was asked for; it names the column."""


def parsed(data: Any, kinds: Kinds) -> dict[str, Array]:
    """The columns of rows of whole numbers, named and as wide as `kinds` says. O(bytes).

    Raises Misread with the name of the first column that is of another width, or has no value in a row.
    """
    parts: list[tuple[str, Any]] = [("fields", FIELDS)]
    for n, kind in enumerate(kinds.values()):
        parts += [(f"length {n}", LENGTH), (f"value {n}", kind.newbyteorder(">"))]
    row = np.dtype(parts)
    body = _body(data)
    count, rest = divmod(len(body), row.itemsize)
    rows = np.frombuffer(body, row, count)
    wrong = rows["fields"] != len(kinds)
    for n, kind in enumerate(kinds.values()):
        wrong |= rows[f"length {n}"] != kind.itemsize
    if wrong.any() or rest:
        first = int(wrong.argmax()) if wrong.any() else count
        raise Misread(_why(body[first * row.itemsize :], first + 1, kinds))
    return {name: rows[f"value {n}"].astype(kind) for n, (name, kind) in enumerate(kinds.items())}


def parsed_array(data: Any) -> Array:
    """The ids of the one array that was sent, int64 (n,); of none, nothing. O(bytes)."""
    body = _body(data)
    _expect(body, 0, fields=1)
    ids, end = _array(body, FIELDS.itemsize)
    if end != len(body):
        raise Misread("id: something came after the array.")
    return ids


def parsed_arrays(data: Any) -> dict[int, Array]:
    """The ids that were sent with each key, of rows of a bigint and an array of them. O(bytes)."""
    body = _body(data)
    found, place = {}, 0
    while place < len(body):
        _expect(body, place, fields=2)
        key = np.frombuffer(body, MEMBER, 1, place + FIELDS.itemsize)[0]
        if key["length"] != BIG.itemsize:
            raise Misread(f"key: {key['length']} bytes came, {BIG.itemsize} fit.")
        found[int(key["value"])], place = _array(body, place + FIELDS.itemsize + MEMBER.itemsize)
    return found


def _body(data: Any) -> Any:
    whole = memoryview(data)
    if bytes(whole[: len(SIGNATURE)]) != SIGNATURE or bytes(whole[-len(END) :]) != END:
        raise Misread("What came is not COPY’s binary format, or not all of it.")
    return whole[len(SIGNATURE) : -len(END)]


def _why(body: Any, number: int, kinds: Kinds) -> str:
    """What is wrong with the row at the beginning, read field by field as far as it can be."""
    fields = _number(body, 0, FIELDS)
    if fields != len(kinds):
        return f"row {number}: {fields} columns came, {len(kinds)} were asked for."
    place = FIELDS.itemsize
    for name, kind in kinds.items():
        length = _number(body, place, LENGTH)
        if length != kind.itemsize:
            came = "no value" if length < 0 else f"{length} bytes"
            return f"{name}: {came} came in row {number}, {kind.itemsize} bytes fit."
        place += LENGTH.itemsize + length
    return f"row {number}: it is cut short."


def _number(body: Any, place: int, kind: np.dtype[Any]) -> int:
    return int.from_bytes(body[place : place + kind.itemsize], "big", signed=True)


def _expect(body: Any, place: int, *, fields: int) -> None:
    came = _number(body, place, FIELDS)
    if came != fields:
        raise Misread(f"{came} columns came, {fields} were asked for.")


def _array(body: Any, place: int) -> tuple[Array, int]:
    """The bigints of an array of one dimension, and where it ends."""
    if bytes(body[place : place + len(EMPTY)]) == EMPTY:
        return np.empty(0, BIG), place + len(EMPTY)
    if len(body) < place + HEAD.itemsize:
        raise Misread("id: no array came.")
    head = np.frombuffer(body, HEAD, 1, place)[0]
    end = place + LENGTH.itemsize + int(head["length"])
    start, count = place + HEAD.itemsize, int(head["count"])
    fits = (head["dimensions"], head["has_empty"], head["type"]) == (1, 0, INT8)
    if not fits or end != start + count * MEMBER.itemsize or end > len(body):
        raise Misread("id: what came is no array of whole numbers of 8 bytes.")
    members = np.frombuffer(body, MEMBER, count, start)
    if (members["length"] != BIG.itemsize).any():
        raise Misread("id: one has no value.")
    return members["value"].astype(BIG), end
