"""A guardian's permission, asked while a young person is under age."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mentees.models.mentee import Mentee

REMINDER_DAYS = (5, 10)


class PermissionQuerySet(models.QuerySet["Permission"]):
    def visible_to(self, user: Any) -> PermissionQuerySet:
        """Whoever may see the young person may see whether an adult said yes."""
        return self.filter(mentee__in=Mentee.objects.visible_to(user))

    def living(self) -> PermissionQuerySet:
        """At most one for a young person: not asked yet, asked, or given."""
        return self.filter(status__in=(Permission.Status.NOTED, *Permission.LIVING))

    def given(self) -> PermissionQuerySet:
        return self.filter(status=Permission.Status.GIVEN)

    def unanswered(self) -> PermissionQuerySet:
        return self.filter(status=Permission.Status.ASKED)

    def overdue(self, at: datetime) -> PermissionQuerySet:
        """Asked, and the last day to answer is over."""
        return self.unanswered().filter(expires_on__lt=timezone.localdate(at))

    def to_remind(self, at: datetime) -> PermissionQuerySet:
        """Asked at least as many days ago as the first reminder, and still open."""
        return self.unanswered().filter(
            asked_at__lt=at - timedelta(days=REMINDER_DAYS[0] - 1), expires_on__gte=timezone.localdate(at)
        )


class Permission(models.Model):
    """One asking of one guardian for one young person, and the answer."""

    class Status(models.TextChoices):
        NOTED = "noted", "Not asked yet"
        ASKED = "asked", "Asked"
        GIVEN = "given", "Given"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Withdrawn"
        EXPIRED = "expired", "No answer"

    class How(models.TextChoices):
        LINK = "link", "By link"
        PAPER = "paper", "On paper"

    NEXT: ClassVar[dict[str, tuple[str, ...]]] = {
        # Noted: whom to ask. They are asked once the young person confirmed, so that no stranger can use us
        # to write to people.
        Status.NOTED: (Status.ASKED, Status.EXPIRED),
        Status.ASKED: (Status.GIVEN, Status.REFUSED, Status.EXPIRED),
        Status.GIVEN: (Status.WITHDRAWN,),
        Status.REFUSED: (),
        Status.WITHDRAWN: (),
        Status.EXPIRED: (),
    }

    LIVING: ClassVar[tuple[str, ...]] = (Status.ASKED, Status.GIVEN)

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
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    seen_on = models.DateField("paper seen on", null=True, blank=True)

    objects = PermissionQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [models.Index(fields=["mentee"], name="permission_given", condition=Q(status="given"))]
        constraints = [
            models.UniqueConstraint(
                fields=["mentee"],
                condition=Q(status__in=("noted", "asked", "given")),
                name="one_living_permission",
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
