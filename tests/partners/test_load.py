"""Words and places are brought in, as often as one likes."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from partners.models import Experience, HelpTopic, Language, Outcode, Sector

pytestmark = pytest.mark.django_db


def run(name: str, *args: Any) -> str:
    out = io.StringIO()
    call_command(name, *args, stdout=out)
    return out.getvalue()


def test_it_loads_the_words_once() -> None:
    run("load_words")
    before = [list(model.objects.values()) for model in (HelpTopic, Sector, Language, Experience)]
    run("load_words")
    assert before == [list(model.objects.values()) for model in (HelpTopic, Sector, Language, Experience)]
    assert Sector.objects.count() <= 20
    assert Language.objects.count() <= 25
    for name in ("English", "Welsh", "Urdu", "Bengali", "Punjabi", "Arabic", "Polish", "Somali"):
        assert Language.objects.filter(name=name).exists()


def test_it_takes_no_bit_away_from_a_word_of_ours() -> None:
    HelpTopic.objects.create(name="Cooking", bit=4)
    HelpTopic.objects.create(name="Interviews", bit=9)
    run("load_words")
    assert HelpTopic.objects.get(name="Cooking").bit == 4
    assert HelpTopic.objects.get(name="Interviews").bit == 9
    assert HelpTopic.objects.count() == 12


def test_it_loads_our_own_towns() -> None:
    assert "105" in run("load_outcodes")
    run("load_outcodes")
    assert Outcode.objects.count() == 105
    assert Outcode.objects.get(code="M14").town == "Manchester"


def test_it_averages_the_postcode_directory(tmp_path: Path) -> None:
    run("load_outcodes")
    file = tmp_path / "onspd.csv"
    file.write_text(
        "pcd,pcd2,dointr,oseast1m,osnrth1m\n"
        '"M14 5AB","M14  5AB","1980","385000","395000"\n'
        '"M14 6AB","M14  6AB","1980","385200","395400"\n'
        '"AB1 0AA","AB1  0AA","1980","",""\n'
        '"LS1 1AA","LS1  1AA","1980","429900","433600"\n',
        encoding="utf-8-sig",
    )
    run("load_outcodes", str(file))
    place = Outcode.objects.get(code="M14")
    assert (place.easting, place.northing, place.town) == (3851, 3952, "Manchester")
    assert Outcode.objects.get(code="LS1").easting == 4299
    assert not Outcode.objects.filter(code="AB1").exists()


def test_it_reads_code_point_open_which_has_no_header(tmp_path: Path) -> None:
    file = tmp_path / "m.csv"
    file.write_text('"M145AB",10,385000,395000,"E92000001"\n"M146AB",10,385200,395200,"E92000001"\n')
    run("load_outcodes", str(file))
    assert (Outcode.objects.get().code, Outcode.objects.get().easting) == ("M14", 3851)


@pytest.mark.parametrize("text", ["", "name,age\nRay,3\n", "pcd,oseast1m,osnrth1m\n"])
def test_it_says_what_a_wrong_file_lacks(tmp_path: Path, text: str) -> None:
    file = tmp_path / "wrong.csv"
    file.write_text(text)
    with pytest.raises(CommandError):
        run("load_outcodes", str(file))


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("M14", "M14"),
        ("m14 5ab", "M14"),
        ("M1 1AA", "M1"),
        ("m11aa", "M1"),
        ("EC1A 1BB", "EC1A"),
        ("SW9", "SW9"),
        ("Manchester", ""),
        ("14", ""),
        ("M145ABC", ""),
    ],
)
def test_it_keeps_the_first_half_of_a_postcode(words: str, code: str) -> None:
    assert Outcode.of(words) == code
