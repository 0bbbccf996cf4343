"""Programmes: what we run in one place and period, and by which settings."""

from __future__ import annotations

import itertools
import math
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from partners import rules
from partners.models.place import Outcode

NEAR_KM = 40.0


class MeetingWays(models.TextChoices):
    ONLINE = "online", "Online"
    IN_PERSON = "in_person", "In person"
    BOTH = "both", "Online and in person"


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def managed_by(self, user: Any) -> ProgrammeQuerySet:
        """The programmes whose people this member of staff may see; an administrator sees settings of all."""
        if not user.is_active or not user.is_staff:
            return self.none()
        if user.is_superuser:
            return self
        return self.filter(managers__user=user)

    visible_to = managed_by

    def not_over(self, on: date) -> ProgrammeQuerySet:
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))

    def running(self, on: date) -> ProgrammeQuerySet:
        return self.not_over(on).filter(starts_on__lte=on)

    def open_to_sign_ups(self, on: date) -> ProgrammeQuerySet:
        return self.running(on).filter(is_open=True)

    def shown(self, on: date) -> ProgrammeQuerySet:
        """Those that anybody may read about: open ones, those to come, and whatever still runs."""
        return self.not_over(on).filter(Q(is_open=True) | Q(starts_on__lte=on))

    def for_place(self, outcode: str, on: date) -> tuple[Programme | None, bool]:
        """The open programme for somebody who lives there, and whether it is near enough to meet in person.

        The nearest one within 40 km; else one that meets online; else none.
        """
        programmes = list(self.open_to_sign_ups(on))
        if near := _nearest(programmes, {outcode}).get(outcode):
            return near, True
        return next((programme for programme in programmes if programme.meets_online), None), False

    def near_each(self, outcodes: set[str], on: date) -> dict[str, Programme]:
        """For each of these places the nearest open programme within 40 km, if there is one. Two queries."""
        return _nearest(list(self.open_to_sign_ups(on)), outcodes)

    def nearest_each(self, outcodes: set[str], on: date) -> dict[str, Programme]:
        """For each of these places the nearest programme that is not over, open or not, however far away.

        None for a place that our table does not know, unless a programme is in its post town. Two queries.
        """
        return _nearest(list(self.not_over(on)), outcodes, math.inf)


def _nearest(
    programmes: list[Programme], outcodes: set[str], within_km: float = NEAR_KM
) -> dict[str, Programme]:
    if not programmes:
        return {}
    names = Q()
    for programme in programmes:
        names |= Q(town__iexact=programme.place) | Q(borough__iexact=programme.place)
    known = list(Outcode.objects.filter(names | Q(code__in=outcodes)))
    homes = {place.code: place for place in known if place.code in outcodes}
    places = {}
    for programme in programmes:
        name = programme.place.lower()
        places[programme.pk] = [p for p in known if name in {p.town.lower(), p.borough.lower()}]
    found = {}
    for outcode in outcodes:
        near: list[tuple[float, int, Programme]] = []
        for n, programme in enumerate(programmes):
            here, home = places[programme.pk], homes.get(outcode)
            if home is not None and here:
                near.append((min(home.distance_to(place) for place in here), n, programme))
            elif home is None and any(_area(place.code) == _area(outcode) for place in here):
                near.append((0.0, n, programme))  # a code our table does not know, of the same post town
        near.sort(key=lambda found: found[:2])
        if near and near[0][0] <= within_km:
            found[outcode] = near[0][2]
    return found


class Programme(models.Model):
    """What we run in one place and period. The defaults below are PRODUCT.md's; staff may change them."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(unique=True)
    place = models.CharField(max_length=60, help_text="City or region, as said to people.")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    is_open = models.BooleanField("open to new people", default=True)
    target_mentors = models.PositiveIntegerField(default=0)
    target_matches = models.PositiveIntegerField(default=0)
    organisations: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        "partners.Organisation", blank=True, related_name="programmes"
    )
    course = models.ForeignKey(
        "training.Course",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="programmes",
        verbose_name="required training course",
    )
    optional_courses: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        "training.Course",
        blank=True,
        related_name="offered_by",
        verbose_name="courses to offer as well",
        help_text="Nobody has to take these.",
    )
    workshop = models.ForeignKey(
        "training.Workshop",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="programmes",
        verbose_name="required workshop",
        help_text="Mentors take part in one of its sessions before they are ready.",
    )

    min_age = models.PositiveSmallIntegerField("youngest age", default=14)
    max_age = models.PositiveSmallIntegerField("oldest age", default=25)
    permission_under = models.PositiveSmallIntegerField("guardian's permission under", default=18)
    two_people_under = models.PositiveSmallIntegerField("two staff for a match under", default=18)
    meeting_ways = models.CharField(max_length=10, choices=MeetingWays, default=MeetingWays.BOTH)
    months = models.PositiveSmallIntegerField(default=12)
    meeting_minutes = models.PositiveSmallIntegerField(default=60)
    years_of_work = models.PositiveSmallIntegerField("years of work asked of a mentor", default=5)
    years_after_degree = models.PositiveSmallIntegerField("or years of work after a degree", default=2)
    max_capacity = models.PositiveSmallIntegerField("most young people a mentor", default=3)
    check_months = models.PositiveSmallIntegerField("months until a check is repeated", default=36)
    enhanced_check_under = models.PositiveSmallIntegerField(
        "enhanced check for meeting anyone under", default=18
    )

    offer_working_days = models.PositiveSmallIntegerField(default=5)
    offer_reminder_day = models.PositiveSmallIntegerField("offer reminder on working day", default=3)
    permission_days = models.PositiveSmallIntegerField(default=14)
    triage_working_days = models.PositiveSmallIntegerField(default=5)
    weights = models.JSONField("matching weights", default=dict, blank=True, help_text="Only what differs.")

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(min_age__gte=11, max_age__lte=30, min_age__lte=F("max_age")),
                name="programme_ages_make_sense",
            ),
            models.CheckConstraint(
                condition=Q(max_capacity__gte=1, max_capacity__lte=3), name="programme_capacity_1_to_3"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="programme_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(
                    offer_working_days__gte=1,
                    permission_days__gte=1,
                    offer_reminder_day__lt=F("offer_working_days"),
                ),
                name="programme_deadlines_make_sense",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("programmes:programme", args=[self.slug])

    @property
    def meets_online(self) -> bool:
        return self.meeting_ways != MeetingWays.IN_PERSON

    @property
    def meets_in_person(self) -> bool:
        return self.meeting_ways != MeetingWays.ONLINE

    def takes_mentors(self, on: date) -> bool:
        return self.is_open and self.is_running(on)

    @property
    def ages(self) -> str:
        """As said to people: "14 to 25"."""
        return f"{self.min_age} to {self.max_age}"

    def is_running(self, on: date) -> bool:
        return self.starts_on <= on and (self.ends_on is None or self.ends_on >= on)

    @staticmethod
    def working_day_after(start: date, days: int) -> date:
        """The day that is `days` working days after `start`, bank holidays left out."""
        return rules.working_day_after(start, days)


def _area(code: str) -> str:
    """The letters a postcode begins with: M for M14."""
    return "".join(itertools.takewhile(str.isalpha, code))


class ProgrammeManager(models.Model):
    """A member of staff and the programmes whose people they look after."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="programme_manager"
    )
    programmes: models.ManyToManyField[Programme, Any] = models.ManyToManyField(
        Programme, related_name="managers"
    )

    def __str__(self) -> str:
        return str(self.user)
