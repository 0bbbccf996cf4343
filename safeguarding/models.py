"""Concerns: what somebody told us, who acts, and who looked. Read by the lead and the deputy only."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q


class SafeguardingLead(models.Model):
    """A person who reads concerns: the lead, or a deputy who steps in."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="safeguarding_lead"
    )
    is_deputy = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_deputy"], condition=Q(is_deputy=False), name="one_safeguarding_lead"
            )
        ]

    def __str__(self) -> str:
        return "Deputy" if self.is_deputy else "Safeguarding lead"


class ConcernQuerySet(models.QuerySet["Concern"]):
    def visible_to(self, user: Any) -> ConcernQuerySet:
        """The lead and the deputy. Nobody else, administrators included, and not the person who raised it."""
        if user.is_active and SafeguardingLead.objects.filter(user_id=user.pk).exists():
            return self
        return self.none()

    def open(self) -> ConcernQuerySet:
        return self.exclude(status=Concern.Status.CLOSED)

    def overdue(self, at: datetime) -> ConcernQuerySet:
        """Nobody has acknowledged them in time."""
        return self.filter(status=Concern.Status.NEW, answer_by__lte=at)


class Concern(models.Model):
    """One thing that did not feel right to somebody."""

    class Status(models.TextChoices):
        NEW = "new", "New"
        ACKNOWLEDGED = "acknowledged", "Being looked into"
        CLOSED = "closed", "Closed"

    NEXT: ClassVar[dict[str, tuple[str, ...]]] = {
        Status.NEW: (Status.ACKNOWLEDGED,),
        Status.ACKNOWLEDGED: (Status.CLOSED,),
        Status.CLOSED: (Status.ACKNOWLEDGED,),  # opened again
    }

    class Urgency(models.TextChoices):
        DANGER = "danger", "In danger now"
        HIGH = "high", "High"
        OTHER = "other", "Other"

    status = models.CharField(max_length=12, choices=Status, default=Status.NEW, editable=False)
    urgency = models.CharField(max_length=6, choices=Urgency, default=Urgency.OTHER)
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    raised_at = models.DateTimeField()
    answer_by = models.DateTimeField(
        help_text="When somebody must have acknowledged it; then it goes to the deputy."
    )
    about = models.CharField("what it is about", max_length=40, blank=True)
    what_happened = models.TextField(max_length=20_000)
    who = models.CharField(max_length=300, blank=True)
    when_and_where = models.CharField(max_length=300, blank=True)
    how_to_reply = models.CharField(max_length=40, blank=True)
    reply_to = models.CharField("where we can reach them", max_length=254, blank=True)
    match = models.ForeignKey(
        "matching.Match", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    escalated_at = models.DateTimeField(null=True, blank=True, editable=False)
    acknowledged_at = models.DateTimeField(null=True, blank=True, editable=False)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    decision = models.TextField("decision and reasons", max_length=20_000, blank=True)
    form_key = models.UUIDField(
        unique=True, help_text="Made with the form, so that sending it twice is one concern."
    )

    objects = ConcernQuerySet.as_manager()

    class Meta:
        ordering = ["answer_by"]
        indexes = [models.Index(fields=["status", "answer_by"])]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        return f"C-{1000 + self.pk}"


class Look(models.Model):
    """One time that somebody opened one concern; written before the page shows."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="looks")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"Look {self.pk}"
