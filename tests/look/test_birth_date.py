"""A date in three boxes."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django import forms

from users.fields import BirthDateField, BoxedDateField

REAL = "Date of birth must be a real date, like 29 2 2008"


class Born(forms.Form):
    on = BirthDateField()


def answer(day: str, month: str, year: str) -> Born:
    return Born({"on_0": day, "on_1": month, "on_2": year})


@pytest.mark.parametrize(
    ("boxes", "expected"),
    [
        (("29", "2", "2008"), date(2008, 2, 29)),
        (("01", "09", "2009"), date(2009, 9, 1)),
        ((" 5 ", "Sept", "2010"), date(2010, 9, 5)),
        (("５", "６", "２０１０"), date(2010, 6, 5)),
    ],
)
def test_it_takes_a_real_date(boxes: tuple[str, str, str], expected: date) -> None:
    form = answer(*boxes)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["on"] == expected


@pytest.mark.parametrize(
    ("boxes", "sentence"),
    [
        (("31", "2", "2008"), REAL),
        (("29", "2", "2009"), REAL),
        (("0", "0", "0000"), REAL),
        (("13", "25", "2009"), REAL),
        (("a", "b", "cdef"), REAL),
        (("1", "1", "20080"), REAL),
        (("1", "1", "0044"), REAL),
        (("-1", "1", "2008"), REAL),
        (("", "", ""), REAL),
        (("1", "1", "08"), "Write the year with four digits, like 2008"),
        (("1", "", "2008"), "Date of birth must include a month"),
        (("", "", "2008"), "Date of birth must include a day and a month"),
    ],
)
def test_it_says_what_to_do_about_one_that_is_not(boxes: tuple[str, str, str], sentence: str) -> None:
    assert answer(*boxes).errors["on"] == [sentence]


@time_machine.travel("2026-11-21 12:00", tick=False)
def test_it_refuses_tomorrow_and_takes_today() -> None:
    assert answer("22", "11", "2026").errors["on"] == ["Date of birth must be in the past"]
    assert answer("21", "11", "2026").is_valid()


def test_it_keeps_the_answers() -> None:
    out = str(answer("31", "2", "2008")["on"])
    for value in ("31", "2", "2008"):
        assert f'value="{value}"' in out


def test_it_fills_in_what_we_know() -> None:
    out = str(Born(initial={"on": date(2008, 2, 29)})["on"])
    for value in ("29", "2", "2008"):
        assert f'value="{value}"' in out


def test_it_speaks_of_another_date_by_its_name() -> None:
    class Check(forms.Form):
        issued = BoxedDateField(says="Issue date", example="3 5 2026")

    form = Check({"issued_0": "31", "issued_1": "4", "issued_2": "2026"})
    assert form.errors["issued"] == ["Issue date must be a real date, like 3 5 2026"]


def test_it_may_be_left_out_where_it_is_optional() -> None:
    class Check(forms.Form):
        issued = BoxedDateField(required=False)

    form = Check({})
    assert form.is_valid()
    assert form.cleaned_data["issued"] is None


def test_it_knows_when_nothing_changed() -> None:
    form = Born({"on_0": "29", "on_1": "2", "on_2": "2008"}, initial={"on": date(2008, 2, 29)})
    assert not form.has_changed()
    form = Born({"on_0": "28", "on_1": "2", "on_2": "2008"}, initial={"on": date(2008, 2, 29)})
    assert form.has_changed()


@pytest.mark.parametrize("box", range(3))
@pytest.mark.parametrize("piece", ["9" * 25, "9" * 5000, "\x00", "3\x00", "-1", "٣"])
def test_it_is_shown_again_whatever_was_typed(box: int, piece: str) -> None:
    boxes = ["1", "1", "2008"]
    boxes[box] = piece
    form = answer(*boxes)
    assert not form.is_valid() or piece == "٣"
    assert "on_0" in str(form)
