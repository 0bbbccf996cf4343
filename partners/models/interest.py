"""People who would mentor if a programme opened near them: an address, half a postcode, nothing else."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Lower


class InterestQuerySet(models.QuerySet["Interest"]):
    def waiting(self) -> InterestQuerySet:
        """Those who have confirmed their address: only they are written to."""
        return self.filter(confirmed_at__isnull=False)


class Interest(models.Model):
    """One person's wish to hear when we come near one place. Deleted when it is told, or when they say so."""

    email = models.EmailField()
    outcode = models.CharField("first half of the postcode", max_length=4)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = InterestQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "interest list"
        constraints = [models.UniqueConstraint(Lower("email"), "outcode", name="one_interest_a_place")]
        indexes = [models.Index(fields=["confirmed_at"])]

    def __str__(self) -> str:
        return f"Interest {self.pk}"
