"""Referees who may speak for a mentor, and the reference by which a mentor is quoted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

REFEREES = 2
DIFFERENT = "Give two different referees who are not relatives"


class Named(Protocol):
    """Whoever has a name, an address and a way of knowing the mentor: a row, or what somebody typed."""

    @property
    def name(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def knows_as(self) -> str: ...


@dataclass(frozen=True)
class Referee:
    """Somebody who may speak for a mentor, as the mentor names them."""

    name: str
    email: str
    knows_as: str
    years_known: int


def why_not_referees(referees: Iterable[Named], *, of: str, of_email: str) -> str:
    """Why these people cannot be the referees of this person together, or nothing."""
    named = list(referees)
    for n, one in enumerate(named):
        if is_a_relative(one.knows_as):
            return DIFFERENT
        if not is_somebody_else(one.name, one.email, than_name=of, than_email=of_email):
            return DIFFERENT
        for other in named[:n]:
            if not is_somebody_else(one.name, one.email, than_name=other.name, than_email=other.email):
                return DIFFERENT
    return ""


def is_somebody_else(name: str, email: str, *, than_name: str, than_email: str) -> bool:
    """Two people who differ in name and in address."""
    return _plain(name) != _plain(than_name) and _plain(email) != _plain(than_email)


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()


FAMILY = frozenset(
    (
        "mother",
        "mum",
        "mam",
        "mom",
        "father",
        "dad",
        "parent",
        "stepmother",
        "stepfather",
        "stepmum",
        "stepdad",
        "stepson",
        "stepdaughter",
        "brother",
        "sister",
        "sibling",
        "stepbrother",
        "stepsister",
        "husband",
        "wife",
        "spouse",
        "fiancé",
        "fiancée",
        "fiance",
        "fiancee",
        "boyfriend",
        "girlfriend",
        "son",
        "daughter",
        "grandmother",
        "grandfather",
        "grandma",
        "grandad",
        "gran",
        "nan",
        "nana",
        "grandparent",
        "aunt",
        "auntie",
        "uncle",
        "cousin",
        "niece",
        "nephew",
        "relative",
        "relation",
        "in-law",
        "mother-in-law",
        "father-in-law",
        "brother-in-law",
        "sister-in-law",
        "son-in-law",
        "daughter-in-law",
    )
)


def is_a_relative(knows_as: str) -> bool:
    """Do these words say that the referee is family? A family friend or a business partner is not."""
    words = [w.strip(".,;:()'’\"!?") for w in _plain(knows_as).split()]
    return bool(FAMILY.intersection(words)) or words in (["partner"], ["my", "partner"], ["family"])


CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


CODES = len(CODE_LETTERS) ** 5
FACTOR, SHIFT = 7_368_787, 18_874_401  # an odd factor makes it a permutation


def reference_code(pk: int) -> str:
    """A mentor's reference, like 1MM-40K7Q: one to one with the row, and not a running number."""
    n = (pk * FACTOR + SHIFT) % CODES
    letters = ""
    for _ in range(5):
        n, digit = divmod(n, 32)
        letters = CODE_LETTERS[digit] + letters
    return f"1MM-{letters}"


def row_of_code(code: str) -> int | None:
    """The row that a reference belongs to, small letters and no dash allowed; None for other words."""
    letters = code.upper().replace(" ", "").replace("-", "").removeprefix("1MM")
    if len(letters) != 5 or any(letter not in CODE_LETTERS for letter in letters):
        return None
    n = 0
    for letter in letters:
        n = n * len(CODE_LETTERS) + CODE_LETTERS.index(letter)
    return (n - SHIFT) * pow(FACTOR, -1, CODES) % CODES
