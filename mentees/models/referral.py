"""A referral: one way a request comes to us."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models

from partners.models import Organisation, Programme


class ReferralQuerySet(models.QuerySet["Referral"]):
    def visible_to(self, user: Any) -> ReferralQuerySet:
        """Staff: referrals to their programmes. Coordinators: their organisation's. Nobody else."""
        if not user.is_active:
            return self.none()
        if user.is_staff:
            return self.filter(request__programme__in=Programme.objects.managed_by(user))
        return self.filter(
            organisation__coordinators__user=user, organisation__status=Organisation.Status.VERIFIED
        )


class Referral(models.Model):
    """One way a request came to us: a partner that knows the young person wrote it."""

    request = models.OneToOneField("mentees.Request", on_delete=models.CASCADE, related_name="referral")
    organisation = models.ForeignKey(
        "partners.Organisation", on_delete=models.PROTECT, related_name="referrals"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    sent_at = models.DateTimeField()
    note = models.CharField("why a mentor would help", max_length=1000, blank=True)
    # As the partner wrote them, and all the partner is shown: the address they typed may belong to somebody
    # whom we know by another name, and they must not learn that from us.
    first_name = models.CharField(max_length=80, blank=True)
    last_name = models.CharField(max_length=80, blank=True)
    born_on = models.DateField("date of birth", null=True, blank=True)
    form_key = models.UUIDField(
        unique=True,
        default=uuid.uuid4,
        editable=False,
        help_text="Made with the form, so that sending it twice is one referral.",
    )

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at"]
        indexes = [
            models.Index(fields=["organisation", "-sent_at"]),
            models.Index(fields=["organisation", "born_on"]),
        ]

    def __str__(self) -> str:
        return f"Referral {self.pk}"

    @property
    def name(self) -> str:
        """As the partner knows them."""
        return f"{self.first_name} {self.last_name}".strip() or self.request.mentee.user.get_full_name()

    @property
    def code(self) -> str:
        """What to say on the phone instead of a name."""
        return f"R-{self.pk:04d}"
