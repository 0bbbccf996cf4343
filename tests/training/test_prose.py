"""Lessons as HTML: our cards come through, anything dangerous does not."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.prose import html

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[click](javascript:alert(1))",
    "[click](JaVaScRiPt:alert(1))",
    "[click](data:text/html;base64,PHNjcmlwdD4=)",
    "[click](vbscript:x)",
    "![x](javascript:alert(1))",
    '<a href="javascript:alert(1)">x</a>',
    '<div style="position:fixed">x</div>',
    '<iframe src="https://evil.example"></iframe>',
    "<svg/onload=alert(1)>",
    '[a](https://ok.example "onmouseover=alert(1)")',
    "::: more <script>alert(1)</script>\nx\n:::",
    '::: more " onclick="alert(1)\nx\n:::',
    "::: words\n<script>alert(1)</script>\n:::",
]
DANGER = re.compile(
    r"<(script|iframe|svg|style|object|form|input)|<[^>]*\s(on\w+|style)\s*=|<[^>]*(href|src)=\"\s*(?!https:|mailto:)\w+:",
    re.I,
)


@pytest.mark.parametrize("markdown", HOSTILE)
def test_it_lets_nothing_dangerous_through(markdown: str) -> None:
    safe = re.sub(r'title="[^"]*"', "", html(markdown))
    assert not DANGER.search(safe), safe


@given(st.text(alphabet="<>\"'=/:()[]! \naijlnoprstvx", max_size=120))
def test_it_survives_any_text(markdown: str) -> None:
    safe = re.sub(r'(title|alt)="[^"]*"', "", html(markdown))
    assert not re.search(r"<script|<[^>]*\son\w+\s*=", safe)


@pytest.mark.parametrize(
    ("name", "classes", "heading"),
    [
        ("words", "card card--green flow-s", "Words that work"),
        ("avoid", "card card--rose flow-s", "Better not"),
        ("reflect", "card card--gold flow-s", "Pause and think"),
    ],
)
def test_it_draws_our_cards(name: str, classes: str, heading: str) -> None:
    made = html(f"::: {name}\nHello **you**.\n:::")
    assert f'<div class="{classes}"><p class="bold">{heading}</p>' in made
    assert "<strong>you</strong>" in made


def test_danger_looks_like_danger() -> None:
    made = html("::: urgent\nCall 999.\n:::")
    assert '<div class="notice notice--stop"><div><p class="bold">In danger now</p>\n<p>Call 999.</p>' in made


def test_it_numbers_three_people() -> None:
    made = html(
        "::: three\n1. Listen\n\n   Let them finish.\n2. Tell us\n\n   The same day.\n:::\n\n1. Plain"
    )
    assert '<ol class="three card card--rose">' in made
    assert '<span class="person c-rose-800" aria-hidden="true">1</span>' in made
    assert '<p class="h4">Listen</p>' in made
    assert '<p class="sm">The same day.</p>' in made
    assert "<ol>\n<li>Plain</li>" in made


def test_it_opens_a_question_on_request() -> None:
    made = html("::: more What if I’m not sure?\nTell us.\n:::")
    assert '<details class="more"><summary>What if I’m not sure?</summary>' in made


def test_it_keeps_good_links() -> None:
    assert 'href="https://ok.example" rel="noopener noreferrer"' in html("[a](https://ok.example)")
    assert 'href="mailto:a@b.example"' in html("[a](mailto:a@b.example)")
    assert "href" not in html("[a](http://plain.example)")
