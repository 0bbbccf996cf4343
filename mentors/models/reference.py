"""References: what somebody who knows a mentor says of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from mentors.models.mentor import Mentor


class Reference(models.Model):
    """One referee of one mentor, from being named to being verified by phone."""

    class Status(models.TextChoices):
        NAMED = "named", "Named"
        ASKED = "asked", "Asked"
        GIVEN = "given", "Reply in"
        DECLINED = "declined", "Declined to answer"
        REPLACED = "replaced", "Replaced"

    NEXT: ClassVar[dict[str, tuple[str, ...]]] = {
        Status.NAMED: (Status.ASKED, Status.REPLACED),
        Status.ASKED: (Status.GIVEN, Status.DECLINED, Status.REPLACED),
        Status.GIVEN: (Status.REPLACED,),
        Status.DECLINED: (Status.REPLACED,),
        Status.REPLACED: (),
    }

    mentor = models.ForeignKey(Mentor, on_delete=models.CASCADE, related_name="references")
    status = models.CharField(max_length=10, choices=Status, default=Status.NAMED, editable=False)
    name = models.CharField(max_length=120)
    email = models.EmailField()
    knows_as = models.CharField("how they know the mentor", max_length=120)
    years_known = models.PositiveSmallIntegerField()
    link_version = models.PositiveSmallIntegerField(default=1, editable=False)
    asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The safer-recruitment questions.
    knows_well = models.CharField(max_length=1000, blank=True)
    is_suitable = models.BooleanField(null=True)
    has_worries = models.BooleanField(null=True)
    words = models.TextField(max_length=3000, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                "mentor", Lower("email"), condition=~Q(status="replaced"), name="two_different_referees"
            ),
            models.CheckConstraint(
                condition=~Q(status="given") | Q(answered_at__isnull=False, is_suitable__isnull=False),
                name="a_given_reference_has_an_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"Reference {self.pk}"
