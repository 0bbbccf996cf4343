"""What people type."""

from __future__ import annotations

import unicodedata

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from users import text
from users.fields import PlainText, PlainTextarea


class Two(forms.Form):
    line = PlainText(required=False)
    lines = PlainTextarea(required=False)


def read(value: str, name: str = "line") -> str:
    form = Two({name: value})
    assert form.is_valid(), form.errors
    return form.cleaned_data[name]


@pytest.mark.parametrize(
    "name", ["O'Brien", "李", "Ý", "Zoë-Mae", "Siân 👩🏽‍🔬", "محمد", "אבי", "D’Arcy", "X"]
)
def test_it_takes_every_name(name: str) -> None:
    assert read(name) == unicodedata.normalize("NFC", name)


def test_it_trims_and_settles_the_form() -> None:
    assert read("  Zoe\u0308 \t Smith\u00a0 ") == "Zoë Smith"


@pytest.mark.parametrize("bad", ["\x00", "\x07", "\x1b", "\x7f", "\u202e", "\u2066", "\u2069", "\ud800"])
@pytest.mark.parametrize("name", ["line", "lines"])
def test_it_refuses_what_nobody_can_see(bad: str, name: str) -> None:
    assert Two({name: f"Ab{bad}cd"}).errors[name] == [text.HIDDEN]


def test_it_wants_one_line_where_there_is_one() -> None:
    assert Two({"line": "Hello\r\nBcc: all@example.org"}).errors["line"] == [text.ONE_LINE]
    assert read("One\r\ntwo\u2028three", "lines") == "One\ntwo\nthree"


@pytest.mark.parametrize("nothing", ["\u200b", "\ufeff", " \u200d\u200b ", "\u2800\u3164", "\u00a0"])
def test_it_takes_nothing_for_nothing(nothing: str) -> None:
    class One(forms.Form):
        name = PlainText()

    assert "name" in One({"name": nothing}).errors


@given(st.text(max_size=200))
def test_it_is_tidy_the_second_time(value: str) -> None:
    for lines in (False, True):
        once = text.tidy(value, lines=lines)
        assert text.tidy(once, lines=lines) == once


@given(st.text(max_size=200))
def test_it_lets_through_only_what_a_database_and_a_reader_can_take(value: str) -> None:
    tidied = text.tidy(value)
    if not text.fault(tidied):
        tidied.encode()
        assert not any(unicodedata.category(c) == "Cc" for c in tidied)
        assert not text.TURNING & set(tidied)
