"""One person as a row of bytes: eight bits of one mask in each, the same for mentors and requests."""

from __future__ import annotations

from matching.engine.masks import COUNTED, GATES, MASKS

FIRST: dict[str, int] = {}
PLANES = 0
for _name, _mask in MASKS.items():
    FIRST[_name] = PLANES
    PLANES += (_mask.bits + 7) // 8
ROW_OF: tuple[int, ...] = ()  # the row of each plane's first bit, where every bit has a row of its own
ROWS = 0
for _mask in MASKS.values():
    ROW_OF += tuple(range(ROWS, ROWS + _mask.bits, 8))
    ROWS += _mask.bits
WISH = PLANES  # bit 0: may be, or has, an organisation whose own mentors come first
PLANES += 1
WISH_ROW = ROWS
ROW_OF += (WISH_ROW,)
ROWS += 1


def _span(name: str) -> tuple[int, int]:
    return FIRST[name], FIRST[name] + (MASKS[name].bits + 7) // 8


# Constants that the compiled code is specialised for.
COUNTED_SPANS = tuple(_span(part.mask) for part in COUNTED)
BEYOND = tuple(part.beyond for part in COUNTED)
GATE_SPANS = tuple(_span(gate.mask) for gate in GATES)
N_COUNTED, N_GATES = len(COUNTED), len(GATES)
# The gate that is open where a component counts any bit: a common time.
GATE_OF = tuple(next((g for g, gate in enumerate(GATES) if gate.mask == part.mask), -1) for part in COUNTED)
