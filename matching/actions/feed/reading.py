"""Rows of querysets as columns of numpy: on PostgreSQL as the bytes that COPY sends, elsewhere in chunks.

A million rows come as whole numbers and nothing else, so that no Python object is made for a row.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import islice
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

import numpy as np
from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import BigIntegerField, F, QuerySet, Value
from django.db.models.functions import Cast

from matching.actions.feed.binary import BIG, Kinds, Misread, parsed, parsed_array, parsed_arrays
from matching.engine.columns import Array
from partners.models import IN_PERSON, ONLINE
from partners.models.packed import least

Columns = Mapping[str, Array]
Found = Mapping[str, Any]  # what each reading gave
Readings = dict[str, Callable[[], Any]]
Misfits = dict[str, Array]  # ids of those who were left out, by the column that says why

CHUNK = 10_000
HANDS = 2  # connections that read side by side
SINCE_2000 = datetime(2000, 1, 1, tzinfo=UTC)


def columns(rows: QuerySet[Any, Any], kinds: Kinds) -> dict[str, Array]:
    """Every row of a `values_list`, one array a column, named and of the kinds given, in its order.

    Raises Misread if a column is of another width, or empty somewhere.
    """
    if connection.vendor != "postgresql":
        return listed(rows, kinds)
    data = _copied(rows)
    return parsed(data, kinds) if data else {name: np.empty(0, kind) for name, kind in kinds.items()}


def listed(rows: QuerySet[Any, Any], kinds: Kinds) -> dict[str, Array]:
    """As `columns`, in chunks: for few rows, and for databases without COPY."""
    chunks = [[np.empty(0, kind) for kind in kinds.values()], *_chunks(rows, kinds)]
    return {name: np.concatenate([chunk[n] for chunk in chunks]) for n, name in enumerate(kinds)}


def ids(rows: QuerySet[Any, Any]) -> Array:
    """The one column of a `values_list` of ids, int64. They travel as one value, not as so many rows."""
    if connection.vendor != "postgresql":
        return listed(rows, {"id": BIG})["id"]
    data = _copied(rows, "SELECT array_agg(id) FROM (", ") AS found (id)")
    return parsed_array(data) if data else np.empty(0, BIG)


def ids_by(rows: QuerySet[Any, Any], keys: Iterable[int]) -> dict[int, Array]:
    """Of pairs (key, id) of a `values_list`, the ids that stand beside each of a few keys, int64."""
    if connection.vendor == "postgresql":
        data = _copied(rows, "SELECT key, array_agg(id) FROM (", ") AS found (key, id) GROUP BY key")
        found = parsed_arrays(data) if data else {}
    else:
        pairs = listed(rows, {"key": BIG, "id": BIG})
        found = {key: pairs["id"][pairs["key"] == key] for key in keys}
    return {key: found.get(key, np.empty(0, BIG)) for key in keys}


def profiles(model: Any) -> dict[str, Array]:
    """Every row of a table of packed people: whose they are as `owner`, and each number. O(rows)."""
    names = [str(n) for n in range(len(model.PARCELS))]
    words = model.objects.values_list("pk", *(_parcel(parcel) for parcel in model.PARCELS))
    read = columns(words, dict.fromkeys(("owner", *names), BIG))
    found = {"owner": read["owner"]}
    for name, parcel in zip(names, model.PARCELS, strict=True):
        word = read.pop(name)
        for number, bits in parcel.items():
            narrow = np.int32 if bits < 32 else np.int64
            found[number] = (word & ((1 << bits) - 1)).astype(narrow) + narrow(least(number))
            word >>= bits
    return found


def together(readings: Mapping[str, Callable[[], Any]]) -> dict[str, Any]:
    """What each reading gives. On PostgreSQL several read at a time, the first ones first.

    Inside a transaction only its own connection sees what it wrote, so there one reads after the other.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        return {name: read() for name, read in readings.items()}
    waiting: SimpleQueue[str] = SimpleQueue()
    for name in readings:
        waiting.put(name)
    found: dict[str, Any] = {}
    troubles: list[BaseException] = []

    def work() -> None:
        try:
            while not troubles:
                name = waiting.get_nowait()
                found[name] = readings[name]()
        except Empty:
            pass
        except BaseException as trouble:
            troubles.append(trouble)
        finally:
            connection.close()

    hands = [Thread(target=work) for _ in range(HANDS)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    if troubles:
        raise troubles[0]
    return found


def of_columns(rows: QuerySet[Any, Any], kinds: Kinds) -> Callable[[], Columns]:
    return lambda: columns(rows, kinds)


def of_ids(rows: QuerySet[Any, Any], name: str = "pk") -> Callable[[], Array]:
    return lambda: ids(rows.order_by().values_list(name))


def of_ids_by(rows: QuerySet[Any, Any], keys: Iterable[int]) -> Callable[[], dict[int, Array]]:
    return lambda: ids_by(rows.order_by(), keys)


def common(profile: Columns, row: Array) -> dict[str, Array]:
    """What the profiles of mentors and of young people have alike, of these rows, by the engine's names."""
    same = ("topics", "sectors", "languages", "experiences", "slots", "easting", "northing", "travel")
    ways = profile["ways"][row]
    return {
        **{name: profile[name][row] for name in same},
        "online": (ways & ONLINE) > 0,
        "in_person": (ways & IN_PERSON) > 0,
    }


def moment(at: datetime) -> int:
    """Microseconds since 2000, as PostgreSQL counts them."""
    return (at - SINCE_2000) // timedelta(microseconds=1)


def _parcel(parcel: Mapping[str, int]) -> Any:
    """Several numbers in one word, the first one in the lowest bits."""
    word: Any = None
    shift = 0
    for name, bits in parcel.items():
        number = Cast(F(name), BigIntegerField()) - Value(least(name)) if least(name) else F(name)
        part = Cast(number, BigIntegerField()).bitleftshift(shift) if shift else number
        word = part if word is None else part.bitor(word)
        shift += bits
    return Cast(word, BigIntegerField())


def _copied(rows: QuerySet[Any, Any], before: str = "", after: str = "") -> Any:
    """What COPY sends of a queryset; nothing if Django knows that it is empty."""
    buffer = io.BytesIO()
    with transaction.atomic(), connection.cursor() as cursor:
        # The questions are few, large and plain: compiling them takes longer than it saves.
        cursor.execute("SET LOCAL jit = off")
        cursor.execute("SET LOCAL work_mem = '128MB'")
        try:
            statement = cursor.mogrify(*rows.query.sql_with_params()).decode()
        except EmptyResultSet:
            return None
        cursor.copy_expert(f"COPY ({before}{statement}{after}) TO STDOUT (FORMAT BINARY)", buffer)
    return buffer.getbuffer()


def _chunks(rows: QuerySet[Any, Any], kinds: Kinds) -> Iterator[list[Array]]:
    found = rows.iterator(chunk_size=CHUNK)
    while chunk := list(islice(found, CHUNK)):
        yield [
            _narrowed(name, values, kind)
            for (name, kind), values in zip(kinds.items(), zip(*chunk, strict=True), strict=True)
        ]


def _narrowed(name: str, values: Any, kind: np.dtype[Any]) -> Array:
    if None in values:
        raise Misread(f"{name}: no value came in a row, {kind.itemsize} bytes fit.")
    if isinstance(values[0], datetime):
        values = [moment(value) for value in values]
    return np.array(values, np.int64).astype(kind)
