"""Five hundred and twelve people's answers to one question, as bits that compiled code holds in registers.

LLVM turns the type into whatever the processor has: one AVX-512 register, two of AVX2, four of SSE. Left to
itself, numba would go bit by bit.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.core.datamodel import models, register_default
from numba.extending import intrinsic

PEOPLE = 512  # in one word
LIMBS = PEOPLE // 64
LIMB = ir.IntType(64)
VECTOR = ir.VectorType(LIMB, LIMBS)


class Word(types.Type):
    """The numba type of 512 bits."""

    def __init__(self) -> None:
        super().__init__(name="Word")


word = Word()


@register_default(Word)
class WordModel(models.PrimitiveModel):
    def __init__(self, manager: Any, kind: Any) -> None:
        super().__init__(manager, kind, VECTOR)


def _row(builder: Any, table: Any, row: Any) -> Any:
    return builder.gep(builder.bitcast(table, VECTOR.as_pointer()), [row])


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
    """A word of a table of words; no bounds are checked."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        found = builder.load(_row(builder, *arguments))
        found.align = 1
        return found

    return word(table, types.intp), code


@intrinsic
def store(typingctx: Any, table: Any, row: Any, value: Any) -> Any:
    """Write a word of a table of words; no bounds are checked."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        builder.store(arguments[2], _row(builder, *arguments[:2])).align = 1
        return context.get_dummy_value()

    return types.void(table, types.intp, value), code


def _constant(name: str, doc: str, limb: int) -> Any:
    def typing(typingctx: Any) -> Any:
        def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            return ir.Constant(VECTOR, [limb] * LIMBS)

        return word(), code

    typing.__name__, typing.__doc__ = name, doc
    return intrinsic(typing)


nobody = _constant("nobody", "No bit set.", 0)
anybody = _constant("anybody", "Every bit set.", -1)


def _of_two(name: str, doc: str, make: Any) -> Any:
    def typing(typingctx: Any, one: Any, other: Any) -> Any:
        def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            return make(builder, *arguments)

        return word(word, word), code

    typing.__name__, typing.__doc__ = name, doc
    return intrinsic(typing)


both = _of_two("both", "Bits that are set in both.", lambda b, x, y: b.and_(x, y))
either = _of_two("either", "Bits that are set in one or the other.", lambda b, x, y: b.or_(x, y))
without = _of_two(
    "without",
    "Bits that are set in the first and not in the other.",
    lambda b, x, y: b.and_(x, b.not_(y)),
)


@intrinsic
def is_any(typingctx: Any, value: Any) -> Any:
    """Whether any bit is set."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        truths = builder.icmp_unsigned("!=", arguments[0], ir.Constant(VECTOR, [0] * LIMBS))
        bits = builder.bitcast(truths, ir.IntType(LIMBS))
        return builder.icmp_unsigned("!=", bits, ir.Constant(ir.IntType(LIMBS), 0))

    return types.boolean(word), code


@intrinsic
def first(typingctx: Any, bits: Any) -> Any:
    """The lowest bit that is set."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 1))

    return types.intp(types.uint64), code


@intrinsic
def ones(typingctx: Any, bits: Any) -> Any:
    """How many of 32 bits are set."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        kind = ir.FunctionType(ir.IntType(32), [ir.IntType(32)])
        count = cgutils.get_or_insert_function(builder.module, kind, "llvm.ctpop.i32")
        return builder.zext(builder.call(count, arguments), ir.IntType(64))

    return types.intp(types.uint32), code


@intrinsic
def soon(typingctx: Any, address: Any, entry: Any) -> Any:
    """Tell the processor that an entry will be read soon: it fetches it while other work goes on."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        where, number = builder.gep(arguments[0], [arguments[1]]), ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [ir.IntType(8).as_pointer(), number, number, number])
        fetch = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0i8")
        read, keep, data = (ir.Constant(number, value) for value in (0, 3, 1))
        builder.call(fetch, [builder.bitcast(where, ir.IntType(8).as_pointer()), read, keep, data])
        return context.get_dummy_value()

    return types.void(address, types.intp), code
