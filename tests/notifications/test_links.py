from __future__ import annotations

import random
import string
from datetime import timedelta
from typing import Any

import pytest
from django.http import Http404

from notifications import links
from tests.notifications.conftest import NOW


def test_it_reads_what_it_signed() -> None:
    assert links.read(links.sign("permission", 7, 3), "permission") == (7, 3)


def test_it_opens_nothing_for_another_purpose() -> None:
    token = links.sign("permission", 7, 3)
    with pytest.raises(links.LinkBroken):
        links.read(token, "reference")


def test_it_ends_after_its_days() -> None:
    token = links.sign("permission", 7, 3, days=14, at=NOW)
    assert links.read(token, "permission", at=NOW + timedelta(days=13, hours=23)) == (7, 3)
    with pytest.raises(links.LinkExpired):
        links.read(token, "permission", at=NOW + timedelta(days=14))


def test_it_ends_with_the_secret(settings: Any) -> None:
    token = links.sign("permission", 7, 3)
    settings.SECRET_KEY = "another" * 10
    with pytest.raises(links.LinkBroken):
        links.read(token, "permission")


def test_it_accepts_none_of_10000_mutations() -> None:
    """The control is the token itself, which is accepted."""
    token = links.sign("permission", 7, 3)
    assert links.read(token, "permission") == (7, 3)
    dice = random.Random(1)
    alphabet = string.ascii_letters + string.digits + "-_:=.%/ "
    accepted = tried = 0
    while tried < 10_000:
        mutant = list(token)
        for _ in range(dice.choice((1, 1, 1, 2, 5))):
            place = dice.randrange(len(mutant))
            way = dice.choice(("change", "insert", "drop", "reverse"))
            if way == "change":
                mutant[place] = dice.choice(alphabet)
            elif way == "insert":
                mutant.insert(place, dice.choice(alphabet))
            elif way == "drop":
                mutant.pop(place)
            else:
                mutant.reverse()
        if "".join(mutant) == token:
            continue
        tried += 1
        try:
            links.read("".join(mutant), "permission")
            accepted += 1
        except Http404:
            pass
    assert accepted == 0


@pytest.mark.parametrize("rubbish", ["", ":", "a:b:c", "é:é:é", "x" * 5000, "\x00"])
def test_it_is_a_404_for_rubbish(rubbish: str) -> None:
    with pytest.raises(Http404):
        links.read(rubbish, "permission")


def test_it_makes_whole_addresses(settings: Any) -> None:
    settings.SITE_URL = "https://mentors.example"
    assert links.absolute("/home/") == links.absolute("home/") == "https://mentors.example/home/"
