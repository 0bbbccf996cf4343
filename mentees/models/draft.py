"""Answers of somebody who has not finished asking."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models

from mentees.models.request import Request

KEPT = timedelta(days=14)


class DraftQuerySet(models.QuerySet["Draft"]):
    def kept(self, at: datetime) -> DraftQuerySet:
        return self.filter(touched_at__gt=at - KEPT)

    def stale(self, at: datetime) -> DraftQuerySet:
        return self.filter(touched_at__lte=at - KEPT)


class Draft(models.Model):
    """One half-finished request, kept for a fortnight for the browser that began it, or its owner."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="drafts",
        help_text="Whose address they gave, when we already know it: only its owner may carry on.",
    )
    request = models.ForeignKey(
        Request,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="drafts",
        help_text="The referral that these answers complete.",
    )
    answers = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    touched_at = models.DateTimeField(db_index=True)

    objects = DraftQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Draft {self.pk}"
