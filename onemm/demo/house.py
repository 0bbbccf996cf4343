"""What stands before anybody comes: words, places, the course, programmes, our team and the partners."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Permission
from django.core.management import call_command

from onemm.demo import names, sittings
from onemm.demo.stage import AT, Stage
from partners import actions as partners
from partners.models import Organisation, Programme, ProgrammeManager
from safeguarding.models import SafeguardingLead
from training.actions import load_course
from users.actions import confirm_email

COURSE = Path(settings.BASE_DIR) / "training" / "courses" / "becoming-a-mentor"
STEPS = 6
CLUB, COLLEGE, SCHOOL = "Sampleton Youth Club", "Testerly Sixth Form College", "Mockfield High School"
CARDIFF_CLUB = "Exampleby Bay Youth Project"


def furnish(stage: Stage) -> None:
    """Bring in the words, the places and the course."""
    for command, words in (("load_words", "words"), ("load_outcodes", "places")):
        stage.told(words)
        call_command(command, stdout=io.StringIO())
    stage.told("the course")
    with stage.as_of(stage.ago(400)):
        stage.programmes["course"] = load_course(COURSE)
        for other in sorted(path.parent for path in COURSE.parent.glob("*/course.toml")):
            if other != COURSE:
                load_course(other)
        stage.programmes["workshop"] = sittings.write(stage)


def open_programmes(stage: Stage) -> None:
    """Two programmes that run today, so that there is something to be kept out of."""
    stage.told("programmes")
    year = stage.today.year
    for place, mentors, matches in (("Manchester", 150, 100), ("Cardiff", 40, 25)):
        stage.programmes[place] = Programme.objects.create(
            name=f"{place} {year}",
            slug=f"{place.lower()}-{year}",
            place=place,
            starts_on=stage.today - timedelta(days=400),
            ends_on=stage.today + timedelta(days=330),
            target_mentors=mentors,
            target_matches=matches,
            course=stage.programmes["course"],
            workshop=stage.programmes["workshop"] if place == "Manchester" else None,
        )


def employ(stage: Stage) -> None:
    """Our own people. Staff see the people of their programmes only, administrators settings of all."""
    stage.told("our team")
    live, other = stage.programmes["Manchester"], stage.programmes["Cardiff"]
    pilots = {city: stage.programmes[f"pilot {city}"] for city in ("London", "Manchester", "Cardiff")}
    team: tuple[tuple[str, str, str, list[Any]], ...] = (
        ("staff", "Dele", "Testerly", [live, pilots["Manchester"]]),
        ("staff2", "Mina", "Sampleton", [live, other, *pilots.values()]),
        ("staff-cardiff", "Gethin", "Draftley", [other, pilots["Cardiff"]]),
    )
    at = stage.ago(400)
    may_look = Permission.objects.filter(
        content_type__app_label="training", codename__in=("view_course", "view_certificate", "view_quiztry")
    )
    for name, first, last, programmes in team:
        user = stage.account(name, first, last, at=at, is_staff=True)
        user.user_permissions.set(may_look)
        ProgrammeManager.objects.create(user=user).programmes.set(programmes)
        stage.people[name] = user
    for name, first, last in (("safeguarding", "Ros", "Placeholder"), ("deputy", "Idowu", "Mockford")):
        stage.people[name] = stage.account(name, first, last, at=at, is_staff=True)
        SafeguardingLead.objects.create(user=stage.people[name], is_deputy=name == "deputy")
    stage.people["admin"] = stage.account(
        "admin", "Ada", "Exampleby", at=at, is_staff=True, is_superuser=True
    )


# (name, kind, the coordinator's account, first name, last name, programme, days since they applied)
VERIFIED = (
    (CLUB, "youth", "coordinator", "Shabana", "Sampleton", "Manchester", 390),
    (COLLEGE, "college", "coordinator-college", "Tomasz", "Testerly", "Manchester", 370),
    (SCHOOL, "school", "coordinator-school", "Wendy", "Mockford", "Manchester", 200),
    (CARDIFF_CLUB, "youth", "coordinator-cardiff", "Eluned", "Exampleby", "Cardiff", 300),
    (names.EMPLOYER, "employer", "employer", "Francis", "Fictonson", "Manchester", 350),
    ("Made-up City Fund", "commissioner", "fund", "Moira", "Madeupson", "Manchester", 380),
)
APPLIED = (
    ("Placeholder Community Hub", "youth", "Pat Placeholder", "hub", 2),
    ("Notional Training Trust", "charity", "Nell Notrealman", "trust", 6),
)
TURNED_AWAY = ("Standin Tutors", "charity", "Stan Standinson", "tutors", 40)


def invite_partners(stage: Stage) -> None:
    """Partners that refer, employ and pay, and some of whom we know nothing yet."""
    stage.told("partners")
    staff = stage.people["staff2"]
    for n, (name, kind, account, first, last, place, days) in enumerate(VERIFIED):
        row = _apply(stage, name, kind, f"{first} {last}", account, days, n)
        stage.do(partners.verify, row, by=staff, at=stage.ago(days - 4))
        row.refresh_from_db()
        stage.programmes[place].organisations.add(row)
        stage.people[account] = user = row.coordinators.get().user
        confirm_email(user)
        stage.people[name] = row
    for n, (name, kind, contact, account, days) in enumerate(APPLIED, 20):
        _apply(stage, name, kind, contact, account, days, n)
    name, kind, contact, account, days = TURNED_AWAY
    stage.do(
        partners.decline,
        _apply(stage, name, kind, contact, account, days, 30),
        reason="We work with organisations that meet young people without charge.",
        by=staff,
        at=stage.ago(days - 5),
    )
    for n, outcode in enumerate(("B1", "B29", "B13"), 1):
        at = stage.ago(30 * n)
        far = stage.do(partners.note_interest, email=f"far-away-{n}{AT}", outcode=outcode, at=at)
        partners.confirm_interest(far, at=at)
    club: Organisation = stage.people[CLUB]
    stage.people["colleague"] = colleague = stage.do(
        partners.invite_coordinator,
        club,
        email=f"colleague{AT}",
        first_name="Curtis",
        last_name="Specimen",
        by=staff,
        at=stage.ago(120),
    ).user
    confirm_email(colleague)


def _apply(stage: Stage, name: str, kind: str, contact: str, account: str, days: int, n: int) -> Organisation:
    row: Organisation = stage.do(
        partners.apply,
        name=name,
        kind=kind,
        contact_name=contact,
        contact_email=account + AT,
        # Numbers that Ofcom keeps for stories: nobody can be rung there.
        contact_phone=f"0161496{n:04d}",
        safeguarding_lead=f"{contact.split()[0]}’s colleague {names.SURNAMES[n % 16]}",
        safeguarding_phone=f"0161496{n + 100:04d}",
        safeguarding_email=f"safety-{account}{AT}",
        term_dates="In term time, Monday to Thursday after 4 pm.",
        meeting_sites="A room with a glass door, and a library next door.",
        at=stage.ago(days),
    )
    return row
