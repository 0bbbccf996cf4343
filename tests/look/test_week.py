"""The week as 21 tick boxes and as one whole number."""

from __future__ import annotations

import re

import pytest
from django import forms
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from partners.models import SLOTS
from users.fields import WeekField


class Free(forms.Form):
    free = WeekField()


def ticked(html: str) -> list[int]:
    return [int(bit) for bit in re.findall(r'value="(\d+)" id="[^"]+" checked', html)]


@given(st.integers(min_value=1, max_value=2**21 - 1))
def test_it_shows_and_reads_back_the_same_week(mask: int) -> None:
    bits = ticked(str(Free(initial={"free": mask})["free"]))
    form = Free(QueryDict("&".join(f"free={bit}" for bit in bits)))
    assert form.is_valid()
    assert form.cleaned_data["free"] == mask


def test_it_counts_as_the_matching_does() -> None:
    html = str(Free()["free"])
    for slot in SLOTS:
        assert f'{slot.day} {slot.part}</span><input type="checkbox" name="free" value="{slot.bit}"' in html


def test_it_is_a_table_with_headings_for_both_ways() -> None:
    html = str(Free()["free"])
    assert html.count('scope="col"') == 3
    assert html.count('scope="row"') == 7
    assert html.count('type="checkbox"') == 21


@pytest.mark.parametrize("value", ["21", "-1", "x", "²", "1e3", "00000000"])
def test_it_refuses_a_time_that_is_not_in_the_week(value: str) -> None:
    form = Free(QueryDict(mutable=True))
    form.data["free"] = value
    assert form.errors["free"] == ["Choose times from the week below"]
    str(form["free"])  # and can still be shown again


def test_it_asks_for_one_time_at_least() -> None:
    assert Free(QueryDict()).errors["free"] == ["Choose at least one time you are usually free"]


def test_it_keeps_the_ticks_of_a_refused_form() -> None:
    assert ticked(str(Free(QueryDict("free=3&free=99"))["free"])) == [3]


@pytest.mark.parametrize("bit", ["9" * 5000, "²", "٣", "-1", "\x00", "21"])
def test_it_is_shown_again_whatever_was_sent(bit: str) -> None:
    data = QueryDict(mutable=True)
    data.setlist("free", ["2", bit])
    form = Free(data)
    assert not form.is_valid()
    assert ticked(str(form["free"])) == [2]
