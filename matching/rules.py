"""Why a pair, in words. Pure: takes what the two share, as names by kind, and gives sentences.

`shared` looks like {"topics": ["Interviews"], "sectors": [...], "slots": ["Tuesday evenings"], "languages":
["English", "Urdu"], "experiences": [...], "ways": ["online"], "near": "about 3 km", "wish": true}.
Young people read reasons and never scores (PRODUCT.md section 8).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def in_words(names: Sequence[str], most: int = 3) -> str:
    """Join names as people do: "a", "a and b", "a, b and c"; beyond `most` the rest is left out."""
    names = list(names)[:most]
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def lower_first(name: str) -> str:
    """ "Interviews" → "interviews", but "CVs and applications" and "BSL" stay."""
    return name if len(name) > 1 and name[1].isupper() else name[:1].lower() + name[1:]


def further_languages(shared: Mapping[str, Any]) -> list[str]:
    return [name for name in shared.get("languages", []) if name != "English"]


def _times(shared: Mapping[str, Any]) -> str:
    slots = shared.get("slots", [])
    if len(slots) > 3:
        return f"{slots[0]}, {slots[1]} and at {len(slots) - 2} other times"
    return in_words(slots)


def _sentences(shared: Mapping[str, Any], *, topics: str, sectors: str, experiences: str) -> list[str]:
    lines = []
    if names := shared.get("topics"):
        lines.append(topics.format(in_words([lower_first(n) for n in names])))
    if names := shared.get("sectors"):
        lines.append(sectors.format(in_words([lower_first(n) for n in names])))
    if names := shared.get("experiences"):
        lines.append(experiences.format(in_words([lower_first(n) for n in names])))
    if names := further_languages(shared):
        lines.append(f"You both speak {in_words(names)}.")
    if shared.get("slots"):
        lines.append(f"You’re both free on {_times(shared)}.")
    ways = shared.get("ways", [])
    if "in_person" in ways and shared.get("near"):
        lines.append(f"You’re {shared['near']} apart, so you could meet in person.")
    return lines


def for_mentee(shared: Mapping[str, Any], *, mentor: str) -> list[str]:
    return _sentences(
        shared,
        topics=f"{mentor} can help with {{0}}, which you asked for.",
        sectors=f"{mentor} works in {{0}}, which you want to explore.",
        experiences=f"{mentor} knows what this is like: {{0}}.",
    )


def for_mentor(shared: Mapping[str, Any], *, mentee: str) -> list[str]:
    return _sentences(
        shared,
        topics=f"{mentee} would like help with {{0}}.",
        sectors=f"{mentee} wants to explore {{0}}, where you work.",
        experiences="You share an experience that you both chose to tell: {0}.",
    )


def for_staff(shared: Mapping[str, Any], *, mentor: str, mentee: str) -> list[str]:
    lines = []
    if names := shared.get("topics"):
        lines.append(f"Both picked {in_words([lower_first(n) for n in names], 4)}")
    if names := shared.get("sectors"):
        lines.append(
            f"{mentor} works in {in_words([lower_first(n) for n in names])}; {mentee} wants to explore it"
        )
    if names := shared.get("slots"):
        lines.append(f"Both free on {_times(shared)}")
    if names := further_languages(shared):
        lines.append(f"Both speak {in_words(names)}")
    if names := shared.get("experiences"):
        lines.append(f"Both told us: {in_words([lower_first(n) for n in names])}")
    if shared.get("near"):
        lines.append(f"{shared['near'][0].upper()}{shared['near'][1:]} apart")
    if shared.get("wish"):
        lines.append("A wish is met: from the organisation that was asked for first")
    return lines


def worth_checking(
    shared: Mapping[str, Any], *, mentored_before: bool, mentor: str, family: str = "", mentee: str = ""
) -> list[str]:
    """What a careful person would look at twice before saying yes; `family` is what the mentor declared."""
    lines = []
    if family:
        lines.append(f"{mentor} has family in the programme: “{family}”. Make sure that {mentee} isn’t one")
    if not mentored_before:
        lines.append(f"{mentor} hasn’t mentored with us before")
    if len(shared.get("slots", [])) == 1:
        lines.append("Only one free time overlaps")
    if not shared.get("topics"):
        lines.append("No help topic in common")
    if not shared.get("sectors"):
        lines.append("No kind of work in common")
    if shared.get("ways") == ["in_person"]:
        lines.append("They can only meet in person")
    return lines


# What has lapsed since the night in a mentor who was ready then, by the key of the fact.
LAPSED = {
    "account": "Their account is closed.",
    "programme": "No programme of theirs is running today.",
    "training": "Their training has run out.",
    "references": "A reference is missing.",
    "dbs": "No DBS check that is in date.",
    "approved": "Suspended, or not with us any more.",
    "not_paused": "They paused new matches.",
}


def lapsed(key: str) -> str:
    """Why a mentor of the night is not ready any more, for staff."""
    return LAPSED.get(key, "Something in their profile is missing.")


# How each rule's breaking and each change is said to staff, after a number of mentors.
BROKEN = {
    "programme": "in another programme",
    "place": "with no free place",
    "meeting": "too far, or with no way of meeting in common",
    "time": "with no common time",
    "language": "with no language in common",
    "gender": "not what they asked for",
    "age": "not meeting this age",
    "check": "not checked for this age",
    "tie": "tied to their school or organisation",
    "block": "declined, ended or blocked before",
}
CHANGED = {
    "online": "they could meet online",
    "travel": "they could travel twice as far",
    "time": "they had more free times",
    "language": "no language were required",
    "gender": "any gender were fine",
}
NOT_READY_HERE = ("programme", "place")


def why_nobody(reasons: Mapping[str, Any]) -> str:
    """The reason in numbers: "12 mentors are ready; 9 are too far, 3 have no common time; 7 more if …".

    In a night with very many left over the engine counts for some of them; of the others we only know whether
    any mentor fits.
    """
    if "ready" not in reasons:
        if reasons.get("eligible"):
            return "Mentors fit, and were recommended to people who have waited longer."
        return "No mentor fits at the moment."
    ready, failures = reasons["ready"], reasons["failures"]
    if not ready:
        return "No mentor with a free place is ready in this programme."
    if reasons["eligible"]:
        count = reasons["eligible"]
        fits = "1 mentor fits, and was" if count == 1 else f"{count} mentors fit, and were"
        return f"{fits} recommended to people who have waited longer."
    parts = [
        f"{failures[key]} {words}"
        for key, words in BROKEN.items()
        if key not in NOT_READY_HERE and failures.get(key)
    ]
    sentence = f"{ready} mentor{'s are' if ready > 1 else ' is'} ready: {', '.join(parts)}."
    gains = [f"{k} more if {CHANGED[key]}" for key, k in reasons["gains"].items() if k and key in CHANGED]
    return f"{sentence} {'; '.join(gains).capitalize()}." if gains else sentence
