"""mentor-match, the open-source package for mentoring programmes. python by_mentor_match.py FOLDER

It is given our hard rules as one rule that disqualifies and our points as one rule that scores, in plain
Python on its own objects, which is how it is meant to be used.
"""

import importlib.metadata
import json
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from matching.match import Match
from matching.mentee import Mentee
from matching.mentor import Mentor
from matching.process import process_data
from matching.rules.rule import Disqualify

COUNTED = (  # what both have, points each, for at most
    ("topics", "topic", "topics_most"),
    ("sectors", "sector", "sectors_most"),
    ("slots", "slot", "slots_most"),
    ("experiences", "experience", "experiences_most"),
)


class Worth:
    """A rule that gives the value of a pair."""

    def __init__(self, per_match: int, weights: dict[str, Any]) -> None:
        self.per_match, self.weights = per_match, weights

    def evaluate(self, match: Match) -> bool:
        return True

    def apply(self, match: Match) -> int:
        mentor, mentee, weights = match.mentor.facts, match.mentee.facts, self.weights
        points = self.per_match
        for name, each, most in COUNTED:
            common = (getattr(mentor, name) & getattr(mentee, name)).bit_count()
            points += weights[each] * min(common, weights[most])
        further = max((mentor.languages & mentee.languages).bit_count() - 1, 0)
        points += weights["language"] * min(further, weights["languages_most"])
        if mentee.wished and mentee.wished in (mentor.employer, mentor.partner):
            points += weights["wish"]
        if near(mentor, mentee):
            far = distance_squared(mentor, mentee)
            points += next((worth for upto, worth in weights["closeness"] if far <= upto * upto), 0)
        return points


def distance_squared(mentor: Any, mentee: Any) -> int:
    return (mentor.easting - mentee.easting) ** 2 + (mentor.northing - mentee.northing) ** 2


def near(mentor: Any, mentee: Any) -> bool:
    both = mentor.in_person and mentee.in_person
    return both and distance_squared(mentor, mentee) <= min(mentor.travel, mentee.travel) ** 2


def must_not_meet(match: Match) -> bool:
    mentor, mentee = match.mentor.facts, match.mentee.facts
    return not (
        mentor.programmes >> mentee.programme & 1
        and ((mentor.online and mentee.online) or near(mentor, mentee))
        and mentor.slots & mentee.slots
        and mentor.languages & (mentee.required_language or mentee.languages)
        and mentee.required_gender in (0, mentor.gender)
        and mentor.accepted_ages & mentee.age_band
        and mentor.check_level >= mentee.required_check
        and mentor.tied.isdisjoint((mentee.organisation, mentee.referrer))
        and mentor.id not in mentee.blocked
    )


def persons(kind: Any, columns: dict[str, list[int]], extra: list[dict[str, Any]]) -> list[Any]:
    """Objects of theirs, with the facts of ours; `at` is their row or column."""
    made = []
    for at, facts in enumerate(zip(*columns.values(), strict=True)):
        person = kind(grade=1, email=f"{kind.__name__}-{at}")
        person.at = at
        person.facts = SimpleNamespace(**dict(zip(columns, facts, strict=True)), **extra[at])
        made.append(person)
    return made


def main(folder: Path) -> None:
    given = json.loads((folder / "people.json").read_text())
    tied: list[dict[str, Any]] = [{"tied": set()} for _ in given["mentors"]["id"]]
    for mentor, organisation in given["tied"]:
        tied[mentor]["tied"].add(organisation)
    apart: dict[int, set[int]] = {person: set() for person in given["mentees"]["person"]}
    for mentor, person in given["blocked"]:
        apart[person].add(mentor)
    blocked = [{"blocked": apart[person]} for person in given["mentees"]["person"]]
    start = time.perf_counter()
    mentors = persons(Mentor, given["mentors"], tied)
    mentees = persons(Mentee, given["mentees"], blocked)
    # It asks the last rule first, and goes on only if that allows the pair.
    process_data(mentors, mentees, [[Worth(given["per_match"], given["weights"]), Disqualify(must_not_meet)]])
    seconds = time.perf_counter() - start
    pairs = [(mentee.at, mentee.mentors[0].at) for mentee in mentees if mentee.mentors]
    (folder / "pairs.json").write_text(json.dumps(pairs))
    print(json.dumps({"seconds": seconds, "munkres": importlib.metadata.version("munkres")}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
