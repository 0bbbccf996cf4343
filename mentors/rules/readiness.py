"""What stands between a mentor and being ready to be matched, and who has to act."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import StrEnum


class Who(StrEnum):
    """Who has to act."""

    YOU = "you"
    US = "us"
    REFEREE = "referee"


@dataclass(frozen=True)
class Missing:
    """One thing that stands between a mentor and being ready."""

    key: str
    words: str
    who_acts: Who


@dataclass(frozen=True)
class Facts:
    """What is true of one mentor at one time. True is always the good side."""

    account: bool
    programme: bool
    about: bool
    work: bool
    help: bool
    when: bool
    conflicts: bool
    motivation: bool
    referees: bool
    disclosure: bool
    code: bool
    application: bool
    training: bool
    workshop: bool
    identity: bool
    references: bool
    references_heard: bool
    dbs: bool
    approved: bool
    not_paused: bool


FACTS = tuple(f.name for f in fields(Facts))

_WORDS: dict[str, tuple[str, Who]] = {
    "account": ("The account is closed", Who.US),
    "programme": ("No programme of yours is running at the moment", Who.US),
    "about": ("Tell us about you", Who.YOU),
    "work": ("Tell us about your work", Who.YOU),
    "help": ("Choose what you can help with", Who.YOU),
    "when": ("Tell us when and how you can meet", Who.YOU),
    "conflicts": ("Tell us who you should not be matched with", Who.YOU),
    "motivation": ("Say why you want to mentor", Who.YOU),
    "referees": ("Name two referees", Who.YOU),
    "disclosure": ("Answer one question about your past", Who.YOU),
    "code": ("Read and agree to the code of conduct", Who.YOU),
    "application": ("Check your answers and send your application", Who.YOU),
    "training": ("Finish your training", Who.YOU),
    "workshop": ("Take part in a workshop", Who.YOU),
    "references": ("Your two referees have to reply", Who.REFEREE),
    "identity": ("We have to see your identity document", Who.US),
    "references_heard": ("We have to speak to your referees", Who.US),
    "dbs": ("We have to record a DBS check that is in date", Who.US),
    "approved": ("A second member of our team has to approve you", Who.US),
    "not_paused": ("You have paused new matches", Who.YOU),
}
PROFILE = ("about", "work", "help", "when", "conflicts", "motivation", "referees", "disclosure", "code")
AFTER_APPROVAL = ("approved", "not_paused")


def what_is_missing(facts: Facts) -> list[Missing]:
    """Everything that stands in the way of being ready, in the order in which it is best done."""
    return [Missing(key, words, who) for key, (words, who) in _WORDS.items() if not getattr(facts, key)]


def next_thing(missing: Iterable[Missing]) -> Missing | None:
    """The one thing to show first: what the mentor can do now, else whoever else has to act, else nothing."""
    rest = list(missing)
    return next((m for m in rest if m.who_acts is Who.YOU), rest[0] if rest else None)


def is_ready(facts: Facts) -> bool:
    return all(getattr(facts, name) for name in FACTS)


def in_the_way_of_sending(facts: Facts) -> list[Missing]:
    """What must be filled in before the application can be sent."""
    return [m for m in what_is_missing(facts) if m.key in PROFILE]


def in_the_way_of_approval(facts: Facts) -> list[Missing]:
    """What must be there before a second person may approve."""
    return [m for m in what_is_missing(facts) if m.key not in AFTER_APPROVAL]
