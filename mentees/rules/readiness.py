"""How old somebody is, and what keeps them from being ready to be matched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


def age(born_on: date, on: date) -> int:
    """Whole years; somebody born on 29 February has their birthday on 1 March in other years."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def born_by(on: date, years: int) -> date:
    """The latest birth date of somebody who is `years` old on that day.

    On 29 February, in a year that came without one, the day before 1 March is the 28th.
    """
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return date(on.year - years, 2, 28)


def birthday(born_on: date, years: int) -> date:
    """The day somebody turns `years`."""
    try:
        return born_on.replace(year=born_on.year + years)
    except ValueError:
        return date(born_on.year + years, 3, 1)


@dataclass(frozen=True)
class Facts:
    """What readiness is judged on, on one day. `Request.facts(at)` gathers them."""

    status: str
    age: int
    min_age: int
    max_age: int
    permission_under: int
    has_agreed: bool
    has_permission: bool
    wants_a_talk_first: bool
    has_times: bool
    has_language: bool
    has_place: bool
    account_is_open: bool
    programme_is_running: bool


@dataclass(frozen=True)
class Missing:
    """One thing that stands between a young person and a mentor, said to staff, and who has to act."""

    what: str
    words: str
    who: str


def needs_permission(age: int, permission_under: int) -> bool:
    return age < permission_under


def what_is_missing(facts: Facts) -> list[Missing]:
    """Everything that keeps this request from being ready to be matched, most basic first; nothing: ready."""
    f = facts
    gaps = [
        (
            f.programme_is_running,
            Missing("programme", "The programme is not running on this day.", "our team"),
        ),
        (f.account_is_open, Missing("account", "Their account is closed.", "our team")),
        (
            f.min_age <= f.age <= f.max_age,
            Missing("age", f"This programme is for ages {f.min_age} to {f.max_age}.", "nobody"),
        ),
        (f.status != "unconfirmed", Missing("email", "They have not confirmed yet.", "young person")),
        (f.status == "accepted", Missing("triage", "We have not accepted the request.", "our team")),
        (
            not f.wants_a_talk_first,
            Missing("talk", "They asked us to talk to them first.", "our team"),
        ),
        (f.has_agreed, Missing("agreement", "They have not agreed to take part.", "young person")),
        (
            f.has_permission or not needs_permission(f.age, f.permission_under),
            Missing("permission", "An adult at home has not said yes.", "guardian"),
        ),
        (f.has_times, Missing("times", "They have not said when they are free.", "young person")),
        (f.has_language, Missing("language", "They have not chosen a language.", "young person")),
        (f.has_place, Missing("place", "They have not said where they are.", "young person")),
    ]
    return [missing for is_there, missing in gaps if not is_there]
