"""A request for a mentor, and the referral it may have come by."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from mentees.models.mentee import Mentee
from partners.models import Programme


class RequestQuerySet(models.QuerySet["Request"]):
    def visible_to(self, user: Any) -> RequestQuerySet:
        """Staff: requests in their programmes. Coordinators: those they referred. Others: their own."""
        if not user.is_active:
            return self.none()
        if user.is_staff:
            return self.filter(programme__in=Programme.objects.managed_by(user))
        return self.filter(Q(mentee__user=user) | Q(referral__organisation__coordinators__user=user))

    def open(self) -> RequestQuerySet:
        return self.filter(status__in=Request.OPEN)


class Request(models.Model):
    """One young person asking for a mentor in one programme, whoever wrote it down."""

    class Status(models.TextChoices):
        UNCONFIRMED = "unconfirmed", "Waiting for the young person to confirm"
        ASKED = "asked", "With our team"
        MORE_NEEDED = "more_needed", "More needed"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Not taken on"
        WITHDRAWN = "withdrawn", "Withdrawn"
        FULFILLED = "fulfilled", "Mentoring finished"

    OPEN: ClassVar[tuple[str, ...]] = ("unconfirmed", "asked", "more_needed", "accepted")
    NEXT: ClassVar[dict[str, tuple[str, ...]]] = {
        Status.UNCONFIRMED: (Status.ASKED, Status.DECLINED, Status.WITHDRAWN),
        Status.ASKED: (Status.ACCEPTED, Status.MORE_NEEDED, Status.DECLINED, Status.WITHDRAWN),
        Status.MORE_NEEDED: (Status.ASKED, Status.ACCEPTED, Status.DECLINED, Status.WITHDRAWN),
        Status.ACCEPTED: (Status.FULFILLED, Status.WITHDRAWN, Status.DECLINED),
        Status.DECLINED: (),
        Status.WITHDRAWN: (),
        Status.FULFILLED: (),
    }

    mentee = models.ForeignKey(Mentee, on_delete=models.PROTECT, related_name="requests")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="requests")
    status = models.CharField(max_length=12, choices=Status, default=Status.UNCONFIRMED, editable=False)
    asked_at = models.DateTimeField(
        help_text="Keeps their place in the queue; a decline or a re-match never moves it."
    )
    wants_a_talk_first = models.BooleanField("it’s complicated at home: talk to them first", default=False)
    triaged_at = models.DateTimeField(null=True, blank=True, editable=False)
    triaged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    words_to_them = models.CharField("what we told them", max_length=500, blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "id"]
        indexes = [models.Index(fields=["programme", "status", "asked_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["mentee", "programme"],
                condition=Q(status__in=("unconfirmed", "asked", "more_needed", "accepted")),
                name="one_open_request_per_programme",
            )
        ]

    def __str__(self) -> str:
        return f"Request {self.pk}"


class ReferralQuerySet(models.QuerySet["Referral"]):
    def visible_to(self, user: Any) -> ReferralQuerySet:
        """Staff: referrals to their programmes. Coordinators: their organisation's. Nobody else."""
        if not user.is_active:
            return self.none()
        if user.is_staff:
            return self.filter(request__programme__in=Programme.objects.managed_by(user))
        return self.filter(organisation__coordinators__user=user)


class Referral(models.Model):
    """One way a request came to us: a partner that knows the young person wrote it."""

    request = models.OneToOneField(Request, on_delete=models.CASCADE, related_name="referral")
    organisation = models.ForeignKey(
        "partners.Organisation", on_delete=models.PROTECT, related_name="referrals"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    sent_at = models.DateTimeField()
    note = models.CharField("why a mentor would help", max_length=1000, blank=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at"]
        indexes = [models.Index(fields=["organisation", "-sent_at"])]

    def __str__(self) -> str:
        return f"Referral {self.pk}"
