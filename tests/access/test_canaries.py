"""The controls for R2: canaries are heard, and differ. The walk of test_every_url listens for them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tests.access import canaries
from tests.access.canaries import MAY_SHOW, Scanner
from tests.access.walk import Walker

pytestmark = pytest.mark.django_db


def test_it_tells_a_mentor_no_more_than_a_first_name_before_the_match(house: SimpleNamespace) -> None:
    scanner, walker = Scanner(house), Walker(house, "mentor")
    for match in (house.one.offered, house.one.suggested):
        response, _ = walker.ask("GET", f"/match/{match.pk}/offer/")
        words = response.content.decode()
        assert match.mentee.name in words
        who = match.mentee.name.removesuffix("one").lower()
        assert not {what for what, _ in scanner.heard(words) if what.startswith(who)}


def test_it_would_hear_a_canary(house: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: every way of writing each canary is heard, and a line taken from the list is missed."""
    scanner = Scanner(house)
    for half in (house.one, house.two):
        for what, forms in half.canaries.items():
            for form in forms:
                assert (what, half.name) in scanner.heard(f"<p>{form}, and more</p>")
    rest = [line for line in MAY_SHOW if line[1] != "self"]
    monkeypatch.setattr(canaries, "MAY_SHOW", rest)
    visits = Walker(house, "mentor").visits(("GET",), "training:cert")
    assert any("mentor surname" in leak for visit in visits for leak in scanner.leaks(visit))


def test_its_canaries_differ(house: SimpleNamespace) -> None:
    forms: list[Any] = [f for half in (house.one, house.two) for fs in half.canaries.values() for f in fs]
    assert len({form.lower() for form in forms}) == len(forms)
