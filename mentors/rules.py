"""Judgement about mentors: may they sign up, what is missing, what comes next. No database, no clock."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

ADULT = 18
REFEREES = 2
CHECK_REMINDERS = (90, 60, 30, 7)  # days before a DBS check lapses
REFERENCE_REMINDERS = (5, 10)  # days after a referee was asked
NUDGES = (7, 14)  # days after sign-up, while the application is not sent


# --- Eligibility ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Eligibility:
    """May this person sign up, why or why not, and from when."""

    ok: bool
    words: str
    not_before: date | None = None


def eligibility(
    *,
    years: int,
    has_degree: bool,
    is_adult: bool,
    on: date,
    years_of_work: int = 5,
    years_after_degree: int = 2,
) -> Eligibility:
    """May somebody with this experience mentor in a programme that asks for that much."""
    if not is_adult:
        return Eligibility(False, "Mentors are 18 or over. We would love to hear from you when you turn 18.")
    needed = min(years_of_work, years_after_degree) if has_degree else years_of_work
    if years >= needed:
        return Eligibility(True, f"You have enough experience: this programme asks for {_years(needed)}.")
    asked = f"{_years(years_of_work)} of work, or {_years(years_after_degree)} after a degree"
    start = _first_of_month(on, years=needed - years)
    return Eligibility(
        False,
        f"This programme asks for {asked}. You told us {_years(years)}, so you could apply from about "
        f"{start:%B %Y}.",
        start,
    )


def _years(n: int) -> str:
    return "1 year" if n == 1 else f"{n} years"


def _first_of_month(on: date, *, years: int) -> date:
    return date(on.year + years, on.month, 1)


def years_between(born_on: date, on: date) -> int:
    """Whole years; somebody born on 29 February has their birthday on 1 March in other years."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def adult_if_born_by(on: date) -> date:
    """The latest birth date that makes somebody 18 on this day."""
    try:
        return on.replace(year=on.year - ADULT)
    except ValueError:  # 29 February, and eighteen years ago there was none
        return date(on.year - ADULT, 2, 28)


# --- What is missing -----------------------------------------------------------------------------


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


# --- Checks and references -----------------------------------------------------------------------


def reminder_due(days_left: int, told_at: int | None, days: Collection[int] = CHECK_REMINDERS) -> int | None:
    """Which reminder is due with so many days left, when the last one told was `told_at`; None if none.

    Only the nearest counts: after a week of silence nobody gets two letters about one check.
    """
    passed = [d for d in days if days_left <= d]
    if not passed or days_left <= 0:
        return None
    due = min(passed)
    return due if told_at is None or due < told_at else None


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


def reference_code(pk: int) -> str:
    """A mentor's reference, like 1MM-40K7Q: one to one with the row, and not a running number."""
    n = (pk * 7_368_787 + 18_874_401) % 32**5  # an odd factor makes it a permutation
    letters = ""
    for _ in range(5):
        n, digit = divmod(n, 32)
        letters = CODE_LETTERS[digit] + letters
    return f"1MM-{letters}"
