"""The young person, and the profile that mentors are found for."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from mentees import rules
from partners.models import AgeBand, Gender, Organisation, Programme


def told_us(of: str = "") -> Q:
    """They agreed, and said when and where: on their row, or on what leads to it by `of` (`mentee__`)."""
    return Q(**{f"{of}agreed_at__isnull": False, f"{of}free_slots__gt": 0}) & (
        ~Q(**{f"{of}outcode": ""}) | Q(**{f"{of}way": "online"})
    )


class MenteeQuerySet(models.QuerySet["Mentee"]):
    def visible_to(self, user: Any) -> MenteeQuerySet:
        """Staff: young people of their programmes. Coordinators: those they referred, once they confirmed.
        Others: themselves.
        """
        if not user.is_active:
            return self.none()
        if user.is_staff:
            mine = Programme.objects.managed_by(user)
            return self.filter(Exists(mine.filter(requests__mentee=OuterRef("pk"))))
        request: Any = apps.get_model("mentees", "Request")  # declared in terms of us
        referred = request.objects.filter(
            Q(status__in=("asked", "more_needed", "accepted", "fulfilled")) | Q(confirmed_at__isnull=False),
            mentee=OuterRef("pk"),
            referral__organisation__coordinators__user=user,
            referral__organisation__status=Organisation.Status.VERIFIED,
        )
        return self.filter(Q(user=user) | Exists(referred))


class Mentee(models.Model):
    """One young person who asked for a mentor or was referred."""

    class Way(models.TextChoices):
        ONLINE = "online", "Online"
        IN_PERSON = "in_person", "In person"
        EITHER = "either", "Either is fine"

    class Wish(models.TextChoices):
        ANYBODY = "", "I don’t mind"
        WOMAN = "woman", "A woman"
        MAN = "man", "A man"

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mentee")
    born_on = models.DateField("date of birth")
    gender = models.CharField(max_length=6, choices=Gender, blank=True, default="")
    outcode = models.CharField("first half of the postcode", max_length=4, blank=True)
    organisation = models.ForeignKey(
        "partners.Organisation",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="young_people",
        verbose_name="school, college or group",
    )
    school_name = models.CharField("school, college or work, in their words", max_length=120, blank=True)
    topics: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        "partners.HelpTopic", blank=True, related_name="+"
    )
    sectors: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        "partners.Sector", blank=True, related_name="+"
    )
    languages: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        "partners.Language", blank=True, related_name="+"
    )
    required_language = models.ForeignKey(
        "partners.Language", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    experiences: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        "partners.Experience", blank=True, related_name="+"
    )
    goals = models.TextField("goals in their own words", max_length=1000, blank=True)
    free_slots = models.PositiveIntegerField(
        "free times", default=0, help_text="21 bits: seven days × three times."
    )
    way = models.CharField("way of meeting", max_length=10, choices=Way, default=Way.EITHER)
    travel_minutes = models.PositiveSmallIntegerField(default=30)
    mentor_gender = models.CharField("must be", max_length=6, choices=Wish, blank=True, default="")
    good_to_know = models.CharField("anything a mentor should know", max_length=500, blank=True)
    heard_of_us = models.CharField(max_length=120, blank=True)
    agreed_at = models.DateTimeField("agreed to take part", null=True, blank=True)

    objects = MenteeQuerySet.as_manager()

    class Meta:
        verbose_name = "young person"
        verbose_name_plural = "young people"
        # The night reads it through, and no row of the table.
        indexes = [models.Index(fields=["id", "born_on"], name="mentee_told_us", condition=told_us())]
        constraints = [
            models.CheckConstraint(condition=Q(free_slots__lt=2**21), name="mentee_slots_fit_a_week")
        ]

    def __str__(self) -> str:
        return self.user.get_full_name()

    @property
    def name(self) -> str:
        """The name mentors see."""
        return self.user.first_name

    def age(self, on: date) -> int:
        """Whole years; somebody born on 29 February has their birthday on 1 March in other years."""
        return rules.age(self.born_on, on)

    def age_band(self, on: date) -> str:
        """The ages a mentor is told, never a birth date."""
        bit = AgeBand.of(self.age(on))
        return AgeBand(bit).label.replace(" and ", " or ") if bit else "over 25"

    @property
    def meets_online(self) -> bool:
        return self.way in {self.Way.ONLINE, self.Way.EITHER}

    @property
    def meets_in_person(self) -> bool:
        return self.way in {self.Way.IN_PERSON, self.Way.EITHER}
