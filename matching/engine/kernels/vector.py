"""Sixty-four bytes as one value that compiled code can hold in registers.

LLVM turns the type into whatever the processor has: one AVX-512 register, two of AVX2, four of SSE. Left to
itself it compiles loops over bytes eight times slower, because numba widens every sum to 64 bits.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.core.datamodel import models, register_default
from numba.extending import intrinsic

LANES = 64
BYTE = ir.IntType(8)
VECTOR = ir.VectorType(BYTE, LANES)


class Lanes(types.Type):
    """The numba type of sixty-four bytes."""

    def __init__(self) -> None:
        super().__init__(name="Lanes")


lanes = Lanes()


@register_default(Lanes)
class LanesModel(models.PrimitiveModel):
    def __init__(self, manager: Any, kind: Any) -> None:
        super().__init__(manager, kind, VECTOR)


def _splat(builder: Any, byte: Any) -> Any:
    first = builder.insert_element(ir.Constant(VECTOR, ir.Undefined), byte, ir.Constant(ir.IntType(32), 0))
    zeros = ir.Constant(ir.VectorType(ir.IntType(32), LANES), None)
    return builder.shuffle_vector(first, first, zeros)


def _row(builder: Any, table: Any, row: Any) -> Any:
    return builder.gep(builder.bitcast(table, VECTOR.as_pointer()), [row])


def _spread_truth(builder: Any, truths: Any) -> Any:
    """Yes and no as bytes at once: left as single bits, they would be taken apart lane by lane."""
    return builder.sext(truths, VECTOR)


@intrinsic
def at(typingctx: Any, array: Any) -> Any:
    """The address of a contiguous array's first entry, which is indexed in one dimension.

    Compiled functions count references to each array they are handed, and the counting costs more than the
    work. Whoever asks for an address keeps the array.
    """

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return context.make_array(signature.args[0])(context, builder, arguments[0]).data

    return types.CPointer(array.dtype)(array), code


@intrinsic
def after(typingctx: Any, address: Any, entries: Any) -> Any:
    """The address so many entries later."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.gep(arguments[0], [arguments[1]])

    return address(address, types.intp), code


@intrinsic
def load(typingctx: Any, table: Any, row: Any) -> Any:
    """A row of a table of rows of sixty-four bytes; no bounds are checked."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        found = builder.load(_row(builder, *arguments))
        found.align = 1
        return found

    return lanes(table, types.intp), code


@intrinsic
def store(typingctx: Any, table: Any, row: Any, value: Any) -> Any:
    """Write a row of a table of rows of sixty-four bytes; no bounds are checked."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        builder.store(arguments[2], _row(builder, *arguments[:2])).align = 1
        return context.get_dummy_value()

    return types.void(table, types.intp, value), code


@intrinsic
def spread(typingctx: Any, byte: Any) -> Any:
    """The same byte in every lane."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return _splat(
            builder, builder.trunc(arguments[0], BYTE) if signature.args[0].bitwidth > 8 else arguments[0]
        )

    return lanes(byte), code


def _of_two(name: str, doc: str, make: Any) -> Any:
    def typing(typingctx: Any, one: Any, other: Any) -> Any:
        def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            return make(builder, *arguments)

        return lanes(lanes, lanes), code

    typing.__name__, typing.__doc__ = name, doc
    return intrinsic(typing)


both = _of_two("both", "Bits that are set in both.", lambda b, x, y: b.and_(x, y))
either = _of_two("either", "Bits that are set in one or the other.", lambda b, x, y: b.or_(x, y))
plus = _of_two("plus", "The sum, lane by lane.", lambda b, x, y: b.add(x, y))
minus = _of_two("minus", "The difference, lane by lane.", lambda b, x, y: b.sub(x, y))
times = _of_two("times", "The product, lane by lane.", lambda b, x, y: b.mul(x, y))
least = _of_two(
    "least",
    "The smaller, lane by lane.",
    lambda b, x, y: b.select(b.icmp_unsigned("<", x, y), x, y),
)
where = _of_two(
    "where",
    "The second where the first is not 0, else 0.",
    lambda b, x, y: b.and_(_spread_truth(b, b.icmp_unsigned("!=", x, ir.Constant(VECTOR, None))), y),
)


@intrinsic
def ones(typingctx: Any, value: Any) -> Any:
    """How many bits of each lane are set."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        kind = ir.FunctionType(VECTOR, [VECTOR])
        count = cgutils.get_or_insert_function(builder.module, kind, f"llvm.ctpop.v{LANES}i8")
        return builder.call(count, arguments)

    return lanes(lanes), code


@intrinsic
def greatest(typingctx: Any, value: Any) -> Any:
    """The greatest of the sixty-four bytes."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        kind = ir.FunctionType(BYTE, [VECTOR])
        reduce = cgutils.get_or_insert_function(builder.module, kind, f"llvm.vector.reduce.umax.v{LANES}i8")
        return builder.call(reduce, arguments)

    return types.uint8(lanes), code


@intrinsic
def at_least(typingctx: Any, value: Any, byte: Any) -> Any:
    """One bit for each lane that is at least the byte; uint64."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        truths = builder.icmp_unsigned(">=", arguments[0], _splat(builder, arguments[1]))
        return builder.bitcast(truths, ir.IntType(LANES))

    return types.uint64(lanes, types.uint8), code


@intrinsic
def first(typingctx: Any, bits: Any) -> Any:
    """The lowest bit that is set."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 1))

    return types.intp(types.uint64), code
