"""Houses full of people at random: some ready, some lacking one thing or three, matched, blocked, tied."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from matching.models import Block
from mentees.models import Mentee, Permission, Request
from mentees.models import Profile as MenteeProfile
from mentors.models import Check, Mentor, Reference
from mentors.models import Profile as MentorProfile
from partners.models import Experience, HelpTopic, Language, Sector
from tests import factories
from tests.training.workshops import make_session, make_workshop
from training.models import Booking, Certificate, Course, Module, ModulePass
from users.models import User

# Each list, and what factories choose from it.
WORDS: dict[str, tuple[Any, str]] = {
    "topics": (HelpTopic, "Interviews"),
    "sectors": (Sector, "Health and care"),
    "languages": (Language, "English"),
    "experiences": (Experience, "Moved to the UK"),
}
TOWNS = {"M14": (3850, 3950), "CF10": (3180, 1760), "E8": (5340, 1845)}


class House:
    """A random house; `at` is the moment it is looked at."""

    def __init__(self, seed: int, at: datetime, *, people: int = 14) -> None:
        self.dice = random.Random(seed)
        self.at = at
        self.today = timezone.localdate(at)
        for model, usual in WORDS.values():
            bits = self.dice.sample(range(model.WIDTH - 1), 5)
            for name, bit in zip((usual, "A", "B", "C"), (*bits[:3], model.WIDTH - 1), strict=True):
                model.objects.create(name=name, bit=bit)  # the last bit of each list among them
        for code, (east, north) in TOWNS.items():
            factories.make_outcode(code, code, east, north)
        self.courses = [self._course(n) for n in range(2)]
        self.programmes = [self._programme(n) for n in range(4)]
        self.employers = [factories.make_organisation(kind="employer") for _ in range(2)]
        self.schools = [
            factories.make_organisation(kind="school", mentors_first_from=self.maybe(self.employers))
            for _ in range(3)
        ]
        self.checker = factories.make_user("Checker", is_staff=True)
        self.coordinator = factories.make_coordinator(self.schools[0])
        self.mentors = [self._mentor(n) for n in range(people)]
        self._workshops(random.Random(seed + 1000))
        self.requests = [self._request(n) for n in range(people)]
        self._between()

    def likely(self, share: float = 0.85) -> bool:
        return self.dice.random() < share

    def maybe(self, things: Any, share: float = 0.5) -> Any:
        return self.dice.choice(things) if self.likely(share) else None

    def some(self, name: str) -> list[Any]:
        return [word for word in WORDS[name][0].objects.order_by("pk") if self.likely(0.7)]

    def days(self, most: int) -> timedelta:
        return timedelta(days=self.dice.randint(0, most), minutes=self.dice.randint(0, 1440))

    def _course(self, n: int) -> SimpleNamespace:
        course = Course.objects.create(slug=f"course-{n}", title=f"Course {n}", is_published=True)
        module = Module.objects.create(
            course=course, order=1, slug="safe", title="Safe", lapses_after_months=12
        )
        return SimpleNamespace(course=course, module=module)

    def _programme(self, n: int) -> Any:
        ages = self.dice.choice(((14, 25, 18), (16, 20, 16)))
        starts, ends = self.dice.choice(
            ((-400, None), (-400, None), (-400, 0), (-400, 50), (-400, -1), (1, None))
        )
        return factories.make_programme(
            f"Programme {n}",
            starts_on=self.today + timedelta(days=starts),
            ends_on=None if ends is None else self.today + timedelta(days=ends),
            course=self.maybe([given.course for given in self.courses], 0.6),
            min_age=ages[0],
            max_age=ages[1],
            permission_under=ages[2],
            enhanced_check_under=self.dice.choice((16, 18)),
            meeting_ways=self.dice.choice(("online", "in_person", "both")),
            weights=self.dice.choice(({}, {}, {"topic": 7}, {"topic": -3})),
        )

    def _person(self) -> dict[str, Any]:
        return {
            "outcode": self.dice.choice((*TOWNS, "ZZ9", "")),
            "free_slots": self.dice.choice((0, 3, 7, 2**21 - 1)),
            "way": self.dice.choice(("online", "in_person", "either")),
        }

    def _mentor(self, n: int) -> Mentor:
        at = self.at - self.days(90)
        mentor = factories.make_ready_mentor(f"Mentor{n}", checked_by=self.checker, at=at)
        mentor.programmes.set(self.dice.sample(self.programmes, self.dice.randint(0, 3)))
        for name in WORDS:
            if self.likely():
                getattr(mentor, name).set(self.some(name))
        changes = {
            **(self._person() if self.likely(0.5) else {}),
            "travel_minutes": self.dice.choice((None, 15, 30, 60)),
            "gender": self.dice.choice(("woman", "man", "other", "")),
            "accepted_ages": self.dice.choice((15, 12, 3)),
            "capacity": self.dice.randint(1, 3),
            "employed_by": self.maybe(self.employers),
        }
        spoilt = {
            "status": "suspended",
            "paused_until": self.today + timedelta(days=1),
            "motivation": "",
            "applied_at": None,
            "born_on": None,
            "job_title": "",
        }
        if self.likely(0.2):
            key = self.dice.choice(sorted(spoilt))
            changes[key] = spoilt[key]
        Mentor.objects.filter(pk=mentor.pk).update(**changes)
        self._checks(mentor, at)
        for given in self.courses:
            if self.likely():
                self._train(mentor.user, given)
        if self.likely(0.1):
            User.objects.filter(pk=mentor.user_id).update(is_active=False)
        MentorProfile.objects.repack(pk=mentor.pk)
        return mentor

    def _checks(self, mentor: Mentor, at: datetime) -> None:
        """Later checks, clear or not, some of the very same moment; references that are not good any more."""
        for check in list(mentor.checks.all()):
            for _ in range(self.dice.choice((0, 0, 0, 1, 2))):
                check.pk = None
                check.seen_at = at + self.dice.choice((timedelta(), timedelta(days=1), timedelta(days=2)))
                check.is_clear = self.likely(0.7)
                if check.kind == Check.Kind.DBS:
                    check.level = self.dice.choice((1, 2, 3))
                    check.workforce = self.dice.choice(("child", "adult", "both"))
                    check.certificate_number = f"{self.dice.randrange(10**12):012d}"
                    check.expires_on = self.today + timedelta(days=self.dice.choice((-1, 0, 1, 400)))
                check.save()
        if self.likely(0.1):
            Reference.objects.filter(pk=mentor.references.first().pk).update(is_suitable=False)
        if self.likely(0.05):
            mentor.disclosure.delete()

    def _train(self, user: User, given: SimpleNamespace) -> None:
        Certificate.objects.create(
            user=user,
            course=given.course,
            number=f"{given.course.pk}-{user.pk}",
            name="A",
            issued_on=self.today,
            revoked_at=self.maybe([self.at], 0.1),
        )
        lapses_on = self.today + timedelta(days=self.dice.choice((-1, 0, 1, 90)))
        if self.likely(0.5):
            ModulePass.objects.create(
                user=user, module=given.module, passed_on=date(2020, 1, 1), lapses_on=lapses_on
            )

    def _workshops(self, dice: random.Random) -> None:
        """Some programmes ask for one of two workshops; most mentors came to it, others did not or will."""
        workshops = [make_workshop(slug=f"workshop-{n}") for n in range(2)]
        for programme in self.programmes:
            if dice.random() < 0.5:
                programme.workshop = dice.choice(workshops)
                programme.save()
        for workshop in workshops:
            session = make_session(workshop, places=500)
            for slot, mentor in enumerate(self.mentors, 1):
                status = dice.choice((*["attended"] * 6, "booked", "missed", "cancelled"))
                Booking.objects.create(
                    session=session,
                    workshop=workshop,
                    user=mentor.user,
                    status=status,
                    slot=slot if status in Booking.IN_A_PLACE else None,
                    changed_at=self.at,
                )

    def _request(self, n: int) -> Request:
        born_on = self.today - timedelta(days=self.dice.randint(13 * 365, 27 * 365))
        user = self.dice.choice(self.mentors).user if self.likely(0.1) else None
        mentee: Any = Mentee.objects.filter(user=user).first() if user else None
        if mentee is None:
            mentee = factories.make_mentee(
                f"Young{n}", born_on=born_on, at=self.at, **({"user": user} if user else {})
            )
        for name in WORDS:
            if self.likely():
                getattr(mentee, name).set(self.some(name))
        Mentee.objects.filter(pk=mentee.pk).update(
            **(self._person() if self.likely(0.5) else {}),
            travel_minutes=self.dice.choice((15, 30, 60)),
            mentor_gender=self.dice.choice(("", "", "woman", "man")),
            required_language=self.maybe(list(Language.objects.all()), 0.3),
            organisation=self.maybe(self.schools),
            agreed_at=self.at if self.likely(0.95) else None,
        )
        if self.likely(0.6) and not mentee.permissions.exists():
            factories.make_permission(mentee, status=self.dice.choice(Permission.Status.values), at=self.at)
        if self.likely(0.1):
            User.objects.filter(pk=mentee.user_id).update(is_active=False)
        MenteeProfile.objects.repack(pk=mentee.pk)
        request = (
            factories.make_request(
                mentee,
                programme=self.dice.choice(self.programmes),
                status=self.dice.choice(("accepted",) * 6 + ("asked", "withdrawn")),
                asked_at=self.at - self.days(400),
                permission=False,
                wants_a_talk_first=self.likely(0.05),
            )
            if self._may_ask(mentee)
            else mentee.requests.first()
        )
        if self.likely(0.4) and not hasattr(request, "referral"):
            factories.make_referral(request, self.coordinator)
        return request

    def _may_ask(self, mentee: Mentee) -> bool:
        return not mentee.requests.exists()

    def _between(self) -> None:
        for n, mentor in enumerate(self.mentors):
            request = self.dice.choice(self.requests)
            if self.likely(0.3):
                Block.objects.get_or_create(
                    mentor=mentor, mentee=request.mentee, defaults={"why": "known", "at": self.at}
                )
            if self.likely(0.3):
                mentor.tied_to.set(self.dice.sample(self.schools, 1))
            ended = self.dice.choice(("closed", "declined_by_mentor", "declined_by_mentee", "lapsed"))
            if self.likely(0.3):
                factories.make_match(mentor, request, status=ended, at=self.at - self.days(100))
            free = self.requests[n]
            if self.likely(0.2) and not free.matches.filter(status="active").exists():
                factories.make_match(mentor, free, status="active", at=self.at - self.days(30))
