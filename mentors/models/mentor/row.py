"""The mentor: one volunteer, and the profile that young people are matched with."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

from mentors import rules
from mentors.models.mentor.queryset import MentorQuerySet
from mentors.models.mentor.standing import Standing
from mentors.models.readiness import SAID
from partners.models import Gender, Programme


class Mentor(Standing, models.Model):
    """One volunteer who mentors or is getting ready to. Whether they are ready is derived, never stored."""

    class Status(models.TextChoices):
        APPLYING = "applying", "Getting ready"
        APPROVED = "approved", "Approved"
        SUSPENDED = "suspended", "Suspended"
        DECLINED = "declined", "Not taken on"
        LEFT = "left", "Left"

    NEXT: ClassVar[dict[str, tuple[str, ...]]] = {
        Status.APPLYING: (Status.APPROVED, Status.DECLINED, Status.LEFT),
        Status.APPROVED: (Status.SUSPENDED, Status.LEFT),
        Status.SUSPENDED: (Status.APPROVED, Status.LEFT),
        Status.DECLINED: (),
        Status.LEFT: (Status.APPLYING,),
    }

    class Way(models.TextChoices):
        ONLINE = "online", "Online"
        IN_PERSON = "in_person", "In person"
        EITHER = "either", "Either is fine"

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mentor")
    programmes: models.ManyToManyField[Programme, Any] = models.ManyToManyField(
        Programme, related_name="mentors"
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.APPLYING, editable=False)
    signed_up_at = models.DateTimeField()
    applied_at = models.DateTimeField("application sent", null=True, blank=True, editable=False)
    nudged_day = models.PositiveSmallIntegerField(default=0, editable=False)
    training_lapse_told_on = models.DateField(null=True, blank=True, editable=False)
    """The day of the last lapse of their training that they have been told of."""
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    # Eligibility, answered at sign-up.
    has_degree = models.BooleanField("has worked since a degree", default=False)
    years_of_work = models.PositiveSmallIntegerField(null=True, blank=True)

    # About me.
    pronouns = models.CharField(max_length=30, blank=True)
    gender = models.CharField(max_length=6, choices=Gender, blank=True, default="")
    born_on = models.DateField("date of birth", null=True, blank=True)
    outcode = models.CharField("first half of the postcode", max_length=4, blank=True)

    # Work.
    employer = models.CharField(max_length=120, blank=True)
    employed_by = models.ForeignKey(
        "partners.Organisation",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="employs_mentors",
    )
    job_title = models.CharField(max_length=120, blank=True)
    invited_by = models.ForeignKey(
        "partners.Organisation",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="invited_mentors",
        editable=False,
    )
    may_be_named = models.BooleanField("who invited them may know their name", default=False)

    # What I can help with.
    topics: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        "partners.HelpTopic", blank=True, related_name="+"
    )
    sectors: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        "partners.Sector", blank=True, related_name="+"
    )
    languages: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        "partners.Language", blank=True, related_name="+"
    )
    experiences: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        "partners.Experience", blank=True, related_name="+"
    )
    interests = models.CharField(max_length=300, blank=True)

    # When and how.
    free_slots = models.PositiveIntegerField(
        "free times", default=0, help_text="21 bits: seven days × three times."
    )
    way = models.CharField("way of meeting", max_length=10, choices=Way, blank=True)
    travel_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    accepted_ages = models.PositiveSmallIntegerField("ages I am happy to meet", default=15)
    capacity = models.PositiveSmallIntegerField("how many young people", default=1)
    paused_until = models.DateField(null=True, blank=True)

    # Preferences and conflicts.
    tied_to: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        "partners.Organisation", blank=True, related_name="tied_mentors"
    )
    relatives = models.CharField("relatives in the programme", max_length=300, blank=True)
    conflicts_declared_at = models.DateTimeField(null=True, blank=True)

    motivation = models.TextField(max_length=1000, blank=True)
    code_agreed_at = models.DateTimeField("agreed to the code of conduct", null=True, blank=True)

    objects = MentorQuerySet.as_manager()

    class Meta:
        ordering = ["-signed_up_at"]
        indexes = [
            models.Index(fields=["status", "paused_until"]),
            # The staff's list, newest first, of everybody, of one status, or by the day they applied.
            models.Index(fields=["-signed_up_at", "-id"], name="mentor_newest"),
            models.Index(fields=["status", "-signed_up_at", "-id"], name="mentor_newest_of_status"),
            models.Index(fields=["-applied_at"], name="mentor_last_to_apply"),
            models.Index(
                fields=["signed_up_at"],
                name="mentor_to_nudge",
                condition=Q(status="applying", applied_at=None),
            ),
            # The night reads it through, and no row of the table.
            models.Index(
                fields=["id", "user", "approved_at", "signed_up_at", "born_on", "paused_until"],
                name="mentor_said_all",
                condition=Q(*SAID.values()),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(capacity__gte=1, capacity__lte=3), name="mentor_capacity_1_to_3"
            ),
            models.CheckConstraint(condition=Q(free_slots__lt=2**21), name="mentor_slots_fit_a_week"),
            models.CheckConstraint(condition=Q(accepted_ages__lt=16), name="mentor_ages_fit"),
            models.CheckConstraint(
                condition=~Q(status="approved") | Q(approved_at__isnull=False),
                name="an_approved_mentor_says_when",
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("motivation"), 1000), name="motivation_fits_its_box"
            ),
        ]

    def __str__(self) -> str:
        return self.user.get_full_name()

    @property
    def name(self) -> str:
        """The name young people see."""
        return self.user.first_name

    @property
    def meets_online(self) -> bool:
        return self.way in {self.Way.ONLINE, self.Way.EITHER}

    @property
    def meets_in_person(self) -> bool:
        return self.way in {self.Way.IN_PERSON, self.Way.EITHER}

    def is_paused(self, on: date) -> bool:
        return self.paused_until is not None and self.paused_until > on

    @property
    def code(self) -> str:
        """Their reference, to quote in letters and on the phone."""
        return rules.reference_code(self.pk)
