"""The paper at the end: who completed what, under a number anyone can check."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.urls import reverse

from training import rules
from training.models.learning import ModulePass


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def visible_to(self, user: Any) -> CertificateQuerySet:
        """One's own; staff with the permission see all. Anyone may check a number, and sees less."""
        if user.is_active and user.is_staff and user.has_perm("training.view_certificate"):
            return self.all()
        return self.filter(user=user) if user.is_active else self.none()

    def valid(self, at: datetime) -> CertificateQuerySet:
        """Not revoked, and no module of the course has lapsed.

        It can be asked inside another query, one person at a time:
        `Exists(Certificate.objects.valid(at).filter(user=OuterRef(…), course=OuterRef(…)))`.
        """
        lapsed = ModulePass.objects.lapsed(at).filter(
            user=OuterRef("user"), module__course=OuterRef("course")
        )
        return self.filter(~Exists(lapsed), revoked_at=None)


class Certificate(models.Model):
    """That one person completed one course; `name` is as it stood on the day."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="training_certificates"
    )
    course = models.ForeignKey("training.Course", on_delete=models.PROTECT, related_name="certificates")
    number = models.CharField(max_length=16, unique=True)
    name = models.CharField("name on it", max_length=170)
    version = models.PositiveSmallIntegerField("version of the course", default=1, db_default=1)
    issued_on = models.DateField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "course"], name="one_certificate_a_course")]
        indexes = [
            models.Index(
                fields=["course", "user"],
                name="certificate_not_revoked",
                condition=models.Q(revoked_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("training:certificate", args=[self.course.slug])

    @staticmethod
    def new_number(on: date) -> str:
        """A fresh number, like 1MM-26-0K4T-7QXM, that nobody can guess from another."""
        letters = "".join(secrets.choice(rules.ALPHABET) for _ in range(8))
        return f"1MM-{on:%y}-{letters[:4]}-{letters[4:]}"
