"""What a mentor tells us about their past: kept apart, because few may read it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

from partners.models import Programme


class DisclosureQuerySet(models.QuerySet["Disclosure"]):
    def visible_to(self, user: Any) -> DisclosureQuerySet:
        """Administrators and the mentor's programme managers, who weigh it. Mentors: their own."""
        if not user.is_active:
            return self.none()
        if user.is_staff:
            mine = Programme.objects.managed_by(user)
            return self.filter(Exists(mine.filter(mentors=OuterRef("mentor"))))
        return self.filter(mentor__user=user)


class Disclosure(models.Model):
    """One mentor's answer to "is there anything we should know"; read by those who approve alone."""

    mentor = models.OneToOneField("mentors.Mentor", on_delete=models.CASCADE, related_name="disclosure")
    has_something = models.BooleanField()
    words = models.TextField(max_length=2000, blank=True)
    answered_at = models.DateTimeField()

    objects = DisclosureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("words"), 2000), name="disclosure_fits_its_box"
            ),
        ]

    def __str__(self) -> str:
        return f"Disclosure {self.pk}"
