"""Judgement on learning: which questions, how good is good enough, when a module must be taken again."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from math import ceil
from random import Random
from typing import TypeVar

T = TypeVar("T")

ASKED = 5
"""Questions in one try."""
WORDS_A_MINUTE = 200
"""A calm reading pace on a phone. Time on screen is always reckoned from it, never typed."""
SECONDS_A_QUESTION = 40
REMIND_DAYS = 30
"""A module that lapses is announced so many days before."""
NUDGES = (7, 14)
"""Days without a step after which we write, once each."""
FORGET_NUDGE_DAYS = 30
"""Who has been away for longer than this is left in peace."""

GRACE_DAYS = 28
"""So long do people have for a module that a new version makes them take again; staff may give longer."""
LEAST_GRACE_DAYS = 14

PICTURE_NAME = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*\.(?:png|jpg|jpeg)$")
VIDEO = re.compile(r"^ {0,3}:::+ *video +(\d{1,2}) +(\S+) *$", re.MULTILINE)
"""The line that begins a card with a link to a film: its minutes and its address."""
REFLECTION = re.compile(r"^ {0,3}:::+ *reflect *$", re.MULTILINE)

# No I, L, O or U: a number is read from paper and typed by people. 32⁸ is more than 10¹² numbers a year,
# so that a million certificates leave nothing to find by trying.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})


def draw(questions: Iterable[int], seed: int, asked: int = ASKED) -> list[int]:
    """The questions of one try, in their order. The same seed gives the same ones, on every device."""
    bank = sorted(questions)
    return Random(seed).sample(bank, min(asked, len(bank)))  # noqa: S311 -- shuffles a quiz, guards nothing


def shuffle(choices: Sequence[T], seed: int, question: int) -> list[T]:
    """The choices of one question in the order of this try."""
    shuffled = list(choices)
    Random(f"{seed}:{question}").shuffle(shuffled)  # noqa: S311 -- as above
    return shuffled


def is_right(chosen: Iterable[int], right: Iterable[int]) -> bool:
    """All the right ones, and no other."""
    return set(chosen) == set(right)


def percent(right: int, asked: int) -> int:
    """The score, rounded down: 4 of 5 is 80, 2 of 3 is 66."""
    return right * 100 // asked if asked else 0


def has_passed(right: int, asked: int, pass_mark: int) -> bool:
    return asked > 0 and right * 100 >= pass_mark * asked


def needed(asked: int, pass_mark: int) -> int:
    """The fewest right answers that pass."""
    return ceil(pass_mark * asked / 100)


def lapse_date(passed_on: date, months: int | None) -> date | None:
    """The first day on which a pass no longer counts; the 29th of February lapses on the 28th."""
    if months is None:
        return None
    years, month = divmod(passed_on.month - 1 + months, 12)
    year, month = passed_on.year + years, month + 1
    return date(year, month, min(passed_on.day, monthrange(year, month)[1]))


def is_lapsed(lapses_on: date | None, today: date) -> bool:
    return lapses_on is not None and lapses_on <= today


def lapses_soon(lapses_on: date | None, today: date) -> bool:
    return lapses_on is not None and today < lapses_on <= today + timedelta(days=REMIND_DAYS)


def reading_minutes(words: int) -> int:
    """Whole minutes, never nought."""
    return max(1, ceil(words / WORDS_A_MINUTE))


def video_minutes(body: str) -> int:
    """The minutes of all films that a page links to, as its author wrote them."""
    return sum(int(minutes) for minutes, _ in VIDEO.findall(body))


def quiz_minutes(questions: int) -> int:
    return ceil(min(questions, ASKED) * SECONDS_A_QUESTION / 60)


def time_in_words(minutes: int) -> str:
    """As said after "about": "18 minutes", "1½ hours". From 90 on in half hours: more would sound exact."""
    if minutes < 90:
        return f"{minutes} minute{'' if minutes == 1 else 's'}"
    hours, half = divmod(round(minutes / 30), 2)
    return f"{hours}{'½' if half else ''} hours"


def tidy_number(typed: str) -> str:
    """A certificate's number as we write it, however it was typed: `1mm 26 ok4t…` → `1MM-26-0K4T-…`."""
    # "1MM" holds no lookalike, so the whole can be translated at once.
    plain = "".join(c for c in typed.upper().translate(LOOKALIKES) if c in ALPHABET)
    parts = (plain[:3], plain[3:5], plain[5:9], plain[9:13])
    return "-".join(part for part in parts if part) if len(plain) == 13 else ""
