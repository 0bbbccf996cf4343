"""References: what somebody who knows a mentor says of them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Length, Lower
from django.db.models.lookups import LessThanOrEqual

from partners.models import Programme


class ReferenceQuerySet(models.QuerySet["Reference"]):
    def visible_to(self, user: Any) -> ReferenceQuerySet:
        """Staff: references of their programmes' mentors. Mentors: their own (pages show no answers)."""
        if not user.is_active:
            return self.none()
        if user.is_staff:
            mine = Programme.objects.managed_by(user)
            return self.filter(Exists(mine.filter(mentors=OuterRef("mentor"))))
        return self.filter(mentor__user=user)

    def standing(self) -> ReferenceQuerySet:
        """Those that count: named, asked or answered, and neither replaced nor declined."""
        return self.filter(
            status__in=(Reference.Status.NAMED, Reference.Status.ASKED, Reference.Status.GIVEN)
        )

    def good(self) -> ReferenceQuerySet:
        """Replies that call the mentor suitable."""
        return self.filter(status=Reference.Status.GIVEN, is_suitable=True)


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

    mentor = models.ForeignKey("mentors.Mentor", on_delete=models.CASCADE, related_name="references")
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

    reminded_day = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["asked_at"], name="reference_to_remind", condition=Q(status="asked")),
            models.Index(
                fields=["mentor"], name="reference_good", condition=Q(status="given", is_suitable=True)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                "mentor", Lower("email"), condition=~Q(status="replaced"), name="two_different_referees"
            ),
            models.CheckConstraint(
                condition=~Q(status="given") | Q(answered_at__isnull=False, is_suitable__isnull=False),
                name="a_given_reference_has_an_answer",
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("words"), 3000), name="reference_fits_its_box"
            ),
        ]

    def __str__(self) -> str:
        return f"Reference {self.pk}"
