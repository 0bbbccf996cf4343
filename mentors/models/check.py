"""Checks that staff record: identity seen, references heard, DBS. Never a scan, never its contents."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce, Least

from partners.models import Programme


class CheckQuerySet(models.QuerySet["Check"]):
    def visible_to(self, user: Any) -> CheckQuerySet:
        """Staff: checks of their programmes' mentors. Nobody else: mentors see what is missing instead."""
        if not user.is_active or not user.is_staff:
            return self.none()
        mine = Programme.objects.managed_by(user)
        return self.filter(Exists(mine.filter(mentors=OuterRef("mentor"))))

    def latest_of_its_kind(self) -> CheckQuerySet:
        """Only the last check of each kind of each mentor: it alone counts, clear or not."""
        newer = Check.objects.filter(mentor=OuterRef("mentor"), kind=OuterRef("kind")).filter(
            Q(seen_at__gt=OuterRef("seen_at")) | Q(seen_at=OuterRef("seen_at"), pk__gt=OuterRef("pk"))
        )
        return self.filter(~Exists(newer))

    def in_force(self, kind: str, on: date) -> CheckQuerySet:
        """Checks of one kind that stand, and after which came none that does not: whoever has one is checked.

        They are the mentors whose last check stands, asked so that only the few that stand no more are looked
        at twice.
        """
        later = Q(seen_at__gt=OuterRef("seen_at")) | Q(seen_at=OuterRef("seen_at"), pk__gt=OuterRef("pk"))
        after = Check.objects.filter(later, mentor=OuterRef("mentor"), kind=kind)
        found = self.standing(on).filter(~Exists(after.filter(is_clear=False)), kind=kind)
        if kind == Check.Kind.DBS:
            found = found.filter(~Exists(after.filter(expires_on__lte=on)))
        return found

    def with_counts(self) -> Any:
        """Annotate `counts`, the level that `counts_for` gives."""
        level = Coalesce(F("level"), Value(0))
        adults_only = When(workforce=Check.Workforce.ADULT, then=Least(level, Value(Check.Level.BASIC)))
        return self.annotate(counts=Case(adults_only, default=level, output_field=models.SmallIntegerField()))

    def lapsed_in_force(self, on: date) -> CheckQuerySet:
        """The last DBS checks of approved mentors, run out."""
        return self.latest_of_its_kind().filter(
            kind=Check.Kind.DBS, is_clear=True, expires_on__lte=on, mentor__status="approved"
        )

    def standing(self, on: date) -> CheckQuerySet:
        """Clear, and in date: on the day it is to be repeated a DBS check counts no more."""
        return self.filter(is_clear=True).filter(~Q(kind=Check.Kind.DBS) | Q(expires_on__gt=on))


class Check(models.Model):
    """One check of one mentor as one member of staff saw it. The latest of a kind counts."""

    class Kind(models.TextChoices):
        IDENTITY = "identity", "Identity"
        REFERENCES = "references", "References, confirmed by phone"
        DBS = "dbs", "DBS"

    class Level(models.IntegerChoices):
        BASIC = 1, "Basic"
        ENHANCED = 2, "Enhanced"
        ENHANCED_BARRED = 3, "Enhanced with barred list"

    class Workforce(models.TextChoices):
        CHILD = "child", "Child"
        ADULT = "adult", "Adult"
        BOTH = "both", "Child and adult"

    mentor = models.ForeignKey("mentors.Mentor", on_delete=models.PROTECT, related_name="checks")
    kind = models.CharField(max_length=10, choices=Kind)
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField()
    is_clear = models.BooleanField("nothing stands in the way", default=True)
    # DBS only.
    level = models.PositiveSmallIntegerField(choices=Level, null=True, blank=True)
    workforce = models.CharField(max_length=5, choices=Workforce, blank=True)
    barred_list_reason = models.CharField("why the barred list was asked for", max_length=200, blank=True)
    certificate_number = models.CharField(max_length=12, null=True, blank=True)  # noqa: DJ001  null keeps it unique
    issued_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField("repeat by", null=True, blank=True)
    has_update_service_consent = models.BooleanField("agreed to the Update Service", default=False)
    # A slip of the pen is put right by another check, never by writing over this one.
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by", editable=False
    )
    correction_reason = models.CharField("why it was corrected", max_length=200, blank=True, editable=False)
    withdrawn_at = models.DateTimeField("corrected", null=True, blank=True, editable=False)
    reminded_days = models.PositiveSmallIntegerField(
        "last reminder, days before", null=True, blank=True, editable=False
    )
    lapse_told_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = CheckQuerySet.as_manager()

    class Meta:
        ordering = ["-seen_at"]
        indexes = [
            models.Index(fields=["mentor", "kind", "-seen_at"]),
            models.Index(
                fields=["expires_on"], name="check_lapse_to_tell", condition=Q(kind="dbs", lapse_told_at=None)
            ),
            # The night reads these three through and no row of the table: all that it asks is in them.
            models.Index(
                fields=["kind", "mentor", "seen_at", "id", "expires_on", "level", "workforce"],
                name="check_clear",
                condition=Q(is_clear=True),
            ),
            models.Index(
                fields=["kind", "mentor", "seen_at", "id"], name="check_unclear", condition=Q(is_clear=False)
            ),
            models.Index(
                fields=["expires_on", "mentor", "seen_at", "id"], name="check_expiry", condition=Q(kind="dbs")
            ),
        ]
        constraints = [
            # A number copied wrongly is free again for the person whose number it is.
            models.UniqueConstraint(
                fields=["certificate_number"],
                condition=Q(withdrawn_at__isnull=True),
                name="dbs_number_recorded_once",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(correction_reason=""), name="a_correction_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(kind="dbs")
                | Q(
                    level__isnull=False,
                    certificate_number__isnull=False,
                    issued_on__isnull=False,
                    expires_on__isnull=False,
                ),
                name="a_dbs_check_is_complete",
            ),
            models.CheckConstraint(
                condition=~Q(level=3) | ~Q(barred_list_reason=""), name="barred_list_needs_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} check {self.pk}"

    @classmethod
    def counts_for(cls, level: int | None, workforce: str | None) -> int:
        """The level that counts for meeting a young person: one for work with adults only is a basic one."""
        level = level or 0
        return min(level, cls.Level.BASIC) if workforce == cls.Workforce.ADULT else level
