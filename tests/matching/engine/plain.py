"""The rules and the score once more, person by person in plain Python, and every assignment there is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.matching.engine.worlds import Invented


def people(arrays: Any) -> list[dict[str, int]]:
    return [{name: int(column[k]) for name, column in vars(arrays).items()} for k in range(len(arrays))]


def distance_squared(mentor: dict[str, int], mentee: dict[str, int]) -> int | None:
    if -1 in (mentor["easting"], mentor["northing"], mentee["easting"], mentee["northing"]):
        return None
    return (mentor["easting"] - mentee["easting"]) ** 2 + (mentor["northing"] - mentee["northing"]) ** 2


def in_person(world: Invented, mentor: dict[str, int], mentee: dict[str, int]) -> bool:
    squared = distance_squared(mentor, mentee)
    return bool(
        mentor["in_person"]
        and mentee["in_person"]
        and world.settings[mentee["programme"]].meets_in_person
        and squared is not None
        and squared <= min(mentor["travel"], mentee["travel"]) ** 2
    )


def may_meet(world: Invented, mentor: dict[str, int], mentee: dict[str, int]) -> bool:
    settings = world.settings[mentee["programme"]]
    organisations = {mentee["organisation"], mentee["referrer"]} - {0}
    tied = {tuple(pair) for pair in world.tied.tolist()}
    blocked = {tuple(pair) for pair in world.blocked.tolist()}
    return all(
        (
            mentor["programmes"] >> mentee["programme"] & 1,
            mentor["free_places"],
            (mentor["online"] and mentee["online"] and settings.meets_online)
            or in_person(world, mentor, mentee),
            mentor["slots"] & mentee["slots"],
            mentor["languages"] & (mentee["required_language"] or mentee["languages"]),
            mentee["required_gender"] in (0, mentor["gender"]),
            mentor["accepted_ages"] & mentee["age_band"],
            mentor["check_level"] >= mentee["required_check"],
            mentor["employer"] not in organisations,
            not any((mentor["id"], organisation) in tied for organisation in organisations),
            (mentor["id"], mentee["person"]) not in blocked,
        )
    )


def score(world: Invented, mentor: dict[str, int], mentee: dict[str, int]) -> int:
    s = world.settings[mentee["programme"]]

    def both(name: str) -> int:
        return (mentor[name] & mentee[name]).bit_count()

    near = 0
    if in_person(world, mentor, mentee):
        squared = distance_squared(mentor, mentee) or 0
        near = next((points for upto, points in s.closeness if squared <= upto**2), 0)
    wished = mentee["wished"]
    return (
        s.topic * min(both("topics"), s.topics_most)
        + s.sector * min(both("sectors"), s.sectors_most)
        + s.slot * min(both("slots"), s.slots_most)
        + near
        + s.experience * min(both("experiences"), s.experiences_most)
        + s.language * min(max(both("languages") - 1, 0), s.languages_most)
        + (s.wish if wished and wished in (mentor["employer"], mentor["partner"]) else 0)
    )


def waiting(world: Invented, mentee: dict[str, int]) -> int:
    s, days = world.settings[mentee["programme"]], mentee["waiting_days"]
    return days // 7 * s.waiting_week + s.urgent_day * max(0, days - s.urgent_from + 1)


def every_assignment(
    options: list[list[int]], places: dict[int, int], done: tuple[int, ...] = ()
) -> Iterator[tuple[int, ...]]:
    """Every way to give each request one of its mentors or nobody (-1), within the mentors' places."""
    if len(done) == len(options):
        yield done
        return
    for mentor in [-1, *options[len(done)]]:
        if mentor < 0 or done.count(mentor) < places[mentor]:
            yield from every_assignment(options, places, (*done, mentor))
