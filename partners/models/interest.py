"""People who would mentor if a programme opened near them: an address, half a postcode, nothing else."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower

from partners.models.programme import Programme


class InterestQuerySet(models.QuerySet["Interest"]):
    def waiting(self) -> InterestQuerySet:
        """Those who have confirmed their address: only they are written to."""
        return self.filter(confirmed_at__isnull=False)

    def visible_to(self, user: Any) -> InterestQuerySet:
        """Staff: those who have confirmed, nearest to their programmes. Administrators: all of these."""
        if not user.is_active or not user.is_staff:
            return self.none()
        if user.is_superuser:
            return self.waiting()
        mine = Programme.objects.managed_by(user)
        return self.waiting().filter(Exists(mine.filter(pk=OuterRef("nearest"))))


class Interest(models.Model):
    """One person's wish to hear when we come near one place. Deleted when it is told, or when they say so."""

    email = models.EmailField()
    outcode = models.CharField("first half of the postcode", max_length=4)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    nearest = models.ForeignKey(
        Programme,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="interested",
        help_text="Whose staff see it. Looked up again each morning.",
    )

    objects = InterestQuerySet.as_manager()

    class Meta:
        verbose_name = "person on the list"
        verbose_name_plural = "people who wait for a programme near them"
        constraints = [models.UniqueConstraint(Lower("email"), "outcode", name="one_interest_a_place")]
        indexes = [models.Index(fields=["confirmed_at"])]

    def __str__(self) -> str:
        return f"Interest {self.pk}"
