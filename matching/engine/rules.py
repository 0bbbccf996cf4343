"""The hard rules, each in one place: a pair that breaks one is never suggested, offered or started.

Each rule answers for one pair, a list of pairs or a whole block: booleans in the shape that mentor and
request broadcast to. The order is the one in which reasons are told to people.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from matching.engine.columns import Array
from matching.engine.masks import GATES, Gate
from matching.engine.world import Pairs


def share_a_programme(they: Pairs) -> Array:
    """The mentor serves the programme the request was made in."""
    bit = np.uint64(1) << they.mentee.programme.astype(np.uint64)
    return (they.mentor.programmes & bit) != 0


def mentor_has_a_place(they: Pairs) -> Array:
    """Offered and active matches are below the mentor's capacity."""
    return (they.mentor.free_places > 0) & (they.mentee.id > 0)


def can_meet_online(they: Pairs) -> Array:
    """Both would meet online, and the programme does."""
    return they.mentor.online & they.mentee.online & they.weights["meets_online"].astype(np.bool_)


def can_meet_in_person(they: Pairs) -> Array:
    """Both would meet in person, the programme does, and neither would have to travel farther than they can.

    Feasible is a distance that both could travel: either may be the one who does. Unknown places are no
    distance.
    """
    both = they.mentor.in_person & they.mentee.in_person & they.weights["meets_in_person"].astype(np.bool_)
    reach = np.minimum(they.mentor.travel, they.mentee.travel)
    return both & (they.distance_squared >= 0) & (they.distance_squared <= reach * reach)


def can_meet(they: Pairs) -> Array:
    """There is a way of meeting in common."""
    return can_meet_online(they) | can_meet_in_person(they)


def passes(gate: Gate) -> Callable[[Pairs], Array]:
    """The rule that the two have a bit of the gate's mask in common."""

    def holds(they: Pairs) -> Array:
        return they.common(gate.mask) != 0

    return holds


def are_not_tied(they: Pairs) -> Array:
    """The mentor neither works for nor declared a tie to the young person's school, group or referrer."""
    return ~they.tied & (they.mentor.id > 0) & (they.mentee.id > 0)


def are_not_blocked(they: Pairs) -> Array:
    """The pair was never declined, closed or blocked, and is not one family."""
    return ~they.blocked & (they.mentor.id > 0) & (they.mentee.id > 0)


@dataclass(frozen=True)
class Rule:
    """One hard rule: its key in what we store, and how its breaking is said after a number of mentors."""

    key: str
    holds: Callable[[Pairs], Array]
    broken: str


RULES: tuple[Rule, ...] = (
    Rule("programme", share_a_programme, "in another programme"),
    Rule("place", mentor_has_a_place, "with no free place"),
    Rule("meeting", can_meet, "too far or no way of meeting in common"),
    *(Rule(gate.key, passes(gate), gate.broken) for gate in GATES),
    Rule("tie", are_not_tied, "tied to their school or organisation"),
    Rule("block", are_not_blocked, "declined, closed or blocked before"),
)
READY = ("programme", "place")  # a mentor who passes these is ready as far as the request is concerned


def eligible(they: Pairs) -> Array:
    """Whether every rule holds; booleans of the broadcast shape."""
    answer = RULES[0].holds(they)
    for rule in RULES[1:]:
        answer = answer & rule.holds(they)
    return answer


def broken(they: Pairs) -> list[str]:
    """The keys of the rules that one pair breaks, in order; empty if they may meet."""
    return [rule.key for rule in RULES if not bool(np.all(rule.holds(they)))]


def first_broken(they: Pairs) -> Array:
    """For a block: by request, how many mentors each rule is the first to exclude; int32 (B, len(RULES))."""
    left = np.ones(they.blocked.shape, np.bool_)
    counts = []
    for rule in RULES:
        holds = rule.holds(they)
        counts.append((left & ~holds).sum(axis=1, dtype=np.int32))
        left &= holds
    return np.stack(counts, axis=1)
