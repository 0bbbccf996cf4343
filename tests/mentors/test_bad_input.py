"""Bad input, by the rows of the catalogue, for everybody who takes part in making a mentor ready.

Each case shows four things: a sentence that says what to do, at the top and beside the box; nothing that was
typed is lost; no server error; nothing saved. Held elsewhere, because they are about more than a box:
a known address looks like a new one (test_sign_up), used, expired and replaced links and a scanner's GET
(test_give_reference), places below the matches there are (test_lapse_and_return), a programme's below them
(test_capacity), lessons, quizzes and notes (tests/training), messages and logs (tests/mentoring), concerns
(tests/safeguarding).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from mentors import actions, rules
from mentors.models import Check, Mentor
from tests import factories
from tests.mentors.conftest import DBS
from tests.mentors.forms import FORMS, House, Page, day
from tests.mentors.shown import Shown
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db
KEPT = [
    *apps.get_app_config("mentors").get_models(include_auto_created=True),
    *apps.get_app_config("notifications").get_models(),
    *apps.get_app_config("partners").get_models(),
    *(apps.get_model(name) for name in ("users.User", "account.EmailAddress", "audit.Entry")),
]


def saved() -> dict[str, list[Any]]:
    """Every row that these forms could write. That a disclosure was read is noted whatever comes of it."""
    rows = {m._meta.label: sorted(map(repr, m._base_manager.values_list())) for m in KEPT}
    rows["audit.Entry"] = [row for row in rows["audit.Entry"] if "read the disclosure" not in row]
    return rows


@contextmanager
def nothing_saved() -> Iterator[None]:
    before = saved()
    yield
    assert saved() == before


def refused(page: Page, typed: dict[str, Any], sentence: str) -> Shown:
    """Send it, and see what is said, and that what was typed is still there."""
    answer = page.client.post(page.path, typed)
    assert answer.status_code == 200, f"{answer.status_code} for {typed}"
    shown = Shown(answer.text)
    said = [words for words in shown.summary if sentence in words]
    assert said, f"{sentence!r} is not among {shown.summary}"
    for words in shown.leads.intersection(said):
        assert any(words in one for one in shown.beside), f"{words!r} stands at the top only"
    files = {name for name, value in typed.items() if hasattr(value, "read")}
    assert shown.lost({k: v for k, v in typed.items() if k not in files}) == []
    return shown


@pytest.fixture
def house() -> House:
    return House()


# --- Everywhere ----------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_everywhere(house: House, form: str) -> None:
    """Hidden, turning and control characters, far too much, nothing at all, answers that nobody offered; and
    then good ones."""
    page = FORMS[form](house)
    here = Shown(page.client.get(page.path).text)
    boxes = set(page.good).intersection(here.boxes)
    choices = {name for name in page.good if here.offered[name] not in (set(), {"on"})}
    with nothing_saved():
        # No browser sends such choices; they are refused with a sentence all the same.
        for poison, odd in (("a\u202eb", None), ("a\x00b", "\x00"), ("x" * 10_001, "9" * 400)):
            bad = dict.fromkeys(boxes, poison) | (dict.fromkeys(choices, odd) if odd else {})
            if bad:
                shown = refused(page, page.good | bad, "")
                assert boxes <= shown.wrong, f"{poison[:3]!r} is taken"
                assert len(shown.summary) >= len({re.sub("_[012]$", "", name) for name in bad})
        refused(page, {"nothing": "at all"}, "")
    if form == "too_young":
        assert "Tell us when you were born" in page.client.post(page.path, page.good).text
        return
    before = saved()
    answer = page.client.post(page.path, page.good)
    assert answer.status_code == 302, Shown(answer.text).summary
    assert saved() != before, "else the refusals show nothing"


NAMES = [
    ("李", "李"),
    ("O'Brien", "O'Brien"),
    ("Zoë 🎈", "Zoë 🎈"),
    (" Zoe\u0308 \t May ", "Zoë May"),
    ("X", "X"),
]


@pytest.mark.parametrize(("typed", "kept"), NAMES)
def test_everywhere_any_real_name_is_taken(house: House, typed: str, kept: str) -> None:
    """Trimmed and in one normal form: of a mentor, and of a referee."""
    page = house.sign_up()
    assert page.client.post(page.path, page.good | {"first_name": typed}).status_code == 302
    assert Mentor.objects.get().name == unicodedata.normalize("NFC", kept)
    page = house.referees()
    assert page.client.post(page.path, page.good | {"referee0-name": typed}).status_code == 302
    assert house.mentor.references.first().name == unicodedata.normalize("NFC", kept)


@pytest.mark.parametrize("size", ["1,001 fields", "2.6 MB"])
def test_everywhere_a_form_has_a_size(house: House, size: str) -> None:
    page = house.motivation()
    more = {f"x{n}": "" for n in range(1_001)} if "fields" in size else {"x": "x" * 2_700_000}
    with nothing_saved():
        answer = page.client.post(page.path, page.good | more)
    assert answer.status_code == 400
    assert "Go back" in answer.text


def test_everywhere_a_session_that_ran_out_gives_the_answers_back(house: House, time_machine: Any) -> None:
    page = house.help()
    time_machine.move_to(house.at + timedelta(hours=3))
    with nothing_saved():
        assert "accounts/login" in page.client.post(page.path, page.good).url
    sign_in(page.client, house.mentor.user)
    kept = page.client.get(reverse("users:kept_answers")).text
    assert f'action="{page.path}"' in kept
    for name, value in page.good.items():
        for one in value if isinstance(value, list) else [value]:
            assert re.search(rf'name="{name}"[^>]*value="{one}"', kept), name
    assert page.client.post(page.path, page.good).status_code == 302


# --- Row by row ----------------------------------------------------------------------------------

YEARS = "Enter how many years you have worked, like 6"
ADDRESS = "Enter a full e-mail address, like name@example.com"
REAL = "Date of birth must be a real date, like 29 2 "
BEYOND = "Choose one of the answers below"
TWELVE = "Enter the 12 digits of the certificate number"
HOW_LONG = "Enter for how many years they have known you, like 6"


def born(day: str, month: str, year: str) -> dict[str, str]:
    return {"born_on_0": day, "born_on_1": month, "born_on_2": year}


# (row of the catalogue, form, [(what is typed, what the person reads)])
ROWS: list[tuple[str, str, list[tuple[dict[str, Any], str]]]] = [
    (
        "Sign-up",
        "sign_up",
        [
            ({"first_name": ""}, "Enter your first name"),
            ({"first_name": "x" * 81}, "at most 80"),
            ({"first_name": "\u200b\u2060"}, "Enter your first name"),
            ({"email": ""}, "Enter your e-mail address"),
            *(({"email": email}, ADDRESS) for email in ("amara", "a@b@c.example", "a b@people.example")),
            ({"email": "amara@peo\u200bple.example"}, ADDRESS),
            ({"email": "amara@\u202epeople.example"}, ADDRESS),
            ({"email": "李" * 80 + "@people.example"}, ADDRESS),
            ({"email": "a" * 250 + "@people.example"}, "at most 254"),
            ({"programme": ""}, "Choose where you would like to mentor"),
            *(({"programme": odd}, BEYOND) for odd in ("99999", "' or 1=1")),
            *(({"years": odd}, YEARS) for odd in ("", "a few", "-1", "5.5", "71", "9" * 400, "٦x")),
            ({"has_degree": ""}, "Say whether you worked these years after a degree"),
            ({"has_degree": "maybe"}, BEYOND),
            ({"is_adult": ""}, "Say whether you are 18 or over"),
            ({"password": "eleven char"}, "at least 12"),
            ({"password": "password1234"}, "Choose a password that is harder to guess"),
            ({"password": "amara@people.example"}, "Choose a password that is harder to guess"),
            ({"password": "x" * 129}, "at most 128"),
        ],
    ),
    ("Sign-up", "join", [({"may_be_named": ""}, "Say whether Bridge Works may know")]),
    (
        "Birth date",
        "too_young",
        [
            (born("31", "2", "2010"), REAL),
            (born("3", "5", "10"), "Write the year with four digits"),
            (born("3", "5", "2001"), "This date makes you 18 or over"),
            (born("3", "5", "2099"), "Date of birth must be in the past"),
        ],
    ),
    (
        "Birth date",
        "about",
        [
            (born("31", "2", "1988"), REAL),
            (born("29", "2", "1989"), REAL),
            (born("14", "5", "88"), "Write the year with four digits"),
            (born("14", "5", "2099"), "Date of birth must be in the past"),
            (born("14", "5", "2013"), "You have to be 18 or over to be a mentor"),
            (born("14", "5", "1901"), REAL),
            (born("14", "", "1988"), "Date of birth must include a month"),
            (born("", "", ""), REAL),
            (born("9" * 30, "5", "1988"), REAL),
        ],
    ),
    (
        "Mentor profile",
        "about",
        [
            *(({"outcode": o}, "Enter the first half of your postcode, like M14") for o in ("", "14M", "!")),
            ({"outcode": "ZZ9"}, "We do not know this postcode."),
            ({"outcode": "12 High Street"}, "at most 12"),
            ({"pronouns": "x" * 31}, "at most 30"),
            ({"gender": "robot"}, BEYOND),
        ],
    ),
    (
        "Mentor profile",
        "work",
        [
            ({"job_title": ""}, "Tell us what you do for work, like civil engineer"),
            ({"job_title": "x" * 121}, "at most 120"),
            ({"sectors": []}, "Choose at least one kind of work"),
            ({"sectors": ["99999"]}, BEYOND),
            ({"sectors": ["x"]}, BEYOND),
            ({"years_of_work": "a few"}, YEARS),
            ({"years_of_work": "1"}, "This programme asks for 5 years of work"),
            ({"has_degree": ""}, "Say whether you worked these years after a degree"),
        ],
    ),
    (
        "Mentor profile",
        "help",
        [
            ({"topics": []}, "Choose at least one thing you can help with"),
            ({"topics": ["99999"]}, BEYOND),
            ({"languages": []}, "Choose at least one language"),
            ({"interests": "x" * 301}, "at most 300"),
        ],
    ),
    (
        "Mentor profile",
        "when",
        [
            ({"free_slots": []}, "Choose at least one time you are usually free"),
            *(({"free_slots": [odd]}, "Choose times from the week below") for odd in ("21", "-1", "x")),
            ({"way": ""}, "Choose how you would like to meet"),
            ({"way": "either"}, "Choose how long you would travel to meet"),
            ({"way": "either", "travel_minutes": "600"}, BEYOND),
            ({"ages": []}, "Choose at least one age group"),
            ({"ages": ["16"]}, BEYOND),
            *(({"capacity": odd}, BEYOND) for odd in ("0", "4", "-1", "1.5")),
            ({"capacity": ""}, "Choose how many young people you could mentor"),
        ],
    ),
    (
        "Mentor profile",
        "conflicts",
        [
            ({"relatives": ""}, "Tick “No, none of this” if there is nobody"),
            ({"nobody": "on"}, "Untick this, or take the other answers out"),
            ({"relatives": "x" * 301}, "at most 300"),
        ],
    ),
    (
        "Mentor profile",
        "motivation",
        [
            ({"motivation": "  "}, "Write two or three sentences"),
            ({"motivation": "\u200b"}, "Write two or three sentences"),
            ({"motivation": "x" * 1001}, "at most 1000"),
        ],
    ),
    (
        "Mentor profile",
        "referees",
        [
            ({"referee0-name": ""}, "Enter your referee’s full name"),
            ({"referee0-name": "Amara Okafor"}, rules.DIFFERENT),
            ({"referee0-name": "amara  OKAFOR"}, rules.DIFFERENT),
            *(({"referee0-knows_as": who}, rules.DIFFERENT) for who in ("my sister", "Mother-in-law")),
            ({"referee0-email": "joan"}, ADDRESS),
            ({"referee0-email": "joan@peo\u200bple.example"}, ADDRESS),
            ({"referee1-email": "JOAN@people.example"}, rules.DIFFERENT),
            ({"referee1-email": " joan@people.example "}, rules.DIFFERENT),
            ({"referee1-name": " joan  pike "}, rules.DIFFERENT),
            ({"referee0-years_known": "1"}, "known you for at least two years"),
            ({"referee1-years_known": "x"}, HOW_LONG),
        ],
    ),
    (
        "Mentor profile",
        "replace_referee",
        [
            ({"name": "Amara Okafor"}, rules.DIFFERENT),
            ({"knows_as": "cousin"}, rules.DIFFERENT),
            ({"name": "Mark Pike"}, rules.DIFFERENT),
            ({"years_known": "1"}, "known you for at least two years"),
        ],
    ),
    (
        "Mentor profile",
        "disclosure",
        [
            ({"has_something": ""}, "Answer yes or no"),
            ({"words": " "}, "Tell us in a few sentences what happened and when"),
            ({"words": "x" * 2001}, "at most 2000"),
        ],
    ),
    ("Mentor profile", "code", [({"agree": ""}, "Tick the box if you agree to the code of conduct")]),
    ("Mentor profile", "programmes", [({"programmes": []}, "Choose at least one programme")]),
    ("Mentor profile", "send", [({"agree": ""}, "Tick the box if your answers are true")]),
    ("Mentor profile", "pause", [({"months": "2"}, BEYOND), ({"months": ""}, "Choose for how long")]),
    (
        "Reference link",
        "reference",
        [
            ({"knows_well": ""}, "Say in a sentence how you know them"),
            ({"words": "   "}, "Write a few sentences about what they are like"),
            ({"words": "x" * 3001}, "at most 3000"),
            ({"is_suitable": ""}, "Answer yes or no"),
            ({"is_suitable": "perhaps"}, BEYOND),
            ({"has_worries": ""}, "Answer yes or no"),
            ({"is_true": ""}, "Tick the box if this is right"),
        ],
    ),
    (
        "DBS record",
        "dbs",
        [
            ({"level": ""}, "Choose the level on the certificate"),
            ({"level": "9"}, BEYOND),
            ({"workforce": ""}, "Choose the workforce on the certificate"),
            ({"workforce": "adult"}, "does no regulated work with adults"),
            ({"barred_list_reason": ""}, "Say why the barred list was asked for"),
            *(
                ({"certificate_number": odd}, TWELVE)
                for odd in ("", "12345", "1" * 13, "１２３４５６７８９０１２", "00123456789O")
            ),
            (day("issued_on", -1), "The issue date is in the future"),
            (day("issued_on", 5 * 365), "A new one is needed"),
            ({"issued_on_0": "31", "issued_on_1": "2"}, "Issue date must be a real date"),
            ({"issued_on_2": "26"}, "Write the year with four digits"),
            ({"seen": ""}, "Tick the box if you have seen the original yourself"),
            ({"is_clear": ""}, "Say whether anything stands in the way"),
        ],
    ),
    (
        "DBS record",
        "correct_dbs",
        [({"reason": ""}, "Say what was wrong"), ({"certificate_number": "1"}, TWELVE)],
    ),
    ("DBS record", "identity", [({"seen": ""}, "Tick the box if you have seen the document yourself")]),
    ("DBS record", "heard", [({"heard": ""}, "Tick the box if you have spoken to both referees")]),
    ("Approval", "approve", [({"sure": ""}, "Tick the box if you have read everything")]),
    (
        "Approval",
        "decline",
        [({"words": ""}, "Write a few kind and true sentences"), ({"reason": "x"}, BEYOND)],
    ),
    ("Approval", "suspend", [({"reason": ""}, "Choose a reason")]),
    ("Approval", "return_", [({"reason": ""}, "Choose why they may return")]),
]


@pytest.mark.parametrize(("row", "form", "cases"), ROWS, ids=[f"{row}: {form}" for row, form, _ in ROWS])
def test_the_row(house: House, row: str, form: str, cases: list[tuple[dict[str, Any], str]]) -> None:
    page = FORMS[form](house)
    with nothing_saved():
        for change, sentence in cases:
            refused(page, page.good | change, sentence)


@pytest.mark.parametrize(
    ("email", "kept"),
    [
        (" Amara+Mentor@People.Example ", "amara+mentor@people.example"),
        ("amara@bücher.example", "amara@bücher.example"),
    ],
)
def test_sign_up_takes_any_real_address(house: House, email: str, kept: str) -> None:
    page = house.sign_up()
    assert page.client.post(page.path, page.good | {"email": email}).status_code == 302
    assert Mentor.objects.get().user.email == kept


@pytest.mark.parametrize("years", [" 6 ", "6 years", "６"])
def test_sign_up_reads_years_as_people_write_them(house: House, years: str) -> None:
    page = house.sign_up()
    page.client.post(page.path, page.good | {"years": years})
    assert Mentor.objects.get().years_of_work == 6


def test_birth_date_on_29_february_is_taken(house: House) -> None:
    page = house.about()
    assert page.client.post(page.path, page.good | born("29", "2", "1988")).status_code == 302


def test_mentor_profile_two_programmes_at_most_one_more(house: House) -> None:
    page = house.programmes()
    four = [str(factories.make_programme(f"P{n}").pk) for n in range(4)]
    with nothing_saved():
        refused(page, {"programmes": four}, "Choose three programmes at most")


def test_mentor_profile_only_as_many_as_the_programme_allows(house: House) -> None:
    page = house.when()
    house.mentor.programmes.update(max_capacity=1)
    with nothing_saved():
        refused(page, page.good | {"capacity": "2"}, BEYOND)


def test_reference_link_forwarded_to_the_mentor_opens_nothing(house: House) -> None:
    """Nobody speaks for themselves, and nobody but the referee says that they cannot."""
    page = house.reference()
    sign_in(page.client, house.mentor.user)
    with nothing_saved():
        for sent in (None, page.good, {"decline": "1"}):
            answer = page.client.post(page.path, sent) if sent else page.client.get(page.path)
            assert answer.status_code == 200
            assert "Only your referee can answer this" in answer.text


def test_dbs_record_of_somebody_else(house: House) -> None:
    page = house.dbs()
    other = factories.make_mentor("Bola", programme=house.programme)
    issued = house.at.date()
    actions.record_check(other, "dbs", by=factories.make_user("X"), at=house.at, issued_on=issued, **DBS)
    with nothing_saved():
        refused(page, page.good, "This number is already recorded")


def test_dbs_record_with_a_scan(house: House) -> None:
    """Neither as a file of its own, nor in the place of an answer."""
    page = house.dbs()
    for name in ("certificate", "certificate_number"):
        scan = SimpleUploadedFile("../dbs.pdf", b"%PDF-1.4", content_type="application/pdf")
        refused(page, page.good | {name: scan}, "Do not upload the certificate")
    assert not Check.objects.exists()


def test_approval_by_who_did_a_check(house: House) -> None:
    page = house.approve()
    Check.objects.filter(kind="dbs").update(seen_by=house.staff)
    with nothing_saved():
        assert "A second person has to approve" in page.client.post(page.path, page.good).text


def test_approval_on_a_stale_page(house: House) -> None:
    """What lapsed since is named with its day."""
    page = house.approve()
    Check.objects.filter(kind="dbs").update(expires_on="2026-05-03")
    with nothing_saved():
        refused(page, page.good, "Changed since you opened it: DBS lapsed on 3 May 2026. Nothing was saved")


def test_lengths_are_held_by_the_database_too(house: House) -> None:
    mentor = house._applicant()
    for row, name, most in (
        (mentor, "motivation", 1000),
        (mentor.disclosure, "words", 2000),
        (mentor.references.first(), "words", 3000),
    ):
        rows = type(row).objects.filter(pk=row.pk)
        rows.update(**{name: "李" * most})
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**{name: "x" * (most + 1)})
