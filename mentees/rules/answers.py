"""What a young person tells us, and whom we may ask for permission."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Answers:
    """What a young person told us about themselves; lists hold the ids of words."""

    outcode: str = ""
    topics: Sequence[int] = ()
    sectors: Sequence[int] = ()
    languages: Sequence[int] = ()
    experiences: Sequence[int] = ()
    goals: str = ""
    free_slots: int = 0
    way: str = "either"
    travel_minutes: int = 30
    mentor_gender: str = ""
    gender: str = ""
    good_to_know: str = ""
    organisation: int | None = None
    school_name: str = ""
    heard_of_us: str = ""


@dataclass(frozen=True)
class Guardian:
    """An adult who may say yes for a young person."""

    name: str
    email: str = ""
    who: str = ""


def is_same_mailbox(one: str, other: str) -> bool:
    """Whether two addresses reach one person: capitals, a +tag and Gmail's dots make no difference."""
    return _mailbox(one) == _mailbox(other)


def _mailbox(email: str) -> tuple[str, str]:
    name, _, host = email.strip().lower().rpartition("@")
    name = name.partition("+")[0]
    if host in {"gmail.com", "googlemail.com"}:
        name, host = name.replace(".", ""), "gmail.com"
    return name, host
