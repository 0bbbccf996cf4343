"""A guardian's permission, asked while a young person is under age."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from mentees.models.mentee import Mentee


class Permission(models.Model):
    """One asking of one guardian for one young person, and the answer."""

    class Status(models.TextChoices):
        ASKED = "asked", "Asked"
        GIVEN = "given", "Given"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Withdrawn"
        EXPIRED = "expired", "No answer"

    class How(models.TextChoices):
        LINK = "link", "By link"
        PAPER = "paper", "On paper"

    NEXT: ClassVar[dict[str, tuple[str, ...]]] = {
        Status.ASKED: (Status.GIVEN, Status.REFUSED, Status.EXPIRED),
        Status.GIVEN: (Status.WITHDRAWN,),
        Status.REFUSED: (),
        Status.WITHDRAWN: (),
        Status.EXPIRED: (),
    }

    mentee = models.ForeignKey(Mentee, on_delete=models.CASCADE, related_name="permissions")
    status = models.CharField(max_length=10, choices=Status, default=Status.ASKED, editable=False)
    how = models.CharField(max_length=5, choices=How, default=How.LINK)
    guardian_name = models.CharField(max_length=80)
    guardian_email = models.EmailField(blank=True)
    guardian_is = models.CharField("who they are", max_length=60, blank=True)
    link_version = models.PositiveSmallIntegerField(default=1, editable=False)
    asked_at = models.DateTimeField()
    expires_on = models.DateField()
    answered_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["mentee"], condition=Q(status__in=("asked", "given")), name="one_living_permission"
            ),
            models.CheckConstraint(
                condition=~Q(how="paper") | Q(recorded_by__isnull=False),
                name="paper_permission_names_who_saw_it",
            ),
        ]

    def __str__(self) -> str:
        return f"Permission {self.pk}"

    def has_expired(self, on: date) -> bool:
        return self.status == self.Status.EXPIRED or (
            self.status == self.Status.ASKED and on > self.expires_on
        )
