"""Rows for tests: each function makes one, ready to use, and takes what matters as keywords."""

from __future__ import annotations

import itertools
import uuid
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from allauth.account.models import EmailAddress
from django.utils import timezone

from matching.models import Match, Run, Shortlist
from matching.models.points import packed
from mentees.models import Mentee, Permission, Referral, Request
from mentees.models import Profile as MenteeProfile
from mentors.models import Check, Disclosure, Mentor, Reference
from mentors.models import Profile as MentorProfile
from partners.models import (
    Coordinator,
    Experience,
    HelpTopic,
    Language,
    Organisation,
    Outcode,
    Programme,
    ProgrammeManager,
    Sector,
)
from training.models import Certificate, Course
from users.models import User

EVENINGS = sum(1 << (3 * day + 2) for day in range(7))
PASSWORD = "a-long-enough-password"
_numbers = itertools.count(1)


def make_user(first_name: str = "Sam", *, email: str = "", verified: bool = True, **fields: Any) -> User:
    password = fields.pop("password", None)
    email = email or f"{first_name.lower()}{next(_numbers)}@people.example"
    user = User.objects.create_user(email, password, first_name=first_name, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=verified, primary=True)
    return user


def make_word(model: Any, name: str) -> Any:
    word = model.objects.filter(name=name).first()
    if word:
        return word
    bit = (model.objects.order_by("-bit").values_list("bit", flat=True).first() or 0) + 1
    return model.objects.create(name=name, bit=bit)


def make_programme(name: str = "Manchester 2026", **fields: Any) -> Programme:
    fields.setdefault("slug", f"programme-{next(_numbers)}")
    fields.setdefault("place", "Manchester")
    fields.setdefault("starts_on", date(2026, 1, 1))
    return Programme.objects.get_or_create(name=name, defaults=fields)[0]


def make_organisation(
    name: str = "", kind: str = "youth", status: str = "verified", **fields: Any
) -> Organisation:
    return Organisation.objects.create(
        name=name or f"Youth club {next(_numbers)}", kind=kind, status=status, **fields
    )


def make_coordinator(
    organisation: Organisation | None = None, first_name: str = "Shabana", **fields: Any
) -> Coordinator:
    return Coordinator.objects.create(
        user=make_user(first_name, **fields), organisation=organisation or make_organisation()
    )


def make_staff(first_name: str = "Dele", *, programmes: Any = (), **fields: Any) -> User:
    user = make_user(first_name, is_staff=True, **fields)
    if not user.is_superuser:
        manager = ProgrammeManager.objects.create(user=user)
        manager.programmes.set(programmes)
    return user


def make_outcode(
    code: str = "M14", town: str = "Manchester", easting: int = 3850, northing: int = 3950
) -> Outcode:
    return Outcode.objects.get_or_create(
        code=code, defaults={"town": town, "easting": easting, "northing": northing}
    )[0]


def fill_profile(
    person: Any,
    *,
    topics: Any = ("Interviews",),
    sectors: Any = ("Health and care",),
    languages: Any = ("English",),
    experiences: Any = (),
) -> None:
    person.topics.set([make_word(HelpTopic, name) for name in topics])
    person.sectors.set([make_word(Sector, name) for name in sectors])
    person.languages.set([make_word(Language, name) for name in languages])
    person.experiences.set([make_word(Experience, name) for name in experiences])


def make_mentor(
    first_name: str = "Amara",
    *,
    programme: Programme | None = None,
    at: datetime | None = None,
    **fields: Any,
) -> Mentor:
    """A mentor who signed up and filled in the whole profile, with nothing checked yet."""
    at = at or timezone.now()
    words = {k: fields.pop(k) for k in ("topics", "sectors", "languages", "experiences") if k in fields}
    user = fields.pop("user", None) or make_user(first_name, last_name=fields.pop("last_name", "Okafor"))
    make_outcode()
    defaults: dict[str, Any] = {
        "signed_up_at": at,
        "years_of_work": 10,
        "born_on": date(1988, 5, 14),
        "outcode": "M14",
        "employer": "Bridge Works",
        "job_title": "Civil engineer",
        "gender": "woman",
        "free_slots": EVENINGS,
        "way": "either",
        "travel_minutes": 30,
        "motivation": "I would like to be the person I needed.",
        "conflicts_declared_at": at,
        "code_agreed_at": at,
    }
    mentor = Mentor.objects.create(user=user, **{**defaults, **fields})
    mentor.programmes.set([programme or make_programme()])
    fill_profile(mentor, **words)
    Disclosure.objects.create(mentor=mentor, has_something=False, answered_at=at)
    MentorProfile.objects.repack(pk=mentor.pk)
    return mentor


