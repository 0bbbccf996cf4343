"""A profile in numbers, worked out by hand: the plain words that the packed tables are compared with."""

from __future__ import annotations

from typing import Any

from partners.models import Outcode

WORDS = ("topics", "sectors", "languages", "experiences")
WAYS = {"": 0, "online": 1, "in_person": 2, "either": 3}
GENDERS = {"": 0, "woman": 1, "man": 2, "other": 3}


def _common(person: Any) -> dict[str, int]:
    home = Outcode.objects.filter(code=person.outcode).first()
    minutes = 30 if person.travel_minutes is None else person.travel_minutes
    return {
        **{name: sum(2**word.bit for word in getattr(person, name).all()) for name in WORDS},
        "slots": person.free_slots,
        "ways": WAYS[person.way],
        "easting": home.easting if home else -1,
        "northing": home.northing if home else -1,
        "travel": 3 * minutes if person.meets_in_person else 0,
    }


def of_mentor(mentor: Any) -> dict[str, int]:
    return {
        **_common(mentor),
        "gender": GENDERS[mentor.gender],
        "accepted_ages": mentor.accepted_ages,
        "capacity": mentor.capacity,
        "employer": mentor.employed_by_id or 0,
    }


def of_mentee(mentee: Any) -> dict[str, int]:
    return {
        **_common(mentee),
        "required_language": 2**mentee.required_language.bit if mentee.required_language else 0,
        "required_gender": GENDERS[mentee.mentor_gender],
        "born_on": int(f"{mentee.born_on:%Y%m%d}"),
        "organisation": mentee.organisation_id or 0,
    }


def kept(profile: Any) -> dict[str, int]:
    """The numbers that stand in a row."""
    return {name: getattr(profile, name) for name in type(profile).numbers()}
