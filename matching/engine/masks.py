"""What two people have in common, as bits: the one table that the numpy formulas and the kernels both read.

Each mask says how a mentor and how a request are turned into bits of the same meaning. A component of the
score counts the bits in common; a gate is a hard rule that at least one bit is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from matching.engine.columns import Array
from matching.engine.population import (
    AGES,
    ENHANCED_BARRED,
    EXPERIENCES,
    LANGUAGES,
    OTHER,
    SECTORS,
    SLOTS,
    TOPICS,
    MenteeArrays,
    MentorArrays,
)

GENDERS, CHECKS = OTHER + 1, ENHANCED_BARRED + 1


@dataclass(frozen=True)
class Mask:
    """Bits that a mentor and a request can have in common, at most 32; both give uint32 in their own shape.

    Gender, age and check become bits too: a request accepts several, a mentor is one, or the reverse.
    """

    name: str
    bits: int
    mentor: Callable[[MentorArrays], Array]
    mentee: Callable[[MenteeArrays], Array]


@dataclass(frozen=True)
class Counted:
    """A component that counts common bits: `each` points a bit after the first `beyond`, for `most` of them.

    `each` and `most` name weights of the programme.
    """

    key: str
    label: str
    mask: str
    each: str
    most: str
    beyond: int = 0


@dataclass(frozen=True)
class Gate:
    """A hard rule: at least one bit of the mask is common. `broken` is said after a number of mentors."""

    key: str
    mask: str
    broken: str


def _asked_languages(mentee: MenteeArrays) -> Array:
    return np.where(mentee.required_language != 0, mentee.required_language, mentee.languages)


def _one(number: Array) -> Array:
    return np.uint32(1) << number.astype(np.uint32)


def _accepted_genders(mentee: MenteeArrays) -> Array:
    anybody = np.uint32(2**GENDERS - 1)
    return np.where(mentee.required_gender == 0, anybody, _one(mentee.required_gender))


MASKS = {
    mask.name: mask
    for mask in (
        Mask("topics", TOPICS, lambda m: m.topics, lambda y: y.topics),
        Mask("sectors", SECTORS, lambda m: m.sectors, lambda y: y.sectors),
        Mask("slots", SLOTS, lambda m: m.slots, lambda y: y.slots),
        Mask("languages", LANGUAGES, lambda m: m.languages, lambda y: y.languages),
        Mask("experiences", EXPERIENCES, lambda m: m.experiences, lambda y: y.experiences),
        Mask("asked_languages", LANGUAGES, lambda m: m.languages, _asked_languages),
        Mask("gender", GENDERS, lambda m: _one(m.gender), _accepted_genders),
        Mask("age", AGES, lambda m: m.accepted_ages, lambda y: y.age_band),
        # A check covers its own level and every lower one; a request asks for one level.
        Mask(
            "check",
            CHECKS,
            lambda m: _one(m.check_level + 1) - np.uint32(1),
            lambda y: _one(y.required_check),
        ),
    )
}

COUNTED = (
    Counted("topics", "Help topics", "topics", each="topic", most="topics_most"),
    Counted("sectors", "Sectors", "sectors", each="sector", most="sectors_most"),
    Counted("times", "Common times", "slots", each="slot", most="slots_most"),
    Counted("experience", "Shared experience", "experiences", each="experience", most="experiences_most"),
    Counted("languages", "Further languages", "languages", each="language", most="languages_most", beyond=1),
)

GATES = (
    Gate("time", "slots", "no common time"),
    Gate("language", "asked_languages", "no language in common"),
    Gate("gender", "gender", "not the gender asked for"),
    Gate("age", "age", "not meeting this age"),
    Gate("check", "check", "not checked for this age"),
)
