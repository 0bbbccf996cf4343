"""Sixty-four people at once: the points and the gates of one request or mentor against a block of lanes.

A block is uint8 (PLANES, LANES): plane p holds eight bits of one mask for each lane, so that a processor
compares 32 or 64 people in one instruction. A lane may be a person or a whole block of people, or'ed
together; then what comes out is a bound that none of them exceeds.
"""

from __future__ import annotations

from typing import Any

from numba import njit, uint8

from matching.engine.kernels.vector import (
    both,
    either,
    greatest,
    least,
    load,
    minus,
    ones,
    plus,
    spread,
    store,
    times,
    where,
)
from matching.engine.masks import COUNTED, GATES, MASKS

FIRST: dict[str, int] = {}
PLANES = 0
for _name, _mask in MASKS.items():
    FIRST[_name] = PLANES
    PLANES += (_mask.bits + 7) // 8
WISH = PLANES  # bit 0: may be, or has, an organisation whose own mentors come first
PLANES += 1


def _span(name: str) -> tuple[int, int]:
    return FIRST[name], FIRST[name] + (MASKS[name].bits + 7) // 8


# Constants that the compiled code is specialised for.
COUNTED_SPANS = tuple(_span(part.mask) for part in COUNTED)
BEYOND = tuple(part.beyond for part in COUNTED)
GATE_SPANS = tuple(_span(gate.mask) for gate in GATES)
N_COUNTED, N_GATES = len(COUNTED), len(GATES)
# The gate that is open where a component counts any bit, or none: a common time, a common language.
COUNTED_MASKS = {"slots": "slots", "asked_languages": "languages"}
GATE_OF = tuple(
    next((g for g, gate in enumerate(GATES) if COUNTED_MASKS.get(gate.mask) == part.mask), -1)
    for part in COUNTED
)


@njit(error_model="numpy", boundscheck=False, forceinline=True)
def look(planes: Any, block: Any, query: Any, gates: Any, points: Any, out: Any, row: Any, met: Any) -> int:
    """Write score + 1 into lanes of a row of `out`, or 0 where a gate is shut; give the greatest.

    All but the numbers are addresses of uint8: planes (blocks × PLANES, LANES), query (PLANES,), points (2 ×
    N_COUNTED + 1,), which are each, most, wish; out (rows, LANES), met (N_GATES, LANES), scratch. Bit g of
    `gates` says that gate g is looked at, bit N_GATES + g that what its component counts decides it. Planes
    in which the query has no bit are left out. O(PLANES × LANES).
    """
    base = block * PLANES
    total = spread(uint8(1))
    for f in range(N_COUNTED):
        start, stop = COUNTED_SPANS[f]
        count = spread(uint8(0))
        for k in range(start, stop):
            if query[k] != 0:
                count = plus(count, ones(both(load(planes, base + k), spread(query[k]))))
        if GATE_OF[f] >= 0:
            store(met, GATE_OF[f], count)
        further = minus(count, least(count, spread(uint8(BEYOND[f]))))
        total = plus(total, times(least(further, spread(points[N_COUNTED + f])), spread(points[f])))
    if query[WISH] != 0:
        total = plus(total, where(load(planes, base + WISH), spread(points[2 * N_COUNTED])))
    for g in range(N_GATES):
        if gates >> g & 1:
            start, stop = GATE_SPANS[g]
            common = spread(uint8(0))
            for k in range(start, stop):
                if query[k] != 0:
                    common = either(common, both(load(planes, base + k), spread(query[k])))
            store(met, g, common)
    # Yes and no only here, in one go: truths kept across a branch would be taken apart lane by lane.
    for g in range(N_GATES):
        if (gates >> g | gates >> (N_GATES + g)) & 1:
            total = where(load(met, g), total)
    store(out, row, total)
    return greatest(total)


@njit(error_model="numpy", boundscheck=False, forceinline=True)
def gates_of(query: Any, everybody: Any, asks: Any) -> int:
    """Which gates to look at, as `look` wants them: none that everybody passes.

    everybody: address of uint8 (PLANES,), the bits that all people of a tree have. asks: whether the people
    of the tree, not the query, say which languages they need.
    """
    gates = 0
    for g in range(N_GATES):
        start, stop = GATE_SPANS[g]
        passed, counted = False, False
        for k in range(start, stop):
            passed |= (query[k] & everybody[k]) != 0
        for f in range(N_COUNTED):
            if GATE_OF[f] == g and not asks:
                counted = True
                first = COUNTED_SPANS[f][0]
                for k in range(start, stop):
                    counted &= query[k] == query[first + k - start]
        if not passed:
            gates |= 1 << (N_GATES + g if counted else g)
    return gates
