"""The same as addresses and numbers, for one seeker at one tree: compiled code follows them without counting.

Whoever makes these keeps the arrays.
"""

from __future__ import annotations

from typing import Any, NamedTuple

# What a thread keeps of each seeker it serves: who, for what bar the ways were found, their gates, the most
# that extras add, how far they go.
SEEKER, TABLED, GATES, MORE, RADIUS = 0, 1, 2, 3, 4
STATE = 5


class Tree(NamedTuple):
    """Addresses of one tree and of what its people cost."""

    words: Any
    first_seat: Any
    rows: Any
    cards: Any
    box: Any
    lines: Any
    cheap: Any
    who: Any
    class_of: Any
    least: Any


class Looking(NamedTuple):
    """One seeker, in one programme: addresses and numbers."""

    i: Any
    masks: Any
    has_wish: Any
    points: Any
    bands: Any
    x: Any
    y: Any
    reach: Any
    radius: Any
    start: Any
    people: Any
    scale: Any
    list: Any
    last: Any  # index of the list's last entry
    is_near: Any
    further: Any  # the most that closeness and a wish can add


class Room(NamedTuple):
    """Scratch of one thread."""

    masks: Any  # uint32, what counts
    bits: Any  # int64, N_COUNTED + N_GATES times MOST_BITS: how many rows, and which
    tables: Any  # words: who has at least so much in common
    ways: Any
    timed: Any
    plain: Any
    hits: Any
    waiting: Any  # int32, seats of people to be met
    state: Any


class Between(NamedTuple):
    """Addresses of what stands between people."""

    blocked_of: Any
    blocked: Any
    tied_of: Any
    tied: Any
    school: Any
    referrer: Any
    wished: Any
    employer: Any
    partner: Any
    seekers_are_mentors: Any
