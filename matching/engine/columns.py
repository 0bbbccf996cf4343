"""Columns of a population: how wide each is, and the guards that say so before anything is narrowed."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from matching.engine.errors import FieldOutOfRange, FieldTooWide, GivenTwice, WrongShape

Array = npt.NDArray[Any]

FAR = 2**63 - 1  # the widest id


def mask(bits: int) -> Any:
    """A column of bitmasks, unsigned, `bits` wide; empty when not given."""
    dtype = np.uint64 if bits > 32 else np.uint32
    return field(metadata={"dtype": dtype, "bits": bits, "least": 0, "default": 0})


def number(dtype: type, least: int, most: int, *, default: int | None = None) -> Any:
    """A column of whole numbers from `least` to `most`; required unless a default is named."""
    return field(metadata={"dtype": dtype, "least": least, "most": most, "default": default})


def flag(*, default: bool = False) -> Any:
    """A column of yes and no."""
    return number(np.bool_, 0, 1, default=int(default))


def narrowed(name: str, values: Any, spec: Any, length: int) -> Array:
    """The values as a column of the field's dtype, shape (length,), or the error that names the field."""
    given = np.asarray(values)
    if given.ndim != 1 or len(given) != length:
        raise WrongShape(f"{name}: shape {given.shape} given, ({length},) fits")
    if not length:
        return np.empty(0, spec["dtype"])
    if given.dtype.kind not in "biuO":
        raise WrongShape(f"{name}: {given.dtype} given, whole numbers fit")
    low, high = int(given.min()), int(given.max())
    if "bits" in spec:
        if high.bit_length() > spec["bits"]:
            raise FieldTooWide(name, high.bit_length(), spec["bits"])
        if low < 0:
            raise FieldOutOfRange(name, low, 0, 2 ** spec["bits"] - 1)
    elif low < spec["least"] or high > spec["most"]:
        raise FieldOutOfRange(name, low if low < spec["least"] else high, spec["least"], spec["most"])
    return np.ascontiguousarray(given.astype(spec["dtype"]))


@dataclass(frozen=True)
class Columns:
    """Arrays of one length, one row a person or request; every array may later be reshaped to broadcast."""

    @classmethod
    def of(cls, **given: Any) -> Self:
        """Columns from lists or arrays. `id` gives the length; columns left out take their default.

        Raises FieldTooWide, FieldOutOfRange, WrongShape or GivenTwice. O(rows).
        """
        specs = {f.name: f.metadata for f in fields(cls)}
        unknown = sorted(set(given) - set(specs))
        if unknown:
            raise WrongShape(f"{unknown[0]}: no such column")
        length = len(given.get("id", ()))
        columns = {}
        for name, spec in specs.items():
            if name not in given and spec["default"] is None and length:
                raise WrongShape(f"{name}: missing")
            values = given.get(name)
            if values is None:
                values = np.full(length, spec["default"] or 0, spec["dtype"])
            columns[name] = narrowed(name, values, spec, length)
        rows = cls(**columns)
        ordered = np.sort(columns["id"])  # in a hundredth of the time of `numpy.unique`
        if np.any(ordered[1:] == ordered[:-1]):
            raise GivenTwice("id: a row is given twice")
        return rows

    @classmethod
    def of_those_who_fit(cls, **given: Array) -> tuple[Self, dict[str, Array]]:
        """As `of`, but without the rows that hold a number too wide or out of range, so that one of them does
        not stop all others; and the ids of these rows, by the name of the column."""
        misfits: dict[str, Array] = {}
        while True:
            try:
                return cls.of(**given), misfits
            except (FieldTooWide, FieldOutOfRange) as error:
                spec = next(f.metadata for f in fields(cls) if f.name == error.field)
                least, most = (0, 2 ** spec["bits"] - 1) if "bits" in spec else (spec["least"], spec["most"])
                fits = (given[error.field] >= least) & (given[error.field] <= most)
                misfits[error.field] = given["id"][~fits]
                given = {name: column[fits] for name, column in given.items()}

    def __len__(self) -> int:
        return len(self.id)  # type: ignore[attr-defined]

    def take(self, rows: Any) -> Self:
        """The rows of an index array or slice, in that order."""
        return replace(self, **{f.name: getattr(self, f.name)[rows] for f in fields(self)})

    def shaped(self, *shape: int) -> Self:
        """The same rows in another shape: (-1, 1) down the side of a block, (1, -1) along its top."""
        return replace(self, **{f.name: getattr(self, f.name).reshape(shape) for f in fields(self)})