def make_ready_mentor(
    first_name: str = "Amara", *, checked_by: User | None = None, at: datetime | None = None, **fields: Any
) -> Mentor:
    """A mentor with everything done: references, checks and approval."""
    at = at or timezone.now()
    mentor = make_mentor(first_name, at=at, **fields)
    checker = checked_by or make_user("Checker", is_staff=True)
    for n in (1, 2):
        Reference.objects.create(
            mentor=mentor,
            status="given",
            name=f"Referee {n}",
            email=f"referee{n}-{mentor.pk}@people.example",
            knows_as="colleague",
            years_known=5,
            asked_at=at,
            answered_at=at,
            is_suitable=True,
            has_worries=False,
        )
    Check.objects.create(mentor=mentor, kind="identity", seen_by=checker, seen_at=at)
    Check.objects.create(mentor=mentor, kind="references", seen_by=checker, seen_at=at)
    Check.objects.create(
        mentor=mentor,
        kind="dbs",
        seen_by=checker,
        seen_at=at,
        level=3,
        workforce="child",
        barred_list_reason="Meets young people under 18 regularly",
        certificate_number=f"{next(_numbers):012d}",
        issued_on=at.date() - timedelta(days=30),
        expires_on=at.date() + timedelta(days=1000),
    )
    Mentor.objects.filter(pk=mentor.pk).update(status="approved", applied_at=at, approved_at=at)
    mentor.refresh_from_db()
    return mentor


def make_mentee(
    first_name: str = "Kayden", *, born_on: date | None = None, at: datetime | None = None, **fields: Any
) -> Mentee:
    at = at or timezone.now()
    words = {k: fields.pop(k) for k in ("topics", "sectors", "languages", "experiences") if k in fields}
    user = fields.pop("user", None) or make_user(first_name)
    make_outcode()
    defaults: dict[str, Any] = {
        "outcode": "M14",
        "free_slots": EVENINGS,
        "goals": "Find my way into engineering.",
        "agreed_at": at,
    }
    mentee = Mentee.objects.create(user=user, born_on=born_on or date(2009, 3, 27), **{**defaults, **fields})
    fill_profile(mentee, **words)
    MenteeProfile.objects.repack(pk=mentee.pk)
    return mentee


def make_permission(
    mentee: Mentee, *, status: str = "given", at: datetime | None = None, **fields: Any
) -> Permission:
    at = at or timezone.now()
    return Permission.objects.create(
        mentee=mentee,
        status=status,
        guardian_name="Denise",
        guardian_email="denise@people.example",
        asked_at=at,
        expires_on=at.date() + timedelta(days=14),
        answered_at=at if status == "given" else None,
        **fields,
    )


def make_request(
    mentee: Mentee | None = None,
    *,
    programme: Programme | None = None,
    status: str = "accepted",
    asked_at: datetime | None = None,
    permission: bool = True,
    **fields: Any,
) -> Request:
    """A request that is ready to be matched: accepted, agreed to and permitted."""
    mentee = mentee or make_mentee()
    if permission and not mentee.permissions.exists():
        make_permission(mentee)
    return Request.objects.create(
        mentee=mentee,
        programme=programme or make_programme(),
        status=status,
        asked_at=asked_at or timezone.now(),
        **fields,
    )


def make_referral(request: Request, coordinator: Coordinator, **fields: Any) -> Referral:
    return Referral.objects.create(
        request=request,
        organisation=coordinator.organisation,
        by=coordinator.user,
        sent_at=timezone.now(),
        **fields,
    )


def make_certificate(user: User, course: Course) -> Certificate:
    today = timezone.localdate()
    return Certificate.objects.create(
        user=user,
        course=course,
        number=Certificate.new_number(today),
        name=user.get_full_name(),
        issued_on=today,
    )


def make_shortlist(
    request: Request, *mentors: Mentor, run: Run | None = None, is_recommended: bool = False, **fields: Any
) -> Shortlist:
    """What last night found: these mentors, best first, and perhaps the first of them recommended."""
    run = run or Run.objects.filter(is_current=True).first() or make_run()
    points = {"points": packed(np.array([10, 0, 16, 0, 0, 0, 0], np.uint8)), "score": 26}
    for place, mentor in enumerate(mentors, 1):
        fields |= {f"mentor_{place}": mentor.pk, **{f"{k}_{place}": v for k, v in points.items()}}
    if is_recommended:
        fields |= {"recommended": mentors[0].pk, **{f"recommended_{k}": v for k, v in points.items()}}
    return Shortlist.objects.create(run=run, request=request, **fields)


def make_run() -> Run:
    at = timezone.now()
    return Run.objects.create(
        night=timezone.localdate(at), started_at=at, finished_at=at, is_current=True, is_running=False
    )


def make_match(
    mentor: Mentor | None = None,
    request: Request | None = None,
    *,
    status: str = "active",
    at: datetime | None = None,
    **fields: Any,
) -> Match:
    at = at or timezone.now()
    mentor = mentor or make_ready_mentor()
    request = request or make_request()
    if status in {"active", "paused", "closing", "closed"}:
        fields.setdefault("active_at", at)
    fields.setdefault("slot", 1)
    return Match.objects.create(
        programme=request.programme,
        mentor=mentor,
        mentee=request.mentee,
        request=request,
        status=status,
        approved_at=at,
        **fields,
    )


def form_key() -> str:
    return str(uuid.uuid4())
