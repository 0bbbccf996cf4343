"""Who may mentor: enough experience, and of age. Answered at once, with the reason and from when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

ADULT = 18


class Asks(Protocol):
    """A programme, for what it asks of a mentor."""

    years_of_work: int
    years_after_degree: int


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
    born_on: date | None = None,
    years_of_work: int = 5,
    years_after_degree: int = 2,
) -> Eligibility:
    """May somebody with this experience mentor in a programme that asks for that much; if not yet, from
    which day. `born_on` is asked only of those who are under 18."""
    needed = min(years_of_work, years_after_degree) if has_degree else years_of_work
    asked = f"{_years(years_of_work)} of work, or {_years(years_after_degree)} after a degree"
    enough = years_later(on, max(needed - years, 0))
    if not is_adult:
        if born_on is None:
            return Eligibility(
                False, "Mentors are 18 or over. Tell us when you were born, and we say from when."
            )
        start = max(years_later(born_on, ADULT), enough)
        too = f" and have {asked}" if enough == start else ""
        return Eligibility(False, f"Mentors are 18 or over{too}. You could join from {_day(start)}.", start)
    if years >= needed:
        return Eligibility(True, f"You have enough experience: this programme asks for {_years(needed)}.")
    return Eligibility(
        False,
        f"This programme asks for {asked}. You told us {_years(years)}. You could join from {_day(enough)}.",
        enough,
    )


def eligible_in(
    programme: Asks,
    *,
    years: int,
    has_degree: bool,
    on: date,
    is_adult: bool = True,
    born_on: date | None = None,
) -> Eligibility:
    """The same for one programme and what it asks."""
    return eligibility(
        years=years,
        has_degree=has_degree,
        is_adult=is_adult,
        on=on,
        born_on=born_on,
        years_of_work=programme.years_of_work,
        years_after_degree=programme.years_after_degree,
    )


def _years(n: int) -> str:
    return "1 year" if n == 1 else f"{n} years"


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


def years_later(on: date, years: int) -> date:
    """The same day so many years later; 29 February becomes 1 March where there is none."""
    try:
        return on.replace(year=on.year + years)
    except ValueError:
        return date(on.year + years, 3, 1)


def years_between(born_on: date, on: date) -> int:
    """Whole years; somebody born on 29 February has their birthday on 1 March in other years."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def adult_if_born_by(on: date) -> date:
    """The latest birth date that makes somebody 18 on this day."""
    try:
        return on.replace(year=on.year - ADULT)
    except ValueError:  # 29 February, and eighteen years ago there was none
        return date(on.year - ADULT, 2, 28)
