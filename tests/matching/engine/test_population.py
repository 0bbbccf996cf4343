from __future__ import annotations

import numpy as np
import pytest

from matching.engine import (
    EngineError,
    FieldOutOfRange,
    FieldTooWide,
    GivenTwice,
    MenteeArrays,
    MentorArrays,
    Settings,
    WrongShape,
    reach,
    run,
)

MENTOR = {"id": [1, 2], "programmes": [1, 1]}
MENTEE = {"id": [1, 2], "person": [1, 2]}


@pytest.mark.parametrize(
    ("field", "width"),
    [("topics", 24), ("sectors", 32), ("languages", 31), ("slots", 21), ("experiences", 16)],
)
@pytest.mark.parametrize(("arrays", "least"), [(MentorArrays, MENTOR), (MenteeArrays, MENTEE)])
def test_it_names_the_mask_that_is_too_wide(field: str, width: int, arrays: type, least: dict) -> None:
    rows = arrays.of(**least, **{field: [0, 2**width - 1]})
    assert int(getattr(rows, field)[1]) == 2**width - 1
    with pytest.raises(FieldTooWide, match=f"^{field}: {width + 1} given, {width} fit$"):
        arrays.of(**least, **{field: [0, 2**width]})


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"programmes": [0, 2**64]}, "programmes: 65 given, 64 fit"),
        ({"accepted_ages": [0, 16]}, "accepted_ages: 5 given, 4 fit"),
        ({"free_places": [0, 4]}, "free_places: 4 given, 0 to 3 fit"),
        ({"free_places": [0, 300]}, "free_places: 300 given, 0 to 3 fit"),
        ({"easting": [0, 40_000]}, "easting: 40000 given, -1 to 32767 fit"),
        ({"gender": [0, -1]}, "gender: -1 given, 0 to 3 fit"),
        ({"topics": [0, -1]}, "topics: -1 given, 0 to 16777215 fit"),
        ({"topics": [0]}, r"topics: shape \(1,\) given, \(2,\) fits"),
        ({"topics": [0.5, 1]}, "topics: float64 given, whole numbers fit"),
        ({"hobbies": [1, 2]}, "hobbies: no such column"),
        ({"id": [1, 1]}, "id: a row is given twice"),
    ],
)
def test_it_names_the_column_and_the_limit(columns: dict, said: str) -> None:
    with pytest.raises(EngineError, match=f"^{said}$"):
        MentorArrays.of(**(MENTOR | columns))


def test_it_asks_for_what_has_no_default() -> None:
    with pytest.raises(WrongShape, match="person: missing"):
        MenteeArrays.of(id=[1])


def test_it_refuses_a_programme_without_settings() -> None:
    with pytest.raises(FieldOutOfRange, match="programme: 1 given, 0 to 0 fit"):
        run(MentorArrays.of(**MENTOR), MenteeArrays.of(**MENTEE, programme=[0, 1]), None, [Settings()])


def test_it_refuses_a_person_twice_in_one_programme() -> None:
    with pytest.raises(GivenTwice, match="person"):
        run(MentorArrays.of(**MENTOR), MenteeArrays.of(id=[1, 2], person=[5, 5]), None, [Settings()])


def test_it_refuses_two_required_languages() -> None:
    mentees = MenteeArrays.of(**MENTEE, required_language=[1, 3])
    with pytest.raises(WrongShape, match="required_language"):
        run(MentorArrays.of(**MENTOR), mentees, None, [Settings()])


def test_it_refuses_blocked_pairs_of_another_shape() -> None:
    with pytest.raises(WrongShape, match="pairs"):
        run(MentorArrays.of(**MENTOR), MenteeArrays.of(**MENTEE), [1, 2, 3], [Settings()])


@pytest.mark.parametrize("mentors", [[], [1, 2]])
@pytest.mark.parametrize("requests", [[], [7, 8, 9]])
def test_it_has_a_clear_answer_when_there_is_nobody_to_match(mentors: list, requests: list) -> None:
    night = run(
        MentorArrays.of(id=mentors, free_places=[0] * len(mentors), programmes=[1] * len(mentors)),
        MenteeArrays.of(id=requests, person=requests),
        np.empty((0, 2), np.int64),
        [Settings()],
        tied=[],
    )
    assert night.request_ids.tolist() == requests
    assert night.recommended.tolist() == [-1] * len(requests)
    assert (night.shortlists.mentor_ids == -1).all()
    assert night.counts["suggestions"] == 0
    assert night.certificate.is_exact
    assert night.certificate.matched == 0
    assert night.without.ready.tolist() == [0] * len(requests)
    assert night.counts["requests"] == len(requests)


def test_it_needs_no_programme_when_nobody_asks() -> None:
    assert len(run(MentorArrays.of(), MenteeArrays.of(), None, []).recommended) == 0


def test_it_turns_minutes_into_distance() -> None:
    assert reach(30) == 90  # 9 km
