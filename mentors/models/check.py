"""Checks that staff record: identity seen, references heard, DBS. Never a scan, never its contents."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from mentors.models.mentor import Mentor


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

    mentor = models.ForeignKey(Mentor, on_delete=models.PROTECT, related_name="checks")
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

    class Meta:
        ordering = ["-seen_at"]
        indexes = [models.Index(fields=["mentor", "kind", "expires_on"])]
        constraints = [
            models.UniqueConstraint(fields=["certificate_number"], name="dbs_number_recorded_once"),
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
