"""COPY's binary format, taken apart: right what is right, and a clear name for what is not."""

from __future__ import annotations

import struct

import numpy as np
import pytest

from matching.actions.feed.binary import (
    BIG,
    END,
    INT8,
    NUMBER,
    SIGNATURE,
    Misread,
    parsed,
    parsed_array,
    parsed_arrays,
)

KINDS = {"id": BIG, "slots": NUMBER}


def field(value: int | None, width: int) -> bytes:
    if value is None:
        return struct.pack(">i", -1)
    return struct.pack(">i", width) + value.to_bytes(width, "big", signed=True)


def row(*fields: bytes) -> bytes:
    return struct.pack(">h", len(fields)) + b"".join(fields)


def array(*ids: int | None, kind: int = INT8, width: int = 8) -> bytes:
    members = b"".join(field(value, width) for value in ids)
    body = struct.pack(">iiiii", 1, int(None in ids), kind, len(ids), 1) + members
    return struct.pack(">i", len(body)) + body


def sent(*rows: bytes) -> bytes:
    return SIGNATURE + b"".join(rows) + END


def test_it_gives_the_columns() -> None:
    data = sent(row(field(7, 8), field(-1, 4)), row(field(2**40, 8), field(5, 4)))
    found = parsed(data, KINDS)
    assert found["id"].tolist() == [7, 2**40]
    assert found["slots"].tolist() == [-1, 5]
    assert (found["id"].dtype, found["slots"].dtype) == (np.int64, np.int32)


def test_it_gives_empty_columns_for_no_rows() -> None:
    assert {name: len(column) for name, column in parsed(sent(), KINDS).items()} == {"id": 0, "slots": 0}


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (row(field(7, 8), field(5, 2)), "slots: 2 bytes came in row 2, 4 bytes fit"),
        (row(field(7, 8), field(5, 8)), "slots: 8 bytes came in row 2, 4 bytes fit"),
        (row(field(7, 4), field(5, 8)), "id: 4 bytes came in row 2, 8 bytes fit"),  # as many bytes in all
        (row(field(7, 8), field(None, 4)), "slots: no value came in row 2"),
        (row(field(7, 8)), "row 2: 1 columns came, 2 were asked for"),
        (row(field(7, 8), field(5, 4), field(5, 4)), "row 2: 3 columns came, 2 were asked for"),
    ],
)
def test_it_names_the_column_that_is_not_what_was_asked_for(bad: bytes, said: str) -> None:
    good = row(field(1, 8), field(1, 4))
    with pytest.raises(Misread, match=said):
        parsed(sent(good, bad, good, good), KINDS)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"id\tslots\n",
        SIGNATURE + row(field(1, 8), field(1, 4)),
        sent(row(field(1, 8), field(1, 4)))[:-4] + END,
    ],
)
def test_it_refuses_what_is_cut_short_or_something_else(data: bytes) -> None:
    with pytest.raises(Misread):
        parsed(data, KINDS)


def test_it_gives_the_ids_of_an_array() -> None:
    assert parsed_array(sent(row(array(3, 1, 2)))).tolist() == [3, 1, 2]
    assert parsed_array(sent(row(field(None, 0)))).tolist() == []


def test_it_gives_the_ids_by_key() -> None:
    data = sent(row(field(4, 8), array(1, 2)), row(field(9, 8), array(3)))
    assert {key: ids.tolist() for key, ids in parsed_arrays(data).items()} == {4: [1, 2], 9: [3]}


@pytest.mark.parametrize(
    "bad",
    [
        row(array(1, 2, kind=23, width=4)),
        row(array(1, None)),
        row(array(1), field(1, 8)),
        row(field(1, 8)),
        row(array(1, 2)[:-8]),
    ],
)
def test_it_refuses_an_array_of_anything_else(bad: bytes) -> None:
    with pytest.raises(Misread):
        parsed_array(sent(bad))
    with pytest.raises(Misread):
        parsed_arrays(sent(bad))
