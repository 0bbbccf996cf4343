"""The people of one night as arrays: one row a mentor, one row a request of a young person.

Bits are the `bit` of the words in `partners.models`; slots count from Monday morning. Places are on the
national grid in units of 100 m. Organisation 0, gender 0 and place -1 mean "not said".
"""

# ruff: noqa: RUF009  the calls give dataclass fields

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.engine.columns import FAR, Array, Columns, flag, mask, number

PROGRAMMES, TOPICS, SECTORS, LANGUAGES, SLOTS, EXPERIENCES, AGES = 64, 24, 32, 31, 21, 16, 4
PLACES = 3  # a mentor's capacity is 3 at most (PRODUCT.md, section 4)

NOT_SAID, WOMAN, MAN, OTHER = 0, 1, 2, 3
NO_CHECK, BASIC, ENHANCED, ENHANCED_BARRED = 0, 1, 2, 3
NOWHERE = -1

# Squares of distances stay within int32 as long as places stay within 15 bits; the grid ends at 13,000.
FARTHEST = 2**15 - 1

HUNDRED_METRES_A_MINUTE = 3  # door to door, waiting for the bus included: 18 km an hour


def reach(minutes: int) -> int:
    """How far somebody gets, as the crow flies, in units of 100 m, who travels `minutes` at most."""
    return minutes * HUNDRED_METRES_A_MINUTE


@dataclass(frozen=True)
class MentorArrays(Columns):
    """Mentors who are ready. One row a mentor, every column of shape (M,)."""

    id: Array = number(np.int64, 1, FAR)
    programmes: Array = mask(PROGRAMMES)  # bit p: serves the programme with index p
    free_places: Array = number(np.int8, 0, PLACES, default=1)  # capacity minus offered and active matches
    topics: Array = mask(TOPICS)
    sectors: Array = mask(SECTORS)
    languages: Array = mask(LANGUAGES)
    slots: Array = mask(SLOTS)
    experiences: Array = mask(EXPERIENCES)
    online: Array = flag()
    in_person: Array = flag()
    easting: Array = number(np.int32, NOWHERE, FARTHEST, default=NOWHERE)
    northing: Array = number(np.int32, NOWHERE, FARTHEST, default=NOWHERE)
    travel: Array = number(np.int32, 0, FARTHEST, default=0)  # 100 m; see `reach`
    gender: Array = number(np.int8, NOT_SAID, OTHER, default=NOT_SAID)
    accepted_ages: Array = mask(AGES)  # 14–15, 16–17, 18–21, 22–25
    check_level: Array = number(np.int8, NO_CHECK, ENHANCED_BARRED, default=NO_CHECK)
    employer: Array = number(np.int64, 0, FAR, default=0)  # organisation they work for
    partner: Array = number(np.int64, 0, FAR, default=0)  # organisation that brought them
    idle_days: Array = number(np.int32, 0, 100_000, default=0)  # since their last match, or since ready


@dataclass(frozen=True)
class MenteeArrays(Columns):
    """Requests that are ready to be matched. One row a request, every column of shape (N,)."""

    id: Array = number(np.int64, 1, FAR)  # of the request
    person: Array = number(np.int64, 1, FAR)  # of the young person; at most one row a programme
    programme: Array = number(np.uint8, 0, PROGRAMMES - 1, default=0)  # index into the settings
    topics: Array = mask(TOPICS)
    sectors: Array = mask(SECTORS)
    languages: Array = mask(LANGUAGES)
    required_language: Array = mask(LANGUAGES)  # one bit, or 0 for none
    slots: Array = mask(SLOTS)
    experiences: Array = mask(EXPERIENCES)
    online: Array = flag()
    in_person: Array = flag()
    easting: Array = number(np.int32, NOWHERE, FARTHEST, default=NOWHERE)
    northing: Array = number(np.int32, NOWHERE, FARTHEST, default=NOWHERE)
    travel: Array = number(np.int32, 0, FARTHEST, default=0)  # 100 m; see `reach`
    required_gender: Array = number(np.int8, NOT_SAID, MAN, default=NOT_SAID)
    age_band: Array = mask(AGES)  # one bit; 0 is nobody's age, so nobody is suggested
    required_check: Array = number(np.int8, NO_CHECK, ENHANCED_BARRED, default=NO_CHECK)
    organisation: Array = number(np.int64, 0, FAR, default=0)  # their school, college or group
    referrer: Array = number(np.int64, 0, FAR, default=0)  # organisation that referred them
    wished: Array = number(np.int64, 0, FAR, default=0)  # organisation whose own mentors come first
    waiting_days: Array = number(np.int32, 0, 36_500, default=0)
