"""A pair that one member of staff proposes and another must approve."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from mentees.models import Request
from mentors.models import Mentor
from partners.models import Programme


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, user: Any) -> ProposalQuerySet:
        return self.filter(request__programme__in=Programme.objects.managed_by(user))


class Proposal(models.Model):
    """One pair put forward by one member of staff, for a young person who needs two people's yes."""

    class Status(models.TextChoices):
        OPEN = "open", "Waiting for a second person"
        APPROVED = "approved", "Approved"
        TURNED_DOWN = "turned_down", "Turned down"
        LAPSED = "lapsed", "Lapsed"

    NEXT: ClassVar[dict[str, tuple[str, ...]]] = {
        Status.OPEN: (Status.APPROVED, Status.TURNED_DOWN, Status.LAPSED),
        Status.APPROVED: (),
        Status.TURNED_DOWN: (),
        Status.LAPSED: (),
    }

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="proposals")
    mentor = models.ForeignKey(Mentor, on_delete=models.PROTECT, related_name="proposals")
    status = models.CharField(max_length=12, choices=Status, default=Status.OPEN, editable=False)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    note = models.CharField(max_length=500, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["proposed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["request"], condition=Q(status="open"), name="one_open_proposal_a_request"
            )
        ]

    def __str__(self) -> str:
        return f"Proposal {self.pk}"
